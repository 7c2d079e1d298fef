"""The one window in front of a real log, for the tests of it: locked first, then unlocked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.entering.unlock_page import UnlockPage
from desktop.ui.entry import Entry
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.ui.entries import PASSPHRASE, Remembered, an_entry
from tests.workspaces import close_workspace, make_workspace, own_procedures


def desk_entry(
    session: Session, clock: FrozenClock, remembered: Remembered, folder: Path | None, home: Path
) -> Entry:
    return an_entry(
        session, clock, remembered, folder=folder, suggested=home / "Safeguarding Log",
        build_desk=Desk,
    )  # fmt: skip


@pytest.fixture
def remembered() -> Remembered:
    return Remembered()


@pytest.fixture
def window(
    locked_session: Session,
    clock: FrozenClock,
    remembered: Remembered,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[MainWindow]:
    """Show the window in front of a log that is locked."""
    close_workspace(make_workspace(tmp_path / "log", clock, own_procedures()))
    entry = desk_entry(locked_session, clock, remembered, tmp_path / "log", tmp_path)
    made = MainWindow(locked_session, entry)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    yield made
    locked_session.lock()
    qtbot.waitUntil(lambda: locked_session._background.pending == 0)


@pytest.fixture
def desk(window: MainWindow, qtbot: QtBot) -> Desk:
    """Unlock the log; returns its pages."""
    return unlock(window, qtbot)


def unlock(window: MainWindow, qtbot: QtBot) -> Desk:
    page = window.front
    assert isinstance(page, UnlockPage)
    edit = page.findChild(QLineEdit, "passphraseEdit")
    assert isinstance(edit, QLineEdit)
    QTest.keyClicks(edit, PASSPHRASE)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk is not None)
    desk = window.desk
    assert isinstance(desk, Desk)
    qtbot.waitUntil(lambda: window._session._background.pending == 0)
    return desk


def press(window: MainWindow, key: Qt.Key, *, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier
    if shift:
        held |= Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, key, held)


def start_quick_log(window: MainWindow) -> None:
    """Start one, and say that it is about somebody else."""
    press(window, Qt.Key.Key_N)
    question = window.focusWidget()
    assert isinstance(question, QPushButton)
    QTest.keyClick(question, Qt.Key.Key_Return)
