"""The windows that lead through the steps: many procedures, links, what two people check."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from weakref import WeakKeyDictionary

from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.versions import NewerVersion
from desktop.operations.incident.keep_links import link_incident
from desktop.operations.incident.keep_worksheets import open_worksheet, submit_worksheet
from desktop.operations.incident.record_incident import enter_fields, start_incident
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.attach_procedure import attach_procedure, end_procedure
from desktop.operations.steps.follow_checklist import (
    ChecklistsView,
    ChecklistView,
    record_step,
    show_checklists,
)
from desktop.ui.form_dialog import FormDialog
from desktop.ui.incident.incident_page import IncidentPage
from desktop.ui.incident.link_dialog import LinkDialog
from desktop.ui.incident.procedure_dialog import EndDialog, JoinDialog, VersionDialog
from desktop.ui.incident.triage_dialog import TriageDialog
from tests.stage import Stage

_MANY: WeakKeyDictionary[Stage, IncidentId] = WeakKeyDictionary()
_SETTLED: WeakKeyDictionary[Stage, IncidentId] = WeakKeyDictionary()
_ROW = {"T1": "no", "T2": "no", "T8": "private"}
_ANSWERS = {
    "T1": "no", "T2": "unsure", "T3": "yes", "T4": "both", "T5": "no", "T6": "unsure",
    "T7": "no", "T8": "private+site+person", "T9": "no", "T10": "no", "T11": "under-18",
    "T12": "yes", "T13": "no",
}  # fmt: skip
_NEWER = NewerVersion(
    procedure_id="P00",
    running="1",
    present="2",
    changes=(
        "New: P00-16, Tell the funder",
        "P00-2 is now called “Write it down” (it was “Record the concern”)",
        "P00-2, deadline First record: within 12 hours",
    ),
)


def _many_id(stage: Stage) -> IncidentId:
    """Return an incident in which many procedures run and one has ended."""
    stage.open_log()
    if stage not in _MANY:
        started = partial(start_incident, title="Messages, pictures and an account in her name")
        incident_id = stage.perform(started).incident_id
        _MANY[stage] = incident_id
        stage.perform(partial(answer_triage, incident_id=incident_id, answers=_ANSWERS))
        aware = replace(stage.clock.now(), utc=stage.clock.now().utc - timedelta(days=5))
        values = {"became_aware_at": aware}
        stage.perform(partial(enter_fields, incident_id=incident_id, values=values))
        link = partial(
            link_incident,
            incident_id=incident_id,
            other_id=stage.closed_id,
            reason="The same account wrote both times",
        )
        stage.perform(link)
        ended = _checklist(_read(stage, incident_id), "P02")
        end = partial(
            end_procedure, checklist_id=ended.checklist.id, reason="The site was another one"
        )
        stage.perform(end)
    return _MANY[stage]


def _read(stage: Stage, incident_id: IncidentId) -> ChecklistsView:
    return stage.perform(partial(show_checklists, incident_id=incident_id))


def _checklist(view: ChecklistsView, procedure_id: str) -> ChecklistView:
    return next(one for one in view.checklists if one.procedure.id == procedure_id)


def _page(stage: Stage) -> IncidentPage:
    incident_id = _many_id(stage)
    stage.desk.open_incident(incident_id)
    stage.settle()
    page = stage.desk.currentWidget()
    assert isinstance(page, IncidentPage)
    return page


def _many(stage: Stage) -> QWidget:
    page = _page(stage)
    page.tabs.show_panel(page.people_panel)
    stage.settle()
    return stage.window


def _step(step_id: str, stage: Stage) -> QWidget:
    page = _page(stage)
    page.go_to_step(step_id)
    stage.settle()
    return stage.window


def _second(stage: Stage) -> QWidget:
    page = _page(stage)
    page.go_to_step("P03-3")
    stage.settle()
    card = page.checklist_panel.card("P03-3")
    assert card
    assert card.recording
    if card.recording.form is None:  # else it is there again from before
        stage.press("doneButton", card)
    stage.press("stepSecondByOtherButton", card)
    page.go_to_step("P03-3")
    stage.settle()
    return stage.window


def _settled_id(stage: Stage) -> IncidentId:
    """Return an incident in which steps are settled: one late, one as it should not be."""
    stage.open_log()
    if stage not in _SETTLED:
        started = partial(start_incident, title="A row in the group chat of the course")
        incident_id = _SETTLED[stage] = stage.perform(started).incident_id
        stage.perform(partial(answer_triage, incident_id=incident_id, answers=_ROW))
        aware = replace(stage.clock.now(), utc=stage.clock.now().utc - timedelta(days=5))
        told = replace(aware, utc=aware.utc + timedelta(days=3))
        enter = partial(
            enter_fields,
            incident_id=incident_id,
            values={"became_aware_at": aware, "first_recorded_at": told, "first_account": "A row"},
        )
        stage.perform(enter)
        record = partial(
            record_step,
            checklist_id=_checklist(_read(stage, incident_id), "P00").checklist.id,
            step_id="P00-4",
            state=StepState.NOT_POSSIBLE,
            reason="Nobody answered all day long",
        )
        stage.perform(record)
    return _SETTLED[stage]


def _settled_page(stage: Stage) -> tuple[IncidentPage, ChecklistsView]:
    incident_id = _settled_id(stage)
    stage.desk.open_incident(incident_id)
    stage.settle()
    page = stage.desk.currentWidget()
    assert isinstance(page, IncidentPage)
    return page, _read(stage, incident_id)


def _again(stage: Stage) -> QWidget:
    """Show a settled step while it is recorded again."""
    page, _view = _settled_page(stage)
    page.go_to_step("P00-4")
    stage.settle()
    card = page.checklist_panel.card("P00-4")
    assert card
    stage.press("againButton", card)
    stage.press("againDoneButton", card)
    page.go_to_step("P00-4")
    stage.settle()
    return stage.window


def _explained(stage: Stage) -> QWidget:
    """Show a step that was done late, of which nobody has said why."""
    page, view = _settled_page(stage)
    late = next(one for one in view.clocks if one.reason_needed and one.met_at)
    page.go_to_step(late.step_id)
    stage.settle()
    return stage.window


def _sent(stage: Stage) -> QWidget:
    """Show a step whose worksheet was sent while its answer is still to come."""
    page, view = _settled_page(stage)
    incident_id = _settled_id(stage)
    if all(one.procedure.id != "P06" for one in view.checklists):
        add = partial(
            attach_procedure, incident_id=incident_id, procedure_id="P06", reason="A new message"
        )
        stage.perform(add)
        read = partial(open_worksheet, incident_id=incident_id, worksheet_id="childrens-services")
        submit = partial(
            submit_worksheet,
            incident_id=incident_id,
            worksheet_id="childrens-services",
            texts=stage.perform(read).texts,
            at=stage.clock.now(),
        )
        stage.perform(submit)
    page.reload()
    page.checklist_panel.reload()
    stage.settle()
    page.go_to_step("P06-5")
    stage.settle()
    return stage.window


def _plain(kind: Callable[..., FormDialog], stage: Stage) -> QWidget:
    page = _page(stage)
    dialog = kind(stage.session, _many_id(stage), page)
    dialog.show_form()
    stage.settle()
    return dialog


def _about(kind: Callable[..., FormDialog], procedure_id: str, stage: Stage) -> FormDialog:
    page = _page(stage)
    view = _checklist(_read(stage, _many_id(stage)), procedure_id)
    dialog = kind(stage.session, view, page)
    dialog.show_form()
    stage.settle()
    return dialog


def _version(stage: Stage) -> QWidget:
    dialog = _about(VersionDialog, "P03", stage)
    assert isinstance(dialog, VersionDialog)
    dialog.show_newer(_NEWER)
    stage.settle()
    return dialog


def _triaged(stage: Stage) -> QWidget:
    """Show the page after answers that call for more, and for something no longer."""
    page = _page(stage)
    incident_id = stage.perform(partial(start_incident, title="Comments")).incident_id
    before = {"T1": "no", "T8": "site", "T3": "yes"}
    stage.perform(partial(answer_triage, incident_id=incident_id, answers=before))
    dialog = TriageDialog(stage.session, incident_id, page)
    dialog.show_form()
    stage.settle()
    for name, answer in (("T3", "no"), ("T6", "unsure"), ("T8", "private")):
        dialog.form.set_text(name, answer)
    stage.press("keepButton", dialog)
    stage.settle()
    return dialog


CHECKLIST_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("many-procedures", _many),
    ("step-capture", partial(_step, "P01-3")),
    ("checklist-stop", partial(_step, "P03-1")),
    ("step-late", partial(_step, "P00-2")),
    ("step-second", _second),
    ("step-again", _again),
    ("step-why-late", _explained),
    ("step-sent", _sent),
    ("link", partial(_plain, LinkDialog)),
    ("add-procedure", partial(_plain, JoinDialog)),
    ("end-procedure", partial(_about, EndDialog, "P01")),
    ("end-stop", partial(_about, EndDialog, "P03")),
    ("newer-version", _version),
    ("triaged", _triaged),
)
