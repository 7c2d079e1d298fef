"""A place for backups, and what lies in it."""

from pathlib import Path

import pytest

from desktop.domain.log.custody import Action
from desktop.operations.backups.keep_backup_places import (
    add_backup_place,
)
from desktop.operations.workspace import Workspace
from desktop.store.backup_folder import BackupFolder
from tests.workspaces import LOG_ID


@pytest.fixture
def place(tmp_path: Path, workspace: Workspace) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    add_backup_place(workspace, folder)
    return folder


def backups_at(place: Path) -> BackupFolder:
    return BackupFolder.of(place, LOG_ID)


def actions_of(workspace: Workspace) -> list[Action]:
    return [entry.action for entry, _ in workspace.log.custody.walk()]


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
