"""A clock set back while the log is open is said and recorded, and nothing is held up."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import LogLocked
from desktop.domain.log.custody import Action
from desktop.operations.workspace import CLOCK_BEHIND, Workspace
from desktop.ui.clock_watch import ClockWatch
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from tests.clocks import FrozenClock
from tests.conftest import Perform


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    Banner(made)
    made.show()
    return made


@pytest.fixture
def watch(window: QWidget, session: Session) -> ClockWatch:
    made = ClockWatch(session, window)
    made._on_unlocked()
    return made


def banner_of(window: QWidget) -> Banner:
    found = window.findChild(Banner)
    assert isinstance(found, Banner)
    return found


def actions(workspace: Workspace) -> list[Action]:
    return [entry.action for entry, _ in workspace.log.custody.walk()]


def behind(workspace: Workspace) -> str:
    return workspace.log.settings.get(CLOCK_BEHIND)


def test_a_clock_set_back_is_said_and_recorded(
    watch: ClockWatch, window: QWidget, clock: FrozenClock, perform: Perform
) -> None:
    clock.advance(hours=2)
    watch.look()
    clock.advance(hours=-1)
    watch.look()
    assert "it showed 20 Nov 2026, 11:30 and now shows 20 Nov 2026, 10:30" in (
        banner_of(window).text
    )
    assert perform(actions)[-1] is Action.CLOCK_WENT_BACK
    assert perform(behind).startswith("2026-11-20T11:30")
    banner_of(window).clear()
    watch.look()
    assert banner_of(window).text == ""


def test_a_clock_that_is_put_right_by_seconds_is_not_worth_saying(
    watch: ClockWatch, window: QWidget, clock: FrozenClock, perform: Perform
) -> None:
    clock.advance(seconds=-50)
    watch.look()
    assert banner_of(window).text == ""
    assert Action.CLOCK_WENT_BACK not in perform(actions)


def test_it_looks_only_while_the_log_is_open(
    watch: ClockWatch, session: Session, window: QWidget, clock: FrozenClock, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert not watch._timer.isActive()
    watch._on_failed(LogLocked())
    assert banner_of(window).text == ""
    fresh = ClockWatch(session, window)
    fresh.look()
    assert banner_of(window).text == ""
