"""A restricted log that was salvaged or restored is a restricted log still."""

from pathlib import Path

import pytest

from desktop.domain.log.restricted import KIND
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import unlock_with_recovery_key
from desktop.operations.practice_case import fill_case
from desktop.operations.rescuing.restore_log import find_backups, restore_log
from desktop.operations.rescuing.salvage_log import Salvaged, salvage_log
from tests.logs_on_disk import RECOVERY_KEY, closing, folder
from tests.operations.entering.test_start_restricted import a_restricted_log
from tests.operations.rescuing.damaged_logs import environment, pages_of, spoil
from tests.operations.story_writer import ignore, never

__all__ = ["environment", "folder"]


@pytest.fixture
def key(environment: Environment, folder: Path, tmp_path: Path) -> bytes:
    """Make a filled restricted log with a backup at tmp_path / "stick"; returns log.db's key."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with closing(create_log(environment, a_restricted_log(folder))) as workspace:
        fill_case(workspace)
        add_backup_place(workspace, stick)
        back_up(workspace, ignore, never)
        return workspace.keys.derive("log.db")


def salvaged(environment: Environment, folder: Path) -> Salvaged:
    return salvage_log(
        environment, folder, folder.with_name("saved"), recovery_key=RECOVERY_KEY,
        progress=ignore, cancelled=never,
    )  # fmt: skip


def is_restricted(environment: Environment, folder: Path) -> bool:
    with closing(unlock_with_recovery_key(environment, folder, RECOVERY_KEY)) as workspace:
        assert bool(workspace.log.settings.get(KIND)) is workspace.restricted
        return workspace.restricted


def spoil_table(folder: Path, key: bytes, *names: str) -> None:
    pages = pages_of(folder, key)
    spoil(
        folder / "log.db",
        sorted({one for name in names for row in pages[name].values() for one in row}),
        1,
    )


def test_a_restored_one(environment: Environment, key: bytes, tmp_path: Path) -> None:
    assert key
    restore_log(
        environment, find_backups(tmp_path / "stick")[0].path, tmp_path / "restored",
        recovery_key=RECOVERY_KEY, progress=ignore, cancelled=never,
    )  # fmt: skip
    assert is_restricted(environment, tmp_path / "restored")


@pytest.mark.parametrize("lost", [(), ("setting",), ("custody_entry",)])
def test_a_salvaged_one(
    environment: Environment, folder: Path, key: bytes, lost: tuple[str, ...]
) -> None:
    spoil_table(folder, key, *lost)
    saved = salvaged(environment, folder)
    assert is_restricted(environment, saved.folder)
    assert not any("restricted" in line for line in saved.lost)


def test_where_nothing_tells_it_is_said(
    environment: Environment, folder: Path, key: bytes
) -> None:
    spoil_table(folder, key, "setting", "custody_entry")
    saved = salvaged(environment, folder)
    assert not is_restricted(environment, saved.folder)
    assert any(line.startswith("Whether it was a restricted log") for line in saved.lost)
