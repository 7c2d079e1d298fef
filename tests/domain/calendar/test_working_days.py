import tomllib
from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar.bank_holidays import Nation
from desktop.domain.calendar.working_days import (
    ENGLAND_AND_WALES,
    WorkingCalendar,
    add_working_days,
    is_working_day,
)

FIRST, LAST = date(2025, 1, 1), date(2035, 12, 31)
PRINTED = Path(__file__).with_name("bank_holidays.toml")


@cache
def printed(nation: Nation) -> frozenset[date]:
    """Read the bank holidays as others printed them."""
    years = tomllib.loads(PRINTED.read_text("utf-8"))[nation.value]
    return frozenset(
        date.fromisoformat(f"{year}-{day}") for year, days in years.items() for day in days.split()
    )


@cache
def all_working_days(nation: Nation, weekdays: frozenset[int]) -> tuple[date, ...]:
    """List every working day of eleven years from the printed list: no rule is asked."""
    every = map(date.fromordinal, range(FIRST.toordinal(), LAST.toordinal() + 1))
    return tuple(d for d in every if d.weekday() in weekdays and d not in printed(nation))


def test_a_saturday_and_a_bank_holiday_are_no_working_days() -> None:
    assert not is_working_day(date(2026, 11, 21))
    assert not is_working_day(date(2026, 8, 31))
    assert is_working_day(date(2026, 11, 20))


def test_one_working_day_from_friday_before_a_bank_holiday_ends_on_tuesday() -> None:
    assert add_working_days(date(2026, 8, 28), 1) == date(2026, 9, 1)


def test_no_working_days_later_is_the_same_day() -> None:
    assert add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 21)


@given(
    st.dates(FIRST, date(2034, 12, 31)),
    st.integers(0, 60),
    st.sampled_from(Nation),
    st.sets(st.integers(0, 4), min_size=2).map(frozenset),
)
def test_ten_years_are_counted_as_in_the_printed_lists(
    start: date, count: int, nation: Nation, weekdays: frozenset[int]
) -> None:
    days = all_working_days(nation, weekdays)
    last = add_working_days(start, count, WorkingCalendar(nation=nation, weekdays=weekdays))
    assert last == (days[bisect_right(days, start) + count - 1] if count else start)


@pytest.mark.parametrize("nation", list(Nation))
def test_every_day_of_ten_years_is_a_working_day_or_not_as_printed(nation: Nation) -> None:
    calendar = WorkingCalendar(nation=nation)
    ours = [
        day
        for number in range((LAST - FIRST).days + 1)
        if is_working_day(day := FIRST + timedelta(number), calendar)
    ]
    assert tuple(ours) == all_working_days(nation, frozenset(range(5)))


def test_nations_differ() -> None:
    scotland = WorkingCalendar(nation=Nation.SCOTLAND)
    ireland = WorkingCalendar(nation=Nation.NORTHERN_IRELAND)
    assert add_working_days(date(2026, 11, 27), 1, scotland) == date(2026, 12, 1)
    assert add_working_days(date(2026, 7, 10), 1, ireland) == date(2026, 7, 14)
    assert add_working_days(date(2026, 7, 10), 1) == date(2026, 7, 13)


def test_a_day_proclaimed_once_is_added_by_hand() -> None:
    extra = WorkingCalendar(extra=frozenset({date(2026, 11, 23)}))
    assert add_working_days(date(2026, 11, 20), 1, extra) == date(2026, 11, 24)


def test_where_nobody_ever_works_a_deadline_still_ends() -> None:
    nobody = WorkingCalendar(weekdays=frozenset())
    assert add_working_days(date(2026, 11, 20), 2, nobody) == date(2026, 11, 24)


def test_own_working_days_are_for_own_deadlines_only() -> None:
    own = WorkingCalendar(weekdays=frozenset({0, 1}))
    assert WorkingCalendar(local=own).for_local is own
    assert ENGLAND_AND_WALES.for_local is ENGLAND_AND_WALES
