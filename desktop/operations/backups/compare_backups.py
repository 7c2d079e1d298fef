"""Compares the newest backups with the log: one that is ahead shows that the log was replaced."""

from functools import partial
from pathlib import Path

from desktop.domain.errors import AppError
from desktop.domain.log.custody import Head
from desktop.domain.log.log_checks import Finding, backup_is_ahead
from desktop.operations.workspace import Workspace
from desktop.store.backup_folder import BackupFolder


def compare_backups(workspace: Workspace) -> list[Finding]:
    """Look at each place that is there; on the bytes thread, for a share may be slow."""
    places = workspace.on_log(workspace.log.backups.places_in_use)
    found = []
    for place in places:
        head = _newest_head(workspace, Path(place.path))
        if head is not None and not workspace.on_log(partial(_holds, workspace, head)):
            found.append(backup_is_ahead(place.path, head.number))
    return found


def _newest_head(workspace: Workspace, place: Path) -> Head | None:
    """Return where the newest backup ends; None where there is none that these keys made."""
    keys = workspace.keys
    try:
        for snapshot in BackupFolder.of(place, keys.log_id).snapshots():
            note = snapshot.read_note()
            return note.head if note.is_authentic(keys.derive) else None
    except (AppError, OSError):
        # What is wrong with a backup is said where backups are tried.
        return None
    return None


def _holds(workspace: Workspace, head: Head) -> bool:
    custody = workspace.log.custody
    lost = any(first <= head.number <= last for first, last in custody.gaps())
    return lost or custody.own_of(head.number) == head.own
