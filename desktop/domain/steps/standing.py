"""Work of the organisation that comes round again: which of its steps are done this time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.calendar.quarters import quarter_of
from desktop.domain.calendar.times import Moment
from desktop.domain.steps.procedures import Every, Procedure, Scope, Step

DECEMBER, LAST_DAY = 12, 31
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingEntry:
    """What was recorded of a step in one period; `left_out`: it did not apply, `note` says why."""

    step_id: str
    period: str
    note: str
    done_on: date
    checked_by: str
    left_out: bool
    at: Moment
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingStep:
    """A step as it stands in its period; `before` is what was recorded in earlier ones."""

    step: Step
    entry: StandingEntry | None
    before: tuple[StandingEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingWork:
    """A procedure of the organisation in its present period, with the day by which it is due."""

    procedure: Procedure
    period: str
    due_on: date
    steps: tuple[StandingStep, ...]

    @property
    def done(self) -> int:
        """How many steps are settled."""
        return sum(one.entry is not None for one in self.steps)

    def is_(self, procedure_id: str, period: str) -> bool:
        """Say whether it is this round of this procedure."""
        return (self.procedure.id, self.period) == (procedure_id, period)

    @property
    def is_finished(self) -> bool:
        """Whether every step is done, or left out with a reason."""
        return self.done == len(self.steps)

    def is_overdue(self, today: date) -> bool:
        """Say whether the day has passed with something left to do."""
        return today > self.due_on and not self.is_finished


def period_of(every: Every, today: date) -> str:
    """Name what a round that runs today is about: the quarter that ended last, or this year."""
    if every is Every.QUARTER:
        return quarter_of(today).before().name
    return str(today.year)


def due_on(every: Every, today: date) -> date:
    """Return the last day of a round: before the next one begins."""
    if every is Every.QUARTER:
        return quarter_of(today).last_day
    return date(today.year, DECEMBER, LAST_DAY)


def standing_work(
    procedures: Mapping[str, Procedure],
    entries: Iterable[StandingEntry],
    today: date,
    since: date | None = None,
) -> tuple[StandingWork, ...]:
    """Return the procedures of the organisation, each in its present round.

    Behind them stand the earlier rounds that were left unfinished since that day, the oldest
    first: they stay until they are done, or left out with a reason.
    """
    known = tuple(entries)
    ours = [one for one in procedures.values() if one.scope is Scope.ORGANISATION]
    earlier = [
        work
        for one in ours
        for day in _days_before(one.every, today, since or today)
        if not (work := _round(one, known, day)).is_finished
    ]
    present = [_round(one, known, today) for one in ours]
    return (*present, *sorted(earlier, key=lambda one: one.due_on))


def _days_before(every: Every, today: date, since: date) -> Iterator[date]:
    """Return the last day of each round before the present one, back to the one of `since`."""
    day = begins_on(every, today) - ONE_DAY
    while day >= since:
        yield day
        day = begins_on(every, day) - ONE_DAY


def begins_on(every: Every, today: date) -> date:
    """Return the first day of the round that runs on a day."""
    if every is Every.QUARTER:
        return quarter_of(today).first_day
    return date(today.year, 1, 1)


def _round(procedure: Procedure, entries: tuple[StandingEntry, ...], day: date) -> StandingWork:
    """Return the round that runs on a day."""
    period = period_of(procedure.every, day)
    return StandingWork(
        procedure=procedure,
        period=period,
        due_on=due_on(procedure.every, day),
        steps=tuple(_step(step, period, entries) for step in procedure.steps),
    )


def _step(step: Step, period: str, entries: tuple[StandingEntry, ...]) -> StandingStep:
    own = [one for one in entries if one.step_id == step.id]
    return StandingStep(
        step=step,
        entry=next((one for one in own if one.period == period), None),
        before=tuple(one for one in own if one.period != period),
    )
