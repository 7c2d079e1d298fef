from datetime import date

import pytest

from desktop.domain.calendar.bank_holidays import Nation, bank_holidays, easter
from tests.domain.calendar.test_working_days import printed


@pytest.mark.parametrize("nation", list(Nation))
@pytest.mark.parametrize("year", range(2020, 2036))
def test_every_year_has_the_holidays_that_others_print(nation: Nation, year: int) -> None:
    ours = {day for day in bank_holidays(year, nation) if day.weekday() < 5}
    assert ours == {day for day in printed(nation) if day.year == year}


def test_no_substitute_falls_on_a_weekend() -> None:
    for nation in Nation:
        for year in range(2020, 2060):
            assert all(day.weekday() < 5 for day in bank_holidays(year, nation))


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2000, date(2000, 4, 23)), (2008, date(2008, 3, 23)), (2026, date(2026, 4, 5)),
     (2038, date(2038, 4, 25)), (2049, date(2049, 4, 18))],
)  # fmt: skip
def test_easter_falls_where_the_calendar_has_it(year: int, sunday: date) -> None:
    assert easter(year) == sunday


def test_an_ordinary_year_has_its_eight_bank_holidays() -> None:
    assert bank_holidays(2025) == {
        date(2025, 1, 1), date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 5),
        date(2025, 5, 26), date(2025, 8, 25), date(2025, 12, 25), date(2025, 12, 26),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("year", "moved"),
    [(2026, {date(2026, 12, 25), date(2026, 12, 28)}),
     (2027, {date(2027, 12, 27), date(2027, 12, 28)}),
     (2022, {date(2022, 12, 26), date(2022, 12, 27)}),
     (2028, {date(2028, 12, 25), date(2028, 12, 26)})],
)  # fmt: skip
def test_christmas_on_a_weekend_moves_to_the_next_free_days(year: int, moved: set[date]) -> None:
    assert {day for day in bank_holidays(year) if day.month == 12} == moved


def test_new_year_on_a_saturday_is_kept_on_monday() -> None:
    assert date(2022, 1, 3) in bank_holidays(2022)
    assert date(2022, 1, 1) not in bank_holidays(2022)


def test_holidays_that_were_moved_or_granted_once_are_known() -> None:
    assert {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)} < bank_holidays(2022)
    assert date(2022, 5, 30) not in bank_holidays(2022)
    assert date(2023, 5, 8) in bank_holidays(2023)
    assert date(2020, 5, 8) in bank_holidays(2020)
