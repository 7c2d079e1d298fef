"""The frame of the pages that bring a log back: from where, with what, to where, how it went."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from desktop.domain.errors import AppError, Cancelled
from desktop.ui import messages
from desktop.ui.entering.front_page import FrontPage
from desktop.ui.entering.unlock_fields import UnlockFields
from desktop.ui.entry import Entry
from desktop.ui.rescue import Bring, Restored, Save
from desktop.ui.session import Job, Session
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, secondary, strong

WHOLE = 1000
WITH_KEY = "Use the recovery key instead"
_WITH_WORDS = "Use the passphrase instead"
WITH_WHAT = "2. Your passphrase, or the recovery key"
STOPPED = "Stopped. Nothing was changed."


class RescuePage(FrontPage):
    """Three numbered steps and one button; `_source` and `_target` are what is chosen."""

    offers_rescue = False
    back_requested = Signal()
    log_requested = Signal(object)

    def __init__(
        self, session: Session, entry: Entry, words: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self._words = words
        self._rescue = entry.rescue()
        self._job: Job | None = None
        self._done: Path | None = None
        self._source: Path | None = None
        self._target = entry.folder or entry.suggested_folder()
        self._build_ui()
        session.ended.connect(self._on_stop_clicked)

    def _build_ui(self) -> None:
        column = self.card.body
        self._build_source()
        column.addSpacing(8)
        column.addWidget(strong(WITH_WHAT, self))
        self.fields = UnlockFields(self)
        self.fields.return_pressed.connect(self._on_start_clicked)
        column.addWidget(self.fields)
        self.way_button = self.button(WITH_KEY, "otherWayButton", self._on_way_clicked)
        self._put(self.way_button)
        column.addSpacing(8)
        self._build_target()
        self._build_foot()

    def _build_source(self) -> None:
        """Put the first step into the card: out of what."""
        raise NotImplementedError

    def _build_target(self) -> None:
        column = self.card.body
        column.addWidget(strong("3. Where to", self))
        self.target_label: QLabel = body("", self)
        self.target_label.setObjectName("targetLabel")
        self.target_hint_label: QLabel = secondary("", self)
        self.target_hint_label.setObjectName("targetHintLabel")
        column.addWidget(self.target_label)
        column.addWidget(self.target_hint_label)
        self.target_button = self.button(
            "To another folder…", "otherTargetButton", self._on_target_clicked
        )
        self._put(self.target_button)
        self._show_target()

    def _build_foot(self) -> None:
        column = self.card.body
        self.progress_bar = QProgressBar(self)
        self.progress_bar.setObjectName("rescueProgressBar")
        self.progress_bar.setAccessibleName("How far it is")
        self.progress_bar.setRange(0, WHOLE)
        self.progress_bar.setTextVisible(False)
        self.result_label: QLabel = body("", self)
        self.result_label.setObjectName("rescueResultLabel")
        self.lost_label: QLabel = secondary("", self)
        self.lost_label.setObjectName("lostLabel")
        for widget in (self.progress_bar, self.result_label, self.lost_label):
            widget.hide()
            column.addWidget(widget)
        column.addSpacing(8)
        self.start_button = self.button(self._words, "startRescueButton", self._on_start_clicked)
        self.open_button = self.button("Open it", "openRescuedButton", self._on_open_clicked)
        for primary in (self.start_button, self.open_button):
            set_role(primary, "primary")
        self.stop_button = self.button("Stop", "stopRescueButton", self._on_stop_clicked)
        self.back_button = self.button("Back", "backButton", self._on_back_clicked)
        for hidden in (self.open_button, self.stop_button):
            hidden.hide()
        self._put(self.start_button, self.open_button, self.stop_button, self.back_button)

    def button(self, words: str, name: str, on_clicked: Callable[[], None]) -> QPushButton:
        """Make a button of this page."""
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words.replace("…", ""))
        button.clicked.connect(on_clicked)
        return button

    def _put(self, *buttons: QPushButton) -> None:
        row = FlowLayout(spacing=8)
        for button in buttons:
            row.addWidget(button)
        self.card.body.addLayout(row)

    def _show_target(self) -> None:
        """Say where to, and what becomes of what is there."""
        self.target_label.setText(str(self._target))
        self.target_hint_label.setText(self._target_hint())

    def _target_hint(self) -> str:
        raise NotImplementedError

    def _work(self) -> "Bring | Save":
        raise NotImplementedError

    def _ask_source(self) -> None:
        """Let the source be chosen: it was not when the button was pressed."""
        raise NotImplementedError

    def _lost(self, _answer: Restored) -> Sequence[str]:
        return ()

    @Slot()
    def _on_way_clicked(self) -> None:
        by_key = not self.fields.by_key
        self.banner.clear()
        self.fields.ask_for_key(by_key=by_key)
        words = _WITH_WORDS if by_key else WITH_KEY
        self.way_button.setText(words)
        self.way_button.setAccessibleName(words)
        self.fields.focus_first()

    def _ask_target(self) -> None:
        """Let another folder be chosen."""
        raise NotImplementedError

    @Slot()
    def _on_target_clicked(self) -> None:
        self._ask_target()

    @Slot()
    def _on_start_clicked(self) -> None:
        if self._job is not None or not self.start_button.isVisible():
            return
        if self._source is None:
            self._ask_source()
            return
        typed = self.fields.typed()
        if not typed.strip():
            self.fields.focus_first()
            return
        self.banner.clear()
        self._show_running(running=True)
        passphrase, key = ("", typed) if self.fields.by_key else (typed, "")
        work = partial(
            self._work(), self._source, self._target, passphrase=passphrase, recovery_key=key
        )
        self._job = self._session.run_long_outside(
            self, partial(_do, work), self._on_done, self._on_failed, self._on_progress
        )

    def _show_running(self, *, running: bool) -> None:
        self.progress_bar.setValue(0)
        self.progress_bar.setVisible(running)
        self.stop_button.setVisible(running)
        for each in (self.fields, self.way_button, self.target_button, self.back_button):
            each.setDisabled(running)
        self.start_button.setDisabled(running)
        self.start_button.setText("One moment…" if running else self._words)
        if running:
            self.stop_button.setFocus()

    def _on_progress(self, share: float) -> None:
        self.progress_bar.setValue(round(share * WHOLE))

    def _on_done(self, answer: Restored) -> None:
        self._job = None
        self._show_running(running=False)
        self.fields.clear()
        self._done = answer.folder
        self.result_label.setText(answer.sentence)
        lost = self._lost(answer)
        set_role(self.result_label, "problem" if lost else "good")
        self.result_label.show()
        self.lost_label.setText("\n".join(f"•  {line}" for line in lost))
        self.lost_label.setVisible(bool(lost))
        self.target_hint_label.hide()
        self.start_button.hide()
        self.open_button.show()
        self.open_button.setFocus()

    def _on_failed(self, error: AppError) -> None:
        self._job = None
        self._show_running(running=False)
        if isinstance(error, Cancelled):
            self.banner.show_message(STOPPED, "info")
        else:
            messages.show(self, error)
        self.fields.select_typed()
        self.fields.focus_first()

    @Slot()
    def _on_stop_clicked(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def _on_back_clicked(self) -> None:
        self.fields.clear()
        self.back_requested.emit()

    @Slot()
    def _on_open_clicked(self) -> None:
        if self._done is not None:
            self.log_requested.emit(self._done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape, unless it is under way."""
        if event.key() == Qt.Key.Key_Escape and self._job is None:
            self.back_button.click()
            return
        super().keyPressEvent(event)


def _do(
    work: Callable[..., Restored], progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> Restored:
    return work(progress=progress, cancelled=cancelled)
