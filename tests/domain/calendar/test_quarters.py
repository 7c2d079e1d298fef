from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar.quarters import quarter_of


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_one_quarter_of_three_whole_months(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.holds(day)
    assert quarter.first_day.day == 1
    assert (quarter.last_day + timedelta(days=1)).day == 1
    assert len(quarter.months) == 3
    assert not quarter.holds(quarter.first_day - timedelta(days=1))
    assert quarter.before().last_day == quarter.first_day - timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "name", "short_name"),
    [
        (date(2026, 11, 20), "October to December 2026", "Oct-Dec-2026"),
        (date(2026, 3, 31), "January to March 2026", "Jan-Mar-2026"),
    ],
)
def test_a_quarter_is_named_by_its_months(day: date, name: str, short_name: str) -> None:
    assert (quarter_of(day).name, quarter_of(day).short_name) == (name, short_name)


def test_a_chart_names_it_with_its_year_apart() -> None:
    assert quarter_of(date(2026, 11, 20)).chart_name == "Oct-Dec 2026"
