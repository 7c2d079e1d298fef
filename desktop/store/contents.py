"""Keeps the original bytes of evidence as chunks in encrypted files: streams in and out."""

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from desktop.domain.errors import AppError, DiskFull, LogDamaged
from desktop.domain.evidence.items import Fingerprint
from desktop.domain.identifiers import ContentId
from desktop.store.cells import as_bytes, as_number, as_optional_text, as_text
from desktop.store.clearing import blank, copy_anew, orphan_numbers
from desktop.store.connection import Connection
from desktop.store.erasure import empty_journal
from desktop.store.evidence_files import FULL_AT, PAGE_SIZE, EvidenceFiles
from desktop.store.folder import LogFolder

CHUNK = 1024 * 1024
COMMIT_EVERY = 16
FORGET_AT_ONCE = 8
SPARE_ROOM = 4 * CHUNK
PLACES = 2**24


@dataclass(frozen=True, slots=True)
class StoredContent:
    """Where content lies now, and its fingerprint, taken while it was written."""

    content_id: ContentId
    file_number: int
    fingerprint: Fingerprint


class Contents:
    """Reads and writes content; any thread may call it, and writers wait for one another.

    Nothing of a write that fails or is stopped stays behind. `new_key`: see EvidenceFiles.
    """

    def __init__(
        self,
        folder: LogFolder,
        keys: Mapping[int, bytes],
        new_key: Callable[[int], bytes],
        *,
        full_at: int = FULL_AT,
    ) -> None:
        """Look after the evidence files of this folder."""
        self._files = EvidenceFiles(folder, keys, new_key, full_at)
        self._writing = threading.Lock()

    def write(
        self,
        chunks: Iterable[bytes],
        content_id: ContentId,
        progress: Callable[[int], None] | None = None,
    ) -> StoredContent:
        """Store a stream of bytes and hash it in the same pass; progress gets the bytes so far."""
        with self._writing:
            number = self._files.number_with_room()
            with self._files.lend(number, create=True) as connection:
                first = _begin(connection, content_id)
                try:
                    fingerprint = _write(connection, first, chunks, content_id, progress)
                except BaseException:
                    _forget_quietly(connection, content_id)
                    raise
        return StoredContent(content_id, number, fingerprint)

    def read(self, content_id: ContentId, file_number: int) -> Iterator[bytes]:
        """Yield content in chunks of 1 MiB; ends in LogDamaged where it cannot be read."""
        with self._files.lend(file_number) as connection:
            number, count = _find(connection, content_id)
        for place in range(count):
            # A connection for each chunk: a slow reader holds neither a file nor the WAL.
            with self._files.lend(file_number) as connection:
                chunk = _chunk(connection, number * PLACES + place)
            yield chunk

    def check(self, content_id: ContentId, file_number: int) -> Fingerprint:
        """Hash content as it lies on the disk now."""
        digest, size = hashlib.sha256(), 0
        for chunk in self.read(content_id, file_number):
            digest.update(chunk)
            size += len(chunk)
        return Fingerprint(digest.hexdigest(), size)

    @property
    def file_numbers(self) -> tuple[int, ...]:
        """The numbers of the evidence files, oldest first."""
        return self._files.numbers

    def place_of(self, content_id: ContentId, file_number: int) -> tuple[int, int]:
        """Return the id of the first chunk of a content, and how many follow one another."""
        with self._files.lend(file_number) as connection:
            number, count = _find(connection, content_id)
        return number * PLACES, count

    def chunk(self, chunk_id: int, file_number: int) -> bytes:
        """Return one chunk; several threads may ask at the same time."""
        with self._files.lend(file_number) as connection:
            return _chunk(connection, chunk_id)

    def held_in(self, file_number: int) -> frozenset[ContentId]:
        """Return what an evidence file holds, whole or half."""
        with self._files.lend(file_number) as connection:
            rows = connection.rows("SELECT id FROM content")
        return frozenset(ContentId(as_text(row[0])) for row in rows)

    def forget_pages(self) -> None:
        """Keep no page in memory: whatever is read from now on comes from the disk."""
        self._files.forget_pages()

    def forget(self, content_id: ContentId, file_number: int) -> None:
        """Remove content that no row of the log names."""
        with self._writing, self._files.lend(file_number) as connection:
            _forget(connection, content_id)

    def remove_orphans(self, known: frozenset[ContentId]) -> int:
        """Remove content that no row of the log names; returns how many there were."""
        with self._writing:
            return sum(self._remove_orphans_from(number, known) for number in self._files.numbers)

    def clear_out(self, known: frozenset[str], progress: Callable[[float], None]) -> None:
        """Remove what no row of the log names so that nothing of it is left in any file."""
        with self._writing:
            numbers = [one for one in self._files.numbers if self._files.path(one).exists()]
            for done, number in enumerate(numbers):
                self._clear_out_of(number, known)
                progress((done + 1) / len(numbers))

    def room_needed(self, file_number: int) -> int:
        """Return how many bytes the disk must have free to clear something out of a file."""
        path = self._files.path(file_number)
        return (path.stat().st_size if path.exists() else 0) + SPARE_ROOM

    def begin_first_file(self) -> None:
        """Make the first evidence file of a new log, so that a missing one is noticed later."""
        self._files.begin_first()

    def begin_file(self, number: int, key: bytes) -> None:
        """Make an evidence file; what is added goes to the one with the highest number."""
        self._files.begin(number, key)

    def close(self) -> None:
        """Close every file; a stream that is still being read ends in LogLocked."""
        self._files.close()

    def _remove_orphans_from(self, number: int, known: frozenset[ContentId]) -> int:
        if not self._files.path(number).exists():
            return 0
        try:
            with self._files.lend(number) as connection:
                rows = connection.rows("SELECT id FROM content")
                orphans = {ContentId(as_text(row[0])) for row in rows} - known
                for orphan in sorted(orphans):
                    _forget(connection, orphan)
        except LogDamaged:
            # A damaged file must not shut the keyholder out: a check says what is wrong with it.
            return 0
        return len(orphans)

    def _clear_out_of(self, number: int, known: frozenset[str]) -> None:
        with self._files.lend(number) as connection:
            orphans = list(orphan_numbers(connection, known))
            for _, content in orphans:
                blank(connection, content * PLACES, _last_chunk(connection, content * PLACES))
                _forget_chunks(connection, content * PLACES)
            if orphans:
                copy_anew(connection, PAGE_SIZE)
        if orphans:
            self._files.put_in_place(number)
            # Only now: until here their names say at the next start what is still to be done.
            with self._files.lend(number) as connection:
                for orphan, _ in orphans:
                    _forget(connection, ContentId(orphan))
                empty_journal(connection)


