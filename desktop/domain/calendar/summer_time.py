"""What the wall clock shows at a moment that is still to come, or long gone: summer time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from desktop.domain.calendar.times import Moment

# Places whose clocks go forward and back together, by a rule that needs no list.
_BRITISH = frozenset(
    f"Europe/{place}" for place in ("London", "Belfast", "Jersey", "Guernsey", "Isle_of_Man")
) | {"GB", "GMT", "BST"}
_CHANGES_AT = time(1, tzinfo=UTC)
_SUMMER = 60
_DAY_END = time(23, 59, 59)


def at_utc(utc: datetime, like: Moment) -> Moment:
    """Return that time as the wall clock of the place of `like` shows it.

    Where the rule of a place is not known, its clock is taken to stand as it did at `like`.
    """
    offset = _british_offset(utc) if like.zone in _BRITISH else like.offset
    return replace(like, utc=utc, offset=offset)


def end_of_day(day: date, like: Moment) -> Moment:
    """Return the last second of a day by the wall clock of the place of `like`."""
    wall = datetime.combine(day, _DAY_END, UTC)
    near = at_utc(wall - timedelta(minutes=like.offset), like)
    return at_utc(wall - timedelta(minutes=near.offset), near)


def _british_offset(utc: datetime) -> int:
    year = utc.astimezone(UTC).year
    begins, ends = (_last_sunday(year, month) for month in (3, 10))
    return _SUMMER if begins <= utc < ends else 0


def _last_sunday(year: int, month: int) -> datetime:
    last = date(year, month, 31)
    return datetime.combine(last - timedelta(days=(last.weekday() + 1) % 7), _CHANGES_AT)
