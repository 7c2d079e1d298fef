"""The evidence files of an open log: opened when needed, and their connections lent to threads."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from desktop.domain.errors import AppError, LogDamaged, LogLocked
from desktop.store.cells import as_number
from desktop.store.clearing import put_in_place
from desktop.store.connection import Connection, open_connection
from desktop.store.folder import LogFolder, raise_known, sync_folder
from desktop.store.migrate import migrate, read_migrations

FULL_AT = 2 * 1024**3
PAGE_SIZE = 64 * 1024
# Tried with 512 MiB: 217 MiB/s so, 149-169 with SQLite's own cache of 2 MiB and WAL of 1000 pages.
CACHE_KIB = 8 * 1024
CHECKPOINT_PAGES = 256
_IDLE = 2


class EvidenceFiles:
    """Knows the files by their number, oldest first; any thread may borrow a connection.

    `new_key` is asked for the key of a further file, which it must have stored safely before it
    answers.
    """

    def __init__(
        self,
        folder: LogFolder,
        keys: Mapping[int, bytes],
        new_key: Callable[[int], bytes],
        full_at: int,
    ) -> None:
        """Look after the evidence files of this folder; one of `full_at` bytes takes no more."""
        self._folder = folder
        self._keys = dict(keys)
        self._new_key = new_key
        self._full_at = full_at
        self._idle: dict[int, list[Connection]] = {}
        self._lent: Counter[int] = Counter()
        self._closed = False
        self._lock = threading.Lock()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the evidence files, oldest first."""
        return tuple(sorted(self._keys))

    def path(self, number: int) -> Path:
        """Return where a file lies, whether it is there or not."""
        return self._folder.evidence_file(number)

    def begin(self, number: int, key: bytes) -> None:
        """Make an evidence file; what is added goes to the one with the highest number."""
        self._keys[number] = key
        self._open(number, create=True).close()

    def begin_first(self) -> None:
        """Make the first evidence file of a new log, so that a missing one is noticed later."""
        self.begin(*min(self._keys.items()))

    def number_with_room(self) -> int:
        """Return the file that takes what is added; a further one where the last is full."""
        number = max(self._keys)
        with self.lend(number, create=True) as connection:
            row = connection.row("PRAGMA page_count")
        pages = as_number(row[0]) if row else 0
        if pages * PAGE_SIZE >= self._full_at:
            number += 1
            self._keys[number] = self._new_key(number)
        return number

    @contextmanager
    def lend(self, number: int, *, create: bool = False) -> Iterator[Connection]:
        """Lend a connection; raises LogLocked once closed, LogDamaged for a file not there."""
        with self._lock:
            self._lent[number] += 1
        try:
            with self._lend_counted(number, create=create) as connection:
                yield connection
        finally:
            with self._lock:
                self._lent[number] -= 1

    def put_in_place(self, number: int) -> None:
        """Let what was written anew take the place of a file; raises DiskFailed if it is lent."""
        with self._lock:
            for connection in self._idle.pop(number, []):
                connection.close()
            put_in_place(self.path(number), in_use=bool(self._lent[number]))

    def forget_pages(self) -> None:
        """Keep no page in memory: whatever is read from now on comes from the disk."""
        with self._lock:
            idle = [one for connections in self._idle.values() for one in connections]
            self._idle.clear()
        for connection in idle:
            connection.close()

    def close(self) -> None:
        """Close every file; a stream that is still being read ends in LogLocked."""
        with self._lock:
            self._closed = True
        self.forget_pages()

    @contextmanager
    def _lend_counted(self, number: int, *, create: bool) -> Iterator[Connection]:
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
        path = self.path(number)
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
