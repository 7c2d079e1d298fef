"""Backs the log up to every place that is there: what is new is added, read back and compared."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import (
    AppError,
    BackupDamaged,
    Cancelled,
    DiskFailed,
    DiskFull,
    LogDamaged,
    LogLocked,
)
from desktop.domain.identifiers import ContentId
from desktop.domain.log.custody import Action, Head
from desktop.domain.log.rotation import expiry, kept
from desktop.operations.backups.keep_backup_places import (
    due_places,
    is_there,
)
from desktop.operations.workspace import Workspace
from desktop.store.backup_folder import BackupFolder, snapshot_time
from desktop.store.backup_table import (
    FAILED,
    MADE,
    NOT_THERE,
    STOPPED,
    BackupPlaceRow,
    BackupRunRow,
)
from desktop.store.backup_writer import Load, Written, write_backup
from desktop.store.evidence_table import ContentRow
from desktop.store.folder import raise_known
from desktop.store.log_copy import begin_copy, finish_copy, read_whole_keys

Progress = Callable[[float], None]
Cancel = Callable[[], bool]
# A place out of use is not rotated: what lies there stays until somebody deletes it.
NEVER = date.max


@dataclass(frozen=True, slots=True)
class PlaceResult:
    """What came of the backup at one place: 'made', 'not there', 'failed' or 'stopped'."""

    path: str
    outcome: str
    sentence: str


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What came of a backup, place for place."""

    results: tuple[PlaceResult, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class HeldBackup:
    """Backups made before a moment: how many, and the day from which the last of them is gone.

    That day is `NEVER` for a place out of use. At others they go with the first backup made there
    on or after that day.
    """

    path: str
    count: int
    expires: date


def back_up(
    workspace: Workspace, progress: Progress, cancelled: Cancel, *, only_due: bool = False
) -> BackedUp:
    """Back up to every place that is there, or that is due; runs on the bytes thread.

    A place where it fails keeps its earlier backups whole, and the others get theirs.
    """
    rows = workspace.on_log(workspace.log.backups.places_in_use)
    if only_due:
        due = due_places(workspace)
        rows = [row for row in rows if row.id in due]
    there = [row for row in rows if is_there(workspace, row)]
    outcomes = {row.id: _Outcome(NOT_THERE) for row in rows if row not in there}
    if there:
        outcomes |= _back_up_there(workspace, there, progress, cancelled)
    results = tuple(_result(row, outcomes[row.id]) for row in rows)
    workspace.on_log(partial(_record_not_there, workspace, rows, outcomes))
    return BackedUp(results, changed(Topic.BACKUP, Topic.CUSTODY))


def backups_holding(workspace: Workspace, before: Moment) -> tuple[HeldBackup, ...]:
    """Return where backups made up to this moment still lie; best on the bytes thread.

    What a place that is not there holds is known from what was made and rotated there.
    """
    found = []
    for row in workspace.on_log(workspace.log.backups.places):
        times = _times_at(workspace, row)
        older = [one for one in times if one <= before.utc]
        if older:
            expires = max(expiry(one, times) for one in older)
            last_day = NEVER if row.removed_at else expires
            found.append(HeldBackup(row.path, len(older), last_day))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Outcome:
    outcome: str
    detail: str = ""


def _back_up_there(
    workspace: Workspace, rows: list[BackupPlaceRow], progress: Progress, cancelled: Cancel
) -> dict[str, _Outcome]:
    try:
        load = _take_load(workspace)
    except LogLocked:
        raise
    except AppError as error:
        outcome = _Outcome(FAILED, say_error(error))
        for row in rows:
            _record(workspace, row, outcome, None, None)
        return {row.id: outcome for row in rows}
    outcomes = {}
    try:
        for number, row in enumerate(rows):
            share = partial(_share, progress, number, len(rows))
            outcomes[row.id] = _back_up_to(workspace, row, load, share, cancelled)
    finally:
        load.copy.close()
    return outcomes


def _share(progress: Progress, number: int, places: int, share: float) -> None:
    progress((number + share) / places)


def _take_load(workspace: Workspace) -> Load:
    """Copy log.db on its own thread, and gather there what belongs to it; hash it on this one."""
    file = begin_copy(workspace.keys.folder)

    def gather() -> tuple[bytes, tuple[ContentRow, ...], Head | None, dict[str, int], Moment]:
        log = workspace.log
        log.copy_to(file)
        keys = read_whole_keys(workspace.keys)
        counts = log.backups.count_records()
        contents = tuple(log.evidence.unsealed_contents())
        return keys, contents, log.custody.head(), counts, workspace.now()

    try:
        keys, contents, head, counts, at = workspace.on_log(gather)
        return Load(
            copy=finish_copy(file, keys),
            contents=contents,
            head=head or Head(0, ""),
            counts=counts,
            at=at,
            keys=workspace.keys,
            place_of=workspace.contents.place_of,
            read=workspace.contents.read,
        )
    except OSError as error:
        file.close()
        raise_known(error, workspace.keys.folder.path)
    except BaseException:
        file.close()
        raise


def _back_up_to(
    workspace: Workspace, row: BackupPlaceRow, load: Load, progress: Progress, cancelled: Cancel
) -> _Outcome:
    folder = BackupFolder.of(Path(row.path), workspace.keys.log_id)
    written: Written | None = None
    try:
        written = write_backup(folder, load, progress, cancelled)
        outcome = _Outcome(MADE, _rotate(folder, load.at) or _say_left_out(written.left_out))
    except LogLocked:
        raise
    except Cancelled:
        outcome = _Outcome(STOPPED)
    except (AppError, OSError) as error:
        outcome = _Outcome(FAILED, _say_failure(folder, error))
    if written is None:
        with suppress(OSError):
            folder.clear_parts()
    _record(workspace, row, outcome, load, written)
    return outcome


def _rotate(folder: BackupFolder, now: Moment) -> str:
    """Remove what need not be kept, and the content that only it needed."""
    try:
        snapshots = folder.snapshots()
        keep = kept((one.made for one in snapshots), now.utc.date())
        newest: set[datetime] = set()
        for snapshot in snapshots:
            # Of two made in the same minute the newer one counts.
            if snapshot.made not in keep or snapshot.made in newest:
                folder.remove_snapshot(snapshot)
            newest.add(snapshot.made)
        folder.remove_unneeded()
    except OSError:
        return "Older backups could not be cleared away; that is tried again next time."
    return ""


def _record(
    workspace: Workspace,
    row: BackupPlaceRow,
    outcome: _Outcome,
    load: Load | None,
    written: Written | None,
) -> None:
    """Put on record what came of it; a backup's head leaves the log with it."""
    name = written.snapshot.name if written else ""
    head = load.head if load and written else None

    def record() -> None:
        log, at = workspace.log, load.at if load else workspace.now()
        with log.transaction():
            run_id = workspace.new_id()
            log.backups.insert_run(
                BackupRunRow(
                    id=run_id,
                    place_id=row.id,
                    at=at,
                    outcome=outcome.outcome,
                    snapshot=name,
                    detail=outcome.detail,
                    head=head,
                )
            )
            if written:
                log.given_heads.insert(head, at, f"Backup {name} at {row.path}")
            if outcome.outcome in _ACTIONS:
                workspace.note(
                    _ACTIONS[outcome.outcome],
                    row.id,
                    workspace.now(),
                    path=row.path,
                    snapshot=name,
                    head=head.number if head else 0,
                    own=head.own if head else "",
                    left_out=list(written.left_out) if written else [],
                    detail=outcome.detail,
                )

    workspace.on_log(record)


def _record_not_there(
    workspace: Workspace, rows: list[BackupPlaceRow], outcomes: dict[str, _Outcome]
) -> None:
    """Remember once a day that a place was not there."""
    at, table = workspace.now(), workspace.log.backups
    with workspace.log.transaction():
        for row in rows:
            if outcomes[row.id].outcome != NOT_THERE:
                continue
            last = table.last_run(row.id)
            same_day = last and last.at.local.date() == at.local.date()
            if not (last and last.outcome == NOT_THERE and same_day):
                run = BackupRunRow(
                    id=workspace.new_id(), place_id=row.id, at=at, outcome=NOT_THERE
                )
                table.insert_run(run)


def _result(row: BackupPlaceRow, outcome: _Outcome) -> PlaceResult:
    sentence = _SENTENCES[outcome.outcome].format(path=row.path, detail=outcome.detail)
    return PlaceResult(row.path, outcome.outcome, sentence.strip().replace("  ", " "))


def _say_left_out(left_out: Iterable[ContentId]) -> str:
    count = len(tuple(left_out))
    if not count:
        return ""
    what = "the content of 1 exhibit" if count == 1 else f"the contents of {count:,} exhibits"
    return f"Left out: {what} in the log cannot be read as it was entered. Check the log."


def _say_failure(folder: BackupFolder, error: AppError | OSError) -> str:
    if not folder.is_there():
        return "It was taken away before the backup was finished."
    if isinstance(error, OSError):
        try:
            raise_known(error, folder.path)
        except AppError as known:
            return say_error(known)
    return say_error(error)


def say_error(error: AppError) -> str:
    """Say in a sentence why a backup came to nothing."""
    match error:
        case DiskFull():
            return "There is no room left on the disk."
        case BackupDamaged(file_name):
            return (
                f"What was written could not be read back ({file_name}); the disk may be failing."
            )
        case LogDamaged(file_name):
            return f"{file_name} of the log cannot be read."
        case DiskFailed(detail):
            return f"The disk refused to read or write ({detail})."
        case _:
            return "Nothing can be written there."


def _times_at(workspace: Workspace, row: BackupPlaceRow) -> frozenset[datetime]:
    folder = BackupFolder.of(Path(row.path), workspace.keys.log_id)
    if folder.is_there():
        with suppress(OSError):
            return frozenset(one.made for one in folder.snapshots())
    runs = workspace.on_log(lambda: workspace.log.backups.runs(row.id, MADE))
    if not runs:
        return frozenset()
    made = [snapshot_time(run.snapshot) for run in runs]
    return kept((one for one in made if one), runs[-1].at.utc.date())


_ACTIONS = {MADE: Action.BACKUP_MADE, FAILED: Action.BACKUP_FAILED}
_SENTENCES = {
    MADE: "{path}: backed up and checked. {detail}",
    NOT_THERE: "{path} is not there. It gets its backup when it is.",
    FAILED: "{path}: the backup failed. {detail} Earlier backups there are as they were.",
    STOPPED: "{path}: stopped. Earlier backups there are as they were.",
}
