"""While nobody works a part of the check runs; any work comes before it."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Cancelled
from desktop.operations.checking.check_log import last_check
from desktop.operations.organisation.keep_organisation import show_organisation
from desktop.operations.practice_case import fill_case
from desktop.operations.workspace import Workspace
from desktop.ui.keeping.idle_check import QUIET_LOOKS, RESTING_LOOKS, IdleCheck
from desktop.ui.session import Cancelled as IsCancelled
from desktop.ui.session import Progress, Session
from desktop.ui.widgets.banner import Banner
from tests.conftest import Perform


class Window(QWidget):
    """Stands in for the window: something with a banner."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner(self)
        QVBoxLayout(self).addWidget(self.banner)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def idle(window: Window, session: Session) -> IdleCheck:
    made = IdleCheck(session, window)
    made._on_unlocked()
    made._timer.stop()
    return made


def look(idle: IdleCheck, times: int) -> None:
    for _ in range(times):
        idle.look()


def rest(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session._background.pending == 0)


def run_a_round(idle: IdleCheck, session: Session, qtbot: QtBot) -> None:
    look(idle, QUIET_LOOKS)
    for _ in range(100):
        rest(session, qtbot)
        if idle._wait == RESTING_LOOKS:
            return
        look(idle, QUIET_LOOKS + 1)
    raise AssertionError("it comes to no end")


def test_a_quiet_log_is_checked_until_it_rests(
    idle: IdleCheck, window: Window, session: Session, perform: Perform, qtbot: QtBot
) -> None:
    perform(fill_case)
    run_a_round(idle, session, qtbot)
    kept = perform(last_check)
    assert kept is not None
    assert kept.holds
    assert kept.in_parts
    assert window.banner.text == ""


def test_what_it_finds_is_said_loudly(
    idle: IdleCheck, window: Window, session: Session, perform: Perform, qtbot: QtBot
) -> None:
    perform(fill_case)
    perform(_alter)
    run_a_round(idle, session, qtbot)
    assert "is not what was entered" in window.banner.text


def _alter(workspace: Workspace) -> None:
    workspace.log._connection.execute(f"UPDATE content SET sha256 = '{'0' * 64}'")


def test_while_somebody_works_nothing_runs(
    idle: IdleCheck, session: Session, perform: Perform
) -> None:
    for _ in range(QUIET_LOOKS):
        perform(show_organisation)
        look(idle, QUIET_LOOKS - 1)
    before = session.asked
    assert perform(last_check) is None
    assert session.asked == before + 1


def test_any_other_work_stops_a_part(session: Session, qtbot: QtBot) -> None:
    stopped: list[bool] = []

    def wait(_workspace: Workspace, _progress: Progress, cancelled: IsCancelled) -> None:
        while not cancelled():
            pass
        stopped.append(True)

    assert session.run_idle(session, wait)
    assert not session.run_idle(session, wait)
    session.run(session, show_organisation)
    qtbot.waitUntil(lambda: stopped == [True])


def test_a_lock_stops_a_part_and_the_looking(
    idle: IdleCheck, session: Session, qtbot: QtBot
) -> None:
    def wait(_workspace: Workspace, _progress: Progress, cancelled: IsCancelled) -> None:
        while not cancelled():
            pass

    idle._timer.start()
    assert idle.is_watching
    assert session.run_idle(session, wait)
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert not idle._timer.isActive()
    assert not session.run_idle(session, wait)


def test_an_error_is_left_to_whoever_works_next(idle: IdleCheck, window: Window) -> None:
    idle._on_failed(Cancelled())
    assert idle._wait == RESTING_LOOKS
    assert window.banner.text == ""
