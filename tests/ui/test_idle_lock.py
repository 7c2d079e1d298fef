"""The lock when nobody is there: by the computer's word, or by the program's own quiet minutes."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.log.locking import LockReason, Presence
from desktop.ui.idle_lock import IdleLock
from desktop.ui.session import Session
from tests.clocks import FrozenClock

LONG = timedelta(minutes=11)


@pytest.fixture
def idle_lock(session: Session) -> IdleLock:
    made = IdleLock(session, minutes=10)
    made.look()
    return made


def _pass(minutes: float, clock: FrozenClock, look: Callable[[], None]) -> None:
    for _ in range(round(minutes * 2)):
        clock.advance(seconds=30)
        look()


def test_it_locks_when_nobody_was_there(
    idle_lock: IdleLock, session: Session, clock: FrozenClock
) -> None:
    _pass(9.5, clock, idle_lock.look)
    assert session.is_open
    _pass(0.5, clock, idle_lock.look)
    assert not session.is_open


def test_a_key_starts_the_minutes_anew(
    idle_lock: IdleLock, session: Session, clock: FrozenClock, qtbot: QtBot
) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    for _ in range(60):
        clock.advance(seconds=30)
        QTest.keyClick(edit, Qt.Key.Key_A)
        idle_lock.look()
    assert session.is_open


@pytest.mark.parametrize("gap", [timedelta(hours=2), timedelta(seconds=60)])
def test_waking_from_sleep_locks_though_a_key_was_pressed(
    idle_lock: IdleLock, session: Session, clock: FrozenClock, qtbot: QtBot, gap: timedelta
) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    clock.advance(seconds=gap.total_seconds())
    QTest.keyClick(edit, Qt.Key.Key_A)
    idle_lock.look()
    assert not session.is_open


def test_a_clock_that_goes_back_does_not_keep_it_open_for_ever(
    idle_lock: IdleLock, session: Session, clock: FrozenClock
) -> None:
    clock.advance(hours=-3)
    idle_lock.look()
    _pass(11, clock, idle_lock.look)
    assert not session.is_open


def test_the_minutes_can_be_changed(
    idle_lock: IdleLock, session: Session, clock: FrozenClock
) -> None:
    idle_lock.set_minutes(2)
    assert idle_lock.minutes == 2
    _pass(2, clock, idle_lock.look)
    assert not session.is_open


def test_it_looks_only_while_the_log_is_open(locked_session: Session) -> None:
    idle_lock = IdleLock(locked_session)
    assert not idle_lock._timer.isActive()
    locked_session.unlocked.emit()
    assert idle_lock._timer.isActive()
    locked_session.locked.emit()
    assert not idle_lock._timer.isActive()


class Watched:
    """A lock over a computer that says what it is told to say."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.presence = Presence()
        self._qtbot = qtbot
        self._background = session._background
        self.lock = IdleLock(session, minutes=10, ask=lambda: self.presence)

    def look(self) -> None:
        self.lock.look()
        self._qtbot.waitUntil(lambda: self._background.pending == 0)


@pytest.fixture
def watched(session: Session, qtbot: QtBot) -> Watched:
    made = Watched(session, qtbot)
    made.look()
    return made


def test_somebody_in_the_browser_is_there(
    watched: Watched, session: Session, clock: FrozenClock
) -> None:
    watched.presence = Presence(idle=timedelta(seconds=3), screen_locked=False)
    _pass(30, clock, watched.look)
    assert session.is_open


@pytest.mark.parametrize(
    ("presence", "reason"),
    [
        (Presence(idle=timedelta(), screen_locked=True), LockReason.SCREEN),
        (Presence(switched_away=True), LockReason.USER_SWITCH),
    ],
)
def test_it_locks_as_soon_as_the_computer_says_so(
    watched: Watched, session: Session, presence: Presence, reason: LockReason
) -> None:
    watched.presence = presence
    watched.look()
    assert session.lock_reason is reason
    assert not session.is_open


def test_it_locks_when_nobody_is_at_the_computer(
    watched: Watched, session: Session, clock: FrozenClock
) -> None:
    watched.presence = Presence(idle=LONG)
    _pass(9, clock, watched.look)
    assert session.is_open
    _pass(2, clock, watched.look)
    assert session.lock_reason is LockReason.IDLE


def test_a_short_sleep_locks_too(watched: Watched, session: Session) -> None:
    for asleep in (100, 101, 120):
        watched.presence = Presence(idle=timedelta(), asleep=timedelta(seconds=asleep))
        assert session.is_open
        watched.look()
    assert session.lock_reason is LockReason.SLEEP


def test_sleep_while_it_was_locked_does_not_count(
    watched: Watched, session: Session, qtbot: QtBot
) -> None:
    watched.presence = Presence(asleep=timedelta(seconds=100))
    watched.look()
    session.unlocked.emit()
    watched.presence = Presence(asleep=timedelta(hours=9))
    watched.look()
    assert session.is_open


def test_its_own_minutes_count_while_the_computer_owes_an_answer(
    session: Session, clock: FrozenClock, qtbot: QtBot
) -> None:
    answer = threading.Event()

    def ask() -> Presence:
        answer.wait(20)
        return Presence(idle=timedelta())

    idle_lock = IdleLock(session, minutes=10, ask=ask)
    idle_lock.look()
    _pass(9.5, clock, idle_lock.look)
    assert session.is_open
    _pass(1, clock, idle_lock.look)
    answer.set()
    assert not session.is_open


def test_an_answer_may_take_a_moment(session: Session, clock: FrozenClock, qtbot: QtBot) -> None:
    answer = threading.Event()

    def ask() -> Presence:
        answer.wait(20)
        return Presence(idle=timedelta())

    idle_lock = IdleLock(session, minutes=2, ask=ask)
    _pass(1, clock, idle_lock.look)
    answer.set()
    qtbot.waitUntil(lambda: session._background.pending == 0)
    answer.clear()
    _pass(0.5, clock, idle_lock.look)
    clock.advance(seconds=9)
    idle_lock._limit = timedelta(seconds=5)
    idle_lock.look()
    still_open = session.is_open
    clock.advance(seconds=1)
    idle_lock.look()
    answer.set()
    assert still_open
    assert not session.is_open


def test_an_answer_that_comes_after_the_lock_is_ignored(session: Session, qtbot: QtBot) -> None:
    idle_lock = IdleLock(session, ask=lambda: Presence(screen_locked=True))
    idle_lock.look()
    session.lock()
    qtbot.waitUntil(lambda: session._background.pending == 0)
    assert not session.is_open
