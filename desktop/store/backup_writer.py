"""Writes one backup to one place: log.db and new content, side by side; all is read back.

Content is hashed once, while it is read from the log, and compared with what was entered; what
then lies on the disk is proved by the tags of its chunks. For 100 MiB new with a log.db of 12 MiB
that is 0.26 s of CPU time; hashing twice, SQLCipher's page check, and reading back through memory
made it 0.44 s.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from desktop.domain.calendar.times import Moment
from desktop.domain.errors import AppError, BackupDamaged, Cancelled, LogDamaged, LogLocked
from desktop.domain.identifiers import ContentId
from desktop.domain.log.custody import Head
from desktop.store.backup_folder import PART, BackupFolder, Snapshot, write_synced
from desktop.store.backup_note import (
    FILE_NAME,
    BackupNote,
    PieceNote,
    note_text,
    seal_counts,
)
from desktop.store.backup_piece import piece_size, prove_piece, write_piece
from desktop.store.bare_chunks import BareChunks
from desktop.store.connection import open_connection
from desktop.store.damaged_file import PageUnreadable
from desktop.store.evidence_table import ContentRow
from desktop.store.folder import LogFolder
from desktop.store.held_keys import HeldKeys
from desktop.store.keys import LOG_PURPOSE
from desktop.store.log import Log
from desktop.store.log_copy import LogCopy, hash_file

THREADS = 3
_LOOK_EVERY = 0.1

Cancel = Callable[[], bool]
T = TypeVar("T", bytes, memoryview)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is backed up: the log at one moment, and how its contents are read."""

    copy: LogCopy
    contents: tuple[ContentRow, ...]
    head: Head
    counts: Mapping[str, int]
    at: Moment
    keys: HeldKeys
    place_of: Callable[[ContentId, int], tuple[int, int]]
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
    log_file = LogFolder(building).log_file
    sha256, left_out = _Files(folder, load, cancelled).write(log_file, wanted, meter.add)
    note = note_text(_note(load, sha256, frozenset(left_out)), load.keys.derive)
    write_synced(building / "keys.json", load.copy.keys)
    write_synced(building / FILE_NAME, note)
    _check_snapshot(building, load, note)
    if cancelled():
        raise Cancelled
    return Written(folder.finish_snapshot(building), left_out)


def _note(load: Load, log_sha256: str, left_out: frozenset[ContentId]) -> BackupNote:
    return BackupNote(
        log_id=load.keys.log_id,
        made_at=load.at.to_text(),
        head=load.head,
        log_size=load.copy.size,
        log_sha256=log_sha256,
        contents=tuple(
            PieceNote(row.id, row.file_number, row.fingerprint.size)
            for row in load.contents
            if row.id not in left_out
        ),
        left_out=tuple(sorted(left_out)),
        counts=seal_counts(load.counts, load.keys.log_id, load.keys.derive),
    )


def _check_snapshot(path: Path, load: Load, note: bytes) -> None:
    """Read the small files of a snapshot back, and open its log.db, which was read back."""
    snapshot = LogFolder(path)
    for file, content in ((path / FILE_NAME, note), (snapshot.keys_file, load.copy.keys)):
        if file.read_bytes() != content:
            raise BackupDamaged(file.name)
    key = load.keys.derive(LOG_PURPOSE)
    try:
        with open_connection(snapshot.log_file, key, still=True) as connection:
            head = Log(connection).custody.head()
    except LogDamaged as error:
        raise BackupDamaged(snapshot.log_file.name) from error
    if (head or Head(0, "")) != load.head:
        raise BackupDamaged(snapshot.log_file.name)


class _Files:
    """Writes log.db and the pieces side by side on a few threads: read, seal, sync, read back."""

    def __init__(self, folder: BackupFolder, load: Load, cancelled: Cancel) -> None:
        self._folder = folder
        self._load = load
        self._cancelled = cancelled
        self._stop = threading.Event()
        self._heard = threading.Lock()
        self._unheard = 0

    def write(
        self, log_file: Path, rows: list[ContentRow], heard: Callable[[int], None]
    ) -> tuple[str, tuple[ContentId, ...]]:
        """Write them; returns the hash of log.db, and the contents that the log cannot give.

        `heard` gets the bytes.
        """
        heard(0)
        with ThreadPoolExecutor(THREADS, thread_name_prefix="backup") as threads:
            log = threads.submit(self._write_log, log_file)
            pieces = [threads.submit(self._write, row) for row in rows]
            left: set[Future[Any]] = {log, *pieces}
            try:
                while left:
                    done, left = wait(left, _LOOK_EVERY, FIRST_COMPLETED)
                    heard(self._take_unheard())
                    for future in done:
                        future.result()
            finally:
                self._stop.set()
        left_out = (one for one in map(Future.result, pieces) if one is not None)
        return log.result(), tuple(sorted(left_out))

    def _write_log(self, path: Path) -> str:
        """Write log.db and read it back, byte for byte."""
        sha256 = self._load.copy.write_to(path, self._hear)
        if hash_file(path) != sha256:
            raise BackupDamaged(path.name)
        return sha256

    def _write(self, row: ContentRow) -> ContentId | None:
        """Write one piece; its id if the log cannot give it."""
        self._go_on()
        part = self._folder.contents_folder / f"{row.id}{PART}"
        key = self._load.keys.evidence_keys.get(row.file_number)
        if key is None:
            return row.id
        if not (self._seal_bare(row, part, key) or self._seal(row, part, key)):
            part.unlink()
            return row.id
        prove_piece(part, key, row.id, row.fingerprint.size)
        part.replace(self._folder.piece(row.id))
        return None

    def _seal_bare(self, row: ContentRow, part: Path, key: bytes) -> bool:
        """Write a piece from the bare pages; False if they do not give what was entered."""
        path = self._load.keys.folder.evidence_file(row.file_number)
        try:
            first, count = self._load.place_of(row.id, row.file_number)
            with BareChunks(path, key) as bare:
                chunks = self._watched(bare.read(first, count))
                return self._seal_chunks(row, part, key, chunks)
        except (LogDamaged, PageUnreadable):
            return False

    def _seal(self, row: ContentRow, part: Path, key: bytes) -> bool:
        """Write a piece from what the log gives; False if that is not what was entered."""
        source = _Source(self._watched(self._load.read(row.id, row.file_number)))
        try:
            return self._seal_chunks(row, part, key, source)
        except AppError:
            if not source.failed:
                raise
            return False

    def _seal_chunks(
        self, row: ContentRow, part: Path, key: bytes, chunks: Iterable[bytes | memoryview]
    ) -> bool:
        return write_piece(part, key, row.id, chunks, row.fingerprint.size) == row.fingerprint

    def _watched(self, chunks: Iterator[T]) -> Iterator[T]:
        for chunk in chunks:
            self._hear(len(chunk))
            yield chunk

    def _hear(self, size: int) -> None:
        self._go_on()
        with self._heard:
            self._unheard += size

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
