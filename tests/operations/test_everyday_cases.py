"""Cases of every week through the operations: what is advised, and what is never advised."""

from datetime import datetime

from desktop.domain.checklist_records import StepState
from desktop.domain.people import AgeGroup, PersonKind, Role
from desktop.operations.keep_own_copy import turn_switch
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


def test_grooming_warns_nobody_through_a_provider(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "A stranger asks a learner for pictures")
    case.known(FRIDAY)
    case.answer(T4="yes", T8="private")
    assert "warn" in case.step("P01-5").prefilled_reason
