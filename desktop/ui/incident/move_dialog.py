"""Moves an incident to the restricted log: says what goes and what stays, then does it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers import IncidentId
from desktop.operations.entering.open_log import WayIn, ways_in
from desktop.operations.moving.move_incident import Moved, move_incident
from desktop.operations.moving.plan_move import MovePlan, plan_move
from desktop.operations.moving.read_leaving import MOVE_WORDS
from desktop.ui import messages
from desktop.ui.incident.move_form import MoveForm
from desktop.ui.session import Session
from desktop.ui.widgets.roles import set_role
from desktop.ui.working_dialog import WorkingDialog

_TITLE = "Move to the restricted log"
_HINT = "For a concern about a member of staff. Nothing is lost: it is in one log or in both."
_RUNNING = "It is being moved. Once all of it is copied it goes through to its end."
_NOT_CLEARED = (
    "Clearing what it left in the files of this log could not be finished now; it is done when "
    "the log is next opened."
)


class MoveDialog(WorkingDialog):
    """Asked, moved, said; it can be stopped until all of it is copied."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        # The page of the incident goes once it is moved; what stayed behind is still to be read.
        super().__init__(session, incident_id, "move", _TITLE, _HINT, parent.window())
        self._plan: MovePlan | None = None
        self.form = MoveForm(self)
        self.form.folder_named.connect(self._on_folder_named)
        self.move_button = self._add_button("moveNowButton", "Move it", self._on_move_clicked)
        self.move_button.setEnabled(False)
        set_role(self.move_button, "primary")
        self.cancel_button = self._add_button(
            "moveCancelButton", "Cancel", self._on_cancel_clicked
        )
        self._arrange(self.form, MOVE_WORDS, "How far the move is")
        self.cancel_button.setFocus()
        session.run_long(self, partial(plan_move, incident_id=incident_id), self._show_plan)

    def _show_plan(self, plan: MovePlan) -> None:
        self._plan = plan
        self._problem = plan.in_the_way
        self._title_label.setText(f"Move {plan.number} to the restricted log")
        self.form.show_plan(plan)
        self.move_button.setEnabled(plan.in_the_way is None)
        if plan.in_the_way is not None:
            messages.show(self, plan.in_the_way)
        else:
            QTimer.singleShot(0, self, self._focus_first)

    @Slot()
    def _focus_first(self) -> None:
        """Begin in the first field, where it can be seen beside what has to be read before."""
        if self.cancel_button.hasFocus() and not self.form.first.visibleRegion().isEmpty():
            self.form.first.setFocus()

    @Slot(object)
    def _on_folder_named(self, folder: Path) -> None:
        self._session.run_outside(self, partial(ways_in, folder), self._show_ways)

    def _show_ways(self, ways: Sequence[WayIn]) -> None:
        self.form.show_ways(ways)

    @Slot()
    def _on_move_clicked(self) -> None:
        if self._lacks():
            return
        operation = partial(
            move_incident,
            incident_id=self._incident_id,
            to=self.form.place(),
            reason=self.form.reason,
            second=self.form.second(),
            police=self.form.police,
        )
        self._work(operation, self._on_moved)

    def _on_moved(self, moved: Moved) -> None:
        self._finish()
        self.move_button.hide()
        self.form.show_moved(moved)
        said = f"{moved.number} is moved. Its number stays here."
        if moved.is_cleared:
            self.banner.show_message(said, "done")
        else:
            self.banner.show_message(f"{said} {_NOT_CLEARED}", "warn")
        self.cancel_button.setFocus()

    def _show_running(self, *, running: bool) -> None:
        super()._show_running(running=running)
        self.move_button.setDisabled(running)
        self._hint_label.setText(_RUNNING if running else _HINT)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
