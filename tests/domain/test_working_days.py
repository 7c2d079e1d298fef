from datetime import date

import pytest

from desktop.domain.working_days import add_working_days, bank_holidays, easter, is_working_day


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


def test_a_saturday_and_a_bank_holiday_are_no_working_days() -> None:
    assert not is_working_day(date(2026, 11, 21))
    assert not is_working_day(date(2026, 8, 31))
    assert is_working_day(date(2026, 11, 20))


def test_one_working_day_from_friday_before_a_bank_holiday_ends_on_tuesday() -> None:
    assert add_working_days(date(2026, 8, 28), 1) == date(2026, 9, 1)


def test_no_working_days_later_is_the_same_day() -> None:
    assert add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 21)
