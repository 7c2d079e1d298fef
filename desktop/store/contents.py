"""Keeps the original bytes of evidence: encrypted files of chunks, read and written as streams."""

import hashlib
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files

from desktop.domain.errors import AppError, DiskFull, LogDamaged, LogLocked
from desktop.domain.evidence.items import Fingerprint
from desktop.domain.identifiers import ContentId
from desktop.store.cells import as_bytes, as_number, as_optional_text, as_text
from desktop.store.clearing import blank, copy_anew, orphan_numbers, put_in_place
from desktop.store.connection import Connection, open_connection
from desktop.store.erasure import empty_journal
from desktop.store.folder import LogFolder, raise_known, sync_folder
from desktop.store.migrate import migrate, read_migrations

CHUNK = 1024 * 1024
COMMIT_EVERY = 16
FORGET_AT_ONCE = 8
SPARE_ROOM = 4 * CHUNK
FULL_AT = 2 * 1024**3
PAGE_SIZE = 64 * 1024
# Tried with 512 MiB: 217 MiB/s so, 149-169 with SQLite's own cache of 2 MiB and WAL of 1000 pages.
CACHE_KIB = 8 * 1024
CHECKPOINT_PAGES = 256
PLACES = 2**24
_IDLE = 2


@dataclass(frozen=True, slots=True)
class StoredContent:
    """Where content lies now, and its fingerprint, taken while it was written."""

    content_id: ContentId
    file_number: int
    fingerprint: Fingerprint


