"""Cases of every week through the operations: what is advised, and what is never advised."""

from datetime import datetime

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.incidents import Category
from desktop.domain.people import AgeGroup, PersonKind, Role
from desktop.domain.steps.checklist_records import StepState
from desktop.operations.incident.keep_contacts import list_contacts
from desktop.operations.incident.keep_people import add_person, edit_person, involve_person
from desktop.operations.incident.record_incident import close_incident
from desktop.operations.organisation.keep_own_copy import turn_switch
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.operations.case import Case

FRIDAY = datetime(2026, 11, 20, 9)


def test_a_duty_that_is_not_confirmed_is_left_out_until_it_is(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "A stranger asks a learner for pictures")
    case.known(FRIDAY)
    case.answer(T4="yes", T8="private")
    assert "switched off" in case.step("P06-10").prefilled_reason
    assert not case.clocks("D15")
    turn_switch(workspace, "csa-duty", on=True, reason="In force since 1 October, checked")
    assert case.step("P06-10").prefilled_reason == ""
    case.leave_out("P06-10", "The police have the same report already")
    assert case.step("P06-10").state is StepState.NOT_APPLICABLE


def test_conduct_of_staff_sends_no_report_to_their_provider_nor_hears_two_learners(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "An assessor messages a learner at night")
    case.known(FRIDAY)
    case.involve(Role.TARGET, PersonKind.LEARNER, AgeGroup.UNDER_18)
    case.involve(Role.PERSON_REPORTED, PersonKind.STAFF, AgeGroup.ADULT)
    case.answer(T5="yes", T8="private")
    assert {"P01", "P04"} <= case.running
    assert "member of staff" in case.step("P01-5").prefilled_reason
    assert "learner" in case.step("P01-6").prefilled_reason
    assert "LADO" in case.step("P01-9").prefilled_reason


def test_where_grooming_is_named_no_answer_says_that_ceop_has_no_part(
    workspace: Workspace, clock: FrozenClock
) -> None:
    """The question on sexual contact was answered no; then the record says grooming."""
    case = Case(workspace, clock, "Somebody sends a learner gifts")
    case.answer(T8="private")
    case.known(FRIDAY, categories=(Category.GROOM,))
    assert "P06" in case.running
    assert not case.step("P06-6").prefilled_reason
    case.leave_out("P06-6", "The police have the report and want no second one")
    assert case.step("P06-6").state is StepState.NOT_APPLICABLE


def test_grooming_warns_nobody_through_a_provider(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "A stranger asks a learner for pictures")
    case.known(FRIDAY)
    case.answer(T4="yes", T8="private")
    assert "warn" in case.step("P01-5").prefilled_reason


@pytest.mark.parametrize(
    ("answers", "step_id", "said", "due"),
    [
        ({"T4": "child"}, "P15-2", {}, "2026-11-23"),
        ({"T4": "yes"}, "P06-5", {}, "2026-11-23"),
        ({"T2": "yes"}, "P03-6", {}, "2026-11-23"),
        ({"T2": "yes"}, "P03-6", {"decision": "they decided at once"}, ""),
        ({"T10": "self-harm"}, "P14-4", {}, "2026-11-23"),
        ({"T1": "yes"}, "P00-4", {}, "2026-11-23"),
        ({}, "", {}, "2026-11-23"),
        ({"T4": "yes"}, "P06-5", {"decision": "they decided at once"}, ""),
        ({"T4": "child"}, "P15-2", {"response": "They visit today"}, ""),
    ],
)
def test_childrens_services_are_asked_again_after_one_working_day(
    workspace: Workspace,
    clock: FrozenClock,
    answers: dict[str, str],
    step_id: str,
    said: dict[str, str],
    due: str,
) -> None:
    case = Case(workspace, clock, "Unwanted pictures are sent to a learner")
    case.known(FRIDAY)
    case.answer(T8="private", **answers)
    case.tell(Recipient.CSC, step_id, **said)
    (told,) = list_contacts(workspace, case.incident_id)
    noted = told.details.next_due
    assert (noted.local.date().isoformat() if noted else "") == due
    assert bool(told.details.next_action) is bool(due)


def test_telling_a_social_worker_asks_for_no_decision(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "Insults in a group chat")
    case.known(FRIDAY)
    case.answer(T8="private")
    case.do("P00-4", danger="no")
    case.do("P00-9")
    case.do("S3-1", decision="not now")
    case.do("S2-1", decision="tell them")
    case.tell(Recipient.CSC, "S2-2")
    assert all(not one.details.next_due for one in list_contacts(workspace, case.incident_id))


def test_staff_reported_by_name_bring_what_the_question_on_staff_would(
    workspace: Workspace, clock: FrozenClock
) -> None:
    """The question says no, or nothing yet; the people say who it was: the LADO's day runs."""
    case = Case(workspace, clock, "Messages to a learner at night")
    case.known(FRIDAY)
    case.involve(Role.TARGET, PersonKind.LEARNER, AgeGroup.UNDER_18)
    case.answer(T8="private")
    assert "P04" not in case.running
    assert case.step("S5-3").prefilled_reason
    case.involve(Role.PERSON_REPORTED, PersonKind.STAFF, AgeGroup.ADULT)
    assert "P04" in case.running
    assert [one.due_at.local.date().isoformat() for one in case.clocks("D5") if one.due_at] == [
        "2026-11-23"
    ]
    assert not case.step("S5-3").prefilled_reason


def test_what_is_learnt_of_somebody_counts_in_every_incident_that_names_them(
    workspace: Workspace, clock: FrozenClock
) -> None:
    first, second, closed = (Case(workspace, clock, text) for text in ("One", "Two", "Three"))
    for case in (first, second, closed):
        case.involve(Role.TARGET, PersonKind.LEARNER, AgeGroup.UNDER_18)
    somebody = add_person(workspace, first.incident_id, Role.PERSON_REPORTED, {}).person_id
    for case in (second, closed):
        involve_person(workspace, case.incident_id, somebody, Role.PERSON_REPORTED)
    close_incident(
        workspace, closed.incident_id, outcome="It ended", control_measure="None was needed"
    )
    edit_person(workspace, first.incident_id, somebody, {"kind": PersonKind.STAFF.value})
    assert "P04" in first.running
    assert "P04" in second.running
    assert "P04" not in closed.running


def test_no_step_says_that_no_staff_are_involved_where_somebody_named_one(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "A picture of an adult, and a legal one on a laptop")
    case.answer(T3="yes", T10="yes")
    assert case.step("P03B-7").prefilled_reason
    assert case.step("P13-3").prefilled_reason
    case.involve(Role.PERSON_REPORTED, PersonKind.STAFF, AgeGroup.ADULT)
    assert not case.step("P03B-7").prefilled_reason
    assert not case.step("P13-3").prefilled_reason
    assert not case.step("S5-3").prefilled_reason
    assert "P04" not in case.running


def test_a_member_of_staff_named_as_target_is_helped_without_the_question(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "A tutor is mocked on a site")
    case.answer(T8="private+person+site")
    case.involve(Role.TARGET, PersonKind.STAFF, AgeGroup.ADULT)
    assert "P05" in case.running
    parents = ("P00-10", "P01-7", "P02-8", "P12-8", "S2-1", "S2-2")
    assert all("member of staff" in case.step(one).prefilled_reason for one in parents)
    case.involve(Role.TARGET, PersonKind.UNKNOWN, AgeGroup.UNDER_18)
    assert not any(case.step(one).prefilled_reason for one in parents)
