"""The lock of the real program: by what the X server says of the computer, not of our window."""

import os
from collections.abc import Iterator
from ctypes import CDLL, c_char_p, c_int, c_uint, c_ulong, c_void_p
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import Program, surroundings
from desktop.domain.log.locking import LockReason
from desktop.operations.practice import create_practice_log
from desktop.ui.entry import Entry
from desktop.ui.idle_lock import IdleLock
from tests.end_to_end.hands import Hands

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(120)]

LIMIT = timedelta(seconds=2)
LOOK_MS, PRESS_MS, WORK_MS = 100, 200, 5_000
A_KEY = 38


class OtherKeyboard:
    """Presses a key now and then, as a person does in whatever program is in front."""

    def __init__(self) -> None:
        self._x11, self._xtest = CDLL("libX11.so.6"), CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.argtypes, self._x11.XOpenDisplay.restype = (c_char_p,), c_void_p
        self._x11.XFlush.argtypes = self._x11.XCloseDisplay.argtypes = (c_void_p,)
        self._xtest.XTestFakeKeyEvent.argtypes = (c_void_p, c_uint, c_int, c_ulong)
        self._display = self._x11.XOpenDisplay(os.environ["DISPLAY"].encode())
        self._timer = QTimer()
        self._timer.timeout.connect(self._press)

    def _press(self) -> None:
        for down in (1, 0):
            self._xtest.XTestFakeKeyEvent(self._display, A_KEY, down, 0)
        self._x11.XFlush(self._display)

    def begin(self) -> None:
        self._press()
        self._timer.start(PRESS_MS)

    def stop(self) -> None:
        self._timer.stop()

    def close(self) -> None:
        self.stop()
        self._x11.XCloseDisplay(self._display)


@pytest.fixture
def keyboard() -> Iterator[OtherKeyboard]:
    made = OtherKeyboard()
    yield made
    made.close()


@pytest.fixture
def idle_lock(program: Program, log_folder: Path) -> IdleLock:
    """Open a practice log and make its lock impatient."""
    hands = Hands(by_mouse=True)
    environment = surroundings(program.background.on_log)
    opener = partial(create_practice_log, environment, log_folder)
    program.session.open(program.window, opener)
    hands.wait("the log to be open", lambda: program.session.is_open)
    entry: Entry = program.window._entry
    entry.idle_lock._limit = LIMIT
    entry.idle_lock._timer.setInterval(LOOK_MS)
    return entry.idle_lock


def test_work_in_another_program_keeps_it_open_and_nothing_locks_it(
    program: Program,
    idle_lock: IdleLock,
    keyboard: OtherKeyboard,
    neighbour: Path,
    qapp: QApplication,
) -> None:
    assert neighbour.exists()
    hands = Hands(by_mouse=True)
    program.window.showMinimized()
    hands.wait("our window to be away", lambda: not program.window.isActiveWindow())
    keyboard.begin()
    worked = QTimer()
    worked.setSingleShot(True)
    worked.start(WORK_MS)
    hands.wait("some work in the browser", lambda: not worked.isActive())
    quiet = program.session.clock.now().utc - idle_lock._last_touch
    assert quiet > LIMIT, "the keys must not have come to our window"
    assert program.session.is_open
    keyboard.stop()
    hands.wait("the lock", lambda: not program.session.is_open)
    assert program.session.lock_reason is LockReason.IDLE
    hands.wait("the log to be closed", lambda: not program.session.is_closing)
    assert program.window.desk is None
    assert [one for one in qapp.topLevelWidgets() if one.isVisible()] == [program.window]
