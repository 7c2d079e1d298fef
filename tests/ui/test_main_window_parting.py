"""The window closes, or the log: what was typed is kept, work under way is shown and ended."""

import threading

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Cancelled as Stopped
from desktop.domain.errors import DiskFailed
from desktop.operations.browse_incidents import list_incidents
from desktop.operations.workspace import Workspace
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.parting_bar import PartingBar
from desktop.ui.session import Cancelled, Progress
from tests.ui.incident_steps import perform
from tests.ui.main_windows import desk, remembered, start_quick_log, unlock, window
from tests.workspaces import close_workspace

__all__ = ["desk", "remembered", "window"]


def test_closing_the_window_keeps_what_was_typed(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    start_quick_log(window)
    field = window.focusWidget()
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    QTest.keyClicks(field, "typed at the last moment")
    with qtbot.waitSignal(window._session.closed):
        window.close()
        assert window.desk is None
    assert not window.isVisible()
    window.show()
    unlock(window, qtbot)
    assert len(perform(window._session, qtbot, list_incidents)) == 1


def _until_stopped(_workspace: Workspace, _progress: Progress, cancelled: Cancelled) -> None:
    while not cancelled():
        pass
    raise Stopped


def test_whoever_closes_twice_does_not_wait_for_the_work(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window._session.set_parting_work(_until_stopped)
    window.close()
    bar = window.findChild(PartingBar)
    assert bar
    qtbot.waitUntil(bar.isVisible)
    assert window.isVisible()
    with qtbot.waitSignal(window._session.closed):
        window.close()
    assert not window.isVisible()


def test_the_work_before_the_log_closes_can_be_seen_and_stopped(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window._session.set_parting_work(_until_stopped)
    window._session.lock()
    bar = window.findChild(PartingBar)
    assert bar
    assert not bar.isVisible()
    qtbot.waitUntil(bar.isVisible)
    assert "backup" in bar.accessibleName()
    with qtbot.waitSignal(window._session.closed):
        QTest.mouseClick(bar.stop_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert window.isVisible()


def test_work_that_is_under_way_is_finished_before_the_log_closes(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    go_on = threading.Event()
    window._session.run_long(window, lambda _ws, _progress, _cancelled: go_on.wait(20))
    window._session.lock()
    bar = window.findChild(PartingBar)
    assert bar
    qtbot.waitUntil(bar.isVisible)
    assert "under way" in bar.accessibleName()
    with qtbot.waitSignal(window._session.closed):
        go_on.set()
    assert not bar.isVisible()


def test_a_log_that_closed_badly_keeps_the_window_open_to_say_so(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    def fail(workspace: Workspace) -> None:
        close_workspace(workspace)
        raise DiskFailed("gone")

    window._session._close_log = fail
    with qtbot.waitSignal(window._session.closed):
        window.close()
    assert window.isVisible()
    assert window.front
    assert "disk" in window.front.banner.text
    window.close()
    assert not window.isVisible()
