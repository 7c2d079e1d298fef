"""Triage, checklists and steps through the operations, on the real procedures."""

import pytest

from desktop.domain.contacts import Channel, ContactDetails, Recipient
from desktop.domain.errors import (
    AnswerNeeded,
    NotFound,
    ReasonNeeded,
    StepNotReady,
)
from desktop.domain.evidence.gate import GateAnswer
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import ChecklistId, IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.operations.evidence.make_statement import make_statement
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.record_incident import enter_fields, start_incident
from desktop.operations.practice_case import fill_case
from desktop.operations.show_today import show_today
from desktop.operations.steps.answer_triage import answer_triage, show_triage
from desktop.operations.steps.attach_procedure import attach_procedure, end_procedure
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.workspace import Workspace
from desktop.resources import resource_path
from tests.clocks import FrozenClock

BULLYING = {
    "T1": "no", "T2": "no", "T3": "no", "T4": "no", "T5": "no", "T6": "no", "T7": "no",
    "T8": "private+site", "T9": "no", "T10": "no", "T12": "no", "T13": "no",
}  # fmt: skip


@pytest.fixture
def incident_id(workspace: Workspace) -> IncidentId:
    return start_incident(workspace, "Tutor rang").incident_id


def running(workspace: Workspace, incident_id: IncidentId) -> set[str]:
    return {one.procedure.id for one in show_checklists(workspace, incident_id).checklists}


def step(workspace: Workspace, incident_id: IncidentId, step_id: str) -> StepView:
    for one in show_checklists(workspace, incident_id).checklists:
        for view in one.steps:
            if view.step.id == step_id:
                return view
    raise AssertionError(step_id)


def blanks(view: StepView) -> dict[str, str]:
    return {
        blank.name: blank.choices[0] if blank.choices else "said so" for blank in view.step.blanks
    }


def capture(workspace: Workspace, incident_id: IncidentId) -> None:
    made = make_statement(workspace, incident_id, GateAnswer.NO, ["a capture"])
    png = resource_path("practice", "comments.png").read_bytes()
    add_picture(
        workspace,
        incident_id,
        made.statement.id,
        png,
        ItemKind.SCREEN_REGION,
        Method.SCREEN_CAPTURE,
        workspace.now(),
        lambda _share: None,
        lambda: False,
    )


