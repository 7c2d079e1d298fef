"""Our windows step aside while a screen is taken, and come back; a delay can be stopped.

That they are in no picture is tried on a real X server: test_two_screens.py.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.items import ItemKind
from desktop.domain.evidence.screens import Frame
from desktop.ui.capture import screen_taker
from desktop.ui.capture.region_picker import RegionPicker
from desktop.ui.capture.screen_taker import ScreenTaker, Taken, Way, Wish
from desktop.ui.capture.window_picker import WindowPicker
from tests.clocks import FrozenClock

THEIRS = Frame("Board", "Browser", 10, 10, 200, 100)


class Desk:
    """A window of ours with a dialog, and a taker."""

    def __init__(self, qtbot: QtBot, clock: FrozenClock, window: QWidget) -> None:
        self.qtbot = qtbot
        self.window = window
        self.dialog = QDialog(window)
        self.dialog.open()
        self.taker = ScreenTaker(clock, window, lambda: (THEIRS,))
        self.taken: list[Taken] = []
        self.taker.taken.connect(self.taken.append)

    def take(self, wish: Wish) -> Taken:
        self.taker.take(wish)
        self.qtbot.waitUntil(lambda: bool(self.taken))
        return self.taken.pop()

    def picker(self) -> RegionPicker:
        def shown() -> list[RegionPicker]:
            tops: list[QWidget] = QApplication.topLevelWidgets()
            return [one for one in tops if isinstance(one, RegionPicker) and one.isVisible()]

        self.qtbot.waitUntil(lambda: bool(shown()))
        return shown()[0]


@pytest.fixture
def desk(qtbot: QtBot, clock: FrozenClock) -> Iterator[Desk]:
    window = QLabel()
    window.setGeometry(0, 0, 700, 500)
    qtbot.addWidget(window)
    window.show()
    desk = Desk(qtbot, clock, window)
    yield desk
    desk.taker.stop()


@pytest.mark.parametrize("way", [Way.SCREEN, Way.SCREENS])
def test_our_windows_come_back(desk: Desk, way: Way) -> None:
    taken = desk.take(Wish(way))
    assert desk.window.isVisible()
    assert desk.dialog.isVisible()
    assert taken.kind is (ItemKind.SCREEN if way is Way.SCREEN else ItemKind.SCREENS)
    assert taken.at == desk.taker._clock.now()


def test_our_windows_are_away_while_a_part_is_chosen(desk: Desk) -> None:
    desk.taker.take(Wish())
    picker = desk.picker()
    assert not desk.window.isVisible()
    assert not desk.dialog.isVisible()
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert desk.taken[0].kind is ItemKind.SCREEN_REGION
    assert desk.dialog.isVisible()


def test_the_same_part_once_more(desk: Desk) -> None:
    assert not desk.taker.has_last_part
    desk.taker.take(Wish(Way.SAME_PART))
    QTest.keyClick(desk.picker(), Qt.Key.Key_Right)
    QTest.keyClick(desk.picker(), Qt.Key.Key_Return)
    size = desk.taken.pop().image.size()
    assert desk.take(Wish(Way.SAME_PART)).image.size() == size
    desk.taker.forget()
    assert not desk.taker.has_last_part


def test_the_next_part_begins_where_the_last_was(desk: Desk) -> None:
    desk.taker.take(Wish())
    QTest.keyClick(desk.picker(), Qt.Key.Key_Down)
    chosen = desk.picker().chosen
    QTest.keyClick(desk.picker(), Qt.Key.Key_Return)
    desk.taker.take(Wish())
    assert desk.picker().chosen == chosen


def test_a_window_is_noted_by_its_name(desk: Desk) -> None:
    desk.taker.take(Wish(Way.WINDOW))
    picker = desk.picker()
    assert isinstance(picker, WindowPicker)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    taken = desk.taken.pop()
    assert taken.kind is ItemKind.WINDOW
    assert dict(taken.noted)["Window"] == "Board"
    assert (taken.image.width(), taken.image.height()) == (200, 100)


def test_without_windows_a_part_is_chosen(qtbot: QtBot, clock: FrozenClock, desk: Desk) -> None:
    taker = ScreenTaker(clock, desk.window, tuple)
    taker.take(Wish(Way.WINDOW))
    assert not isinstance(desk.picker(), WindowPicker)
    with qtbot.waitSignal(taker.left):
        QTest.keyClick(desk.picker(), Qt.Key.Key_Escape)
    assert desk.window.isVisible()


def test_a_delay_is_told_noted_and_can_be_stopped(desk: Desk) -> None:
    desk.taker._delay._timer.setInterval(1)
    told: list[int] = []
    desk.taker.counting.connect(told.append)
    taken = desk.take(Wish(Way.SCREEN, after=3))
    assert told == [3, 2, 1]
    assert dict(taken.noted)["Taken after"] == "3 seconds"
    desk.taker._delay._timer.setInterval(60_000)
    desk.taker.take(Wish(Way.SCREEN, after=3))
    desk.taker.take(Wish(Way.SCREEN))
    busy = desk.taker.is_busy
    desk.taker.stop()
    assert (busy, desk.taker.is_busy) == (True, False)
    assert desk.window.isVisible()
    assert desk.taken == []


def test_a_computer_that_shows_nothing_is_told(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen_taker, "grab_screens", list)
    with qtbot.waitSignal(desk.taker.blind):
        desk.taker.take(Wish(Way.SCREENS))
    assert desk.window.isVisible()
    assert desk.taken == []
