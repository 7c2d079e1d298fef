"""Working days in England and Wales, with the bank holidays computed, not looked up."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_SATURDAY = 5
_MONDAY_TO_FRIDAY = frozenset(range(_SATURDAY))
_MOVED = {
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
_ONCE = (date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8))


class Nation(StrEnum):
    """Whose bank holidays count."""

    ENGLAND_AND_WALES = "England and Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """Which days count as working days; `extra` are bank holidays that were proclaimed once.

    `weekdays` are those on which people work, Monday is 0. `local` is the organisation's own
    calendar: it counts for deadlines of its own only, never for documented ones.
    """

    nation: Nation = Nation.ENGLAND_AND_WALES
    extra: frozenset[date] = frozenset()
    weekdays: frozenset[int] = _MONDAY_TO_FRIDAY
    local: "WorkingCalendar | None" = None

    @property
    def for_local(self) -> "WorkingCalendar":
        """The calendar by which the organisation's own deadlines are counted."""
        return self.local or self


ENGLAND_AND_WALES = WorkingCalendar()


def easter(year: int) -> date:
    """Return Easter Sunday of a year (the anonymous Gregorian rule)."""
    century, year_in_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (year_in_century // 4) - moon - year_in_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of England and Wales in a year, substitute days included."""
    sunday = easter(year)
    days = {sunday - timedelta(days=2), sunday + timedelta(days=1)}
    for monday in (_monday_from(date(year, 5, 1)), _monday_from(date(year, 5, 25))):
        days.add(_MOVED.get(monday, monday))
    days.add(_monday_from(date(year, 8, 25)))
    fixed = (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26))
    days.update(day for day in fixed if day.weekday() < _SATURDAY)
    for day in fixed:
        if day.weekday() >= _SATURDAY:
            days.add(_next_free(day, days))
    days.update(day for day in _ONCE if day.year == year)
    return frozenset(days)


def is_working_day(day: date, calendar: WorkingCalendar = ENGLAND_AND_WALES) -> bool:
    """Say whether a day is neither weekend nor bank holiday."""
    free = day in bank_holidays(day.year) or day in calendar.extra
    return day.weekday() in calendar.weekdays and not free


def add_working_days(day: date, count: int, calendar: WorkingCalendar = ENGLAND_AND_WALES) -> date:
    """Return the last day of a deadline of so many working days after this day."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, calendar)
    return day


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _next_free(day: date, taken: set[date]) -> date:
    while day.weekday() >= _SATURDAY or day in taken:
        day += timedelta(days=1)
    return day
