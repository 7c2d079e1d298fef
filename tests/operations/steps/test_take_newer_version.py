"""A running checklist stays on its text; a newer one is offered with what changed, and taken."""

from dataclasses import replace

import pytest

from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.identifiers import ChecklistId, IncidentId
from desktop.domain.log.custody import Action
from desktop.domain.steps.checklist_records import StepState
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.steps.attach_procedure import attach_procedure, end_procedure
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.steps.take_newer_version import newer_version, take_newer_version
from desktop.operations.workspace import Workspace
from tests.operations.steps.own_procedures import head, step, with_procedures

OLD = head("P91") + step("P91-1") + step("P91-2")
# Edited without a new number: it gets a label of its own all the same.
NEW = head("P91") + step("P91-2") + step("P91-3")


def begin(workspace: Workspace) -> tuple[Workspace, IncidentId, ChecklistId]:
    own = with_procedures(workspace, OLD)
    incident_id = start_incident(own, "Somebody rang").incident_id
    attach_procedure(own, incident_id, "P91", "We want its steps")
    (checklist,) = [c for c in own.log.checklists.of(incident_id) if c.procedure_id == "P91"]
    for name in ("P91-1", "P91-2"):
        record_step(own, checklist.id, name, StepState.DONE)
    return with_procedures(own, NEW), incident_id, checklist.id


def steps(workspace: Workspace, incident_id: IncidentId) -> list[tuple[str, StepState]]:
    found = show_checklists(workspace, incident_id).checklists
    (one,) = [view for view in found if view.procedure.id == "P91"]
    return [(view.step.id, view.state) for view in one.steps]


def test_the_text_it_began_with_stays_until_the_newer_one_is_taken(workspace: Workspace) -> None:
    own, incident_id, checklist = begin(workspace)
    before = [("P91-1", StepState.DONE), ("P91-2", StepState.DONE)]
    assert steps(own, incident_id) == before
    newer = newer_version(own, checklist)
    assert newer is not None
    assert (newer.running, newer.present) == ("1", "1 (2)")
    assert newer.changes == (
        "New step P91-3, Step P91-3: Do it.",
        "P91-1, Step P91-1 is gone; what was recorded of it stays",
    )
    take_newer_version(own, checklist, "The county asks for it")
    after = [("P91-2", StepState.DONE), ("P91-3", StepState.OPEN)]
    assert steps(own, incident_id) == after
    assert newer_version(own, checklist) is None
    kept = own.log.checklists.get(checklist)
    assert kept
    assert [entry.step_id for entry in kept.entries] == ["P91-1", "P91-2"]
    line = show_chronology(own, incident_id)[-1].text
    assert line == ("P91, Test P91: goes on in version 1 (2) (so far 1). The county asks for it")
    entry, detail = own.log.custody.about([incident_id])[-1]
    assert entry.action is Action.NEWER_VERSION_TAKEN
    assert detail
    assert '"version":"1 (2)"' in detail.detail.replace(": ", ":")


def test_another_incident_may_go_on_in_the_older_text(workspace: Workspace) -> None:
    own, incident_id, _ = begin(workspace)
    other = start_incident(own, "Somebody wrote").incident_id
    attach_procedure(own, other, "P91", "We want its steps")
    assert [name for name, _ in steps(own, other)] == ["P91-2", "P91-3"]
    assert [name for name, _ in steps(own, incident_id)] == ["P91-1", "P91-2"]


def test_it_is_taken_with_a_reason_and_only_where_there_is_one(workspace: Workspace) -> None:
    own, incident_id, checklist = begin(workspace)
    with pytest.raises(ReasonNeeded):
        take_newer_version(own, checklist, " ")
    with pytest.raises(NotFound):
        take_newer_version(own, ChecklistId("none"), "The county asks for it")
    take_newer_version(own, checklist, "The county asks for it")
    with pytest.raises(NotAllowed):
        take_newer_version(own, checklist, "Once more")
    end_procedure(own, checklist, "It was another person")
    back = with_procedures(own, OLD)
    assert newer_version(back, checklist) is None
    without = replace(
        own, procedures={name: one for name, one in own.procedures.items() if name != "P91"}
    )
    assert newer_version(without, checklist) is None
    assert steps(without, incident_id)[0][0] == "P91-2"


def test_a_step_that_waits_for_one_of_an_older_text_does_not_wait_for_ever(
    workspace: Workspace,
) -> None:
    waits = head("P92") + step("P92-1", 'after = ["P91-1"]\n')
    own, incident_id, checklist = begin(workspace)
    own = with_procedures(own, waits)
    take_newer_version(own, checklist, "The county asks for it")
    attach_procedure(own, incident_id, "P92", "We want its steps")
    found = show_checklists(own, incident_id).checklists
    (view,) = [one for one in found if one.procedure.id == "P92"]
    assert view.steps[0].is_ready
