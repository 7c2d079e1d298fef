"""What may be recorded of a step, and what must be said with it: reasons, times, answers."""

from collections.abc import Mapping

from desktop.domain.calendar.times import Moment, read_full_date
from desktop.domain.errors import (
    AnswerNeeded,
    NotAllowed,
    ReasonNeeded,
    SecondPersonNeeded,
    StepNotReady,
)
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.clocks import Due
from desktop.domain.steps.procedures import (
    Act,
    Blank,
    Length,
    NotApplicable,
    Severity,
    Step,
)
from desktop.domain.steps.step_states import is_put_off
from desktop.domain.steps.triage import QUESTIONS

REASON_LENGTH = 10
INSTRUCTED_BY = Blank(
    name="instructed_by",
    label="Who told you to leave this step: name, role, and when?",
)
ALTERNATIVES = Blank(
    name="alternatives",
    label="What else did you consider?",
    required=False,
    long=True,
)
# What is kept of a second person's check, beside the blanks of a step.
SECOND_PERSON, SECOND_HOW, ALONE = "second_person", "second_how", "second_alone"
VALUE_LABELS: dict[str, str] = {
    INSTRUCTED_BY.name: INSTRUCTED_BY.label,
    ALTERNATIVES.name: ALTERNATIVES.label,
    SECOND_PERSON: "Checked by a second person",
    SECOND_HOW: "How they checked it",
    ALONE: "Checked by nobody else, because",
}
_QUESTION_IDS = frozenset(question.id for question in QUESTIONS)


def blanks_for(step: Step, state: StepState) -> tuple[Blank, ...]:
    """Return what is filled in when this state is recorded; a decision keeps its alternatives."""
    if state is StepState.DONE:
        asked = {blank.name for blank in step.blanks}
        decides = Act.DECIDE in step.acts and ALTERNATIVES.name not in asked
        return (*step.blanks, ALTERNATIVES) if decides else step.blanks
    if state is StepState.NOT_APPLICABLE and step.not_applicable is NotApplicable.OUTSIDE:
        return (INSTRUCTED_BY,)
    return ()


def may_leave_out(view: StepView) -> bool:
    """Say whether 'not applicable' can be recorded now; 'not possible' always can.

    A stop that has rules is left out by them alone, not for a reason of one's own.
    """
    if view.step.not_applicable is NotApplicable.NEVER:
        return False
    if view.prefilled_reason or view.step.not_applicable is not NotApplicable.RULE:
        return True
    if view.step.severity is Severity.STOP:
        return bool(view.withheld_reason)
    return not (_rests_on_triage(view.step) or _only_waits(view.step))


def check_recording(
    view: StepView,
    state: StepState,
    *,
    reason: str = "",
    late_reason: str = "",
    out_of_order: str = "",
    done_at: Moment | None = None,
    again_reason: str = "",
    values: Mapping[str, str] | None = None,
    second: Mapping[str, str] | None = None,
) -> None:
    """Refuse what cannot be recorded so. `second` is what is kept of a second person's check.

    Raises StepNotReady, ReasonNeeded (about: 'not applicable', 'not possible', 'open', 'late',
    'again' or 'out of order'), AnswerNeeded (a blank's label, 'done_at', or a triage question's
    id), SecondPersonNeeded or NotAllowed.
    """
    given = values or {}
    known = blanks_for(view.step, state)
    for name in given:
        if name not in {blank.name for blank in known}:
            raise NotAllowed(name)
    if state is StepState.DONE:
        _check_captured(view)
        _check_again(view, again_reason)
        _check_order(view, out_of_order, done_at)
        _check_late(view, late_reason, done_at)
        _check_second(view.step, second or {})
    else:
        _check_left(view, state, reason)
    for blank in known:
        _check_blank(blank, given)


def _check_captured(view: StepView) -> None:
    """Only the evidence itself ticks a capture: what is ticked without it could be lost by it."""
    if view.step.acts == (Act.CAPTURE,) and view.step.ticked_by and not view.is_ticked:
        raise NotAllowed("keep the evidence itself, or say why there is none")


def _check_again(view: StepView, again_reason: str) -> None:
    """Take a reason for settling anew what somebody settled; the first entry stays."""
    settled = view.entry is not None and view.state is not StepState.OPEN
    if settled and len(again_reason.strip()) < REASON_LENGTH:
        raise ReasonNeeded("again")


def _check_order(view: StepView, out_of_order: str, done_at: Moment | None) -> None:
    if not view.waiting_for:
        return
    if not out_of_order.strip():
        raise StepNotReady(
            tuple(step.id for step in view.waiting_for),
            tuple(step.title for step in view.waiting_for),
        )
    if len(out_of_order.strip()) < REASON_LENGTH:
        raise ReasonNeeded("out of order")
    if done_at is None:
        raise AnswerNeeded("done_at")


def _check_late(view: StepView, late_reason: str, done_at: Moment | None) -> None:
    for due in view.deadlines:
        ended = done_at is not None and due.due_at is not None and done_at.utc <= due.due_at.utc
        if (
            (due.overdue or _is_moved(view, due, done_at))
            and not ended
            and not late_reason.strip()
        ):
            raise ReasonNeeded("late")


def _is_moved(view: StepView, due: Due, done_at: Moment | None) -> bool:
    """Say whether a settled step gets another time, which this deadline is measured by."""
    limit = due.due_at is not None and due.deadline.length is not Length.AFTER_HOURS
    return limit and not due.deadline.stops and done_at not in (None, view.done_at)


def _check_second(step: Step, second: Mapping[str, str]) -> None:
    """Where a step takes two people: who the other was, or why there was nobody."""
    if not step.second or second.get(SECOND_PERSON):
        return
    reason = second.get(ALONE, "").strip()
    if not reason:
        raise SecondPersonNeeded
    if len(reason) < REASON_LENGTH:
        raise ReasonNeeded("nobody else")


def _check_left(view: StepView, state: StepState, reason: str) -> None:
    if state is StepState.NOT_APPLICABLE:
        if view.prefilled_reason and reason.strip() == view.prefilled_reason:
            return
        _check_leaving_out(view)
    if len(reason.strip()) < REASON_LENGTH:
        raise ReasonNeeded(state.value)


def _check_leaving_out(view: StepView) -> None:
    if may_leave_out(view):
        return
    if view.step.not_applicable is NotApplicable.RULE and view.unanswered:
        raise AnswerNeeded(view.unanswered[0])
    raise NotAllowed(view.step.id)


def _rests_on_triage(step: Step) -> bool:
    """Say whether every rule of the step asks for a triage answer: then nothing else will do."""
    return all(
        any(fact.partition("=")[0] in _QUESTION_IDS for fact in rule.when) for rule in step.rules
    )


def _only_waits(step: Step) -> bool:
    """Say whether the rules of the step do no more than put it off: it is owed all the same."""
    return all(is_put_off(step, rule.reason) for rule in step.rules)


def _check_blank(blank: Blank, given: Mapping[str, str]) -> None:
    value = given.get(blank.name, "").strip()
    answers = {f"{name}={text.strip()}" for name, text in given.items()}
    needed = blank.required or not answers.isdisjoint(blank.needed_answers)
    if needed and not value:
        raise AnswerNeeded(blank.label)
    if value and blank.choices and value not in blank.choices:
        raise AnswerNeeded(blank.label)
    if value and blank.day and read_full_date(value) is None:
        raise AnswerNeeded(blank.label)
