"""What an answer at triage does beside letting procedures join."""

import pytest

from desktop.domain.steps.checklist_records import StepState
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.operations.case import Case

SAFE = {"danger": "no", "reasons": "She is at home with her mother."}


@pytest.fixture
def case(workspace: Workspace, clock: FrozenClock) -> Case:
    """An incident with contact by a stranger, in which nobody seemed to be in danger."""
    made = Case(workspace, clock, "A stranger wants to meet her")
    made.answer(T4="yes", T8="private")
    made.do("P00-4", **SAFE)
    return made


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_danger_said_later_opens_the_check_and_the_call_again(case: Case, answer: str) -> None:
    case.leave_out("P06-1")
    assert case.next_id not in {"P00-4", "P06-1"}
    answer_triage(case.workspace, case.incident_id, {"T1": answer})
    check, call = case.step("P00-4"), case.step("P06-1")
    assert (check.state, check.history[0].state) == (StepState.OPEN, StepState.DONE)
    assert call.state is StepState.OPEN
    assert call.is_ready
    assert case.next_id == "P00-4"
    texts = [line.text for line in show_chronology(case.workspace, case.incident_id)]
    assert any("P00-4" in text and "danger was answered again" in text for text in texts)


def test_danger_that_was_found_or_is_not_yet_looked_for_is_asked_once(
    workspace: Workspace, clock: FrozenClock
) -> None:
    case = Case(workspace, clock, "A stranger wants to meet her")
    case.answer(T1="yes", T4="yes")
    assert case.step("P00-4").history == ()
    case.do("P00-4", danger="yes", reasons="They meet at four.")
    case.answer(T1="no")
    case.answer(T1="yes")
    assert case.step("P00-4").state is StepState.DONE
    assert case.step("P06-1").is_ready


def test_the_same_answer_once_more_opens_nothing(case: Case) -> None:
    answer_triage(case.workspace, case.incident_id, {"T1": "no", "T4": "unsure"})
    assert case.step("P00-4").state is StepState.DONE
