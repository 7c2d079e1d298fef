"""A backup that is ahead of the log shows that the log was replaced by an older one."""

import shutil
from pathlib import Path

import pytest

from desktop.domain.errors import LogDamaged
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.compare_backups import compare_backups
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.checking import check_log as checking
from desktop.operations.checking.check_log import check_log
from desktop.operations.practice_case import fill_case
from desktop.operations.workspace import Workspace
from desktop.store.backup_folder import BackupFolder
from tests.evidence_pieces import ignore, never


@pytest.fixture
def place(workspace: Workspace, tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    fill_case(workspace)
    add_backup_place(workspace, folder)
    back_up(workspace, ignore, never)
    return folder


def cut_off(workspace: Workspace, count: int) -> int:
    """Take the last entries away, as an older log.db that is put back would lack them."""
    execute, head = workspace.log._connection.execute, workspace.log.custody.head()
    assert head is not None
    execute("DROP TRIGGER custody_entry_remains")
    for table in ("custody_detail", "custody_entry"):
        execute(f"DELETE FROM {table} WHERE number > ?", (head.number - count,))
    return head.number


def test_a_backup_of_this_log_is_no_alarm(workspace: Workspace, place: Path) -> None:
    assert place.is_dir()
    assert compare_backups(workspace) == []
    assert check_log(workspace, ignore, never).holds


def test_a_backup_that_is_ahead_is_an_alarm(workspace: Workspace, place: Path) -> None:
    number = cut_off(workspace, 10)
    (finding,) = compare_backups(workspace)
    assert str(place) in finding.happened
    assert finding.happened in check_log(workspace, ignore, never).sentence
    head = workspace.log.custody.head()
    assert head is not None
    workspace.log.custody.add_gap(head.number - 5, number, workspace.now())
    assert compare_backups(workspace) == []


def test_a_place_that_is_away_is_left_out(workspace: Workspace, place: Path) -> None:
    cut_off(workspace, 10)
    shutil.move(place, place.with_name("elsewhere"))
    assert compare_backups(workspace) == []


def test_a_note_that_cannot_be_believed_is_left_to_the_trial(
    workspace: Workspace, place: Path
) -> None:
    cut_off(workspace, 10)
    backups = BackupFolder.of(place, workspace.keys.log_id)
    (note,) = backups.snapshots_folder.glob("*/backup.json")
    whole = note.read_text("utf-8")
    note.write_text(whole.replace('"number": ', '"number": 1'), "utf-8")
    assert compare_backups(workspace) == []
    note.write_text("{", "utf-8")
    assert compare_backups(workspace) == []


def test_a_damaged_log_is_said_elsewhere(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_workspace: Workspace) -> None:
        raise LogDamaged("log.db")

    monkeypatch.setattr(checking, "compare_backups", fail)
    assert check_log(workspace, ignore, never).holds
