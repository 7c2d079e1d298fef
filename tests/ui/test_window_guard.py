"""Windows are kept out of captures, all of them; the exception is on record and ends."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.log.custody import Action
from desktop.operations.evidence.allow_capture import allow_capture
from desktop.operations.workspace import Workspace
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.window_guard import MINUTES, WindowGuard
from tests.clocks import FrozenClock
from tests.conftest import Perform

RECORD = partial(allow_capture, minutes=MINUTES)


class Screen:
    """Remembers what was last asked for each window."""

    def __init__(self) -> None:
        self.hidden: dict[int, bool] = {}
        self.answer = True

    def guard(self, window: int, hidden: bool) -> bool:
        self.hidden[window] = hidden
        return self.answer


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def guard(session: Session, screen: Screen) -> Iterator[WindowGuard]:
    made = WindowGuard(session, screen.guard)
    yield made
    made._on_ended()


@pytest.fixture
def window(qtbot: QtBot, guard: WindowGuard) -> QWidget:
    made = QWidget()
    made.banner = Banner(made)  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.show()
    return made


def _is_open(guard: WindowGuard) -> bool:
    return guard.open_until is not None


def _opened(workspace: Workspace) -> list[str]:
    found = workspace.log.custody.walk()
    return [
        detail.detail
        for entry, detail in found
        if entry.action is Action.SCREEN_CAPTURE_ALLOWED and detail
    ]


def test_every_window_is_hidden_from_captures(
    guard: WindowGuard, screen: Screen, window: QWidget, qtbot: QtBot
) -> None:
    dialog, tool = QDialog(window), QWidget(window, Qt.WindowType.Window)
    dialog.open()
    tool.show()
    for each in (window, dialog, tool):
        assert screen.hidden[int(each.winId())] is True
    tool.close()
    dialog.close()


def test_the_exception_is_on_record_before_anything_is_seen(
    guard: WindowGuard, screen: Screen, window: QWidget, perform: Perform, qtbot: QtBot,
    clock: FrozenClock,
) -> None:  # fmt: skip
    with qtbot.waitSignal(guard.changed):
        guard.let_others_see(window, RECORD)
        assert not _is_open(guard)
    assert screen.hidden[int(window.winId())] is False
    assert perform(_opened) == ['{"minutes":15}']
    assert guard.open_until
    assert guard.open_until.utc == clock.now().utc + timedelta(minutes=15)
    later = QDialog(window)
    later.open()
    assert screen.hidden[int(later.winId())] is False
    guard.hide_again()
    assert screen.hidden[int(window.winId())] is True
    assert screen.hidden[int(later.winId())] is True
    later.close()


def test_the_exception_ends_by_itself(
    guard: WindowGuard, screen: Screen, window: QWidget, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(guard.changed):
        guard.let_others_see(window, RECORD)
    assert guard._timer.remainingTime() > 14 * 60_000
    with qtbot.waitSignal(guard.changed):
        guard._timer.start(0)
    assert not _is_open(guard)
    assert screen.hidden[int(window.winId())] is True


def test_a_lock_ends_the_exception(
    guard: WindowGuard, screen: Screen, window: QWidget, qtbot: QtBot, session: Session
) -> None:
    with qtbot.waitSignal(guard.changed):
        guard.let_others_see(window, RECORD)
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert not _is_open(guard)
    assert screen.hidden[int(window.winId())] is True


def test_a_lock_before_it_is_on_record_allows_nothing(
    guard: WindowGuard, screen: Screen, window: QWidget, qtbot: QtBot, session: Session
) -> None:
    guard.let_others_see(window, RECORD)
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert not _is_open(guard)
    assert screen.hidden[int(window.winId())] is True


def test_a_refusal_is_known(
    guard: WindowGuard, screen: Screen, window: QWidget, qtbot: QtBot
) -> None:
    assert guard.is_possible
    screen.answer = False
    dialog = QDialog(window)
    with qtbot.waitSignal(guard.changed):
        dialog.open()
    assert guard.refused
    dialog.close()


def test_an_error_is_said_where_it_was_asked(
    guard: WindowGuard, screen: Screen, window: QWidget, qtbot: QtBot, session: Session
) -> None:
    with qtbot.waitSignal(session.closed):
        session.lock()
    guard.let_others_see(window, RECORD)
    qtbot.waitUntil(lambda: bool(window.banner.text))  # type: ignore[attr-defined]
    assert not _is_open(guard)


def test_where_it_is_not_possible_nothing_is_asked(session: Session, qtbot: QtBot) -> None:
    guard = WindowGuard(session, None)
    assert not guard.is_possible
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(guard.changed):
        guard.let_others_see(window, RECORD)
    guard.hide_again()
    assert not guard.refused
