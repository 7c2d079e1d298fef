"""Every page and dialog, and how one gets there: for the walk by keyboard and for the pictures.

A new page or dialog needs a row here; tests/ui/test_accessibility.py notices when it has none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.chronology import EntryKind
from desktop.domain.contacts import Direction
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.read_people import show_people
from desktop.ui import messages
from desktop.ui.capture.capture_dialog import CaptureDialog
from desktop.ui.capture.capture_run import CaptureRun
from desktop.ui.capture.origin_form import OriginForm
from desktop.ui.crash_window import CrashWindow
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.incident.account_form import AccountForm
from desktop.ui.incident.chronology_panel import CorrectionForm, NoteForm
from desktop.ui.incident.close_dialog import CloseDialog, ReopenDialog
from desktop.ui.incident.contact_form import ContactForm
from desktop.ui.incident.incident_page import IncidentPage
from desktop.ui.incident.not_told_form import NotToldForm
from desktop.ui.incident.person_form import PersonForm
from desktop.ui.incident.quick_log import QuickLogPage
from desktop.ui.incident.triage_dialog import TriageDialog
from tests.capture_scenes import CAPTURE_SCENES
from tests.checklist_scenes import CHECKLIST_SCENES
from tests.copy_scenes import COPY_SCENES
from tests.entering_scenes import ENTERING_SCENES
from tests.format_scenes import FORMAT_SCENES
from tests.intake_scenes import INTAKE_SCENES
from tests.key_scenes import KEY_SCENES
from tests.lock_scenes import LOCK_SCENES
from tests.mail_scenes import MAIL_SCENES
from tests.move_scenes import MOVE_SCENES
from tests.organisation_scenes import ORGANISATION_SCENES
from tests.policy_scenes import POLICY_SCENES
from tests.retention_scenes import RETENTION_SCENES
from tests.stage import Stage
from tests.view_scenes import VIEW_SCENES
from tests.worksheet_scenes import WORKSHEET_SCENES


@dataclass(frozen=True, slots=True)
class Scene:
    """A name for the file, and the way there; it returns what is to be looked at."""

    name: str
    show: Callable[[Stage], QWidget]


def _place(place: str, stage: Stage) -> QWidget:
    stage.open_log()
    stage.desk.go(place)
    stage.settle()
    return stage.window


def _incident(panel: str, stage: Stage) -> QWidget:
    page = _incident_page(stage, stage.incident_id)
    page.tabs.show_panel(getattr(page, panel))
    stage.settle()
    return stage.window


def _incident_page(stage: Stage, incident_id: IncidentId) -> IncidentPage:
    stage.open_log()
    stage.desk.open_incident(incident_id)
    stage.settle()
    page = stage.desk.currentWidget()
    assert isinstance(page, IncidentPage)
    return page


def _log_section(section: str, stage: Stage) -> QWidget:
    stage.open_log()
    stage.desk.open_log_section(section)
    stage.settle()
    return stage.window


def _paper(stage: Stage) -> QWidget:
    _log_section("check", stage)
    stage.press("registerPageButton")
    return stage.dialog()


def _quick_log(stage: Stage) -> QWidget:
    _question_first(stage)
    stage.press("colleagueNoButton")
    return stage.window


def _question_first(stage: Stage) -> QWidget:
    stage.open_log()
    stage.desk.start_quick_log()
    stage.settle()
    assert isinstance(stage.desk.currentWidget(), QuickLogPage)
    return stage.window


def _colleague(stage: Stage, _page: IncidentPage) -> QWidget:
    stage.desk.start_capture(None)
    stage.settle()
    return stage.dialog()


def _danger(stage: Stage) -> QWidget:
    _place("Today", stage)
    stage.window.danger_banner.toggle()
    stage.settle()
    return stage.window


def _form(make: Callable[[Stage, IncidentPage], QWidget], stage: Stage) -> QWidget:
    dialog = make(stage, _incident_page(stage, stage.incident_id))
    stage.settle()
    return dialog


def _simple_form(
    kind: type[TriageDialog | NotToldForm | NoteForm | CloseDialog | ReopenDialog],
) -> Callable[[Stage], QWidget]:
    def make(stage: Stage, page: IncidentPage) -> QWidget:
        dialog = kind(stage.session, stage.incident_id, page)
        dialog.show_form()
        return dialog

    return partial(_form, make)


def _person(stage: Stage, page: IncidentPage) -> QWidget:
    people = stage.perform(partial(show_people, incident_id=stage.incident_id))
    dialog = PersonForm(stage.session, stage.incident_id, page, people.involvements[0])
    dialog.show_form()
    return dialog


def _account(stage: Stage, page: IncidentPage) -> QWidget:
    people = stage.perform(partial(show_people, incident_id=stage.incident_id))
    dialog = AccountForm(stage.session, stage.incident_id, people.involvements, page)
    dialog.show_form()
    return dialog


def _contact(stage: Stage, page: IncidentPage) -> QWidget:
    dialog = ContactForm(stage.session, stage.incident_id, page)
    dialog.show_form()
    return dialog


def _contact_in(stage: Stage, page: IncidentPage) -> QWidget:
    dialog = _contact(stage, page)
    assert isinstance(dialog, ContactForm)
    stage.settle()
    dialog.form.set_text("direction", Direction.IN.value)
    dialog.form.field("told_then").setFocus()
    return dialog


def _correction(stage: Stage, _page: IncidentPage) -> QWidget:
    page = _incident_page(stage, stage.closed_id)
    lines = stage.perform(partial(show_chronology, incident_id=stage.closed_id))
    note = next(line for line in lines if line.kind is EntryKind.NOTE)
    dialog = CorrectionForm(stage.session, stage.closed_id, note, page)
    dialog.show_form()
    return dialog


def _capture(stage: Stage, page: IncidentPage) -> QWidget:
    dialog = CaptureDialog(CaptureRun(number="2026-0002"), page, stage.session)
    dialog.come_up()
    return dialog


def _origin(stage: Stage, page: IncidentPage) -> QWidget:
    item = _items(stage, "image/")[0]
    dialog = OriginForm(stage.session, item, page)
    dialog.show_form()
    return dialog


def _viewer(media: str, stage: Stage, page: IncidentPage) -> QWidget:
    viewer = ItemViewer(stage.session, _items(stage, media)[0], page)
    viewer.look()
    return viewer


def _items(stage: Stage, media: str) -> list[EvidenceItem]:
    items = stage.perform(partial(list_items, incident_id=stage.incident_id))
    kept = [item for item in items if item.state is ItemState.KEPT]
    return [item for item in kept if item.media_type.startswith(media)]


def _export(stage: Stage) -> QWidget:
    _incident_page(stage, stage.incident_id)
    stage.desk.export(stage.incident_id)
    stage.settle()
    return stage.dialog()


def _question(_stage: Stage, page: IncidentPage) -> QWidget:
    messages.ask(page, "Stop the export?", "Nothing half done is kept.", "Stop it", _nothing)
    return _stage.dialog()


def _nothing() -> None:
    """Stand in for what would follow."""


def _crash(_stage: Stage, page: IncidentPage) -> QWidget:
    window = CrashWindow(ValueError("an example"), _nothing, page)
    window.open()
    return window


SCENES = (
    *(Scene(name, show) for name, show in ENTERING_SCENES),
    Scene("today", partial(_place, "Today")),
    Scene("danger", _danger),
    Scene("incidents", partial(_place, "Incidents")),
    Scene("people", partial(_place, "People")),
    Scene("reports", partial(_place, "Reports")),
    Scene("log-and-keys", partial(_place, "Log and keys")),
    Scene("backups", partial(_log_section, "backup")),
    Scene("is-it-unchanged", partial(_log_section, "check")),
    *(Scene(name, show) for name, show in RETENTION_SCENES),
    Scene("paper", _paper),
    Scene("help", partial(_place, "Help")),
    Scene("quick-log-question", _question_first),
    Scene("quick-log", _quick_log),
    Scene("colleague", partial(_form, _colleague)),
    Scene("incident", partial(_incident, "evidence_panel")),
    Scene("incident-chronology", partial(_incident, "chronology_panel")),
    Scene("incident-people", partial(_incident, "people_panel")),
    Scene("incident-contacts", partial(_incident, "contacts_panel")),
    Scene("incident-record", partial(_incident, "record_panel")),
    Scene("triage", _simple_form(TriageDialog)),
    Scene("person", partial(_form, _person)),
    Scene("account", partial(_form, _account)),
    Scene("contact", partial(_form, _contact)),
    Scene("contact-in", partial(_form, _contact_in)),
    Scene("not-told", _simple_form(NotToldForm)),
    Scene("note", _simple_form(NoteForm)),
    Scene("correction", partial(_form, _correction)),
    Scene("close", _simple_form(CloseDialog)),
    Scene("reopen", _simple_form(ReopenDialog)),
    *(Scene(name, show) for name, show in CHECKLIST_SCENES),
    *(Scene(name, show) for name, show in INTAKE_SCENES),
    *(Scene(name, show) for name, show in CAPTURE_SCENES),
    Scene("capture", partial(_form, _capture)),
    Scene("origin", partial(_form, _origin)),
    Scene("viewer-picture", partial(_form, partial(_viewer, "image/"))),
    Scene("viewer-pages", partial(_form, partial(_viewer, "application/pdf"))),
    Scene("viewer-mail", partial(_form, partial(_viewer, "message/"))),
    *(Scene(name, show) for name, show in VIEW_SCENES),
    *(Scene(name, show) for name, show in MAIL_SCENES),
    *(Scene(name, show) for name, show in FORMAT_SCENES),
    Scene("export", _export),
    *(Scene(name, show) for name, show in MOVE_SCENES),
    *(Scene(name, show) for name, show in POLICY_SCENES),
    *(Scene(name, show) for name, show in COPY_SCENES),
    *(Scene(name, show) for name, show in KEY_SCENES),
    *(Scene(name, show) for name, show in LOCK_SCENES),
    *(Scene(name, show) for name, show in WORKSHEET_SCENES),
    *(Scene(name, show) for name, show in ORGANISATION_SCENES),
    Scene("question", partial(_form, _question)),
    Scene("crash", partial(_form, _crash)),
)
