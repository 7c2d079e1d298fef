"""Opens worksheets over one incident, for the tests of their windows."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.people import Role
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedure_text import parse_procedure
from desktop.domain.steps.procedures import Procedure
from desktop.operations.incident.keep_people import add_person
from desktop.operations.incident.keep_worksheets import open_worksheet
from desktop.operations.steps.attach_procedure import attach_procedure
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.ui.incident.worksheet_dialog import WorksheetDialog
from desktop.ui.incident.worksheet_section import WorksheetEntry
from desktop.ui.incident.worksheet_sent import WorksheetSentForm
from desktop.ui.session import Session
from desktop.ui.widgets.draft_edit import DraftTextEdit
from tests.operations.incident.test_keep_worksheets import GROOMING
from tests.ui.incident_steps import new_incident, perform, press, settle
from tests.ui.small_procedures import small_procedures


def worksheet_procedures() -> Mapping[str, Procedure]:
    """Return small procedures, with a step that sends the CEOP worksheet."""
    return {**small_procedures(), "P06": parse_procedure(GROOMING, "P06.toml")}


def start_case(session: Session, qtbot: QtBot) -> IncidentId:
    """Start an incident about Robin, in which the step that reports to CEOP is open."""
    incident_id = new_incident(session, qtbot)
    robin = {"name": "Robin", "needs": "dyslexia"}
    add = partial(add_person, incident_id=incident_id, role=Role.TARGET, values=robin)
    perform(session, qtbot, add)
    attach = partial(
        attach_procedure, incident_id=incident_id, procedure_id="P06", reason="Asked by the test"
    )
    perform(session, qtbot, attach)
    return incident_id


class WorksheetDesk:
    """Opens worksheets over one incident."""

    def __init__(
        self, session: Session, qtbot: QtBot, incident_id: IncidentId, window: QWidget
    ) -> None:
        self.session, self.qtbot = session, qtbot
        self.incident_id, self.window = incident_id, window

    def open(self, worksheet_id: str = "ceop", step: StepView | None = None) -> WorksheetDialog:
        """Open one, and wait until it is filled."""
        dialog = WorksheetDialog(self.session, self.incident_id, worksheet_id, step, self.window)
        dialog.show_form()
        self.settle()
        return dialog

    def settle(self) -> None:
        """Wait until every answer has come."""
        settle(self.session, self.qtbot)

    def step(self) -> StepView:
        """Return the step that reports to CEOP, as it stands."""
        shown = perform(
            self.session, self.qtbot, partial(show_checklists, incident_id=self.incident_id)
        )
        steps = [step for checklist in shown.checklists for step in checklist.steps]
        return next(step for step in steps if step.step.id == "P06-6")

    def typed(self, worksheet_id: str = "ceop") -> dict[str, str]:
        """Return what was typed into one and is kept."""
        view = perform(
            self.session,
            self.qtbot,
            partial(open_worksheet, incident_id=self.incident_id, worksheet_id=worksheet_id),
        )
        return view.typed


def entry(dialog: WorksheetDialog, name: str) -> WorksheetEntry:
    """Return a question of the form."""
    found = [one for part in dialog.sections for one in part.entries if one.entry.name == name]
    return found[0]


def type_into(dialog: WorksheetDialog, name: str, text: str) -> None:
    """Type an answer over what stands there."""
    field = entry(dialog, name).field
    assert isinstance(field, DraftTextEdit)
    field.setPlainText(text)


def clipboard() -> str:
    """Return what is on the clipboard."""
    return QGuiApplication.clipboard().text()


def sent_form(dialog: WorksheetDialog) -> WorksheetSentForm:
    """Ask to record that it was sent; return the form."""
    press(dialog, "worksheetSentButton")
    return dialog.findChildren(WorksheetSentForm)[0]
