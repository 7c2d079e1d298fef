from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import (
    AnswerNeeded,
    NotAllowed,
    ReasonNeeded,
    SecondPersonNeeded,
    StepNotReady,
)
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView, guide
from desktop.domain.steps.procedures import Act, NotApplicable
from desktop.domain.steps.recording import (
    ALONE,
    ALTERNATIVES,
    INSTRUCTED_BY,
    SECOND_PERSON,
    blanks_for,
    check_recording,
    may_leave_out,
)
from tests.situations import NOW, at, entry, procedures, situation

STORY = "P00 P01 P02 P03 S1 S2 S3 S4 S5"
WHY = "There is nobody to reassure: the alert was anonymous."
CEOP = "Outside its remit: bullying, fake or hacked accounts"


def _view(step_id: str, ids: str = STORY, **more: object) -> StepView:
    guidance = guide(situation(ids, **more), NOW)  # type: ignore[arg-type]
    return next(
        view for views in guidance.steps.values() for view in views if view.step.id == step_id
    )


def test_a_step_that_is_ready_is_recorded() -> None:
    check_recording(_view("P00-6"), StepState.DONE, values={"advice": "Told Robin."})


def test_a_settled_step_is_recorded_again_with_a_reason() -> None:
    view = _view("P00-6", entries=[entry("P00-6", advice="Told Robin.")])
    with pytest.raises(ReasonNeeded, match="again"):
        check_recording(view, StepState.DONE, values={"advice": "Told Kim."})
    check_recording(
        view, StepState.DONE, values={"advice": "Told Kim."}, again_reason="It was Kim, not Robin."
    )
    check_recording(view, StepState.NOT_POSSIBLE, reason="There was nobody to tell.")


def test_a_day_is_asked_for_with_its_year() -> None:
    view = _view(
        "S6-11", "S6", entries=[entry("S6-1", kind="the file goes to a new school or provider")]
    )
    with pytest.raises(AnswerNeeded, match="On which day"):
        check_recording(view, StepState.DONE, values={"where": "There", "day": "after Easter"})
    check_recording(view, StepState.DONE, values={"where": "There", "day": "7 Dec 2026"})


def test_missing_prerequisites_are_named() -> None:
    with pytest.raises(StepNotReady) as error:
        check_recording(_view("P02-4"), StepState.DONE)
    assert error.value.missing == ("P02-1", "P02-2", "P02-3", "S3-1", "S3-2")
    assert error.value.texts[0] == "Capture the comments first"


def test_what_happened_in_another_order_needs_reason_and_time() -> None:
    view = _view("P02-4")
    with pytest.raises(ReasonNeeded, match="out of order"):
        check_recording(view, StepState.DONE, out_of_order="too short", done_at=NOW)
    with pytest.raises(AnswerNeeded, match="done_at"):
        check_recording(view, StepState.DONE, out_of_order="Her safety came first.")
    check_recording(view, StepState.DONE, out_of_order="Her safety came first.", done_at=NOW)


def test_never_means_that_not_possible_has_a_reason() -> None:
    view = _view("P00-1")
    assert not may_leave_out(view)
    with pytest.raises(NotAllowed, match="P00-1"):
        check_recording(view, StepState.NOT_APPLICABLE, reason=WHY)
    with pytest.raises(ReasonNeeded, match="not possible"):
        check_recording(view, StepState.NOT_POSSIBLE)
    check_recording(view, StepState.NOT_POSSIBLE, reason=WHY)


def test_not_applicable_needs_ten_characters_of_reason() -> None:
    view = _view("P02-7")
    assert may_leave_out(view)
    with pytest.raises(ReasonNeeded, match="not applicable"):
        check_recording(view, StepState.NOT_APPLICABLE, reason="   none   ")
    check_recording(view, StepState.NOT_APPLICABLE, reason="Our authority has no such officer.")


def test_ceop_is_left_out_only_after_the_question_on_sexual_contact() -> None:
    with pytest.raises(AnswerNeeded, match="T4"):
        check_recording(_view("P02-6"), StepState.NOT_APPLICABLE, reason=CEOP)
    unsure = _view("P02-6", answers={"T4": "unsure"})
    assert not may_leave_out(unsure)
    with pytest.raises(NotAllowed):
        check_recording(unsure, StepState.NOT_APPLICABLE, reason=CEOP)
    answered = _view("P02-6", answers={"T4": "no"})
    assert may_leave_out(answered)
    check_recording(answered, StepState.NOT_APPLICABLE, reason=CEOP)


def test_a_rule_about_other_things_leaves_room_for_an_own_reason() -> None:
    view = _view("P01-5")
    assert may_leave_out(view)
    check_recording(view, StepState.NOT_APPLICABLE, reason="The mailbox no longer exists.")


def test_only_an_outside_agency_can_waive_some_steps() -> None:
    view = _view("P03-11")
    assert view.step.not_applicable is NotApplicable.OUTSIDE
    assert blanks_for(view.step, StepState.NOT_APPLICABLE) == (INSTRUCTED_BY,)
    with pytest.raises(AnswerNeeded):
        check_recording(view, StepState.NOT_APPLICABLE, reason="The police keep the device.")
    check_recording(
        view,
        StepState.NOT_APPLICABLE,
        reason="The police keep the device.",
        values={"instructed_by": "DC Invented, today at 9"},
    )
    assert blanks_for(view.step, StepState.NOT_POSSIBLE) == ()


