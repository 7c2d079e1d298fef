"""The bar takes the wish for the next capture, and leaves the keyboard where it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.capture.capture_bar import CaptureBar
from desktop.ui.capture.screen_taker import Way, Wish
from tests.ui.handles import click, find


@pytest.fixture
def bar(qtbot: QtBot) -> CaptureBar:
    bar = CaptureBar("2026/0001", windows=True, keys="Ctrl+Alt+K")
    qtbot.addWidget(bar)
    bar.come_up()
    return bar


def wishes(bar: CaptureBar) -> list[Wish]:
    told: list[Wish] = []
    bar.wished.connect(told.append)
    return told


def test_each_way_is_one_click(bar: CaptureBar) -> None:
    told = wishes(bar)
    bar.show_same_part()
    for name in ("barPartButton", "barSamePartButton", "barWindowButton", "barScreen1Button"):
        click(bar, name)
    ways = [Way.PART, Way.SAME_PART, Way.WINDOW, Way.SCREEN]
    assert told == [Wish(way) for way in ways]


@pytest.mark.parametrize("seconds", [0, 3, 10])
def test_the_delay_goes_with_the_wish(bar: CaptureBar, seconds: int) -> None:
    told = wishes(bar)
    click(bar, f"captureDelay{seconds}Button")
    click(bar, "barPartButton")
    assert told == [Wish(after=seconds)]


def test_it_stays_whole_on_the_screen_as_it_grows(bar: CaptureBar, qtbot: QtBot) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    small = bar.height()
    bar.move(bar.x(), room.bottom() - small)
    bar.show_set("PXS/1")
    bar.show_words("What was taken is kept, unchanged. " * 12)
    qtbot.waitUntil(lambda: bar.height() > small + 20)
    qtbot.waitUntil(lambda: room.contains(bar.frameGeometry()))


def test_it_stays_in_front_in_a_corner_without_taking_the_keyboard(bar: CaptureBar) -> None:
    assert bar.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert bar.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.contains(bar.geometry())
    assert bar.geometry().center().x() > room.center().x()


def test_windows_and_keys_are_offered_only_where_there_are_any(qtbot: QtBot) -> None:
    bar = CaptureBar("2026/0001", windows=False)
    qtbot.addWidget(bar)
    assert bar.findChild(QPushButton, "barWindowButton") is None
    assert not any("Ctrl" in label.text() for label in bar.findChildren(QLabel))


def test_counting_closes_the_ways_and_can_be_stopped(bar: CaptureBar, qtbot: QtBot) -> None:
    bar.show_counting(1)
    said = find(bar, QLabel, "captureBarSaidLabel")
    assert said.text() == "The screen is taken in 1 second …"
    before = bar.is_ready
    with qtbot.waitSignal(bar.stop_requested):
        click(bar, "barStopButton")
    bar.come_up()
    assert (before, bar.is_ready) == (False, True)
    assert not find(bar, QPushButton, "barStopButton").isVisible()


def test_what_goes_together_is_chosen_until_it_is_changed(bar: CaptureBar) -> None:
    box = find(bar, QCheckBox, "captureTogetherBox")
    before = bar.goes_together
    bar.show_set("PXS/1")
    assert box.text() == "The next belongs to PXS/1"
    together = bar.goes_together
    box.click()
    assert (before, together, bar.goes_together) == (False, True, False)
    bar.show_set("")
    assert not box.isVisible()


def test_closing_it_finishes_stops_or_waits(bar: CaptureBar, qtbot: QtBot) -> None:
    bar.show_busy()
    bar.close()
    assert bar.isVisible()
    bar.show_counting(3)
    with qtbot.waitSignal(bar.stop_requested):
        bar.close()
    bar.come_up()
    with qtbot.waitSignal(bar.finish_requested):
        bar.close()


def test_closing_it_does_not_end_the_program(bar: CaptureBar, qtbot: QtBot) -> None:
    ended: list[bool] = []
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.lastWindowClosed.connect(lambda: ended.append(True))
    bar.close()
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert ended == []
