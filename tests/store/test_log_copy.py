"""The copy of log.db for a backup holds one moment, and leaves nothing behind."""

import errno
import os
from pathlib import Path

import pytest

from desktop.domain.errors import DiskFull, FolderNotWritable, LogDamaged
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.store.folder import LogFolder
from desktop.store.log_copy import begin_copy, finish_copy, fits_keys, read_whole_keys
from tests.workspaces import LOG_ID


def copy(workspace: Workspace) -> bytes:
    file = begin_copy(workspace.keys.folder)
    workspace.log.copy_to(file)
    taken = finish_copy(file, b"")
    taken.file.seek(0)
    content = taken.file.read()
    taken.close()
    assert len(content) == taken.size
    return content


def test_the_copy_is_the_file_and_nothing_stays(workspace: Workspace) -> None:
    start_incident(workspace, title="One")
    before = {path.name for path in workspace.keys.folder.path.iterdir()}
    content = copy(workspace)
    assert content == workspace.keys.folder.log_file.read_bytes()
    assert {path.name for path in workspace.keys.folder.path.iterdir()} == before


@pytest.mark.parametrize("answer", [OSError(errno.EXDEV, "cannot"), 0, None])
def test_where_the_system_does_not_copy_by_itself(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, answer: OSError | int | None
) -> None:
    def cannot(*_arguments: object) -> int:
        if isinstance(answer, OSError):
            raise answer
        return answer or 0

    if answer is None:
        monkeypatch.delattr(os, "copy_file_range")
    else:
        monkeypatch.setattr(os, "copy_file_range", cannot)
    assert copy(workspace) == workspace.keys.folder.log_file.read_bytes()


def test_a_full_disk_is_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "copy_file_range")
    with Path("/dev/full").open("r+b", buffering=0) as full, pytest.raises(DiskFull):
        workspace.log.copy_to(full)


def test_nowhere_to_copy_to(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        begin_copy(LogFolder(tmp_path / "away"))


def test_the_copy_of_the_keys_that_holds_what_was_opened_is_taken(workspace: Workspace) -> None:
    folder, keys = workspace.keys.folder, workspace.keys
    whole = folder.keys_file.read_bytes()
    log_id = LOG_ID.encode()
    for damaged in (b"{", whole.replace(log_id, log_id[::-1])):
        folder.keys_file.write_bytes(damaged)
        assert read_whole_keys(keys) == whole
    assert fits_keys(LogFolder(folder.path), keys) is False
    folder.keys_file.write_bytes(whole)
    assert fits_keys(folder, keys)
    for path in (folder.keys_file, folder.keys_copy_file):
        path.write_bytes(b"{")
    with pytest.raises(LogDamaged):
        read_whole_keys(keys)
    assert not fits_keys(folder, keys)
