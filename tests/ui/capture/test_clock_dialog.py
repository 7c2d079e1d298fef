"""The clock is compared at the moment of the press; what cannot be read is asked for again."""

from datetime import timedelta

from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.operations.checking.compare_clock import latest_check
from desktop.ui.capture.capture_bar import CaptureBar
from desktop.ui.capture.clock_dialog import ClockDialog
from desktop.ui.session import Session
from tests.ui.capture_desk import CaptureDesk, banner_of, desk
from tests.ui.handles import click, find

__all__ = ["desk"]


def opened(desk: CaptureDesk) -> ClockDialog:
    ClockDialog(desk.session, desk.window).ask()
    dialog = desk.see(ClockDialog)
    assert isinstance(dialog, ClockDialog)
    return dialog


def test_the_press_counts(desk: CaptureDesk) -> None:
    dialog = opened(desk)
    now = desk.session.clock.now()
    shown = (now.local - timedelta(seconds=3)).strftime("%H:%M:%S")
    find(dialog, QLineEdit, "clockSourceEdit").setText("a radio clock")
    find(dialog, QLineEdit, "clockReferenceEdit").setText(shown)
    click(dialog, "clockNowButton")
    desk.settle()
    check = desk.perform(latest_check)
    assert check
    assert (check.said, check.source) == ("3 seconds ahead", "a radio clock")
    assert "3 seconds ahead" in banner_of(dialog)
    assert now.local.strftime("%H:%M") in find(dialog, QLabel, "clockOwnLabel").text()
    click(dialog, "clockCloseButton")
    again = opened(desk)
    assert find(again, QLineEdit, "clockSourceEdit").text() == "a radio clock"
    click(again, "clockCloseButton")


def test_without_seconds_it_is_asked_again(desk: CaptureDesk) -> None:
    dialog = opened(desk)
    find(dialog, QLineEdit, "clockReferenceEdit").setText("14:05")
    click(dialog, "clockNowButton")
    assert "seconds" in banner_of(dialog)
    assert desk.perform(latest_check) is None
    click(dialog, "clockCloseButton")


def test_it_goes_at_a_lock(desk: CaptureDesk, session: Session, qtbot: QtBot) -> None:
    opened(desk)
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert desk.seen(ClockDialog) is None


def test_the_bar_leads_to_it(qtbot: QtBot) -> None:
    bar = CaptureBar("2026/0001", windows=False)
    qtbot.addWidget(bar)
    bar.come_up()
    with qtbot.waitSignal(bar.clock_requested):
        click(bar, "barClockButton")
