"""Which days count as working days in a nation, and when so many of them have passed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.domain.calendar.bank_holidays import Nation, bank_holidays

_MONDAY_TO_FRIDAY = frozenset(range(5))


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


def is_working_day(day: date, calendar: WorkingCalendar = ENGLAND_AND_WALES) -> bool:
    """Say whether people work on this day, and it is no bank holiday of the nation."""
    free = day in bank_holidays(day.year, calendar.nation) or day in calendar.extra
    return day.weekday() in calendar.weekdays and not free


def add_working_days(day: date, count: int, calendar: WorkingCalendar = ENGLAND_AND_WALES) -> date:
    """Return the last day of a deadline of so many working days after this day.

    A deadline runs in weekdays of the nation where somebody says that nobody ever works.
    """
    if not calendar.weekdays:
        calendar = replace(calendar, weekdays=_MONDAY_TO_FRIDAY)
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, calendar)
    return day
