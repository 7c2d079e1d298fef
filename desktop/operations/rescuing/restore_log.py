"""Gives a log back from a backup; a log that lies where it goes is kept beside it.

It is built in a hidden folder and gets its name in one step at the end. An incident that was
logged after the backup had a number that this log knows nothing of: a gap is left in the numbers,
so that no number is given twice.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.calendar.times import Moment, say
from desktop.domain.errors import (
    AppError,
    BackupDamaged,
    BackupMissing,
    FolderUnsuitable,
    LogExists,
    LogInUse,
)
from desktop.domain.identifiers import ContentId
from desktop.domain.log.custody import Action
from desktop.operations.entering.choose_folder import clear_half_made
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import (
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
)
from desktop.operations.workspace import Workspace, directly
from desktop.store.backup_folder import BackupFolder, Snapshot, find_folders, snapshot_time
from desktop.store.backup_note import FILE_NAME as NOTE_NAME
from desktop.store.backup_note import BackupNote, read_note
from desktop.store.folder import (
    LogFolder,
    begin_folder,
    finish_arriving,
    finish_folder,
    give_up_folder,
    mark_arriving,
    raise_known,
    sync_folder,
)
from desktop.store.log_copy import hash_file
from desktop.store.restored_contents import rebuild_contents
from desktop.system.file_lock import FileLock
from desktop.system.folders import is_on_network, is_synced

# How many numbers are passed over: more than are logged between two backups.
NUMBERS_PASSED_OVER = 100
_MOST_NAMED = 20

Progress = Callable[[float], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class BackupFound:
    """A backup that can be restored: when it was made, as it is said, and of which log."""

    path: Path
    made_at: str
    log_id: str


@dataclass(frozen=True, slots=True)
class Restored:
    """A log that was given back; `kept` is where the one lies that was in its place."""

    folder: Path
    kept: Path | None
    sentence: str


def find_backups(folder: Path) -> tuple[BackupFound, ...]:
    """Return the whole backups at a place, or in a folder of backups, the newest first.

    Raises BackupDamaged if there are some, and none of them can be read.
    """
    found, damaged = [], None
    for backups in find_folders(folder.absolute()):
        for snapshot in _snapshots(backups):
            try:
                note = snapshot.read_note()
                made = say(Moment.from_text(note.made_at))
            except (BackupDamaged, ValueError):
                damaged = f"{snapshot.name}/{NOTE_NAME}"
                continue
            found.append((snapshot.made, BackupFound(snapshot.path, made, note.log_id)))
    if damaged and not found:
        raise BackupDamaged(damaged)
    return tuple(one for _, one in sorted(found, key=lambda each: each[0], reverse=True))


def restore_log(
    environment: Environment,
    backup: Path,
    target: Path,
    *,
    passphrase: str = "",
    recovery_key: str = "",
    progress: Progress,
    cancelled: Cancel,
) -> Restored:
    """Build the log anew from a backup, hash every content, and put it in its place.

    Content that is missing or damaged in the backup is named; everything else is given back.
    Raises BackupMissing, BackupDamaged, WrongPassphrase, WrongRecoveryKey, FolderUnsuitable,
    LogExists (something that is no log is there), LogInUse or Cancelled, and then nothing changed.
    """
    snapshot, note = _open_backup(backup.absolute())
    target = target.absolute()
    finish_arriving(target)
    _check_target(target)
    clear_half_made(target)
    building = begin_folder(target)
    try:
        _copy_in(snapshot, note, building)
        # Everything happens on this thread, whichever owns the log later.
        workspace = _unlock(
            replace(environment, on_log=directly), building.path, passphrase, recovery_key
        )
        try:
            missing = _rebuild(workspace, snapshot.backups, progress, cancelled)
            first_number = _record(workspace, snapshot, missing)
        finally:
            lock_log(workspace)
        building.lock_file.unlink(missing_ok=True)
        kept = _put_in_place(building, target, environment.clock.now())
    except BaseException:
        give_up_folder(building)
        raise
    progress(1)
    return Restored(target, kept, _say(note, missing, kept, first_number))


def _snapshots(backups: BackupFolder) -> list[Snapshot]:
    try:
        return backups.snapshots()
    except OSError:
        return []


def _open_backup(path: Path) -> tuple[Snapshot, BackupNote]:
    made = snapshot_time(path.name)
    if made is None or not path.is_dir():
        raise BackupMissing(path)
    return Snapshot(path, made), read_note(path)


def _check_target(target: Path) -> None:
    if is_on_network(target):
        raise FolderUnsuitable(target, "network")
    if is_synced(target):
        raise FolderUnsuitable(target, "synced")
    place = LogFolder(target)
    if not place.is_free() and not place.exists():
        raise LogExists(target)


def _copy_in(snapshot: Snapshot, note: BackupNote, building: LogFolder) -> None:
    """Copy log.db and keys.json; log.db must be what was written."""
    source = snapshot.folder
    for there, here in (
        (source.log_file, building.log_file),
        (source.keys_file, building.keys_file),
    ):
        if not there.is_file():
            raise BackupDamaged(there.name)
        try:
            shutil.copyfile(there, here)
        except OSError as error:
            raise_known(error, building.path)
    if hash_file(building.log_file) != note.log_sha256:
        raise BackupDamaged(building.log_file.name)


def _unlock(
    environment: Environment, folder: Path, passphrase: str, recovery_key: str
) -> Workspace:
    if passphrase:
        return unlock_with_passphrase(environment, folder, passphrase)
    return unlock_with_recovery_key(environment, folder, recovery_key)


def _rebuild(
    workspace: Workspace, backups: BackupFolder, progress: Progress, cancelled: Cancel
) -> tuple[str, ...]:
    """Rebuild the evidence files; returns in words what the backup does not hold."""
    rows = workspace.log.evidence.unsealed_contents()
    total, done = sum(row.fingerprint.size for row in rows) or 1, 0

    def heard(size: int) -> None:
        nonlocal done
        done += size
        progress(done / total)

    missing = rebuild_contents(
        workspace.keys.folder, workspace.keys.evidence_keys, rows, backups, heard, cancelled
    )
    return _name(workspace, frozenset(missing))


def _name(workspace: Workspace, missing: frozenset[ContentId]) -> tuple[str, ...]:
    numbers = {row.id: row.number for row in workspace.log.incidents.all()}
    return tuple(
        f"{item.mark} of {numbers[item.incident_id]}"
        for item in workspace.log.evidence.items()
        if item.content_id in missing
    )


def _record(workspace: Workspace, snapshot: Snapshot, missing: tuple[str, ...]) -> str:
    """Put the restore on record, and leave a gap in the numbers; returns the next of them."""
    log, now = workspace.log, workspace.now()
    year, head = now.local.year, log.custody.head()
    with log.transaction():
        last = log.incidents.last_ordinal(year)
        first = log.incidents.pass_over(year, last + NUMBERS_PASSED_OVER)
        workspace.note(
            Action.LOG_RESTORED,
            "log",
            now,
            backup=snapshot.name,
            head=head.number if head else 0,
            missing=list(missing),
            numbers_from=first,
        )
    return first


def _put_in_place(building: LogFolder, target: Path, now: Moment) -> Path | None:
    """Let an old log make way; from `mark_arriving` on the next start finishes what is cut off."""
    if LogFolder(target).exists():
        mark_arriving(building)
    kept = _keep_beside(target, now)
    try:
        finish_folder(building, target)
    except BaseException:
        if kept and not target.exists():
            kept.rename(target)
        raise
    with suppress(AppError):
        # The next start takes the note away otherwise.
        finish_arriving(target)
    return kept


def _keep_beside(target: Path, now: Moment) -> Path | None:
    """Rename a log that is in the way; LogInUse while it is open."""
    place = LogFolder(target)
    if not place.exists():
        return None
    lock = FileLock(place.lock_file)
    try:
        if not lock.take(""):
            raise LogInUse
        lock.release()
        kept = _free_name(target, f"{now.local:%Y-%m-%d %H%M}")
        target.rename(kept)
        sync_folder(target.parent)
    except OSError as error:
        raise_known(error, target)
    return kept


def _free_name(target: Path, stamp: str) -> Path:
    kept, count = target.with_name(f"{target.name} kept {stamp}"), 1
    while kept.exists():
        count += 1
        kept = target.with_name(f"{target.name} kept {stamp} ({count})")
    return kept


def _say(note: BackupNote, missing: tuple[str, ...], kept: Path | None, first: str) -> str:
    sentences = [f"The log is back as it was on {say(Moment.from_text(note.made_at))}."]
    if missing:
        named = ", ".join(missing[:_MOST_NAMED])
        more = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
        sentences.append(f"The backup does not hold the content of {named}{more}.")
    sentences.append(f"New incidents are numbered from {first}, so that no number is given twice.")
    if kept:
        sentences.append(f"The log that was there is kept as {kept.name}.")
    return " ".join(sentences)
