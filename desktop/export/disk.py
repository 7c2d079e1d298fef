"""Says what an error of the disk means for an export, and makes what is written last."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.domain.errors import DestinationNotWritable, DiskFailed, DiskFull

_FULL = {errno.ENOSPC, errno.EDQUOT} if sys.platform != "win32" else {errno.ENOSPC}
_NOT_WRITABLE = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG,
}  # fmt: skip


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn errors of the operating system into what the keyholder can do something about."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(path.parent) from error
        if error.errno in _NOT_WRITABLE:
            raise DestinationNotWritable(path) from error
        raise DiskFailed(error.strerror or type(error).__name__) from error


def sync_folder(path: Path) -> None:
    """Make the names in a folder last through a power cut; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that must not be there yet, and sync it."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
