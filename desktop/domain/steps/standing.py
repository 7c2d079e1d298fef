"""Work of the organisation that comes round again: which of its steps are done this time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar.quarters import quarter_of
from desktop.domain.calendar.times import Moment
from desktop.domain.steps.procedures import Every, Procedure, Scope, Step

DECEMBER, LAST_DAY = 12, 31


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

    def is_overdue(self, today: date) -> bool:
        """Say whether the day has passed with something left to do."""
        return today > self.due_on and self.done < len(self.steps)


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
    procedures: Mapping[str, Procedure], entries: Iterable[StandingEntry], today: date
) -> tuple[StandingWork, ...]:
    """Return the procedures of the organisation, each in its present round."""
    known = tuple(entries)
    return tuple(
        StandingWork(
            procedure=one,
            period=period_of(one.every, today),
            due_on=due_on(one.every, today),
            steps=tuple(_step(step, period_of(one.every, today), known) for step in one.steps),
        )
        for one in procedures.values()
        if one.scope is Scope.ORGANISATION
    )


def _step(step: Step, period: str, entries: tuple[StandingEntry, ...]) -> StandingStep:
    own = [one for one in entries if one.step_id == step.id]
    return StandingStep(
        step=step,
        entry=next((one for one in own if one.period == period), None),
        before=tuple(one for one in own if one.period != period),
    )
