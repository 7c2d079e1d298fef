"""A step and a deadline of our own, from being added to running in an incident and leaving it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.domain.errors import ReasonNeeded, StepNotReady
from desktop.domain.identifiers import ChecklistId, IncidentId
from desktop.domain.policy.own_copy import FreeDay, OwnDeadline
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Basis, Length, Procedure
from desktop.operations.incident.record_incident import enter_fields, start_incident
from desktop.operations.organisation.keep_own_copy import (
    choose_weekdays,
    drop_step,
    keep_deadline,
    keep_free_day,
    keep_step,
)
from desktop.operations.steps.attach_procedure import attach_procedure
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.steps.in_force import own_copy
from desktop.operations.steps.take_newer_version import newer_version, take_newer_version
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.own_steps import STEP
from tests.ui.small_procedures import small_procedures

DEADLINE = OwnDeadline(
    id="",
    step_id="P02-901",
    label="Ring the centre",
    length=Length.HOURS,
    amount=4,
    starts="became_aware_at",
)


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    """Return three small procedures, whose wording no test hangs on."""
    return small_procedures()


def _begin(workspace: Workspace, clock: FrozenClock) -> tuple[IncidentId, ChecklistId]:
    incident_id = start_incident(workspace, title="Comments").incident_id
    enter_fields(workspace, incident_id, {"became_aware_at": clock.now()})
    attach_procedure(workspace, incident_id, "P02", "Comments on a site")
    return incident_id, _checklist(workspace, incident_id)


def _checklist(workspace: Workspace, incident_id: IncidentId) -> ChecklistId:
    found = workspace.log.checklists.of(incident_id)
    return next(one.id for one in found if one.procedure_id == "P02")


def _steps(workspace: Workspace, incident_id: IncidentId) -> dict[str, StepView]:
    view = show_checklists(workspace, incident_id)
    return {step.step.id: step for one in view.checklists for step in one.steps}


def test_it_runs_in_a_new_incident_with_its_deadline(
    workspace: Workspace, clock: FrozenClock
) -> None:
    keep_step(workspace, STEP)
    keep_deadline(workspace, DEADLINE)
    incident_id, checklist_id = _begin(workspace, clock)
    clock.advance(hours=5)
    step = _steps(workspace, incident_id)["P02-901"]
    assert step.step.local
    (due,) = step.deadlines
    assert (due.basis, due.late_by) == (Basis.LOCAL, timedelta(hours=1))
    record_step(
        workspace, checklist_id, "P02-901", state=StepState.DONE, late_reason="In a meeting"
    )
    assert _steps(workspace, incident_id)["P02-901"].state is StepState.DONE


def test_its_working_days_are_our_own(workspace: Workspace, clock: FrozenClock) -> None:
    """It is Friday 20 November; we work Monday to Thursday, and are closed on Monday."""
    choose_weekdays(workspace, (0, 1, 2, 3))
    closed = FreeDay(day=date(2026, 11, 23), name="Closed", proclaimed=False)
    keep_free_day(workspace, closed)
    ours = replace(DEADLINE, step_id="P02-4", length=Length.WORKING_DAYS, amount=1)
    keep_deadline(workspace, ours)
    incident_id, _checklist_id = _begin(workspace, clock)
    (due,) = _steps(workspace, incident_id)["P02-4"].deadlines
    assert due.due_at is not None
    assert due.due_at.local.date() == date(2026, 11, 24)


def test_it_can_be_left_out_with_a_reason_only(workspace: Workspace, clock: FrozenClock) -> None:
    keep_step(workspace, STEP)
    incident_id, checklist_id = _begin(workspace, clock)
    out = StepState.NOT_APPLICABLE
    with pytest.raises(ReasonNeeded):
        record_step(workspace, checklist_id, "P02-901", state=out)
    record_step(workspace, checklist_id, "P02-901", state=out, reason="No centre there")
    assert _steps(workspace, incident_id)["P02-901"].state is out


def test_one_that_removes_waits_for_the_capture(workspace: Workspace, clock: FrozenClock) -> None:
    keep_step(workspace, replace(STEP, title="Hide it", removes=True))
    incident_id, checklist_id = _begin(workspace, clock)
    assert not _steps(workspace, incident_id)["P02-901"].is_ready
    with pytest.raises(StepNotReady):
        record_step(workspace, checklist_id, "P02-901", state=StepState.DONE)


def test_a_checklist_that_runs_keeps_its_text_until_the_newer_one_is_taken(
    workspace: Workspace, clock: FrozenClock
) -> None:
    incident_id, checklist_id = _begin(workspace, clock)
    keep_step(workspace, STEP)
    keep_deadline(workspace, DEADLINE)
    assert "P02-901" not in _steps(workspace, incident_id)
    newer = newer_version(workspace, checklist_id)
    assert newer is not None
    assert any("Ring the centre" in words for words in newer.changes)
    take_newer_version(workspace, checklist_id, "We added a step")
    assert "P02-901" in _steps(workspace, incident_id)
    assert newer_version(workspace, checklist_id) is None


def test_a_checklist_keeps_a_step_that_was_taken_out_since(
    workspace: Workspace, clock: FrozenClock
) -> None:
    keep_step(workspace, STEP)
    incident_id, checklist_id = _begin(workspace, clock)
    record_step(workspace, checklist_id, "P02-901", state=StepState.DONE)
    drop_step(workspace, "P02-901", "Not needed")
    assert own_copy(workspace).steps == ()
    assert _steps(workspace, incident_id)["P02-901"].state is StepState.DONE