def test_the_opening_runs_for_every_incident(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    assert "P00" in running(workspace, incident_id)
    assert show_checklists(workspace, incident_id).next_step is not None


def test_triage_attaches_what_the_answers_call_for(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    triaged = answer_triage(workspace, incident_id, BULLYING, {"T12": "none known"})
    assert {"P01", "P02"} <= set(triaged.attached)
    assert {"P00", "P01", "P02", "S1", "S2", "S3", "S4"} <= running(workspace, incident_id)
    assert "P03" not in running(workspace, incident_id)
    view = show_triage(workspace, incident_id)
    assert view.answers["T8"].answer == "private+site"
    again = answer_triage(workspace, incident_id, {"T8": "private+site"})
    assert again.attached == ()


def test_a_wrong_answer_is_refused_whole(workspace: Workspace, incident_id: IncidentId) -> None:
    with pytest.raises(AnswerNeeded):
        answer_triage(workspace, incident_id, {"T1": "no", "T2": "perhaps"})
    assert show_triage(workspace, incident_id).answers == {}


def test_unsure_about_an_image_attaches_the_stop(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    assert "P03" in answer_triage(workspace, incident_id, {"T2": "unsure"}).attached


def test_ceop_is_prefilled_only_once_nothing_sexual_is_answered(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    answer_triage(workspace, incident_id, {"T8": "site"})
    assert step(workspace, incident_id, "P02-6").prefilled_reason == ""
    answer_triage(workspace, incident_id, {"T4": "no"})
    view = step(workspace, incident_id, "P02-6")
    assert "remit" in view.prefilled_reason
    record_step(
        workspace, view.checklist_id, "P02-6", StepState.NOT_APPLICABLE,
        reason=view.prefilled_reason,
    )  # fmt: skip
    assert step(workspace, incident_id, "P02-6").state is StepState.NOT_APPLICABLE
    answer_triage(workspace, incident_id, {"T4": "yes"})
    assert step(workspace, incident_id, "P02-6").state is StepState.OPEN


def test_removal_is_never_next_before_capture(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    answer_triage(workspace, incident_id, {"T8": "site"})
    view = step(workspace, incident_id, "P02-4")
    assert view.waiting_for
    with pytest.raises(StepNotReady):
        record_step(workspace, view.checklist_id, "P02-4", StepState.DONE, values=blanks(view))


def test_capturing_ticks_the_step(workspace: Workspace, incident_id: IncidentId) -> None:
    answer_triage(workspace, incident_id, {"T8": "site"})
    assert step(workspace, incident_id, "P02-1").state is StepState.OPEN
    capture(workspace, incident_id)
    assert step(workspace, incident_id, "P02-1").state is StepState.DONE


def test_what_already_happened_is_recorded_as_it_happened(
    workspace: Workspace, incident_id: IncidentId, clock: FrozenClock
) -> None:
    answer_triage(workspace, incident_id, {"T8": "site"})
    before = workspace.now()
    clock.advance(hours=1)
    view = step(workspace, incident_id, "P02-4")
    record_step(
        workspace,
        view.checklist_id,
        "P02-4",
        StepState.DONE,
        values=blanks(view),
        out_of_order="The learner reported it to the site herself",
        done_at=before,
    )
    after = step(workspace, incident_id, "P02-4")
    assert after.state is StepState.DONE
    line = next(
        one for one in show_chronology(workspace, incident_id) if one.text.startswith("P02-4")
    )
    assert line.at == before
    assert "The learner reported it to the site herself" in line.text


def test_nothing_is_left_out_without_a_reason(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    view = step(workspace, incident_id, "P00-1")
    with pytest.raises(ReasonNeeded):
        record_step(workspace, view.checklist_id, "P00-1", StepState.NOT_POSSIBLE, reason="no")
    record_step(
        workspace, view.checklist_id, "P00-1", StepState.NOT_POSSIBLE,
        reason="The alert was anonymous",
    )  # fmt: skip
    assert step(workspace, incident_id, "P00-1").state is StepState.NOT_POSSIBLE


def test_an_answered_call_ticks_its_step_and_an_unanswered_one_does_not(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    make_statement(workspace, incident_id, GateAnswer.NOT_SURE, ["a.jpg"])
    view = step(workspace, incident_id, "P03-4")
    for answered in (False, True):
        details = ContactDetails(
            recipient=Recipient.POLICE,
            at=workspace.now(),
            channel=Channel.CALL_101,
            answered=answered,
            person="PC Invented",
            reference="EX/1",
            advice="Keep everything",
        )
        add_contact(
            workspace, incident_id, details, checklist_id=view.checklist_id, step_id="P03-4",
            values=blanks(view),
        )  # fmt: skip
        state = step(workspace, incident_id, "P03-4").state
        assert state is (StepState.DONE if answered else StepState.OPEN)


def test_procedures_join_and_end_with_reasons(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    with pytest.raises(ReasonNeeded):
        attach_procedure(workspace, incident_id, "P02", " ")
    with pytest.raises(NotFound):
        attach_procedure(workspace, incident_id, "P99", "Because")
    attach_procedure(workspace, incident_id, "P02", "The comments came later")
    attach_procedure(workspace, incident_id, "P02", "The comments came later")
    views = show_checklists(workspace, incident_id).checklists
    (only,) = [one for one in views if one.procedure.id == "P02"]
    with pytest.raises(ReasonNeeded):
        end_procedure(workspace, only.checklist.id, "x")
    with pytest.raises(NotFound):
        end_procedure(workspace, ChecklistId("none"), "It was a mistake")
    end_procedure(workspace, only.checklist.id, "It was a mistake")
    (only,) = [
        one
        for one in show_checklists(workspace, incident_id).checklists
        if one.procedure.id == "P02"
    ]
    assert only.checklist.ended_reason == "It was a mistake"


def test_steps_that_do_not_exist_are_said_not_to(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    view = step(workspace, incident_id, "P00-1")
    with pytest.raises(NotFound):
        record_step(workspace, view.checklist_id, "P99-1", StepState.DONE)
    with pytest.raises(NotFound):
        record_step(workspace, ChecklistId("none"), "P00-1", StepState.DONE)


def test_a_late_first_record_is_on_today_until_somebody_says_why(
    workspace: Workspace, incident_id: IncidentId, clock: FrozenClock
) -> None:
    answer_triage(workspace, incident_id, {"T8": "private"})
    aware = clock.now()
    clock.advance(hours=41)
    enter_fields(
        workspace,
        incident_id,
        {"became_aware_at": aware, "first_recorded_at": clock.now()},
    )
    late = [line for line in show_today(workspace).lines if line.state == "late"]
    assert any("17 h late" in line.title for line in late)
    enter_fields(workspace, incident_id, {"late_reason": "The tutor was away"})
    late = [line for line in show_today(workspace).lines if line.state == "late"]
    assert not any("17 h late" in line.title for line in late)


def test_today_shows_what_is_next_to_chase_unfinished_and_the_quarter(
    workspace: Workspace, clock: FrozenClock
) -> None:
    incident_id = fill_case(workspace)
    start_incident(workspace, "half a sent")
    due = clock.now()
    details = ContactDetails(
        recipient=Recipient.LA_ESO, at=due, next_action="Ring back", next_due=due
    )
    add_contact(workspace, incident_id, details)
    capture(workspace, start_incident(workspace, title="Captured first").incident_id)
    clock.advance(minutes=1)
    view = show_today(workspace)
    states = {line.state for line in view.lines}
    assert {"stop", "chase", "unfinished", "quarter"} <= states
    assert any(line.title == "Ring back" and line.chip == "Chase now" for line in view.lines)
    assert view.incident_count == 3
    assert "Not checked yet" in {line.title for line in view.log_state}
    assert view.not_looked_through == 0
