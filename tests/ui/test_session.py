"""The session over a real log: changes are announced once, lock loses nothing."""

import threading
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.changes import Changes, Topic
from desktop.domain.errors import AppError, DiskFailed, LogLocked, NotFound, WrongPassphrase
from desktop.domain.errors import Cancelled as Stopped
from desktop.domain.log.locking import LockReason
from desktop.operations.browse_incidents import list_incidents
from desktop.operations.organisation.keep_organisation import (
    change_childrens_services,
    show_organisation,
)
from desktop.operations.workspace import Workspace
from desktop.ui.background import Background
from desktop.ui.session import Cancelled, PartingWork, Progress, Session
from desktop.ui.widgets.banner import Banner
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.workspaces import close_workspace, make_workspace, open_workspace


def _refuse(_workspace: Workspace) -> None:
    raise NotFound("incident")


def test_a_change_is_announced_once_before_its_answer(session: Session, qtbot: QtBot) -> None:
    seen: list[object] = []
    session.changed.connect(seen.append)
    change = partial(change_childrens_services, number="020 7946 0000")
    session.run(session, change, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert isinstance(seen[0], Changes)
    assert seen[0].touch(None, Topic.ORGANISATION)
    assert seen[0] is seen[1]


def test_a_read_announces_nothing(session: Session, perform: Perform, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(session.changed):
        assert perform(list_incidents) == ()


def test_a_change_is_announced_though_its_page_is_gone(session: Session, qtbot: QtBot) -> None:
    page = QObject()
    with qtbot.waitSignal(session.changed):
        session.run(page, partial(change_childrens_services, number="1"))
        delete(page)


def test_an_error_is_shown_on_the_page_that_asked(session: Session, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    banner = Banner(page)
    QVBoxLayout(page).addWidget(banner)
    session.run(page, _refuse)
    qtbot.waitUntil(lambda: bool(banner.text))
    assert "incident is not in the log" in banner.text


def test_an_error_goes_to_the_listener_if_there_is_one(session: Session, qtbot: QtBot) -> None:
    errors: list[AppError] = []
    session.run(session, _refuse, None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], NotFound)


def test_the_keyholder_is_known_while_open(session: Session) -> None:
    assert session.keyholder
    assert session.keyholder.initials == "PXS"
    session.lock()
    assert session.keyholder is None


def test_a_long_job_tells_how_far_it_is(session: Session, qtbot: QtBot) -> None:
    shares: list[float] = []
    done: list[int] = []

    def work(_workspace: Workspace, progress: Progress, _cancelled: Cancelled) -> int:
        for step in range(101):
            progress(step / 100)
        return threading.get_ident()

    session.run_long(session, work, done.append, on_progress=shares.append)
    qtbot.waitUntil(lambda: bool(done) and bool(shares) and shares[-1] == 1.0)
    assert done[0] != threading.get_ident()
    assert len(shares) < 50


def test_a_long_job_can_be_stopped(session: Session, qtbot: QtBot) -> None:
    begun = threading.Event()
    answers: list[bool] = []

    def work(_workspace: Workspace, _progress: Progress, cancelled: Cancelled) -> bool:
        begun.set()
        while not cancelled():
            pass
        return True

    job = session.run_long(session, work, answers.append)
    begun.wait()
    job.cancel()
    qtbot.waitUntil(lambda: answers == [True])


def test_progress_for_a_page_that_is_gone_is_dropped(session: Session, qtbot: QtBot) -> None:
    page = QObject()
    shares: list[float] = []
    go_on = threading.Event()

    def work(_workspace: Workspace, progress: Progress, _cancelled: Cancelled) -> None:
        go_on.wait()
        progress(1.0)

    session.run_long(page, work, on_progress=shares.append)
    delete(page)
    go_on.set()
    qtbot.waitUntil(lambda: not session._background._followers)
    assert shares == []


def test_while_locked_work_is_refused(locked_session: Session, qtbot: QtBot) -> None:
    errors: list[AppError] = []
    locked_session.run(locked_session, list_incidents, None, errors.append)
    locked_session.run_long(locked_session, lambda *_: None, None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 2)
    assert all(isinstance(error, LogLocked) for error in errors)
    assert not locked_session.is_open


def test_what_needs_no_log_runs_while_locked(locked_session: Session, qtbot: QtBot) -> None:
    threads: list[int] = []
    locked_session.run_outside(locked_session, threading.get_ident, threads.append)
    qtbot.waitUntil(lambda: len(threads) == 1)
    assert threads[0] != threading.get_ident()


def test_a_failed_unlock_leaves_it_locked(locked_session: Session, qtbot: QtBot) -> None:
    def opener() -> Workspace:
        raise WrongPassphrase

    errors: list[AppError] = []
    locked_session.open(locked_session, opener, None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert not locked_session.is_open


def test_lock_keeps_what_was_typed_and_clears_the_clipboard(
    session: Session, qtbot: QtBot, tmp_path: Path, clock: FrozenClock
) -> None:
    QGuiApplication.clipboard().setText("something private")
    change = partial(change_childrens_services, number="typed last")
    session.about_to_lock.connect(lambda: session.run(session, change))
    with qtbot.waitSignals([session.locked, session.closed]):
        session.lock()
    assert not session.is_open
    assert QGuiApplication.clipboard().text() == ""
    session.lock()
    on_log = session._background.on_log
    opened: list[bool] = []
    opener = partial(open_workspace, tmp_path / "log", clock, {}, on_log)
    session.open(session, opener, lambda: opened.append(True))
    qtbot.waitUntil(lambda: opened == [True])
    numbers: list[str] = []
    session.run(session, show_organisation, lambda found: numbers.append(found.childrens_services))
    qtbot.waitUntil(lambda: numbers == ["typed last"])


def test_unlocking_waits_until_the_log_is_closed(
    session: Session, qtbot: QtBot, tmp_path: Path, clock: FrozenClock
) -> None:
    opener = partial(open_workspace, tmp_path / "log", clock, {}, session._background.on_log)
    order: list[str] = []
    session.closed.connect(lambda _error: order.append("closed"))
    session.unlocked.connect(lambda: order.append("unlocked"))
    session.lock()
    session.open(session, opener)
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["closed", "unlocked"]


def test_a_long_job_that_runs_ends_before_the_log_is_closed(
    session: Session, qtbot: QtBot
) -> None:
    ended: list[str] = []
    begun = threading.Event()
    go_on = threading.Event()

    def work(workspace: Workspace, _progress: Progress, _cancelled: Cancelled) -> None:
        begun.set()
        go_on.wait()
        workspace.on_log(lambda: workspace.log.settings.get("organisation"))
        ended.append("job")

    session.run_long(session, work)
    begun.wait()
    session.closed.connect(lambda _error: ended.append("closed"))
    session.lock()
    go_on.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert ended == ["job", "closed"]


def test_a_log_that_closes_badly_is_reported(
    qtbot: QtBot, tmp_path: Path, clock: FrozenClock
) -> None:
    def close(workspace: Workspace) -> None:
        close_workspace(workspace)
        raise DiskFailed("gone")

    session = Session(Background(), clock, close)
    opener = partial(make_workspace, tmp_path / "log", clock, {}, session._background.on_log)
    with qtbot.waitSignal(session.unlocked):
        session.open(session, opener)
    with qtbot.waitSignal(session.closed) as closed:
        session.lock()
    assert isinstance(closed.args[0], DiskFailed)
    session.close()


@pytest.mark.parametrize("times", [1, 2])
def test_close_closes_an_open_log_once(
    qtbot: QtBot, tmp_path: Path, clock: FrozenClock, times: int
) -> None:
    closed: list[Workspace] = []

    def close(workspace: Workspace) -> None:
        close_workspace(workspace)
        closed.append(workspace)

    session = Session(Background(), clock, close)
    opener = partial(make_workspace, tmp_path / "log", clock, {}, session._background.on_log)
    with qtbot.waitSignal(session.unlocked):
        session.open(session, opener)
    for _ in range(times):
        session.close()
    assert len(closed) == 1
    assert not session.is_open


def _lock_with(session: Session, qtbot: QtBot, work: PartingWork, reason: LockReason) -> list[str]:
    order: list[str] = []
    session.set_parting_work(work)
    session.about_to_lock.connect(lambda: order.append("about to lock"))
    session.locked.connect(lambda: order.append("locked"))
    session.parting.connect(lambda share: order.append(f"parting {share:.0%}"))
    session.parted.connect(lambda: order.append("parted"))
    session.closed.connect(lambda _error: order.append("closed"))
    session.lock(reason)
    qtbot.waitUntil(lambda: order[-1] == "closed")
    return order


@pytest.mark.parametrize("reason", [LockReason.KEY, LockReason.IDLE, LockReason.QUIT])
def test_parting_work_comes_between_the_pages_and_the_log(
    session: Session, qtbot: QtBot, reason: LockReason
) -> None:
    seen: list[tuple[int, str | None]] = []

    def work(workspace: Workspace, progress: Progress, _cancelled: Cancelled) -> None:
        name = workspace.on_log(lambda: workspace.log.settings.get("organisation"))
        seen.append((threading.get_ident(), name))
        progress(1.0)

    assert _lock_with(session, qtbot, work, reason) == [
        "about to lock", "locked", "parting 0%", "parting 100%", "parted", "closed",
    ]  # fmt: skip
    assert len(seen) == 1
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1]


@pytest.mark.parametrize("reason", [LockReason.SCREEN, LockReason.SLEEP, LockReason.USER_SWITCH])
def test_no_parting_work_where_no_time_is_left(
    session: Session, qtbot: QtBot, reason: LockReason
) -> None:
    done: list[Workspace] = []
    order = _lock_with(session, qtbot, lambda ws, _progress, _cancelled: done.append(ws), reason)
    assert order == ["about to lock", "locked", "closed"]
    assert done == []


def test_no_parting_work_once_it_is_taken_back(session: Session, qtbot: QtBot) -> None:
    done: list[Workspace] = []
    session.set_parting_work(lambda ws, _progress, _cancelled: done.append(ws))
    session.set_parting_work(None)
    with qtbot.waitSignal(session.closed), qtbot.assertNotEmitted(session.parted):
        session.lock()
    assert done == []


def _until_stopped(_workspace: Workspace, _progress: Progress, cancelled: Cancelled) -> None:
    while not cancelled():
        pass
    raise Stopped


def test_parting_work_can_be_stopped(session: Session, qtbot: QtBot) -> None:
    session.set_parting_work(_until_stopped)
    with qtbot.waitSignals([session.parted, session.closed]):
        session.lock()
        session.cancel_parting()
    session.cancel_parting()


def test_it_is_known_that_the_log_is_being_put_away(session: Session, qtbot: QtBot) -> None:
    states = [session.is_closing]
    session.locked.connect(lambda: states.append(session.is_closing))
    with qtbot.waitSignal(session.closed):
        session.lock()
    states.append(session.is_closing)
    assert states == [False, True, False]


def test_somebody_else_at_the_computer_ends_the_parting_work(
    session: Session, qtbot: QtBot
) -> None:
    session.set_parting_work(_until_stopped)
    with qtbot.waitSignal(session.closed):
        session.lock(LockReason.IDLE)
        session.lock(LockReason.SCREEN)


def test_whoever_unlocks_does_not_wait_for_the_parting_work(
    session: Session, qtbot: QtBot, tmp_path: Path, clock: FrozenClock
) -> None:
    session.set_parting_work(_until_stopped)
    session.lock()
    opener = partial(open_workspace, tmp_path / "log", clock, {}, session._background.on_log)
    with qtbot.waitSignal(session.unlocked):
        session.open(session, opener)
    session.set_parting_work(None)


def test_the_end_of_the_program_does_not_wait_for_the_parting_work(session: Session) -> None:
    session.set_parting_work(_until_stopped)
    session.lock(LockReason.QUIT)
    session.close()
    assert session._held == []


def test_parting_work_that_meets_an_error_closes_the_log_all_the_same(
    session: Session, qtbot: QtBot
) -> None:
    def work(_workspace: Workspace, _progress: Progress, _cancelled: Cancelled) -> None:
        raise DiskFailed("gone")

    assert _lock_with(session, qtbot, work, LockReason.KEY)[-2:] == ["parted", "closed"]


def test_parting_work_with_a_mistake_closes_the_log_all_the_same(
    session: Session, qtbot: QtBot
) -> None:
    def work(_workspace: Workspace, _progress: Progress, _cancelled: Cancelled) -> None:
        raise RuntimeError("a mistake of the program")

    with qtbot.captureExceptions() as caught:
        assert _lock_with(session, qtbot, work, LockReason.KEY)[-2:] == ["parted", "closed"]
    assert [str(each[1]) for each in caught] == ["a mistake of the program"]


@pytest.mark.parametrize("reason", [LockReason.SCREEN, LockReason.SLEEP, LockReason.USER_SWITCH])
def test_a_long_job_is_cut_where_no_time_is_left(
    session: Session, qtbot: QtBot, reason: LockReason
) -> None:
    begun = threading.Event()
    stopped: list[AppError] = []

    def work(_workspace: Workspace, _progress: Progress, cancelled: Cancelled) -> None:
        begun.set()
        while not cancelled():
            pass
        raise Stopped

    session.run_long(session, work, None, stopped.append)
    begun.wait()
    with qtbot.waitSignal(session.closed):
        session.lock(reason)
    assert [type(error) for error in stopped] == [Stopped]
