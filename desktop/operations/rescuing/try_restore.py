"""Tries a restore: opens the newest backup beside the log, read-only, and compares the two."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktop.domain.calendar.times import Moment, say
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import AppError, BackupDamaged, Cancelled, LogLocked
from desktop.domain.log.custody import Action, Head, first_break
from desktop.operations.backups.keep_backup_places import is_there
from desktop.operations.keys.change_keys import RECOVERY_KEY_MADE_AT, REKEYED_AT
from desktop.operations.workspace import Workspace
from desktop.store.backup_folder import BackupFolder, Snapshot
from desktop.store.backup_note import BackupNote
from desktop.store.backup_piece import check_piece, piece_size
from desktop.store.backup_table import MADE, BackupPlaceRow
from desktop.store.connection import open_connection
from desktop.store.evidence_table import ContentRow
from desktop.store.held_keys import HeldKeys
from desktop.store.keys import LOG_PURPOSE
from desktop.store.log import Log
from desktop.store.log_copy import fits_keys, hash_file

SAMPLE = 20
# What the log's own side takes of the progress: opening, counting, the chain.
_OPENING = 0.3

Progress = Callable[[float], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class RestoreTried:
    """Whether the newest backup would give the log back, and what was found, in words."""

    holds: bool
    sentence: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Newest:
    row: BackupPlaceRow
    folder: BackupFolder
    snapshot: Snapshot


def try_restore(workspace: Workspace, progress: Progress, cancelled: Cancel) -> RestoreTried:
    """Open the newest backup within reach and compare it with the log; on the bytes thread."""
    newest = _find_newest(workspace)
    if newest is None:
        return RestoreTried(False, "There is no backup within reach.", changed(Topic.BACKUP))
    try:
        older = _say_older(workspace, newest)
        if older:
            progress(1)
            _record(workspace, newest, older, holds=False)
            return RestoreTried(False, older, changed(Topic.BACKUP, Topic.CUSTODY))
        problems = list(_problems(workspace, newest, progress, cancelled))
        contents = 0 if problems else len(newest.snapshot.read_note().contents)
    except (Cancelled, LogLocked):
        raise
    except (AppError, OSError) as error:
        problems, contents = [_say_error(error)], 0
    progress(1)
    sentence = _say(newest, problems, contents)
    _record(workspace, newest, sentence, holds=not problems)
    return RestoreTried(not problems, sentence, changed(Topic.BACKUP, Topic.CUSTODY))


def _find_newest(workspace: Workspace) -> _Newest | None:
    """Return the newest backup; of equal ones that at the place that was proved longest ago."""
    found = []
    for row in workspace.on_log(workspace.log.backups.places_in_use):
        if not is_there(workspace, row):
            continue
        folder = BackupFolder.of(Path(row.path), workspace.keys.log_id)
        with suppress(OSError):
            proved = workspace.on_log(partial(workspace.log.backups.last_proved, row.id))
            for snapshot in folder.snapshots()[:1]:
                age = -proved.utc.timestamp() if proved else 0.0
                found.append((snapshot.made, age, _Newest(row, folder, snapshot)))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _say_older(workspace: Workspace, newest: _Newest) -> str:
    """Say what opens a backup that was made under earlier keys; '' for one under these."""
    head = newest.snapshot.read_note().head
    renewed = workspace.on_log(partial(_renewed_after, workspace, head))
    if not renewed:
        return ""
    return (
        f"{_what(newest)} was made before {renewed}. It "
        "opens with the earlier recovery key, or with a passphrase of that day, so it cannot be "
        "tried from here. Back up now, and try again. Keep the earlier paper as long as there are "
        "backups from before."
    )


def _renewed_after(workspace: Workspace, head: Head) -> str:
    since = {entry.action for entry, _ in workspace.log.custody.walk(head.number)}
    for action, setting, words in (
        (Action.LOG_REKEYED, REKEYED_AT, "the log got new keys"),
        (Action.RECOVERY_KEY_CHANGED, RECOVERY_KEY_MADE_AT, "the recovery key was renewed"),
    ):
        if action in since:
            at = workspace.log.settings.get(setting)
            return f"{words} on {say(Moment.from_text(at))}" if at else words
    return ""


def _problems(
    workspace: Workspace, newest: _Newest, progress: Progress, cancelled: Cancel
) -> Iterator[str]:
    keys, snapshot = workspace.keys, newest.snapshot
    note = snapshot.read_note()
    if not note.is_authentic(keys.derive):
        yield "It does not fit the keys of this log: somebody changed it."
        return
    if not fits_keys(snapshot.folder, keys):
        yield "Its key file is not that of this log."
    if hash_file(snapshot.folder.log_file) != note.log_sha256:
        yield "Its log.db is not what was written."
        return
    progress(_OPENING / 2)
    with open_connection(
        snapshot.folder.log_file, keys.derive(LOG_PURPOSE), still=True
    ) as connection:
        log = Log(connection)
        yield from _compare_log(workspace, log, note)
        rows = {row.id: row for row in log.evidence.unsealed_contents()}
    progress(_OPENING)
    noted = {one.id for one in note.contents} | set(note.left_out)
    if noted != rows.keys():
        yield "It does not list the contents that its log.db names."
    wanted = [rows[one.id] for one in note.contents if one.id in rows]
    yield from _compare_contents(newest.folder, wanted, keys, progress, cancelled)
    if note.left_out:
        count = f"{len(note.left_out):,}"
        yield f"Contents that the log itself could not give: {count}. Check the log."


def _compare_log(workspace: Workspace, log: Log, note: BackupNote) -> Iterator[str]:
    if log.backups.count_records() != note.open_counts(workspace.keys.derive):
        yield "It does not hold as many records as the log held when it was made."
    head = log.custody.head() or Head(0, "")
    if head != note.head or first_break(log.custody.walk(), log.custody.gaps()) is not None:
        yield "Its custody record does not fit together."
    elif not workspace.on_log(lambda: _passes_through(workspace, head)):
        yield "Its custody record is not the beginning of the custody record of this log."


def _passes_through(workspace: Workspace, head: Head) -> bool:
    if not head.number:
        return True
    for entry, _ in workspace.log.custody.walk(head.number - 1):
        return Head(entry.number, entry.own) == head
    return False


def _compare_contents(
    folder: BackupFolder,
    rows: list[ContentRow],
    keys: HeldKeys,
    progress: Progress,
    cancelled: Cancel,
) -> Iterator[str]:
    sizes = folder.piece_sizes()
    short = {row.id for row in rows if sizes.get(row.id) != piece_size(row.fingerprint.size)}
    there = [row for row in rows if row.id not in short]
    sample = secrets.SystemRandom().sample(there, min(SAMPLE, len(there)))
    wrong = 0
    for done, row in enumerate(sample):
        if cancelled():
            raise Cancelled
        if not _is_whole(folder, row, keys):
            wrong += 1
            # The next backup writes it again, from the log.
            folder.set_aside(row.id)
        progress(_OPENING + (1 - _OPENING) * (done + 1) / len(sample))
    if short:
        yield f"Contents that are missing or cut off: {len(short):,}."
    if wrong:
        yield f"Contents that are not what was written, of {len(sample)} looked at: {wrong}."


def _is_whole(folder: BackupFolder, row: ContentRow, keys: HeldKeys) -> bool:
    try:
        found = check_piece(folder.piece(row.id), keys.evidence_keys[row.file_number], row.id)
    except (BackupDamaged, OSError, KeyError):
        return False
    return found == row.fingerprint


def _say(newest: _Newest, problems: list[str], contents: int) -> str:
    what = _what(newest)
    if problems:
        return f"{what} would not give everything back. {' '.join(problems)} Back up again."
    looked_at = min(SAMPLE, contents)
    exhibits = (
        "its only exhibit is" if contents == 1 else f"{looked_at} of {contents:,} exhibits are"
    )
    rest = f", and {exhibits} the same byte for byte" if contents else ""
    return f"{what} opens, its records and custody record fit this log{rest}."


def _what(newest: _Newest) -> str:
    """Name a backup by its time and place; by its folder where the time cannot be read."""
    try:
        made = f"of {say(Moment.from_text(newest.snapshot.read_note().made_at))}"
    except (AppError, OSError, ValueError):
        made = newest.snapshot.name
    return f"The backup {made} in {newest.row.path}"


def _say_error(error: AppError | OSError) -> str:
    if isinstance(error, BackupDamaged):
        return f"{error.file_name} cannot be read."
    return "It cannot be read."


def _record(workspace: Workspace, newest: _Newest, sentence: str, *, holds: bool) -> None:
    def record() -> None:
        log, at = workspace.log, workspace.now()
        runs = [
            run
            for run in log.backups.runs(newest.row.id, MADE)
            if run.snapshot == newest.snapshot.name
        ]
        with log.transaction():
            if holds and runs:
                log.backups.set_proved(runs[-1].id, at)
            workspace.note(
                Action.BACKUP_PROVED if holds else Action.BACKUP_FAILED,
                newest.row.id,
                at,
                path=newest.row.path,
                snapshot=newest.snapshot.name,
                result=sentence,
            )

    workspace.on_log(record)
