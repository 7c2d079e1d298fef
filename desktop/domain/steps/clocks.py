"""Deadlines that run: when they started, when they end, met or late, and what to say of them."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.domain.calendar.summer_time import at_utc, end_of_day
from desktop.domain.calendar.times import Moment, say, say_date, say_span
from desktop.domain.calendar.working_days import (
    ENGLAND_AND_WALES,
    WorkingCalendar,
    add_working_days,
)
from desktop.domain.incidents import MOMENT_FIELDS, Incident
from desktop.domain.steps.procedures import Basis, Deadline, Length

# The times of the record that a deadline can start at; else a step or a telling starts it.
STARTS_OF_RECORD = MOMENT_FIELDS | {"logged_at"}
_BECAME_KNOWN = "became_aware_at"
_FIRST_MINUTE = timedelta(minutes=1)
_SINCE_LOGGED = ", counted from its logging"
_WHOLE_DAYS = (Length.SAME_DAY, Length.WORKING_DAYS, Length.DAYS, Length.MONTHS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How one deadline of a step stands; `due_at` is None for NOW, which has no invented limit.

    `basis` is how it applies in this incident. `late_by` is None while it is in time. `overdue`:
    late and not yet done. `early`: its time has not come. `since_logged`: nobody entered when it
    became known, so it counts from the logging, at the latest. `failed` is what was found where
    somebody else did not keep it. `text` is short, for a chip: 'by 20 Nov 2026, 16:00', '3 h
    late'.
    """

    deadline: Deadline
    basis: Basis
    started: Moment | None
    due_at: Moment | None
    met_at: Moment | None
    late_by: timedelta | None
    overdue: bool
    text: str
    early: bool = False
    since_logged: bool = False
    failed: str = ""

    @property
    def basis_words(self) -> str:
        """On what it rests, as a keyholder reads it."""
        return self.basis.say(self.deadline.id, switched=bool(self.deadline.switch))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """A clock of an incident as shown at its top; `tone` is late, due, done or info.

    `sentence` says it all in words: 'First record 17 h late'. `reason` is why it was late, as
    given; `reason_needed`: late, and nobody has said why. `since_logged`: see Due. `switched`: by
    a rule that was turned on here.
    """

    deadline_id: str
    label: str
    basis: Basis
    reference: str
    started: Moment | None
    due_at: Moment | None
    met_at: Moment | None
    late_by: timedelta | None
    tone: str
    sentence: str
    step_id: str
    reason: str = ""
    reason_needed: bool = False
    since_logged: bool = False
    switched: bool = False

    @property
    def basis_words(self) -> str:
        """On what it rests, as a keyholder reads it."""
        return self.basis.say(self.deadline_id, switched=self.switched)


def runs(
    deadline: Deadline,
    policies: frozenset[str],
    switches: frozenset[str],
    facts: frozenset[str] = frozenset(),
) -> bool:
    """Say whether a deadline runs here: under one of its policies, in its case, its rule on."""
    if deadline.switch and deadline.switch not in switches:
        return False
    if deadline.when and facts.isdisjoint(deadline.when):
        return False
    return not deadline.policies or not policies.isdisjoint(deadline.policies)


def moment_named(incident: Incident, name: str) -> Moment | None:
    """Return a moment of an incident by its name in a deadline: a record field or logged_at."""
    if name == "logged_at":
        return incident.logged_at
    found: Moment | None = getattr(incident.record, name) if name in MOMENT_FIELDS else None
    return found


def due_of(
    deadline: Deadline,
    incident: Incident,
    *,
    done_at: Moment | None,
    times: Mapping[str, Moment],
    facts: frozenset[str],
    now: Moment,
    calendar: WorkingCalendar = ENGLAND_AND_WALES,
) -> Due:
    """Say how a deadline stands; `times` are those of steps and tellings, by step id or told:CSC.

    A first record by anyone stops D1. While nobody has entered one, the logging here counts. A
    duty is not hidden while nobody has entered when it became known: it runs from the logging at
    the latest. That it was met in time cannot be said then; that it was late can.
    """
    started = moment_named(incident, deadline.starts) or times.get(deadline.starts)
    since_logged = started is None and deadline.starts == _BECAME_KNOWN
    started = incident.logged_at if since_logged else started
    met_at = done_at
    if deadline.stops:
        met_at = moment_named(incident, deadline.stops)
        if met_at is None and deadline.stops == "first_recorded_at":
            met_at = incident.logged_at
    measured = met_at or now
    due_at = _due_at(deadline, started, measured, calendar) if started else None
    past = measured.utc - due_at.utc if due_at else timedelta()
    waits = deadline.length is Length.AFTER_HOURS
    late_by = past if past > timedelta() and not waits else None
    untold = since_logged and met_at is not None and late_by is None
    due = Due(
        deadline=deadline,
        basis=basis_of(deadline, facts),
        started=None if untold else started,
        due_at=None if untold else due_at,
        met_at=met_at,
        late_by=late_by,
        overdue=late_by is not None and met_at is None,
        text="",
        early=waits and met_at is None and past < timedelta(),
        since_logged=since_logged and not untold,
        failed=_failed(deadline, facts),
    )
    return replace(due, text=_chip(due, now))


