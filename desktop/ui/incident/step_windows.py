"""Opens the window that the button of a step asks for, in front of the incident's page."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

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
) -> QDialog | None:
    """Open it and return it; None if there is no window of this name."""
    if what == "move":
        move = MoveDialog(session, incident_id, page)
        move.open()
        return move
    if what == "worksheet" and isinstance(data, StepView):
        sheet = WorksheetDialog(session, incident_id, data.step.worksheet, data, page)
        sheet.show_form()
        return sheet
    form: FormDialog | None = None
    if what == "contact" and isinstance(data, StepView):
        form = ContactForm(session, incident_id, page, recipients_of(data), data)
    elif what == "end" and isinstance(data, ChecklistView):
        form = EndDialog(session, data, page)
    elif what == "version" and isinstance(data, ChecklistView):
        form = VersionDialog(session, data, page)
    elif what in _PLAIN:
        form = _PLAIN[what](session, incident_id, page)
    if form is not None:
        form.show_form()
    return form
