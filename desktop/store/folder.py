"""Knows what lies where in a log's folder, and how a small file in it is replaced whole."""

import errno
import glob
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from desktop.domain.errors import DiskFailed, DiskFull, FolderNotWritable

_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENOENT}
_FULL = {errno.ENOSPC, errno.EDQUOT} if sys.platform != "win32" else {errno.ENOSPC}
_EVIDENCE_NAME = "[0-9][0-9][0-9][0-9].db"


@dataclass(frozen=True, slots=True)
class LogFolder:
    """The folder of one log, there or still to be made."""

    path: Path

    @property
    def log_file(self) -> Path:
        """Everything but evidence content."""
        return self.path / "log.db"

    @property
    def keys_file(self) -> Path:
        """The key slots."""
        return self.path / "keys.json"

    @property
    def keys_copy_file(self) -> Path:
        """The key slots once more."""
        return self.path / "keys-copy.json"

    @property
    def building_file(self) -> Path:
        """log.db under a new key, until it takes the place of the old one."""
        return self.path / "log.db.new"

    @property
    def attempts_file(self) -> Path:
        """When wrong secrets were tried since the last unlock."""
        return self.path / "attempts.json"

    @property
    def lock_file(self) -> Path:
        """Held while the log is open."""
        return self.path / "in-use.lock"

    @property
    def arriving_file(self) -> Path:
        """There from before a log makes way for this one until this one is in its place."""
        return self.path / "arriving"

    @property
    def evidence_folder(self) -> Path:
        """The evidence files."""
        return self.path / "evidence"

    def evidence_file(self, number: int) -> Path:
        """One evidence file: 0001.db and so on."""
        return self.evidence_folder / f"{number:04d}.db"

    def exists(self) -> bool:
        """Whether a log is here; one file of it is enough."""
        return any(file.is_file() for file in (self.log_file, self.keys_file, self.keys_copy_file))

    def is_free(self) -> bool:
        """Whether a new log may be made here: nothing is there, or an empty folder."""
        if self.path.is_dir():
            return not any(self.path.iterdir())
        return not self.path.exists()


def begin_folder(target: Path) -> LogFolder:
    """Make a hidden folder beside the target in which a new log is built."""
    path = target.with_name(f".{target.name}.new-{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700)
        folder = LogFolder(path)
        folder.evidence_folder.mkdir(mode=0o700)
    except OSError as error:
        raise_known(error, target)
    return folder


def finish_folder(folder: LogFolder, target: Path) -> LogFolder:
    """Put a log that was built under its own name, in one step."""
    try:
        sync_folder(folder.evidence_folder)
        sync_folder(folder.path)
        if target.is_dir():
            target.rmdir()
        folder.path.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise_known(error, target)
    return LogFolder(target)


def mark_arriving(folder: LogFolder) -> None:
    """Note in a whole new log that the one in its place is about to make way for it."""
    try:
        with folder.arriving_file.open("wb") as file:
            os.fsync(file.fileno())
        sync_folder(folder.evidence_folder)
        sync_folder(folder.path)
    except OSError as error:
        raise_known(error, folder.path)


def finish_arriving(target: Path) -> None:
    """Put a new log into its place if that was cut off after the old one had made way."""
    place = LogFolder(target)
    if not place.exists():
        for path in half_made_folders(target):
            if LogFolder(path).arriving_file.is_file() and place.is_free():
                finish_folder(LogFolder(path), target)
    if place.exists():
        try:
            place.arriving_file.unlink(missing_ok=True)
        except OSError as error:
            raise_known(error, target)


def give_up_folder(folder: LogFolder) -> None:
    """Remove what was built of a log that came to nothing."""
    shutil.rmtree(folder.path, ignore_errors=True)


def half_made_folders(target: Path) -> Iterator[Path]:
    """Yield the folders of earlier attempts at this log that were cut off."""
    if target.parent.is_dir():
        yield from target.parent.glob(f".{glob.escape(target.name)}.new-????????")


def evidence_numbers(folder: LogFolder) -> list[int]:
    """Return the numbers of the evidence files that are there."""
    return sorted(int(file.stem) for file in folder.evidence_folder.glob(_EVIDENCE_NAME))


def replace_file(path: Path, content: bytes) -> None:
    """Write a small file so that after a crash either the old or the new one is there, whole."""
    temporary = path.with_name(f"{path.name}.new")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise_known(error, path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in a folder last through a power cut; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def raise_known(error: OSError, folder: Path) -> NoReturn:
    """Raise what an error of the operating system means to us.

    Raises DiskFailed, DiskFull or FolderNotWritable.
    """
    if error.errno in _FULL:
        raise DiskFull(folder) from error
    if error.errno in _NOT_WRITABLE:
        raise FolderNotWritable(folder) from error
    raise DiskFailed(error.strerror or type(error).__name__) from error