def basis_of(deadline: Deadline, facts: frozenset[str]) -> Basis:
    """Say how a deadline applies: one documented for other cases applies by analogy only."""
    if deadline.documented_when and facts.isdisjoint(deadline.documented_when):
        return Basis.BY_ANALOGY
    return deadline.basis


def clock_of(due: Due, step_id: str, reason: str, *, presumed: bool, now: Moment) -> ClockView:
    """Turn a deadline into a clock; `presumed`: that it was met late is not certain yet."""
    return ClockView(
        deadline_id=due.deadline.id,
        label=due.deadline.label,
        basis=due.basis,
        reference=due.deadline.reference,
        started=due.started,
        due_at=due.due_at,
        met_at=due.met_at,
        late_by=due.late_by,
        tone=_tone(due),
        sentence=_sentence(due, presumed=presumed, now=now),
        step_id=step_id,
        reason=reason,
        reason_needed=due.late_by is not None and not reason,
        since_logged=due.since_logged,
        switched=bool(due.deadline.switch),
    )


def _failed(deadline: Deadline, facts: frozenset[str]) -> str:
    """Return what was found, in the words of the answer: 'still there'; '' while it is kept."""
    found = (fact for fact in deadline.failed_when if fact in facts)
    return next(found, "").partition("=")[2]


def _due_at(
    deadline: Deadline, started: Moment, measured: Moment, calendar: WorkingCalendar
) -> Moment | None:
    if deadline.length is Length.NOW:
        return None
    if deadline.length in {Length.HOURS, Length.AFTER_HOURS}:
        return at_utc(started.utc + timedelta(hours=deadline.amount), measured)
    counted = calendar.for_local if deadline.basis is Basis.LOCAL else calendar
    return end_of_day(_last_day(deadline, started.local.date(), counted), measured)


def _last_day(deadline: Deadline, first: date, calendar: WorkingCalendar) -> date:
    if deadline.length is Length.WORKING_DAYS:
        return add_working_days(first, deadline.amount, calendar)
    if deadline.length is Length.MONTHS:
        return add_months(first, deadline.amount)
    days = deadline.amount if deadline.length is Length.DAYS else 0
    return first + timedelta(days=days)


def add_months(day: date, count: int) -> date:
    """Return the day of the same name so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _tone(due: Due) -> str:
    if due.late_by is not None:
        return "late"
    if due.started is None or due.early or due.failed:
        return "info"
    return "due" if due.met_at is None else "done"


def _chip(due: Due, now: Moment) -> str:
    if due.late_by is not None:
        return f"{'at least ' if due.since_logged else ''}{say_span(due.late_by)} late"
    if due.started is None:
        return "not started"
    if due.failed:
        return _say_failed(due)
    if due.due_at is not None:
        return _by(due, due.due_at, now) if due.met_at is None else "in time"
    if due.met_at is None:
        return _now(due, now, due.started)
    return f"after {_passed(due.started, due.met_at)}"


def _now(due: Due, now: Moment, started: Moment) -> str:
    """Say what is to be done at once, and how long it has waited: not in its first minute."""
    if now.utc - started.utc < _FIRST_MINUTE:
        return "now"
    passed = _passed(started, now)
    return f"now, logged {passed} ago" if due.since_logged else f"now, open for {passed}"


def _sentence(due: Due, *, presumed: bool, now: Moment) -> str:
    label = due.deadline.label
    counted = _SINCE_LOGGED if due.since_logged else ""
    if due.late_by is not None:
        span = say_span(due.late_by)
        if due.overdue:
            return f"{label} overdue by {span}{counted}"
        sooner = " unless written down sooner" if presumed else ""
        return f"{label} {span} late{sooner}{counted}"
    if due.started is None:
        return f"{label}: say when it became known"
    if due.failed:
        return f"{label} {_say_failed(due)}"
    if due.met_at is not None:
        passed = f"after {_passed(due.started, due.met_at)}"
        return f"{label} {'in time' if due.due_at is not None else passed}"
    until = f"{_until(due, due.due_at, now)}{counted}" if due.due_at is not None else ""
    return f"{label}: {until or _now(due, now, due.started)}"


def _say_failed(due: Due) -> str:
    """Say that whoever had to keep it did not: before its end that is known by a refusal only."""
    ended = due.due_at is not None and due.met_at is not None and due.met_at.utc >= due.due_at.utc
    return f"passed, {due.failed}" if ended else f"not kept, {due.failed}"


def _passed(started: Moment, until: Moment) -> str:
    return say_span(max(until.utc - started.utc, timedelta()))


def _by(due: Due, due_at: Moment, now: Moment) -> str:
    latest = "at the latest " if due.since_logged else ""
    return latest + _until(due, due_at, now)


def _until(due: Due, due_at: Moment, now: Moment) -> str:
    today = due_at.local.date() == now.local.date()
    if due.deadline.length is Length.AFTER_HOURS:
        return f"from {say(due_at)}" if due.early else f"due since {say(due_at)}"
    if due.deadline.length in _WHOLE_DAYS:
        return "today" if today else f"by {say_date(due_at.local.date())}"
    return f"by {due_at.local:%H:%M} today" if today else f"by {say(due_at)}"
