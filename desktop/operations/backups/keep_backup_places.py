"""Keeps the list of places to which backups go, and says how each of them stands."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import BackupPlaceUnsuitable, FolderNotWritable, NotFound
from desktop.domain.log.custody import Action, Head
from desktop.operations.workspace import Workspace
from desktop.store.backup_folder import BackupFolder
from desktop.store.backup_table import MADE, BackupPlaceRow, BackupRunRow
from desktop.store.folder import raise_known
from desktop.system.folders import is_synced

MOST_PLACES = 3
# What is written because the log is opened, locked, checked or backed up makes no backup needed.
_HOUSEKEEPING = frozenset(
    {
        Action.LOG_OPENED,
        Action.LOG_LOCKED,
        Action.LOG_CHECKED,
        Action.BACKUP_MADE,
        Action.BACKUP_FAILED,
        Action.BACKUP_PROVED,
    }
)
# After these no backup opens with the keys or the paper of today: a new one is due at once.
_NEW_KEYS = frozenset({Action.LOG_REKEYED, Action.RECOVERY_KEY_CHANGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """One place: whether it can be reached now, and what came of it last."""

    id: str
    path: str
    there: bool
    last_made: Moment | None
    last_outcome: str
    last_detail: str
    proved_at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsView:
    """All places in use, and the last backup at any of them."""

    places: tuple[PlaceView, ...]
    last_made: Moment | None
    last_proved: Moment | None


def add_backup_place(workspace: Workspace, folder: Path) -> Changes:
    """Let backups go to this folder too, and make a folder of their own in it.

    Raises BackupPlaceUnsuitable, or FolderNotWritable, and then nothing was changed.
    """
    place = folder.absolute()
    _check_place(workspace, place)
    own = BackupFolder.of(place, workspace.keys.log_id)
    if not place.is_dir():
        raise FolderNotWritable(place)
    try:
        own.prepare()
    except OSError as error:
        raise_known(error, place)
    row = BackupPlaceRow(workspace.new_id(), str(place), workspace.now())

    def add() -> None:
        with workspace.log.transaction():
            workspace.log.backups.insert_place(row)
            workspace.note(
                Action.BACKUP_PLACE_CHANGED, row.id, row.added_at, path=row.path, in_use=True
            )

    workspace.on_log(add)
    return changed(Topic.BACKUP, Topic.CUSTODY)


def remove_backup_place(workspace: Workspace, place_id: str) -> Changes:
    """Take a place out of use; the backups that lie there stay, and are no longer rotated.

    Raises NotFound.
    """

    def remove() -> None:
        at, table = workspace.now(), workspace.log.backups
        row = next((one for one in table.places_in_use() if one.id == place_id), None)
        if row is None:
            raise NotFound("place for backups")
        with workspace.log.transaction():
            table.remove_place(place_id, at)
            workspace.note(Action.BACKUP_PLACE_CHANGED, place_id, at, path=row.path, in_use=False)

    workspace.on_log(remove)
    return changed(Topic.BACKUP, Topic.CUSTODY)


def show_backups(workspace: Workspace) -> BackupsView:
    """Return the places as they stand; best on the bytes thread: a share can be slow to answer."""
    rows = workspace.on_log(workspace.log.backups.places_in_use)
    places = tuple(_view(workspace, row, there=is_there(workspace, row)) for row in rows)
    table = workspace.log.backups
    last = workspace.on_log(lambda: table.last_run(outcome=MADE))
    return BackupsView(
        places=places,
        last_made=last.at if last else None,
        last_proved=workspace.on_log(table.last_proved),
    )


def is_there(workspace: Workspace, row: BackupPlaceRow) -> bool:
    """Say whether a place can be reached now.

    Its own folder in it must be there: where a share or stick is not mounted an empty folder of
    the same name often remains, on this computer's disk.
    """
    return BackupFolder.of(Path(row.path), workspace.keys.log_id).is_there()


def backup_due(workspace: Workspace) -> bool:
    """Say whether a backup should be made by itself: see `due_places`; for any thread."""
    return bool(due_places(workspace))


def due_places(workspace: Workspace) -> tuple[str, ...]:
    """Return the ids of the places that are there and lack something, and had no backup today."""
    waiting = workspace.on_log(partial(_waiting_places, workspace))
    return tuple(row.id for row in waiting if is_there(workspace, row))


def changed_since_backup(workspace: Workspace) -> bool:
    """Say whether anything was entered since the last backup at any place; on the log thread."""
    last = workspace.log.backups.last_run(outcome=MADE)
    return last is None or _changed_since(workspace, last.head, last.at)


def _check_place(workspace: Workspace, place: Path) -> None:
    rows = workspace.on_log(workspace.log.backups.places_in_use)
    if len(rows) >= MOST_PLACES:
        raise BackupPlaceUnsuitable(place, "too many")
    resolved = place.resolve()
    if resolved.is_relative_to(workspace.keys.folder.path.resolve()):
        raise BackupPlaceUnsuitable(place, "inside the log")
    if any(Path(row.path).resolve() == resolved for row in rows):
        raise BackupPlaceUnsuitable(place, "same folder")
    if is_synced(place):
        raise BackupPlaceUnsuitable(place, "synced")


def _view(workspace: Workspace, row: BackupPlaceRow, *, there: bool) -> PlaceView:
    def view() -> PlaceView:
        table = workspace.log.backups
        last, made = table.last_run(row.id), table.last_run(row.id, MADE)
        return PlaceView(
            id=row.id,
            path=row.path,
            there=there,
            last_made=made.at if made else None,
            last_outcome=last.outcome if last else "",
            last_detail=last.detail if last else "",
            proved_at=table.last_proved(row.id),
        )

    return workspace.on_log(view)


def _waiting_places(workspace: Workspace) -> list[BackupPlaceRow]:
    today, waiting = workspace.now().local.date(), []
    for row in workspace.log.backups.places_in_use():
        made = workspace.log.backups.last_run(row.id, MADE)
        if made is None or _is_waiting(workspace, made, today):
            waiting.append(row)
    return waiting


def _is_waiting(workspace: Workspace, made: BackupRunRow, today: date) -> bool:
    if made.at.local.date() != today:
        return _changed_since(workspace, made.head, made.at)
    return bool(_NEW_KEYS & _actions_since(workspace, made.head))


def _changed_since(workspace: Workspace, head: Head | None, at: Moment) -> bool:
    if workspace.log.drafts.latest_time() > at.to_text():
        return True
    return bool(_actions_since(workspace, head) - _HOUSEKEEPING)


def _actions_since(workspace: Workspace, head: Head | None) -> frozenset[Action]:
    entries = workspace.log.custody.walk(head.number if head else 0)
    return frozenset(entry.action for entry, _ in entries)
