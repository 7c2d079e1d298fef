"""Knows how an encrypted file is opened with SQLCipher, and what its errors mean to us."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, Self

import sqlcipher3

from desktop.domain.errors import AppError, DiskFailed, DiskFull, FolderNotWritable, LogDamaged
from desktop.store.cells import SqlValue

KEY_BYTES = 32
PAGE_SIZE = 4096
_PLAINTEXT_HEADER = b"SQLite format 3\x00"
_BUSY_SECONDS = 30.0
_BARE_ROOM = 64 * 1024

_FULL_IN_WORDS, _FAILED_IN_WORDS = "database or disk is full", "disk I/O error"
# Primary result codes of SQLite: https://www.sqlite.org/rescode.html
_READ_ONLY, _IO_ERROR, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = 8, 10, 11, 13, 14, 26


class Connection:
    """One open file. It belongs to the thread that opened it, unless opened for any thread."""

    def __init__(self, raw: Any, path: Path) -> None:
        """Take over a raw connection that is keyed and set up: see open_connection."""
        self._raw = raw
        self._path = path
        self._depth = 0
        self._spoilt = False
        self._met_damage = False
        self.last_id = 0

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self._raw.in_transaction)

    def execute(self, sql: str, parameters: Sequence[SqlValue] = ()) -> int:
        """Run a statement that changes something; returns how many rows it touched."""
        try:
            cursor = self._raw.execute(sql, parameters)
        except (sqlcipher3.Error, MemoryError) as error:
            self._fail(error)
        self.last_id = int(cursor.lastrowid or 0)
        return int(cursor.rowcount)

    def rows(self, sql: str, parameters: Sequence[SqlValue] = ()) -> list[tuple[SqlValue, ...]]:
        """Return all rows of a query."""
        try:
            return list(self._raw.execute(sql, parameters))
        except (sqlcipher3.Error, MemoryError) as error:
            self._fail(error)

    def row(self, sql: str, parameters: Sequence[SqlValue] = ()) -> tuple[SqlValue, ...] | None:
        """Return the first row of a query, or None."""
        for row in self.stream(sql, parameters):
            return row
        return None

    def stream(
        self, sql: str, parameters: Sequence[SqlValue] = ()
    ) -> Iterator[tuple[SqlValue, ...]]:
        """Yield the rows of a query one by one."""
        try:
            cursor = self._raw.execute(sql, parameters)
            try:
                yield from cursor
            finally:
                cursor.close()
        except (sqlcipher3.Error, MemoryError) as error:
            self._fail(error)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a transaction inside another joins it, and spoils it when it fails."""
        if self._depth:
            self._depth += 1
            try:
                yield
            except BaseException:
                self._spoilt = True
                raise
            finally:
                self._depth -= 1
            return
        self.execute("BEGIN IMMEDIATE")
        self._depth, self._spoilt = 1, False
        try:
            yield
            self._commit()
        except BaseException:
            if self.in_transaction:
                self.execute("ROLLBACK")
            raise
        finally:
            self._depth = 0

    def copy_to(self, other: "Connection") -> None:
        """Copy everything, page by page, into another file, which keeps its own key.

        Raises DiskFull or DiskFailed.
        """
        try:
            self._raw.backup(other._raw)  # noqa: SLF001 (of the same class)
        except (sqlcipher3.Error, MemoryError) as error:
            # A backup that fails gives words without a code.
            if str(error) == _FULL_IN_WORDS:
                raise DiskFull(other.path.parent) from error
            if str(error) == _FAILED_IN_WORDS:
                raise DiskFailed(other.path.name) from error
            self._fail(error)

    def take_over(self, other: "Connection") -> None:
        """Go on with the file that another connection has open; the own one is closed before."""
        self._raw, self._met_damage = other._raw, False  # noqa: SLF001 (of the same class)

    def close(self) -> None:
        """Close the file; what was committed is in it. Closing twice does no harm."""
        try:
            self._raw.close()
        except sqlcipher3.Error as error:
            self._fail(error)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the file."""
        self.close()

    def _commit(self) -> None:
        if self._spoilt:
            raise RuntimeError("a failed part of a transaction was passed over")
        self.execute("COMMIT")

    def _fail(self, error: "sqlcipher3.Error | MemoryError") -> NoReturn:
        known = _known_error(error, self._path)
        if _is_misleading(error) and (self._met_damage or self._is_damaged()):
            # Once it has met a page that it cannot decrypt, SQLCipher is out of memory for good.
            known = LogDamaged(self._path.name)
        if known is None:
            raise error
        self._met_damage |= isinstance(known, LogDamaged)
        raise known from error

    def _is_damaged(self) -> bool:
        """Say whether no page can be read any more: of a long text it tells only afterwards."""
        try:
            names = self._raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            for (name,) in names.fetchall():
                self._raw.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608
        except MemoryError:
            return True
        except sqlcipher3.Error as error:
            return isinstance(_known_error(error, self._path), LogDamaged)
        return False


def _is_misleading(error: "sqlcipher3.Error | MemoryError") -> bool:
    """Say whether this is what SQLCipher also says when the file is damaged."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return isinstance(error, MemoryError) or code == _READ_ONLY