class Contents:
    """Reads and writes content; any thread may call it, and writers wait for one another.

    `new_key` is asked for the key of a further file, which it must have stored safely before it
    answers. Nothing of a write that fails or is stopped stays behind.
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
        self._folder = folder
        self._keys = dict(keys)
        self._new_key = new_key
        self._full_at = full_at
        self._idle: dict[int, list[Connection]] = {}
        self._lent: Counter[int] = Counter()
        self._closed = False
        self._lock = threading.Lock()
        self._writing = threading.Lock()

    def write(
        self,
        chunks: Iterable[bytes],
        content_id: ContentId,
        progress: Callable[[int], None] | None = None,
    ) -> StoredContent:
        """Store a stream of bytes and hash it in the same pass; progress gets the bytes so far."""
        with self._writing:
            number = self._number_with_room()
            with self._borrow(number, create=True) as connection:
                first = _begin(connection, content_id)
                try:
                    fingerprint = _write(connection, first, chunks, content_id, progress)
                except BaseException:
                    _forget_quietly(connection, content_id)
                    raise
        return StoredContent(content_id, number, fingerprint)

    def read(self, content_id: ContentId, file_number: int) -> Iterator[bytes]:
        """Yield content in chunks of 1 MiB; ends in LogDamaged where it cannot be read."""
        with self._borrow(file_number) as connection:
            number, count = _find(connection, content_id)
        for place in range(count):
            # A connection for each chunk: a slow reader holds neither a file nor the WAL.
            with self._borrow(file_number) as connection:
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
        return tuple(sorted(self._keys))

    def place_of(self, content_id: ContentId, file_number: int) -> tuple[int, int]:
        """Return the id of the first chunk of a content, and how many follow one another."""
        with self._borrow(file_number) as connection:
            number, count = _find(connection, content_id)
        return number * PLACES, count

    def chunk(self, chunk_id: int, file_number: int) -> bytes:
        """Return one chunk; several threads may ask at the same time."""
        with self._borrow(file_number) as connection:
            return _chunk(connection, chunk_id)

    def held_in(self, file_number: int) -> frozenset[ContentId]:
        """Return what an evidence file holds, whole or half."""
        with self._borrow(file_number) as connection:
            rows = connection.rows("SELECT id FROM content")
        return frozenset(ContentId(as_text(row[0])) for row in rows)

    def forget_pages(self) -> None:
        """Keep no page in memory: whatever is read from now on comes from the disk."""
        with self._lock:
            idle = [one for connections in self._idle.values() for one in connections]
            self._idle.clear()
        for connection in idle:
            connection.close()

    def forget(self, content_id: ContentId, file_number: int) -> None:
        """Remove content that no row of the log names."""
        with self._writing, self._borrow(file_number) as connection:
            _forget(connection, content_id)

    def remove_orphans(self, known: frozenset[ContentId]) -> int:
        """Remove content that no row of the log names; returns how many there were."""
        with self._writing:
            return sum(self._remove_orphans_from(number, known) for number in self._keys)

    def clear_out(self, known: frozenset[str], progress: Callable[[float], None]) -> None:
        """Remove what no row of the log names so that nothing of it is left in any file."""
        with self._writing:
            numbers = [one for one in self._keys if self._folder.evidence_file(one).exists()]
            for done, number in enumerate(numbers):
                self._clear_out_of(number, known)
                progress((done + 1) / len(numbers))

    def room_needed(self, file_number: int) -> int:
        """Return how many bytes the disk must have free to clear something out of a file."""
        path = self._folder.evidence_file(file_number)
        return (path.stat().st_size if path.exists() else 0) + SPARE_ROOM

    def begin_first_file(self) -> None:
        """Make the first evidence file of a new log, so that a missing one is noticed later."""
        self.begin_file(*min(self._keys.items()))

    def begin_file(self, number: int, key: bytes) -> None:
        """Make an evidence file; what is added goes to the one with the highest number."""
        self._keys[number] = key
        self._open(number, create=True).close()

    def close(self) -> None:
        """Close every file; a stream that is still being read ends in LogLocked."""
        with self._lock:
            self._closed = True
        self.forget_pages()

    def _remove_orphans_from(self, number: int, known: frozenset[ContentId]) -> int:
        if not self._folder.evidence_file(number).exists():
            return 0
        try:
            with self._borrow(number) as connection:
                rows = connection.rows("SELECT id FROM content")
                orphans = {ContentId(as_text(row[0])) for row in rows} - known
                for orphan in sorted(orphans):
                    _forget(connection, orphan)
        except LogDamaged:
            # A damaged file must not shut the keyholder out: a check says what is wrong with it.
            return 0
        return len(orphans)

    def _clear_out_of(self, number: int, known: frozenset[str]) -> None:
        with self._borrow(number) as connection:
            orphans = list(orphan_numbers(connection, known))
            for _, content in orphans:
                blank(connection, content * PLACES, _last_chunk(connection, content * PLACES))
                _forget_chunks(connection, content * PLACES)
            if orphans:
                copy_anew(connection, PAGE_SIZE)
        if orphans:
            self._swap(number)
            # Only now: until here their names say at the next start what is still to be done.
            with self._borrow(number) as connection:
                for orphan, _ in orphans:
                    _forget(connection, ContentId(orphan))
                empty_journal(connection)

    def _swap(self, number: int) -> None:
        with self._lock:
            for connection in self._idle.pop(number, []):
                connection.close()
            put_in_place(self._folder.evidence_file(number), in_use=bool(self._lent[number]))

    def _number_with_room(self) -> int:
        number = max(self._keys)
        with self._borrow(number, create=True) as connection:
            row = connection.row("PRAGMA page_count")
        pages = as_number(row[0]) if row else 0
        if pages * PAGE_SIZE >= self._full_at:
            number += 1
            self._keys[number] = self._new_key(number)
        return number

    @contextmanager
    def _borrow(self, number: int, *, create: bool = False) -> Iterator[Connection]:
        with self._lock:
            self._lent[number] += 1
        try:
            with self._borrow_counted(number, create=create) as connection:
                yield connection
        finally:
            with self._lock:
                self._lent[number] -= 1

    @contextmanager
    def _borrow_counted(self, number: int, *, create: bool) -> Iterator[Connection]:
        connection = self._take(number, create=create)
        try:
            yield connection
        except AppError:
            # After an error of the file its connection may go on failing: the next one is new.
            connection.close()
            raise
        except BaseException:
            self._give_back(number, connection)
            raise
        else:
            self._give_back(number, connection)

    def _take(self, number: int, *, create: bool) -> Connection:
        with self._lock:
            if self._closed:
                raise LogLocked
            idle = self._idle.setdefault(number, [])
            if idle:
                return idle.pop()
        return self._open(number, create=create)

    def _give_back(self, number: int, connection: Connection) -> None:
        with self._lock:
            idle = self._idle.setdefault(number, [])
            if not self._closed and len(idle) < _IDLE:
                idle.append(connection)
                return
        connection.close()

    def _open(self, number: int, *, create: bool) -> Connection:
        path = self._folder.evidence_file(number)
        new = not path.exists()
        if number not in self._keys or (new and not create):
            raise LogDamaged(path.name)
        connection = open_connection(
            path, self._keys[number], page_size=PAGE_SIZE, any_thread=True, shrinks=True
        )
        try:
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB:d}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES:d}")
            # A vacuum cuts off what is removed; blanking it first took 5 times as long.
            connection.execute("PRAGMA secure_delete = FAST")
            migrate(connection, migrations=_MIGRATIONS)
            if new:
                sync_folder(path.parent)
        except OSError as error:
            connection.close()
            raise_known(error, path.parent)
        except BaseException:
            connection.close()
            raise
        return connection


_MIGRATIONS = read_migrations(files("desktop.store.evidence_migrations"))


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
