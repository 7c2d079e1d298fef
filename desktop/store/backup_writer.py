"""Writes one backup to one place: log.db first, then new content only; all is read back."""

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.custody import Head
from desktop.domain.errors import AppError, BackupDamaged, Cancelled, LogDamaged, LogLocked
from desktop.domain.identifiers import ContentId
from desktop.domain.times import Moment
from desktop.store.backup_folder import PART, BackupFolder, Snapshot, write_synced
from desktop.store.backup_note import (
    FILE_NAME,
    BackupNote,
    PieceNote,
    note_text,
    seal_counts,
)
from desktop.store.backup_piece import check_piece, piece_size, write_piece
from desktop.store.connection import open_connection
from desktop.store.evidence_table import ContentRow
from desktop.store.folder import LogFolder
from desktop.store.held_keys import HeldKeys
from desktop.store.log import Log
from desktop.store.log_copy import LogCopy, hash_file

THREADS = 3
_LOOK_EVERY = 0.1
_LOG_PURPOSE = "log.db"

Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is backed up: the log at one moment, and how its contents are read."""

    copy: LogCopy
    contents: tuple[ContentRow, ...]
    head: Head
    counts: Mapping[str, int]
    at: Moment
    keys: HeldKeys
    read: Callable[[ContentId, int], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Written:
    """A backup that is whole; `left_out` are contents that the log itself cannot give."""

    snapshot: Snapshot
    left_out: tuple[ContentId, ...]


def write_backup(
    folder: BackupFolder, load: Load, progress: Callable[[float], None], cancelled: Cancel
) -> Written:
    """Write it and read all of it back; raises what stopped it, and then nothing of it counts."""
    folder.clear_parts()
    folder.prepare()
    there = folder.piece_sizes()
    wanted = [
        row for row in load.contents if there.get(row.id) != piece_size(row.fingerprint.size)
    ]
    meter = _Meter(load.copy.size + sum(row.fingerprint.size for row in wanted), progress)
    building = folder.begin_snapshot(load.at)
    load.copy.write_to(building / "log.db", meter.add)
    left_out = _Pieces(folder, load, cancelled).write(wanted, meter.add)
    note = note_text(_note(load, frozenset(left_out)), load.keys.derive)
    write_synced(building / "keys.json", load.copy.keys)
    write_synced(building / FILE_NAME, note)
    _check_snapshot(building, load, note)
    if cancelled():
        raise Cancelled
    return Written(folder.finish_snapshot(building), left_out)


def _note(load: Load, left_out: frozenset[ContentId]) -> BackupNote:
    return BackupNote(
        log_id=load.keys.log_id,
        made_at=load.at.to_text(),
        head=load.head,
        log_size=load.copy.size,
        log_sha256=load.copy.sha256,
        contents=tuple(
            PieceNote(row.id, row.file_number, row.fingerprint.size)
            for row in load.contents
            if row.id not in left_out
        ),
        left_out=tuple(sorted(left_out)),
        counts=seal_counts(load.counts, load.keys.log_id, load.keys.derive),
    )


def _check_snapshot(path: Path, load: Load, note: bytes) -> None:
    """Read a snapshot back from the disk, byte for byte, and open its log.db."""
    snapshot = LogFolder(path)
    for file, content in ((path / FILE_NAME, note), (snapshot.keys_file, load.copy.keys)):
        if file.read_bytes() != content:
            raise BackupDamaged(file.name)
    if hash_file(snapshot.log_file) != load.copy.sha256:
        raise BackupDamaged(snapshot.log_file.name)
    key = load.keys.derive(_LOG_PURPOSE)
    with open_connection(snapshot.log_file, key, still=True) as connection:
        if (Log(connection).custody.head() or Head(0, "")) != load.head:
            raise BackupDamaged(snapshot.log_file.name)


class _Pieces:
    """Writes pieces side by side on a few threads: read, seal, sync, read back, compare."""

    def __init__(self, folder: BackupFolder, load: Load, cancelled: Cancel) -> None:
        self._folder = folder
        self._load = load
        self._cancelled = cancelled
        self._stop = threading.Event()
        self._heard = threading.Lock()
        self._unheard = 0

    def write(self, rows: list[ContentRow], heard: Callable[[int], None]) -> tuple[ContentId, ...]:
        """Write these; returns those that the log itself cannot give. `heard` gets the bytes."""
        with ThreadPoolExecutor(THREADS, thread_name_prefix="backup") as threads:
            left = {threads.submit(self._write, row) for row in rows}
            futures = frozenset(left)
            try:
                while left:
                    done, left = wait(left, _LOOK_EVERY, FIRST_COMPLETED)
                    heard(self._take_unheard())
                    for future in done:
                        future.result()
            finally:
                self._stop.set()
        return tuple(sorted(one for one in map(Future.result, futures) if one is not None))

    def _write(self, row: ContentRow) -> ContentId | None:
        """Write one piece; its id if the log cannot give it."""
        self._go_on()
        part = self._folder.contents_folder / f"{row.id}{PART}"
        key = self._load.keys.evidence_keys.get(row.file_number)
        if key is None:
            return row.id
        source = _Source(self._read(row))
        try:
            write_piece(part, key, row.id, source, row.fingerprint.size)
        except AppError:
            if not source.failed:
                raise
            part.unlink()
            return row.id
        if check_piece(part, key, row.id) != row.fingerprint:
            # Its seal was right: what the log gave is not what was entered.
            part.unlink()
            return row.id
        part.replace(self._folder.piece(row.id))
        return None

    def _read(self, row: ContentRow) -> Iterator[bytes]:
        left = row.fingerprint.size
        for chunk in self._load.read(row.id, row.file_number):
            self._go_on()
            left -= len(chunk)
            with self._heard:
                self._unheard += len(chunk)
            yield chunk
        if left:
            raise LogDamaged(row.id)

    def _go_on(self) -> None:
        if self._stop.is_set() or self._cancelled():
            raise Cancelled

    def _take_unheard(self) -> int:
        with self._heard:
            unheard, self._unheard = self._unheard, 0
        return unheard


class _Source:
    """Content as the log gives it, and whether it failed to."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.failed = False

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._chunks
        except (Cancelled, LogLocked):
            raise
        except AppError:
            self.failed = True
            raise


class _Meter:
    """Tells how far it is."""

    def __init__(self, total: int, progress: Callable[[float], None]) -> None:
        self._total = max(1, total)
        self._done = 0
        self._progress = progress

    def add(self, size: int) -> None:
        self._done += size
        self._progress(min(1.0, self._done / self._total))
