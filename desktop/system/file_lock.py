"""A lock on a file that the operating system frees by itself when the program ends or crashes."""

import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks bytes, and nobody else can read those: one far behind the note is taken.
_LOCKED_BYTE = 2**20
_LONGEST_NOTE = 200


class FileLock:
    """Held by one program at a time, with a note that the others may read."""

    def __init__(self, path: Path) -> None:
        """Speak of this file; nothing is locked yet."""
        self._path = path
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def take(self, note: str) -> bool:
        """Take the lock and leave a note; False when somebody else has it. May raise OSError."""
        if self._descriptor is not None:
            return False
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | _INHERITED_BY_NONE, 0o600)
        try:
            if not _lock(descriptor):
                os.close(descriptor)
                return False
            os.ftruncate(descriptor, 0)
            os.write(descriptor, note.encode()[:_LONGEST_NOTE])
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give the lock back, if it is held, and take the note away; a failing disk keeps it."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        # Closing gives the lock back too; what is left of the note is only shown while it is held.
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
        with suppress(OSError):
            _unlock(descriptor)
        with suppress(OSError):
            os.close(descriptor)

    def read_note(self) -> str:
        """Return the note of whoever holds the lock, or ''."""
        try:
            with self._path.open("rb") as file:
                return file.read(_LONGEST_NOTE).decode(errors="replace")
        except OSError:
            return ""


if sys.platform == "win32":
    _INHERITED_BY_NONE = os.O_NOINHERIT | os.O_BINARY

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        os.lseek(descriptor, 0, os.SEEK_SET)
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    _INHERITED_BY_NONE = os.O_CLOEXEC

    def _lock(descriptor: int) -> bool:
        try:
            # flock, not lockf: it also stands between two openings in the same program.
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
