"""Opens the window that the button of a step asks for, in front of the incident's page."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklists import StepView
from desktop.operations.steps.follow_checklist import ChecklistView
from desktop.ui.capture.description_form import DescriptionForm
from desktop.ui.capture.thing_form import ThingForm
from desktop.ui.form_dialog import FormDialog
from desktop.ui.incident.close_dialog import CloseDialog
from desktop.ui.incident.contact_form import ContactForm
from desktop.ui.incident.link_dialog import LinkDialog
from desktop.ui.incident.move_dialog import MoveDialog
from desktop.ui.incident.procedure_dialog import EndDialog, JoinDialog, VersionDialog
from desktop.ui.incident.step_words import recipients_of
from desktop.ui.incident.triage_dialog import TriageDialog
from desktop.ui.incident.worksheet_dialog import WorksheetDialog
from desktop.ui.session import Session

_PLAIN: dict[str, Callable[[Session, IncidentId, QWidget], FormDialog]] = {
    "close": CloseDialog,
    "triage": TriageDialog,
    "link": LinkDialog,
    "thing": ThingForm,
    "describe": DescriptionForm,
    "join": JoinDialog,
}


def open_window(
    session: Session, incident_id: IncidentId, page: QWidget, what: str, data: object
) -> bool:
    """Open it; False if there is no window of this name, so that the page itself is meant."""
    if what == "contact" and isinstance(data, StepView):
        ContactForm(session, incident_id, page, recipients_of(data), data).show_form()
    elif what == "worksheet" and isinstance(data, StepView):
        WorksheetDialog(session, incident_id, data.step.worksheet, data, page).show_form()
    elif what == "move":
        MoveDialog(session, incident_id, page).open()
    elif what == "end" and isinstance(data, ChecklistView):
        EndDialog(session, data, page).show_form()
    elif what == "version" and isinstance(data, ChecklistView):
        VersionDialog(session, data, page).show_form()
    elif what in _PLAIN:
        _PLAIN[what](session, incident_id, page).show_form()
    else:
        return False
    return True