def test_late_asks_for_a_reason_and_then_lets_it_pass() -> None:
    late = guide(situation("P00"), at(20))
    view = next(one for one in late.steps["c-P00"] if one.step.id == "P00-8")  # type: ignore[index]
    values = {"found": "none found"}
    with pytest.raises(ReasonNeeded, match="late"):
        check_recording(view, StepState.DONE, values=values)
    check_recording(view, StepState.DONE, values=values, late_reason="Ill")
    check_recording(view, StepState.DONE, values=values, done_at=NOW)
    with pytest.raises(ReasonNeeded, match="late"):
        check_recording(view, StepState.DONE, values=values, done_at=at(19))


def test_what_must_be_recorded_is_asked_for() -> None:
    view = _view("P02-2")
    with pytest.raises(AnswerNeeded, match="What do you see"):
        check_recording(view, StepState.DONE, values={"reasons": "It says so."})
    with pytest.raises(AnswerNeeded, match="What do you see"):
        check_recording(view, StepState.DONE, values={"finding": "maybe", "reasons": "So."})
    check_recording(view, StepState.DONE, values={"finding": "hate", "reasons": "It says so."})


def test_nothing_is_recorded_under_an_unknown_name() -> None:
    with pytest.raises(NotAllowed, match="colour"):
        check_recording(_view("P02-2"), StepState.DONE, values={"colour": "blue"})


def test_opening_a_step_again_needs_a_reason() -> None:
    view = _view("P00-6", entries=[entry("P00-6")])
    with pytest.raises(ReasonNeeded, match="open"):
        check_recording(view, StepState.OPEN)
    check_recording(view, StepState.OPEN, reason="They were told the wrong thing.")


@given(
    st.sampled_from([step.id for one in procedures().values() for step in one.steps]),
    st.text(max_size=9),
    st.sampled_from(["yes", "no", "unsure"]),
)
def test_no_step_is_left_out_on_a_short_reason(step_id: str, reason: str, answer: str) -> None:
    view = _view(step_id, step_id.rsplit("-", 1)[0], answers={"T4": answer})
    with pytest.raises((ReasonNeeded, NotAllowed, AnswerNeeded)):
        check_recording(view, StepState.NOT_APPLICABLE, reason=reason)


def test_a_rule_without_triage_and_an_empty_one_differ() -> None:
    view = _view("P02-9")
    bare = replace(view, prefilled_reason="", step=replace(view.step, rules=()))
    assert not may_leave_out(bare)


def test_a_capture_is_ticked_by_the_evidence_alone() -> None:
    view = _view("P02-1")
    for order in ("", "It had to go at once."):
        with pytest.raises(NotAllowed, match="keep the evidence itself"):
            check_recording(view, StepState.DONE, out_of_order=order, done_at=NOW)
    check_recording(view, StepState.NOT_POSSIBLE, reason="It was gone before we saw it.")


def test_a_decision_asks_for_its_alternatives_and_keeps_them() -> None:
    view = _view("P02-2")
    step = replace(view.step, acts=(Act.DECIDE,), blanks=())
    assert blanks_for(step, StepState.DONE) == (ALTERNATIVES,)
    assert not ALTERNATIVES.required
    check_recording(
        replace(view, step=step), StepState.DONE, values={"alternatives": "Wait for the police"}
    )
    own = replace(step, blanks=(ALTERNATIVES,))
    assert blanks_for(own, StepState.DONE) == (ALTERNATIVES,)
    assert blanks_for(replace(step, acts=(Act.RECORD,)), StepState.DONE) == ()
    assert blanks_for(step, StepState.NOT_POSSIBLE) == ()


def test_what_two_people_check_names_the_other_or_says_why_there_is_none() -> None:
    view = _view("P00-6")
    view = replace(view, step=replace(view.step, blanks=(), second=True))
    with pytest.raises(SecondPersonNeeded):
        check_recording(view, StepState.DONE)
    with pytest.raises(ReasonNeeded, match="nobody else"):
        check_recording(view, StepState.DONE, second={ALONE: "August"})
    check_recording(view, StepState.DONE, second={ALONE: "Nobody else works in August."})
    check_recording(view, StepState.DONE, second={SECOND_PERSON: "Sam Example, tutor"})
    check_recording(view, StepState.NOT_POSSIBLE, reason="The page has gone already.")


SEVEN = ("adult", "pressure", "capacity", "violent", "under_thirteen", "risk", "staff", "demand")


@pytest.mark.parametrize(
    ("policies", "given_answer", "may"),
    [
        ({"S003"}, "no", True),
        ({"S004"}, "no", True),
        ({"S003"}, "not known", False),
        ({"S004"}, "yes", False),
    ],
)
def test_a_stop_is_left_out_by_its_rules_alone(
    policies: set[str], given_answer: str, may: bool
) -> None:
    answers = dict.fromkeys(SEVEN, "no") | {"staff": given_answer}
    said = replace(entry("P03-1", device="no", already_here="no"), values=tuple(answers.items()))
    view = _view(
        "P03-4",
        "P00 P03",
        entries=[said],
        policies=frozenset(policies),
        answers={"T4": "no"},
    )
    assert bool(view.prefilled_reason) == (may and policies == {"S003"})
    assert may_leave_out(view) is may
    if not may:
        with pytest.raises(NotAllowed):
            check_recording(view, StepState.NOT_APPLICABLE, reason="We would rather not call.")
    check_recording(view, StepState.NOT_POSSIBLE, reason="The line was dead all morning.")