def _begin(connection: Connection, content_id: ContentId) -> int:
    """Name the content in a transaction that stays open; returns the id of its first chunk."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("INSERT INTO content (id) VALUES (?)", (content_id,))
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return connection.last_id * PLACES


def _write(
    connection: Connection,
    first: int,
    chunks: Iterable[bytes],
    content_id: ContentId,
    progress: Callable[[int], None] | None,
) -> Fingerprint:
    digest, size = hashlib.sha256(), 0
    for place, piece in enumerate(_in_pieces(chunks)):
        _need_room(connection, (place % COMMIT_EVERY + 1) * CHUNK)
        digest.update(piece)
        size += len(piece)
        connection.execute("INSERT INTO chunk (id, bytes) VALUES (?, ?)", (first + place, piece))
        if place % COMMIT_EVERY == COMMIT_EVERY - 1:
            connection.execute("COMMIT")
            connection.execute("BEGIN IMMEDIATE")
        if progress:
            progress(size)
    fingerprint = Fingerprint(digest.hexdigest(), size)
    connection.execute(
        "UPDATE content SET sha256 = ?, size = ? WHERE id = ?",
        (fingerprint.sha256, fingerprint.size, content_id),
    )
    connection.execute("COMMIT")
    return fingerprint


def _need_room(connection: Connection, pending: int) -> None:
    """Stop before the disk is full: what is pending goes to the WAL first, then to the file.

    With no room for the second the WAL would keep the first, and nothing could be cleared away.
    """
    folder = connection.path.parent
    if shutil.disk_usage(folder).free < 2 * pending + SPARE_ROOM:
        raise DiskFull(folder)


def _in_pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut a stream into pieces of 1 MiB; what comes in that size is passed on as it is."""
    rest = bytearray()
    for chunk in chunks:
        if not rest and len(chunk) == CHUNK:
            yield chunk
            continue
        rest += chunk
        while len(rest) >= CHUNK:
            yield bytes(rest[:CHUNK])
            del rest[:CHUNK]
    if rest:
        yield bytes(rest)


def _find(connection: Connection, content_id: ContentId) -> tuple[int, int]:
    row = connection.row("SELECT number, sha256, size FROM content WHERE id = ?", (content_id,))
    if row is None or as_optional_text(row[1]) is None:
        raise LogDamaged(connection.path.name)
    return as_number(row[0]), -(-as_number(row[2]) // CHUNK)


def _chunk(connection: Connection, chunk_id: int) -> bytes:
    row = connection.row("SELECT bytes FROM chunk WHERE id = ?", (chunk_id,))
    if row is None:
        raise LogDamaged(connection.path.name)
    return as_bytes(row[0])


def _forget(connection: Connection, content_id: ContentId) -> None:
    """Remove content and give its room back, from its end, in steps that need no room to grow."""
    row = connection.row("SELECT number FROM content WHERE id = ?", (content_id,))
    if row is None:
        return
    connection.execute("UPDATE content SET sha256 = NULL, size = NULL WHERE id = ?", (content_id,))
    _forget_chunks(connection, as_number(row[0]) * PLACES)
    connection.execute("DELETE FROM content WHERE id = ?", (content_id,))
    connection.rows("PRAGMA incremental_vacuum")


def _forget_chunks(connection: Connection, first: int) -> None:
    while (last := _last_chunk(connection, first)) is not None:
        connection.execute(
            "DELETE FROM chunk WHERE id BETWEEN ? AND ?",
            (max(first, last - FORGET_AT_ONCE + 1), last),
        )
        connection.rows("PRAGMA incremental_vacuum")


def _last_chunk(connection: Connection, first: int) -> int | None:
    row = connection.row(
        "SELECT max(id) FROM chunk WHERE id BETWEEN ? AND ?", (first, first + PLACES - 1)
    )
    return None if row is None or row[0] is None else as_number(row[0])


def _forget_quietly(connection: Connection, content_id: ContentId) -> None:
    # Where the disk is full or failing, the next unlock removes it.
    with suppress(AppError):
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        _forget(connection, content_id)
