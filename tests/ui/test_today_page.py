"""Today: late first, then what comes next, then how the log is."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.log_state import LogStateLine
from desktop.operations.show_today import TodayLine, TodayView
from desktop.ui.session import Session
from desktop.ui.theme import Look, Theme
from desktop.ui.today_page import SHOWN, TodayPage
from desktop.ui.widgets.chip import Chip
from tests.conftest import Perform

LATE = TodayLine(
    state="late", chip="Late 17 h", title="Record the reason for a late first record",
    detail="2026-0042 · Messages", incident_id=IncidentId("a" * 32), target="step",
    target_id="P00-1",
)  # fmt: skip
DUE = replace(LATE, state="due", chip="Due 16:05", title="Ring back", target="contact")
QUARTER = replace(
    LATE, state="quarter", chip="By 31 Dec", title="Quarterly report", incident_id=None,
    target="report", target_id="",
)  # fmt: skip
QUIET = TodayView(
    lines=(), incident_count=0, log_state=(), unfinished_jobs=(), not_looked_through=0
)  # fmt: skip


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> TodayPage:
    made = TodayPage(session)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.counted):
        made.show()
    return made


def _show(page: TodayPage, view: TodayView, qtbot: QtBot) -> None:
    """Show it and wait until the new lines have come up."""
    page._show(view)
    rows = page._state_card.findChild(QWidget, "stateRows")
    assert isinstance(rows, QWidget)
    qtbot.waitUntil(rows.isVisible)


def _words(page: TodayPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def _button(page: TodayPage, name: str) -> QPushButton:
    found = next(each for each in page.findChildren(QPushButton, name) if each.isVisibleTo(page))
    assert isinstance(found, QPushButton)
    return found


def test_an_empty_log_says_how_to_begin(page: TodayPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: any("Press Ctrl+N" in words for words in _words(page)))
    assert page.subtitle_label.text() == "Friday 20 Nov 2026"


def test_late_stands_apart_from_next(page: TodayPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.counted) as counted:
        _show(page, replace(QUIET, lines=(LATE, DUE, QUARTER), incident_count=3), qtbot)
    assert counted.args == [2]
    chips = [chip for chip in page._late_card.findChildren(Chip) if chip.isVisibleTo(page)]
    assert [(chip.text(), chip.property("role")) for chip in chips] == [("Late 17 h", "chip-late")]
    chips = [chip for chip in page._next_card.findChildren(Chip) if chip.isVisibleTo(page)]
    assert [chip.property("role") for chip in chips] == ["chip-due", "chip-info"]


def test_a_line_opens_its_incident_and_its_target(page: TodayPage, qtbot: QtBot) -> None:
    _show(page, replace(QUIET, lines=(LATE,), incident_count=1), qtbot)
    with qtbot.waitSignal(page.target_requested) as asked:
        _button(page, "todayLine0Button").click()
    assert asked.args == ["a" * 32, "step", "P00-1"]
    assert "Late 17 h" in _button(page, "todayLine0Button").accessibleName()


def test_the_report_has_its_own_page(page: TodayPage, qtbot: QtBot) -> None:
    _show(page, replace(QUIET, lines=(QUARTER,), incident_count=1), qtbot)
    with qtbot.waitSignal(page.reports_requested):
        _button(page, "todayLine0Button").click()


def test_a_round_that_is_left_leads_to_the_standing_work(page: TodayPage, qtbot: QtBot) -> None:
    line = replace(QUARTER, state="late", target="standing")
    _show(page, replace(QUIET, lines=(line,), incident_count=1), qtbot)
    assert _button(page, "todayLine0Button").text() == "See what is left"
    with qtbot.waitSignal(page.log_section_requested) as asked:
        _button(page, "todayLine0Button").click()
    assert asked.args == ["standing"]


def test_nothing_to_do_is_said(page: TodayPage, qtbot: QtBot) -> None:
    _show(page, replace(QUIET, incident_count=4), qtbot)
    assert "Nothing waits for you." in _words(page)
    assert page._late_card.isHidden()


def test_too_many_lines_are_counted(page: TodayPage, qtbot: QtBot) -> None:
    _show(page, replace(QUIET, lines=(DUE,) * (SHOWN + 7), incident_count=40), qtbot)
    assert "and 7 more; see Incidents" in _words(page)


STATES = (
    LogStateLine("late", "No backup", "There is no place for backups yet.", "backup"),
    LogStateLine("due", "Backup never tried", "Try a restore.", "backup"),
    LogStateLine("good", "Log unchanged", "All 9 entries are unchanged.", "check"),
)


def test_how_the_log_is_stands_below(page: TodayPage, qtbot: QtBot) -> None:
    view = replace(
        QUIET, log_state=STATES, unfinished_jobs=("Export of 2026-0001",), not_looked_through=1200
    )
    _show(page, view, qtbot)
    words = _words(page)
    assert {"No backup", "Backup never tried", "Log unchanged"} <= set(words)
    assert {"Look at this", "To do", "Good", "Did not finish", "Older"} <= set(words)
    assert "Export of 2026-0001" in words
    assert any(each.startswith("1,200 older") for each in words)


def test_each_line_about_the_log_leads_to_its_tab(page: TodayPage, qtbot: QtBot) -> None:
    _show(page, replace(QUIET, log_state=STATES), qtbot)
    for name, section in (("todayBackupButton", "backup"), ("todayCheckButton", "check")):
        with qtbot.waitSignal(page.log_section_requested) as asked:
            QTest.mouseClick(_button(page, name), Qt.MouseButton.LeftButton)
        assert asked.args == [section]
        with qtbot.waitSignal(page.log_section_requested):
            QTest.keyClick(_button(page, name), Qt.Key.Key_Space)


def test_every_button_asks_for_its_thing(page: TodayPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.quick_log_requested):
        _button(page, "todayQuickLogButton").click()
    with qtbot.waitSignal(page.danger_requested):
        _button(page, "todayDangerButton").click()
    with qtbot.waitSignal(page.log_section_requested) as section:
        _button(page, "todayCheckButton").click()
    assert section.args == ["check"]
    with qtbot.waitSignal(page.capture_requested) as asked:
        _button(page, "todayCaptureButton").click()
    assert asked.args == [None]


def test_what_changes_elsewhere_appears(page: TodayPage, perform: Perform, qtbot: QtBot) -> None:
    perform(partial(start_incident, text="Abusive e-mails every night."))
    qtbot.waitUntil(lambda: any("2026-0001" in words for words in _words(page)))


def test_while_hidden_it_rests(page: TodayPage, perform: Perform) -> None:
    page.hide()
    perform(partial(start_incident, title="Abusive e-mails"))
    assert not page._soon.isActive()
    assert not page._minute.isActive()


def test_large_text_puts_the_chip_above_the_words(
    page: TodayPage, qapp: object, qtbot: QtBot
) -> None:
    theme = Theme(qapp)  # type: ignore[arg-type]
    theme.apply(Look.LIGHT, 200)
    _show(page, replace(QUIET, lines=(LATE,), incident_count=1), qtbot)
    chip = next(chip for chip in page._late_card.findChildren(Chip) if chip.isVisibleTo(page))
    title = next(
        each for each in page._late_card.findChildren(QLabel) if each.text() == LATE.title
    )
    qtbot.waitUntil(lambda: chip.y() + chip.height() <= title.y())
    assert chip.x() == title.x()
    with qtbot.waitSignal(page.counted):
        theme.apply(Look.LIGHT, 100)


def test_the_quick_log_is_one_key_away_when_the_log_was_opened(page: TodayPage) -> None:
    assert page.window().focusWidget() is _button(page, "todayQuickLogButton")
