"""Bank holidays of the nations of the United Kingdom: computed, with those proclaimed once."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

_SATURDAY = 5
# Holidays that were moved for one year, everywhere.
_MOVED = {
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}


class Nation(StrEnum):
    """Whose bank holidays count."""

    ENGLAND_AND_WALES = "England and Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


# Proclaimed for one year only: jubilee, state funeral, coronation, Scotland at the World Cup.
_ONCE = {
    date(2022, 6, 3): tuple(Nation),
    date(2022, 9, 19): tuple(Nation),
    date(2023, 5, 8): tuple(Nation),
    date(2026, 6, 15): (Nation.SCOTLAND,),
}
_FIXED: dict[Nation, tuple[tuple[int, int], ...]] = {
    Nation.ENGLAND_AND_WALES: ((1, 1), (12, 25), (12, 26)),
    Nation.SCOTLAND: ((1, 1), (1, 2), (11, 30), (12, 25), (12, 26)),
    Nation.NORTHERN_IRELAND: ((1, 1), (3, 17), (7, 12), (12, 25), (12, 26)),
}


@lru_cache(maxsize=512)
def bank_holidays(year: int, nation: Nation = Nation.ENGLAND_AND_WALES) -> frozenset[date]:
    """Return the bank holidays of a nation in a year, on the days on which they are kept."""
    days = {_MOVED.get(day, day) for day in _by_rule(year, nation)}
    fixed = [date(year, month, day) for month, day in _FIXED[nation]]
    days.update(day for day in fixed if day.weekday() < _SATURDAY)
    for day in fixed:
        if day.weekday() >= _SATURDAY:
            days.add(_next_free(day, days))
    days.update(day for day, nations in _ONCE.items() if day.year == year and nation in nations)
    return frozenset(days)


def easter(year: int) -> date:
    """Return Easter Sunday of a year (the anonymous Gregorian rule)."""
    century, year_in_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (year_in_century // 4) - moon - year_in_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _by_rule(year: int, nation: Nation) -> Iterator[date]:
    sunday = easter(year)
    yield sunday - timedelta(days=2)
    if nation is not Nation.SCOTLAND:
        yield sunday + timedelta(days=1)
    yield _monday_from(date(year, 5, 1))
    yield _monday_from(date(year, 5, 25))
    first = 1 if nation is Nation.SCOTLAND else 25
    yield _monday_from(date(year, 8, first))


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _next_free(day: date, taken: set[date]) -> date:
    while day.weekday() >= _SATURDAY or day in taken:
        day += timedelta(days=1)
    return day
