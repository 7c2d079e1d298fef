"""Reads a file that is to be added: in chunks, and only if it stays the same meanwhile."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from desktop.domain.errors import FileChanged, FileEmpty, FileUnreadable
from desktop.domain.evidence.items import clean_text

CHUNK_BYTES = 1024 * 1024
NAME_LIMIT = 200
_NAMELESS = "file without a name"


def clean_name(untrusted_name: str) -> str:
    """Return the last part of a name, safe to show: no folders, control or direction marks."""
    last = untrusted_name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    shown = clean_text(last.encode("utf-8", "replace").decode(), NAME_LIMIT).strip()
    return _NAMELESS if shown in ("", ".", "..") else shown


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the file system says of a file: its name, size, and when it was last written."""

    name: str
    size: int
    modified: datetime


@dataclass(frozen=True, slots=True)
class FileStand:
    """Which file it was that was named, and how it stood; when it was last opened may change."""

    device: int
    inode: int
    size: int
    modified_ns: int
    opened_ns: int = field(compare=False)


def stand_of(path: Path) -> FileStand | None:
    """Look at a file as it is named, without opening it; None where there is none to be seen."""
    try:
        return _stand(path.stat())
    except (OSError, ValueError):
        return None


class FileSource:
    """A file about to be added; nothing of it is read before `chunks` is asked."""

    def __init__(self, path: Path, stood: FileStand | None = None) -> None:
        """Remember the path, and how the file `stood` when it was named; looks at nothing yet."""
        self._path = path
        self._first = stood
        self.name = clean_name(path.name)

    def facts(self) -> FileFacts:
        """Look at the file without reading it; raises FileUnreadable or FileEmpty."""
        found = self._looked_at()
        modified = datetime.fromtimestamp(found.st_mtime_ns / 1e9, UTC)
        return FileFacts(self.name, found.st_size, modified)

    @property
    def size(self) -> int:
        """How many bytes it has; raises FileUnreadable, FileEmpty or FileChanged."""
        return self._looked_at().st_size

    def chunks(self) -> Iterator[bytes]:
        """Read it from end to end; raises FileChanged if it is not what it was at first."""
        before = self._looked_at()
        with self._opened(before) as file:
            yield from self._read(file, before.st_size)

    def ends(self, head: int, tail: int) -> bytes:
        """Read the first and the last bytes, or all if there are no more than both together."""
        before = self._looked_at()
        with self._opened(before) as file:
            try:
                if before.st_size <= head + tail:
                    return _read_all(file, before.st_size)
                first = _read_all(file, head)
                file.seek(before.st_size - tail)
                return first + _read_all(file, tail)
            except OSError as error:
                raise FileChanged(self.name) from error

    def _looked_at(self) -> os.stat_result:
        """Look at the file; what was seen the first time is what it has to stay."""
        found = self._status()
        if found.st_size == 0 and not (self._first and self._first.size):
            raise FileEmpty(self.name)
        if self._first is None:
            self._first = _stand(found)
        if self._first != _stand(found):
            raise FileChanged(self.name)
        return found

    @contextmanager
    def _opened(self, before: os.stat_result) -> Iterator[BinaryIO]:
        """Open the file, and see before and after that it is the one that was looked at."""
        with self._open() as file:
            if not _same(before, os.fstat(file.fileno())):
                raise FileChanged(self.name)
            yield file
            ended = os.fstat(file.fileno())
        if not (_same(before, ended) and _same(before, self._status_at_end())):
            raise FileChanged(self.name)

    def _read(self, file: BinaryIO, size: int) -> Iterator[bytes]:
        left = size
        while True:
            try:
                chunk = file.read(CHUNK_BYTES)
            except OSError as error:
                raise FileChanged(self.name) from error
            if not chunk:
                break
            left -= len(chunk)
            if left < 0:
                raise FileChanged(self.name)
            yield chunk
        if left:
            raise FileChanged(self.name)

    def _open(self) -> BinaryIO:
        # A pipe put in the place of the file would block for ever without O_NONBLOCK.
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            return os.fdopen(os.open(self._path, flags), "rb", buffering=0)
        except (OSError, ValueError) as error:
            raise FileUnreadable(self.name) from error

    def _status(self) -> os.stat_result:
        try:
            found = self._path.stat()
        except (OSError, ValueError) as error:
            raise FileUnreadable(self.name) from error
        if not stat.S_ISREG(found.st_mode):
            raise FileUnreadable(self.name)
        return found

    def _status_at_end(self) -> os.stat_result:
        try:
            return self._path.stat()
        except OSError as error:
            raise FileChanged(self.name) from error


def _read_all(file: BinaryIO, count: int) -> bytes:
    pieces = []
    while count and (piece := file.read(count)):
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _stand(found: os.stat_result) -> FileStand:
    return FileStand(
        found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_atime_ns
    )


def _same(one: os.stat_result, other: os.stat_result) -> bool:
    return _stand(one) == _stand(other)
