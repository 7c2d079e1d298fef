"""The frame of a dialog that asks, works for a while and says what came of it."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import AppError
from desktop.domain.identifiers import IncidentId
from desktop.operations.workspace import Workspace
from desktop.ui import messages
from desktop.ui.dialog import Dialog
from desktop.ui.kept_words import AGAIN, Field, KeptWords
from desktop.ui.session import Cancelled, Job, Progress, Session
from desktop.ui.tall_dialog import arrange_tall, hidden_progress, size_tall
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import body, card_heading, heading, secondary

T = TypeVar("T")
Lack = tuple[str, QWidget]


class WorkingForm(QWidget):
    """What such a dialog says and asks; passphrases are used, or gone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def _part(self, title: str, name: str) -> tuple[QLabel, QLabel]:
        heading, words = card_heading(title, self), body("", self)
        words.setObjectName(name)
        self._column.addWidget(heading)
        self._column.addWidget(words)
        self._column.addSpacing(6)
        return heading, words

    @property
    def edits(self) -> dict[str, Field]:
        """The fields that hold words: these outlast a lock."""
        raise NotImplementedError

    def lack(self) -> Lack | None:
        """Return what still has to be filled in, in words, and its field."""
        raise NotImplementedError

    def forget_passphrases(self) -> None:
        """Clear what nobody else may read."""
        raise NotImplementedError


class WorkingDialog(Dialog):
    """It stays until the work has come to its end; Escape and a lock keep the words typed in it.

    A dialog makes its form and buttons, then calls `_arrange`; `_work` checks, starts and follows.
    """

    cancel_button: QPushButton

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId,
        name: str,
        title: str,
        hint: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self._job: Job | None = None
        self._problem: AppError | None = None
        self.setObjectName(f"{name}Dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner(self)
        self._title_label = heading(title, self)
        self._hint_label = secondary(hint, self)
        self._row = QWidget(self)
        self._flow = FlowLayout(self._row, spacing=8)
        size_tall(self)

    def _add_button(self, name: str, words: str, on_clicked: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self._row)
        button.setObjectName(name)
        button.setAccessibleName(words.rstrip("…"))
        button.setAutoDefault(False)
        button.clicked.connect(on_clicked)
        self._flow.addWidget(button)
        return button

    def _arrange(self, form: WorkingForm, name: str, progress: str) -> None:
        """Put everything in its place, and bring back what was typed under this name before."""
        self._asked = form
        self._progress_bar = hidden_progress(progress, self)
        heads = (self._title_label, self._hint_label, self.banner)
        self._scroll = arrange_tall(self, heads, form, (self._progress_bar, self._row))
        self._kept_words = KeptWords(self._session, self._incident_id, name, form.edits, self)
        self._kept_words.restored.connect(self._on_words_restored)
        self._kept_words.restore()
        self._session.about_to_lock.connect(self._on_about_to_lock)

    def _work(
        self,
        operation: Callable[[Workspace, Progress, Cancelled], T],
        on_done: Callable[[T], None],
    ) -> None:
        """Do it; what goes wrong is said here, and the words stay."""
        self.banner.clear()
        self._kept_words.keep()
        self._show_running(running=True)
        self._job = self._session.run_long(
            self, operation, on_done, self._on_error, self._on_progress
        )
        self._asked.forget_passphrases()

    def _lacks(self) -> bool:
        """Ask for the first thing that is missing, with the caret there."""
        lack = self._asked.lack()
        if lack is not None:
            self.banner.show_message(lack[0], "warn")
            self._focus_lack()
        return lack is not None

    def _focus_lack(self) -> None:
        lack = self._asked.lack()
        if lack is not None:
            lack[1].setFocus()
            # The banner above has to find its room first.
            QTimer.singleShot(0, self, partial(self._scroll.ensureWidgetVisible, lack[1]))

    def _finish(self) -> None:
        """Show that it is done: there is nothing left but to read and to close."""
        self._job = None
        self._kept_words.forget()
        self._progress_bar.hide()
        self.cancel_button.setText("Close")
        self.cancel_button.setAccessibleName("Close")
        self.cancel_button.setEnabled(True)
        self._hint_label.setText("")
        self._scroll.verticalScrollBar().setValue(0)

    def _show_running(self, *, running: bool) -> None:
        """Show whether it is under way; a dialog adds its own buttons and words."""
        self._progress_bar.setValue(0)
        self._progress_bar.setVisible(running)
        self._asked.setDisabled(running)

    def _stop(self) -> None:
        """Stop what is under way, where that can be done."""

    def _on_progress(self, share: float) -> None:
        self._progress_bar.setValue(round(share * 100))

    def _on_error(self, error: AppError) -> None:
        self._job = None
        self._show_running(running=False)
        messages.show(self, error)
        self._focus_lack()

    @Slot()
    def _on_about_to_lock(self) -> None:
        self._job = None
        self._asked.forget_passphrases()
        self.close()

    @Slot()
    def _on_words_restored(self) -> None:
        if self._problem is None:
            self.banner.show_message(AGAIN)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        if self._job is not None:
            self._stop()
        else:
            self._kept_words.forget()
            self.reject()

    def reject(self) -> None:
        """Close, unless it is under way; Escape keeps the words that were typed."""
        if self._job is None:
            self._kept_words.keep()
            self._asked.forget_passphrases()
            super().reject()
