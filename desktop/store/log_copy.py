"""Takes a copy of log.db and keys.json as they are at one moment, for a backup."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from desktop.domain.errors import DiskFailed, LogDamaged, LogTooNew
from desktop.store.backup_piece import write_all
from desktop.store.connection import Connection
from desktop.store.disk_reader import DiskReader
from desktop.store.folder import LogFolder, raise_known
from desktop.store.held_keys import HeldKeys
from desktop.store.key_file import read_text

_PIECE = 1024 * 1024
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class LogCopy:
    """The copy: log.db in a file without a name, which is gone when it is closed, or killed."""

    file: BinaryIO
    size: int
    keys: bytes

    def write_to(self, path: Path, on_piece: Callable[[int], None]) -> str:
        """Write log.db once more, to a new file, and sync it; returns its hash."""
        digest = hashlib.sha256()
        self.file.seek(0)
        with path.open("wb", buffering=0) as target:
            while piece := self.file.read(_PIECE):
                digest.update(piece)
                write_all(target, piece)
                on_piece(len(piece))
            os.fsync(target.fileno())
        return digest.hexdigest()

    def close(self) -> None:
        """Let the copy go."""
        self.file.close()


def copy_log_file(connection: Connection, file: BinaryIO) -> None:
    """Bring everything into log.db and copy it; on the thread that owns it, so nothing moves.

    Raises DiskFailed.
    """
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
    """Return what was copied, with the key file that belongs to it."""
    return LogCopy(file, os.fstat(file.fileno()).st_size, keys)


def read_whole_keys(keys: HeldKeys) -> bytes:
    """Return the text of keys.json: of the copy that holds the keys as they were opened.

    Raises LogDamaged.
    """
    folder, texts = keys.folder, []
    for path in (folder.keys_file, folder.keys_copy_file):
        with suppress(LogDamaged, LogTooNew, *_UNREADABLE):
            text = path.read_bytes()
            is_held = keys.opened.file in read_text(text.decode())
            newest = max(one["generation"] for one in _sets(text))
            texts.append((is_held, newest, text))
    if not texts:
        raise LogDamaged(folder.keys_file.name)
    return max(texts, key=lambda one: one[:2])[2]


def fits_keys(folder: LogFolder, keys: HeldKeys) -> bool:
    """Say whether the keys.json of a backup leads to the keys of the open log.

    Its slots for the recovery key must be those of the log; keyholders come and go.
    """
    try:
        here, there = _sets(read_whole_keys(keys)), _sets(folder.keys_file.read_bytes())
        return {one["log_id"] for one in there} == {keys.log_id} and any(
            _recovery_slots(mine) == _recovery_slots(theirs) for mine in here for theirs in there
        )
    except (LogDamaged, *_UNREADABLE):
        return False


def _sets(text: bytes) -> list[dict[str, Any]]:
    """Return the sets of keys in a key file; its first format was a single set."""
    shape = json.loads(text)
    return list(shape.get("sets", [shape]))


def _recovery_slots(one: Mapping[str, Any]) -> list[str]:
    return sorted(slot["salt"] for slot in one["slots"] if slot["kind"] == "recovery")


def hash_file(path: Path) -> str:
    """Hash a file as it lies on the disk."""
    digest, place = hashlib.sha256(), 0
    with DiskReader(path, _PIECE) as reader:
        while piece := reader.read(place, _PIECE):
            digest.update(piece)
            place += len(piece)
    return digest.hexdigest()


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
