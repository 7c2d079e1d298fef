"""Reads a file from the disk and not from memory, where the system can be told to."""

import mmap
import os
import sys
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Self

_BLOCK = 4096


class DiskReader:
    """One file, read window by window; a window is good until the next one is read.

    Linux reads past its own memory (O_DIRECT) where the disk's file system can: that costs no
    copy, and what comes is what the disk holds. Elsewhere the memory is asked to forget the file.
    """

    def __init__(self, path: Path, window: int) -> None:
        """Open the file; no more than a window is asked for at a time."""
        self._path = path
        # A mapping begins at a page of memory, which reading past the cache needs.
        self._room = memoryview(mmap.mmap(-1, -(-window // _BLOCK) * _BLOCK + 2 * _BLOCK))
        self._file, self._direct = _open(path)
        self.size = os.fstat(self.descriptor).st_size

    @property
    def descriptor(self) -> int:
        """The open file."""
        return self._file.fileno()

    def read(self, place: int, length: int) -> memoryview:
        """Return these bytes, or fewer where the file ends before."""
        try:
            return self._read(place, length)
        except OSError:
            if not self._direct:
                raise
        # Not every file system that opens a file so reads it so.
        self._file.close()
        self._file, self._direct = _open_through_memory(self._path), False
        return self._read(place, length)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the file."""
        self._file.close()

    def _read(self, place: int, length: int) -> memoryview:
        """Read whole blocks, which reading past the cache needs."""
        skipped = place % _BLOCK
        wanted = -(-(skipped + length) // _BLOCK) * _BLOCK
        self._file.seek(place - skipped)
        done = 0
        # A read that is no whole number of blocks came to the end of the file.
        while done < wanted and done % _BLOCK == 0:
            got = self._file.readinto(self._room[done:wanted])
            if not got:
                break
            done += got
        return self._room[skipped : max(skipped, min(done, skipped + length))]


def _open(path: Path) -> tuple[FileIO, bool]:
    if sys.platform == "linux":
        with suppress(OSError):
            return FileIO(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECT)), True
    return _open_through_memory(path), False


def _open_through_memory(path: Path) -> FileIO:
    """Open a file and have it fetched ahead: else 100 MiB took up to three times as long."""
    file = FileIO(path)
    if sys.platform == "linux":
        with suppress(OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)
    return file
