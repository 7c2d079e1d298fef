"""Moves an incident to the restricted log: says what goes and what stays, then does it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from desktop.domain.errors import AppError
from desktop.domain.identifiers import IncidentId
from desktop.operations.entering.open_log import WayIn, ways_in
from desktop.operations.moving.move_incident import Moved, move_incident
from desktop.operations.moving.plan_move import MovePlan, plan_move
from desktop.operations.moving.read_leaving import MOVE_WORDS
from desktop.ui import messages
from desktop.ui.incident.move_form import MoveForm
from desktop.ui.kept_words import AGAIN, KeptWords
from desktop.ui.session import Job, Session
from desktop.ui.tab_order import go_on
from desktop.ui.tall_dialog import arrange_tall, hidden_progress, size_tall
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import heading, secondary

_TITLE = "Move to the restricted log"
_HINT = "For a concern about a member of staff. Nothing is lost: it is in one log or in both."
_RUNNING = "It is being moved. Once all of it is copied it goes through to its end."
_NOT_CLEARED = (
    "Clearing what it left in the files of this log could not be finished now; it is done when "
    "the log is next opened."
)


class MoveDialog(QDialog):
    """Asked, moved, said; it can be stopped until all of it is copied."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        # The page of the incident goes once it is moved; what stayed behind is still to be read.
        super().__init__(parent.window())
        self._session = session
        self._incident_id = incident_id
        self._job: Job | None = None
        self._plan: MovePlan | None = None
        self.setObjectName("moveDialog")
        self.setWindowTitle(_TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_ui()
        self._kept_words = KeptWords(session, incident_id, MOVE_WORDS, self.form.edits, self)
        self._kept_words.restored.connect(self._on_words_restored)
        self._kept_words.restore()
        session.about_to_lock.connect(self._on_about_to_lock)
        session.run_long(self, partial(plan_move, incident_id=incident_id), self._show_plan)

    def _build_ui(self) -> None:
        size_tall(self)
        self.banner = Banner(self)
        self._title_label = heading(_TITLE, self)
        self._hint_label = secondary(_HINT, self)
        self.form = MoveForm(self)
        self.form.folder_named.connect(self._on_folder_named)
        self._progress_bar = hidden_progress("How far the move is", self)
        self._scroll = arrange_tall(
            self,
            (self._title_label, self._hint_label, self.banner),
            self.form,
            (self._progress_bar, self._build_buttons()),
        )

    def _build_buttons(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        self.move_button = QPushButton("Move it", row)
        self.move_button.setObjectName("moveNowButton")
        self.move_button.setEnabled(False)
        self.move_button.clicked.connect(self._on_move_clicked)
        set_role(self.move_button, "primary")
        self.cancel_button = QPushButton("Cancel", row)
        self.cancel_button.setObjectName("moveCancelButton")
        self.cancel_button.clicked.connect(self._on_cancel_clicked)
        for button in (self.move_button, self.cancel_button):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
            flow.addWidget(button)
        return row

    def _show_plan(self, plan: MovePlan) -> None:
        self._plan = plan
        self._title_label.setText(f"Move {plan.number} to the restricted log")
        self.form.show_plan(plan)
        self.move_button.setEnabled(plan.in_the_way is None)
        if plan.in_the_way is not None:
            messages.show(self, plan.in_the_way)

    @Slot(object)
    def _on_folder_named(self, folder: Path) -> None:
        self._session.run_outside(self, partial(ways_in, folder), self._show_ways)

    def _show_ways(self, ways: Sequence[WayIn]) -> None:
        self.form.show_ways(ways)

    @Slot()
    def _on_move_clicked(self) -> None:
        missing = self.form.missing()
        if missing:
            self.banner.show_message(missing, "warn")
            return
        self.banner.clear()
        self._kept_words.keep()
        self._show_running(running=True)
        self._job = self._session.run_long(
            self,
            partial(
                move_incident,
                incident_id=self._incident_id,
                to=self.form.place(),
                reason=self.form.reason,
                second=self.form.second(),
                police=self.form.police,
            ),
            self._on_moved,
            self._on_error,
            self._on_progress,
        )
        self.form.forget_passphrases()

    def _on_progress(self, share: float) -> None:
        self._progress_bar.setValue(round(share * 100))

    def _on_moved(self, moved: Moved) -> None:
        self._job = None
        self._kept_words.forget()
        self._progress_bar.hide()
        self.move_button.hide()
        self.cancel_button.setText("Close")
        self.cancel_button.setAccessibleName("Close")
        self._hint_label.setText("")
        self.form.show_moved(moved)
        self._scroll.verticalScrollBar().setValue(0)
        said = f"{moved.number} is moved. Its number stays here."
        if moved.is_cleared:
            self.banner.show_message(said, "done")
        else:
            self.banner.show_message(f"{said} {_NOT_CLEARED}", "warn")
        self.cancel_button.setFocus()

    def _on_error(self, error: AppError) -> None:
        self._job = None
        self._show_running(running=False)
        messages.show(self, error)

    def _show_running(self, *, running: bool) -> None:
        self._progress_bar.setValue(0)
        self._progress_bar.setVisible(running)
        self.form.setDisabled(running)
        self.move_button.setDisabled(running)
        self._hint_label.setText(_RUNNING if running else _HINT)

    @Slot()
    def _on_about_to_lock(self) -> None:
        self._job = None
        self.form.forget_passphrases()
        self.close()

    @Slot()
    def _on_words_restored(self) -> None:
        if self._plan is None or self._plan.in_the_way is None:
            self.banner.show_message(AGAIN)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        if self._job is not None:
            self._job.cancel()
        else:
            self._kept_words.forget()
            self.reject()

    def reject(self) -> None:
        """Close, unless it is under way; Escape keeps the words that were typed."""
        if self._job is None:
            self._kept_words.keep()
            self.form.forget_passphrases()
            super().reject()

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: N802
        """Go on as it is read."""
        return go_on(self, following=following)
