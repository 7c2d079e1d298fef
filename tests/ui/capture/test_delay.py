"""The delay counts down, then is over; a stop is final."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.capture.delay import Delay


def test_it_counts_down(qtbot: QtBot, qapp: QApplication) -> None:
    delay, told = Delay(qapp, second_ms=1), list[int]()
    delay.left.connect(told.append)
    with qtbot.waitSignal(delay.over):
        delay.start(3)
        assert delay.is_running
    assert told == [3, 2, 1]
    assert not delay.is_running


def test_without_seconds_it_is_over_at_once(qtbot: QtBot, qapp: QApplication) -> None:
    delay = Delay(qapp)
    with qtbot.waitSignal(delay.over, timeout=0):
        delay.start(0)


def test_after_a_stop_nothing_comes(qtbot: QtBot, qapp: QApplication) -> None:
    delay, over = Delay(qapp, second_ms=1), list[bool]()
    delay.over.connect(lambda: over.append(True))
    delay.start(2)
    delay.stop()
    qtbot.waitUntil(lambda: not delay.is_running)
    assert over == []
