"""Which backups are kept: 7 daily, 5 weekly, 12 monthly, and never fewer than the newest two.

A backup is the daily one if it is the newest of its day, the weekly one of its ISO week, the
monthly one of its month. Days are those of UTC, as in the names of the backups.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

DAYS, WEEKS, MONTHS = 7, 5, 12
ALWAYS = 2
_MONTHS_OF_A_YEAR = 12


def kept(made: Iterable[datetime], today: date) -> frozenset[datetime]:
    """Return those of the backups made at these times that are kept on this day."""
    newest_first = sorted(set(made), reverse=True)
    stay = set(newest_first[:ALWAYS])
    for period, last_day in _PERIODS:
        stay |= {one for one in _newest_of_each(newest_first, period) if today < last_day(one)}
    return frozenset(stay)


def expiry(made: datetime, others: Iterable[datetime]) -> date:
    """Return the day from which a backup among these is no longer kept, if two follow it.

    Those that will be made later can only bring the day forward.
    """
    newest_first = sorted({*others, made}, reverse=True)
    ends = [
        last_day(made)
        for period, last_day in _PERIODS
        if made in _newest_of_each(newest_first, period)
    ]
    return max(ends, default=made.date())


def _newest_of_each(
    newest_first: list[datetime], period: Callable[[datetime], object]
) -> set[datetime]:
    newest: dict[object, datetime] = {}
    for one in newest_first:
        newest.setdefault(period(one), one)
    return set(newest.values())


def _week(one: datetime) -> date:
    return one.date() - timedelta(days=one.weekday())


def _month(one: datetime) -> int:
    return one.year * _MONTHS_OF_A_YEAR + one.month - 1


def _end_as_daily(one: datetime) -> date:
    return one.date() + timedelta(days=DAYS)


def _end_as_weekly(one: datetime) -> date:
    return _week(one) + timedelta(weeks=WEEKS)


def _end_as_monthly(one: datetime) -> date:
    year, month = divmod(_month(one) + MONTHS, _MONTHS_OF_A_YEAR)
    return date(year, month + 1, 1)


_PERIODS: tuple[tuple[Callable[[datetime], object], Callable[[datetime], date]], ...] = (
    (datetime.date, _end_as_daily),
    (_week, _end_as_weekly),
    (_month, _end_as_monthly),
)