def open_connection(
    path: Path,
    key: bytes,
    *,
    page_size: int = PAGE_SIZE,
    read_only: bool = False,
    still: bool = False,
    any_thread: bool = False,
    shrinks: bool = False,
) -> Connection:
    """Open an encrypted file with its raw key, made when missing unless it is only to be read.

    With `any_thread`, threads may hand it to one another, but never use it at the same time.
    A file that lies `still`, as in a backup, is only read, and nothing is laid beside it.
    One made with `shrinks` can give room back to the disk: see PRAGMA incremental_vacuum.
    """
    if len(key) != KEY_BYTES:
        # Any other length would silently be taken for a passphrase.
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    read_only = read_only or still
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    if still:
        address += "&immutable=1"
    try:
        raw = sqlcipher3.connect(
            address,
            uri=True,
            isolation_level=None,
            timeout=_BUSY_SECONDS,
            check_same_thread=not any_thread,
        )
    except sqlcipher3.Error as error:
        known = _known_error(error, path)
        raise known or error from error
    try:
        _set_up(raw, key, page_size, shrinks=shrinks, read_only=read_only)
        _check_encrypted(raw, path)
    except sqlcipher3.Error as error:
        raw.close()
        known = _known_error(error, path)
        raise known or error from error
    except BaseException:
        raw.close()
        raise
    return Connection(raw, path)


def split_statements(script: str) -> Iterator[str]:
    """Split a script into its statements; triggers with statements inside stay whole."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlcipher3.complete_statement(statement):
            yield statement.strip()
            statement = ""
    if re.sub(r"--.*", "", statement).strip():
        raise ValueError(f"a statement without an end: {statement.strip()[:60]}")


def _set_up(raw: Any, key: bytes, page_size: int, *, shrinks: bool, read_only: bool) -> None:
    raw.execute("PRAGMA cipher_log_level = NONE")
    raw.set_key(f"x'{key.hex()}'")
    if not raw.execute("PRAGMA cipher_version").fetchone():
        raise RuntimeError("this SQLite cannot encrypt")
    raw.execute(f"PRAGMA cipher_page_size = {page_size:d}")
    raw.execute("PRAGMA trusted_schema = OFF")
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA secure_delete = ON")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA fullfsync = ON")
    raw.execute("PRAGMA checkpoint_fullfsync = ON")
    if shrinks:
        raw.execute("PRAGMA auto_vacuum = INCREMENTAL")
    raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if not read_only:
        raw.execute("PRAGMA journal_mode = WAL").fetchone()


def _check_encrypted(raw: Any, path: Path) -> None:
    status = raw.execute("PRAGMA cipher_status").fetchone()
    with path.open("rb") as file:
        header = file.read(len(_PLAINTEXT_HEADER))
    if not status or str(status[0]) != "1" or header == _PLAINTEXT_HEADER:
        raise RuntimeError("the file is not encrypted")


def _no_room(folder: Path) -> bool:
    # The shared-memory file of a WAL fails to grow with an I/O error, not as a full disk.
    return folder.is_dir() and shutil.disk_usage(folder).free < _BARE_ROOM


def _known_error(error: "sqlcipher3.Error | MemoryError", path: Path) -> AppError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {_NOT_A_DATABASE, _CORRUPT}:
        return LogDamaged(path.name)
    if code == _FULL or (code == _IO_ERROR and _no_room(path.parent)):
        return DiskFull(path.parent)
    if code == _IO_ERROR:
        return DiskFailed(path.name)
    if code == _READ_ONLY:
        return FolderNotWritable(path.parent)
    if code == _CANNOT_OPEN:
        missing = path.parent.is_dir() and not path.exists()
        return LogDamaged(path.name) if missing else FolderNotWritable(path.parent)
    return None
