"""Backups by themselves: at the lock when something changed, once a day while the log is open."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.log.locking import LockReason
from desktop.operations.backups.keep_backup_places import add_backup_place, show_backups
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.ui.keeping.backup_keeper import FIRST_LOOK_MS, LOOK_EVERY_MS, BackupKeeper
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.workspaces import open_workspace, own_procedures

# A backup waits for the disk again and again, and the disk may be busy with other tests.
PATIENCE_MS = 30_000


@pytest.fixture
def place(perform: Perform, tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    perform(partial(_add, folder))
    return folder


def _add(folder: Path, workspace: Workspace) -> object:
    return add_backup_place(workspace, folder)


@pytest.fixture
def keeper(session: Session) -> BackupKeeper:
    return BackupKeeper(session)


def _snapshots(place: Path) -> list[Path]:
    return [path for path in place.glob("*/snapshots/*") if not path.name.endswith(".part")]


def _rest(keeper: BackupKeeper, qtbot: QtBot) -> Callable[[], None]:
    def wait() -> None:
        keeper.look()
        qtbot.waitUntil(lambda: not keeper.is_at_work, timeout=PATIENCE_MS)

    return wait


def test_it_backs_up_once_a_day(
    keeper: BackupKeeper, place: Path, perform: Perform, clock: FrozenClock, qtbot: QtBot
) -> None:
    look = _rest(keeper, qtbot)
    look()
    assert len(_snapshots(place)) == 1
    look()
    perform(partial(start_incident, title="Something"))
    look()
    assert len(_snapshots(place)) == 1
    clock.advance(days=1)
    look()
    assert len(_snapshots(place)) == 2
    clock.advance(days=1)
    look()
    assert len(_snapshots(place)) == 2


def test_it_looks_soon_after_the_log_is_opened_and_then_every_few_minutes(
    keeper: BackupKeeper, qtbot: QtBot
) -> None:
    assert keeper._timer.interval() == FIRST_LOOK_MS
    assert keeper._timer.isActive()
    _rest(keeper, qtbot)()
    assert keeper._timer.interval() == LOOK_EVERY_MS


@pytest.mark.parametrize(
    ("reason", "made"), [(LockReason.KEY, 1), (LockReason.IDLE, 1), (LockReason.SCREEN, 0)]
)
def test_a_lock_backs_up_what_changed(
    keeper: BackupKeeper,
    session: Session,
    place: Path,
    qtbot: QtBot,
    reason: LockReason,
    made: int,
) -> None:
    with qtbot.waitSignal(session.closed, timeout=PATIENCE_MS):
        session.lock(reason)
    assert len(_snapshots(place)) == made
    assert not keeper._timer.isActive()


def test_a_lock_without_changes_makes_none(
    keeper: BackupKeeper, session: Session, place: Path, clock: FrozenClock, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    with qtbot.waitSignal(session.closed, timeout=PATIENCE_MS):
        session.lock()
    clock.advance(hours=1)
    opener = partial(
        open_workspace, tmp_path / "log", clock, own_procedures(), session._background.on_log
    )
    with qtbot.waitSignal(session.unlocked):
        session.open(session, opener)
    assert keeper._timer.isActive()
    with qtbot.waitSignal(session.closed, timeout=PATIENCE_MS):
        session.lock()
    assert len(_snapshots(place)) == 1


def test_a_failure_is_quiet_and_told_with_the_place(
    keeper: BackupKeeper, place: Path, perform: Perform, qtbot: QtBot
) -> None:
    for folder in place.glob("*/snapshots"):
        for inside in folder.iterdir():
            inside.unlink()
        folder.rmdir()
        folder.write_text("in the way")
    _rest(keeper, qtbot)()
    assert perform(show_backups).places[0].last_made is None


def test_a_lock_cuts_a_backup_that_nobody_asked_for(
    keeper: BackupKeeper, session: Session, place: Path, qtbot: QtBot
) -> None:
    keeper.look()
    with qtbot.waitSignal(session.closed, timeout=PATIENCE_MS):
        session.lock()
    qtbot.waitUntil(lambda: not keeper.is_at_work, timeout=PATIENCE_MS)
    assert len(_snapshots(place)) == 1
    keeper.look()
    assert not keeper.is_at_work
