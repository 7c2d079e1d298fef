"""The lock after some quiet minutes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.idle_lock import IdleLock
from desktop.ui.session import Session
from tests.clocks import FrozenClock


@pytest.fixture
def idle_lock(session: Session) -> IdleLock:
    made = IdleLock(session, minutes=10)
    made.look()
    return made


def test_it_locks_when_nobody_was_there(
    idle_lock: IdleLock, session: Session, clock: FrozenClock
) -> None:
    for _ in range(9):
        clock.advance(minutes=1)
        idle_lock.look()
    assert session.is_open
    clock.advance(minutes=1)
    idle_lock.look()
    assert not session.is_open


def test_a_key_starts_the_minutes_anew(
    idle_lock: IdleLock, session: Session, clock: FrozenClock, qtbot: QtBot
) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    for _ in range(30):
        clock.advance(minutes=1)
        QTest.keyClick(edit, Qt.Key.Key_A)
        idle_lock.look()
    assert session.is_open


def test_waking_from_a_long_sleep_locks_though_a_key_was_pressed(
    idle_lock: IdleLock, session: Session, clock: FrozenClock, qtbot: QtBot
) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    clock.advance(hours=2)
    QTest.keyClick(edit, Qt.Key.Key_A)
    idle_lock.look()
    assert not session.is_open


def test_a_clock_that_goes_back_does_not_keep_it_open_for_ever(
    idle_lock: IdleLock, session: Session, clock: FrozenClock
) -> None:
    clock.advance(hours=-3)
    idle_lock.look()
    for _ in range(11):
        clock.advance(minutes=1)
        idle_lock.look()
    assert not session.is_open


def test_the_minutes_can_be_changed(
    idle_lock: IdleLock, session: Session, clock: FrozenClock
) -> None:
    idle_lock.set_minutes(2)
    assert idle_lock.minutes == 2
    clock.advance(minutes=2)
    idle_lock.look()
    assert not session.is_open


def test_it_looks_only_while_the_log_is_open(locked_session: Session) -> None:
    idle_lock = IdleLock(locked_session)
    assert not idle_lock._timer.isActive()
    locked_session.unlocked.emit()
    assert idle_lock._timer.isActive()
    locked_session.locked.emit()
    assert not idle_lock._timer.isActive()
