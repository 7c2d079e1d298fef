"""Where the steps of running checklists stand, which comes next, and the clocks that run."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from desktop.domain.calendar.summer_time import at_utc
from desktop.domain.calendar.times import Moment, read_full_date
from desktop.domain.identifiers import ChecklistId
from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.clocks import (
    STARTS_OF_RECORD,
    ClockView,
    Due,
    clock_of,
    due_of,
    runs,
)
from desktop.domain.steps.facts import Running, Situation, counting, facts_of
from desktop.domain.steps.procedures import (
    Act,
    Basis,
    Length,
    NotApplicable,
    Procedure,
    Severity,
    Step,
)
from desktop.domain.steps.step_states import (
    asked_in,
    is_ticked,
    ruling,
    state_of,
    withheld_reason,
)
from desktop.domain.steps.ticking import ticked_at, times_told

_FIRM = (Severity.STOP, Severity.MUST)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step as it stands now.

    `entry` is the entry that counts; None while untouched, or when the program ticked it itself.
    `history` holds every entry, oldest first. `done_at` is when a step that is done was really
    done, also where the program ticked it; None where nobody can tell. `waiting_for` are steps
    that come first. `prefilled_reason`: the rules make an open step not applicable, the DSL
    confirms by recording NOT_APPLICABLE with it; `ruled_by` are that rule's facts.
    `withheld_reason`: they would, but not under the policy that is
    followed. `deadlines` are all that apply, the one that presses most first; that one is `due`.
    `unanswered` are triage questions that a rule of the step depends on. `led_by`: the running
    procedure whose steps are taken in its place. `is_next`: it leads its own checklist.
    `is_ticked`: a fact holds that would tick it, whatever was recorded.
    """

    checklist_id: ChecklistId
    procedure_id: str
    step: Step
    state: StepState
    entry: StepEntry | None = None
    history: tuple[StepEntry, ...] = ()
    done_at: Moment | None = None
    waiting_for: tuple[Step, ...] = ()
    prefilled_reason: str = ""
    ruled_by: tuple[str, ...] | None = None
    withheld_reason: str = ""
    due: Due | None = None
    deadlines: tuple[Due, ...] = ()
    unanswered: tuple[str, ...] = ()
    led_by: str = ""
    is_next: bool = False
    is_ticked: bool = False

    @property
    def late_reason(self) -> str:
        """Why it was late, as far as somebody said: the latest entry repeats it, or says it."""
        return self.history[-1].late_reason if self.history else ""

    @property
    def is_overdue(self) -> bool:
        """Whether it is late and still to do: recording it asks why."""
        return any(due.overdue for due in self.deadlines)

    @property
    def was_late(self) -> bool:
        """Whether it was done too late: somebody can say why, with explain_late."""
        return any(due.late_by is not None and not due.overdue for due in self.deadlines)

    @property
    def put_off_in(self) -> str:
        """The step with the answer for which this one waits, and is owed; '' for none."""
        return asked_in(self.step, self.ruled_by or ())

    @property
    def is_ready(self) -> bool:
        """Whether the program may advise it: open, nothing before it, its time come, doable."""
        return (
            self.state is StepState.OPEN
            and not self.waiting_for
            and not self.prefilled_reason
            and not self.led_by
            and bool(self.step.acts)
            and not any(due.early for due in self.deadlines)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """All that an incident's checklists say now: the views by checklist, what is next, clocks."""

    facts: frozenset[str]
    steps: Mapping[ChecklistId, tuple[StepView, ...]]
    next_step: StepView | None
    clocks: tuple[ClockView, ...]


def guide(situation: Situation, now: Moment) -> Guidance:
    """Work out where everything stands in one incident."""
    facts = facts_of(situation)
    steps = {
        running.checklist.id: view_steps(running, situation, facts, now)
        for running in situation.running
    }
    live = [
        view
        for running in situation.running
        if not running.is_ended
        for view in steps[running.checklist.id]
    ]
    return Guidance(
        facts=facts,
        steps=steps,
        next_step=next_step(live),
        clocks=clocks_of(live, situation, now),
    )


def view_steps(
    running: Running, situation: Situation, facts: frozenset[str], now: Moment
) -> tuple[StepView, ...]:
    """Say where each step of one checklist stands; in an ended one nothing is next."""
    procedures = {one.procedure.id: one.procedure for one in situation.running}
    procedures[running.procedure.id] = running.procedure
    times = step_times(situation) | times_told(situation)
    views = [
        _view_step(step, running, procedures, situation, times, facts, now)
        for step in running.procedure.steps
    ]
    leading = None if running.is_ended else next_step(views)
    return tuple(replace(view, is_next=True) if view is leading else view for view in views)


def next_step(views: Iterable[StepView]) -> StepView | None:
    """Return the step to do now: stops first, then overdue musts, then in their order."""
    ready = [view for view in views if view.is_ready]
    return min(ready, key=_place, default=None)


def clocks_of(
    views: Iterable[StepView], situation: Situation, now: Moment
) -> tuple[ClockView, ...]:
    """Return the clocks that run or ran, each deadline once: what is late first, then what ends.

    Where a deadline stands on several steps, the one that ends first and is not met counts; one
    that was missed stays beside it.
    """
    found: dict[tuple[str, str, bool], tuple[Due, ClockView]] = {}
    for view in sorted(views, key=_place):
        for due in view.deadlines:
            if not _is_shown(due, view):
                continue
            clock = _clock(due, view, situation, now)
            name = (clock.deadline_id, clock.label, due.late_by is not None)
            if name not in found or pressing(due) < pressing(found[name][0]):
                found[name] = (due, clock)
    ordered = sorted(found.values(), key=lambda pair: _rank(*pair))
    return tuple(clock for _, clock in ordered)


def step_times(situation: Situation) -> dict[str, Moment]:
    """Return when each step was done, as far as somebody recorded it; else the day it names."""
    times: dict[str, Moment] = {}
    for running in counting(situation.running):
        for entry in running.checklist.entries:
            if entry.state is StepState.DONE:
                times[entry.step_id] = _day_named(entry, running) or entry.done_at or entry.at
            else:
                times.pop(entry.step_id, None)
    return times


def _day_named(entry: StepEntry, running: Running) -> Moment | None:
    """Return the day, perhaps one to come, that a step was asked for: what it starts runs then."""
    days = {
        blank.name
        for step in running.procedure.steps
        if step.id == entry.step_id
        for blank in step.blanks
        if blank.day
    }
    named = (read_full_date(text) for name, text in entry.values if name in days)
    day = next((one for one in named if one is not None), None)
    return at_utc(datetime.combine(day, time(12), UTC), entry.at) if day else None


def _view_step(
    step: Step,
    running: Running,
    procedures: Mapping[str, Procedure],
    situation: Situation,
    times: Mapping[str, Moment],
    facts: frozenset[str],
    now: Moment,
) -> StepView:
    entries = running.checklist.entries
    state, entry = state_of(step, entries, facts)
    is_open = state is StepState.OPEN
    done_at = _done_at(step, state, entry, situation, facts)
    found = _deadlines(step, state, done_at, situation, times, facts, now)
    deadlines = tuple(sorted(found, key=pressing))
    rule = ruling(step, facts) if is_open else None
    return StepView(
        checklist_id=running.checklist.id,
        procedure_id=running.procedure.id,
        step=step,
        state=state,
        entry=entry,
        history=tuple(one for one in entries if one.step_id == step.id),
        done_at=done_at,
        waiting_for=tuple(_missing(step, procedures, facts)) if is_open else (),
        prefilled_reason=rule.reason if rule else "",
        ruled_by=rule.when if rule else None,
        withheld_reason=withheld_reason(step, facts) if is_open else "",
        due=deadlines[0] if deadlines else None,
        deadlines=deadlines,
        unanswered=tuple(_unanswered(step, situation)) if is_open else (),
        led_by=_led_by(step, facts) if is_open else "",
        is_ticked=is_ticked(step, facts),
    )


def _missing(
    step: Step, procedures: Mapping[str, Procedure], facts: frozenset[str]
) -> Iterator[Step]:
    """Find what comes first and is not past; a removal waits for every capture before it."""
    captures = _captures_before(step, procedures) if step.removes else ()
    for step_id in dict.fromkeys((*step.after, *captures)):
        procedure_id = step_id.rsplit("-", 1)[0]
        own = procedure_id == step.id.rsplit("-", 1)[0]
        if (own or f"running:{procedure_id}" in facts) and f"past:{step_id}" not in facts:
            # A checklist may run on an older version, which does not know the step.
            yield from _named(step_id, procedures)


def _captures_before(step: Step, procedures: Mapping[str, Procedure]) -> Iterator[str]:
    """Find the captures that are never left out, also behind steps that can be."""
    seen: set[str] = set()
    waiting = list(step.after)
    while waiting:
        step_id = waiting.pop()
        for one in () if step_id in seen else _named(step_id, procedures):
            if Act.CAPTURE in one.acts and one.not_applicable is NotApplicable.NEVER:
                yield step_id
            waiting.extend(one.after)
        seen.add(step_id)


def _named(step_id: str, procedures: Mapping[str, Procedure]) -> Iterator[Step]:
    procedure = procedures.get(step_id.rsplit("-", 1)[0])
    if procedure is not None:
        yield from (one for one in procedure.steps if one.id == step_id)


def _led_by(step: Step, facts: frozenset[str]) -> str:
    leads = f"running:{step.runs}" in facts and f"finished:{step.runs}" not in facts
    return step.runs if leads else ""


def _done_at(
    step: Step,
    state: StepState,
    entry: StepEntry | None,
    situation: Situation,
    facts: frozenset[str],
) -> Moment | None:
    """Return when a step that is done was really done: as recorded, or by what ticked it."""
    if state is not StepState.DONE:
        return None
    return (entry.done_at or entry.at) if entry else ticked_at(step.ticked_by, situation, facts)


def _deadlines(
    step: Step,
    state: StepState,
    done_at: Moment | None,
    situation: Situation,
    times: Mapping[str, Moment],
    facts: frozenset[str],
    now: Moment,
) -> Iterator[Due]:
    for deadline in step.deadlines:
        if not runs(deadline, situation.policies, situation.switches, facts):
            continue
        due = due_of(
            deadline,
            situation.incident,
            done_at=done_at,
            times=times,
            facts=facts,
            now=now,
            calendar=situation.calendar,
        )
        ticked_unseen = state is StepState.DONE and due.met_at is None
        left_out = state in {StepState.NOT_APPLICABLE, StepState.NOT_POSSIBLE}
        if not (ticked_unseen or left_out or _is_pending(due)):
            yield due


def _is_pending(due: Due) -> bool:
    """Say whether there is nothing to show yet: what starts it is to come, or it has no limit."""
    of_record = due.deadline.starts in STARTS_OF_RECORD
    return due.started is None and (not of_record or due.deadline.length is Length.NOW)


def _unanswered(step: Step, situation: Situation) -> Iterator[str]:
    asked = {fact.partition("=")[0] for rule in step.rules for fact in rule.when}
    for name in sorted(asked):
        if name.startswith("T") and name not in situation.answers:
            yield name


def _clock(due: Due, view: StepView, situation: Situation, now: Moment) -> ClockView:
    record = situation.incident.record
    given = record.late_reason if due.deadline.stops else ""
    reason = given or view.late_reason
    presumed = due.deadline.stops == "first_recorded_at" and record.first_recorded_at is None
    return clock_of(due, view.step.id, reason, presumed=presumed, now=now)


def _is_shown(due: Due, view: StepView) -> bool:
    """Say whether a deadline belongs at the top; 'now' does for stops and for telling the DSL.

    It does too where its limit stands there: a limit alone would read as leave to wait. One with a
    limit that is not our own runs whatever comes first: the LADO's day does not wait.
    """
    if due.deadline.length is Length.NOW and not due.deadline.stops:
        limits = {one.deadline.id for one in view.deadlines if one.due_at is not None}
        firm = view.step.severity is Severity.STOP or due.deadline.id in limits
        return firm and view.is_ready
    if view.state is StepState.DONE:
        return True
    if view.led_by or view.prefilled_reason:
        return False
    runs = due.due_at is not None and due.basis is not Basis.LOCAL and not due.early
    return runs or not view.waiting_for


def _place(view: StepView) -> tuple[int, int, str]:
    overdue = view.is_overdue and view.step.severity in _FIRM
    rank = 0 if view.step.severity is Severity.STOP else 1 if overdue else 2
    return rank, view.step.order, view.step.id


def _rank(due: Due, clock: ClockView) -> tuple[int, tuple[bool, int, str]]:
    return ("late", "due", "info", "done").index(clock.tone), pressing(due)


def pressing(due: Due) -> tuple[bool, int, str]:
    """Return what deadlines are sorted by: overdue, at once, the one that ends first, then met."""
    if due.due_at is not None:
        return due.met_at is not None, 0 if due.overdue else 2, due.due_at.to_text()
    return due.met_at is not None, 1 if due.started else 3, ""
