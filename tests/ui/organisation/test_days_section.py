"""Working days: nation, weekdays, free days."""

from datetime import date

from desktop.domain.calendar.bank_holidays import Nation
from desktop.domain.policy.own_copy import FreeDay
from desktop.ui.organisation.days_section import DaysSection
from tests.ui.organisation.conftest import OpenTab


def test_the_nation_is_chosen_and_its_bank_holidays_are_shown(open_tab: OpenTab) -> None:
    tab = open_tab("days")
    assert "Bank holidays of England and Wales" in tab.words
    assert "Mon 28 Dec 2026" in tab.words
    tab.press("nationScotlandButton")
    tab.wait_for_words("Bank holidays of Scotland")
    assert tab.own.calendar.nation is Nation.SCOTLAND


def test_weekdays_are_chosen_and_one_has_to_be(open_tab: OpenTab) -> None:
    tab = open_tab("days")
    section = tab.section
    assert isinstance(section, DaysSection)
    section.week_row.button("4").click()
    tab.wait("Your own deadlines are counted by this.")
    assert sorted(tab.own.weekdays) == [0, 1, 2, 3]
    section._on_week_chosen(())
    assert tab.page.banner.text == "Choose at least one day on which you work."


def test_a_free_day_is_added_and_taken_away(open_tab: OpenTab) -> None:
    tab = open_tab("days")
    form = tab.form("addFreeDayButton")
    tab.refuse(form, "Write a date", name="Closed")
    tab.refuse(form, "Choose which kind of day it is.", day="29 Dec 2026")
    tab.keep(form, kind="closed")
    assert tab.own.free_days == (FreeDay(day=date(2026, 12, 29), name="Closed", proclaimed=False),)
    assert "29 Dec 2026" in tab.words
    tab.press("dropFreeDay1Button")
    tab.answer()
    tab.wait("counted without it")
    assert len(tab.own.free_days) == 0
