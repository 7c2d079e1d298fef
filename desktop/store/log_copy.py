"""Takes a copy of log.db and keys.json as they are at one moment, for a backup."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop.domain.errors import DiskFailed, LogDamaged
from desktop.store.backup_piece import forget_cached, write_all
from desktop.store.connection import Connection
from desktop.store.folder import LogFolder, raise_known
from desktop.store.key_file import read_copies

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class LogCopy:
    """The copy: log.db in a file without a name, which is gone when it is closed, or killed."""

    file: BinaryIO
    size: int
    sha256: str
    keys: bytes

    def write_to(self, path: Path, on_piece: Callable[[int], None]) -> None:
        """Write log.db once more, to a new file, and sync it."""
        self.file.seek(0)
        with path.open("wb", buffering=0) as target:
            while piece := self.file.read(_PIECE):
                write_all(target, piece)
                on_piece(len(piece))
            os.fsync(target.fileno())

    def close(self) -> None:
        """Let the copy go."""
        self.file.close()


def copy_log_file(connection: Connection, file: BinaryIO) -> None:
    """Bring everything into log.db and copy it; on the thread that owns it, so nothing moves."""
    row = connection.row("PRAGMA wal_checkpoint(TRUNCATE)")
    if row is None or row[0] != 0:
        raise DiskFailed(f"{connection.path.name}: busy")
    try:
        with connection.path.open("rb", buffering=0) as source:
            if not _copy_within_system(source, file):
                while piece := source.read(_PIECE):
                    write_all(file, piece)
    except OSError as error:
        raise_known(error, connection.path.parent)


def begin_copy(folder: LogFolder) -> BinaryIO:
    """Make the file without a name that the copy goes to; on the log's own disk."""
    try:
        return tempfile.TemporaryFile("w+b", buffering=0, dir=folder.path)
    except OSError as error:
        raise_known(error, folder.path)


def finish_copy(file: BinaryIO, keys: bytes) -> LogCopy:
    """Hash what was copied; any thread can do that."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while piece := file.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    return LogCopy(file, size, digest.hexdigest(), keys)


def read_whole_keys(folder: LogFolder) -> bytes:
    """Return the text of keys.json, of the newer copy where one is damaged or behind."""
    paths = (folder.keys_file, folder.keys_copy_file)
    whole = [
        (file.generation, path.read_bytes())
        for file, path in zip(read_copies(folder), paths, strict=True)
        if file
    ]
    if not whole:
        raise LogDamaged(folder.keys_file.name)
    return max(whole, key=lambda one: one[0])[1]


def hash_file(path: Path) -> str:
    """Hash a file as it lies on the disk."""
    with path.open("rb") as file:
        forget_cached(file)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy_within_system(source: BinaryIO, target: BinaryIO) -> bool:
    """Let Linux copy without the bytes coming to us; False where it cannot."""
    if not hasattr(os, "copy_file_range"):
        return False
    left = os.fstat(source.fileno()).st_size
    try:
        while left > 0:
            done = os.copy_file_range(source.fileno(), target.fileno(), left)
            if not done:
                return False
            left -= done
    except OSError:
        source.seek(0)
        target.seek(0)
        target.truncate()
        return False
    return True
