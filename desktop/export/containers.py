"""The three forms in which a bundle is written: a folder, a ZIP, a ZIP sealed with AES-256."""

import os
import shutil
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from pyzipper.zipfile_aes import AESZipInfo

from desktop.domain.calendar.times import Moment
from desktop.export.aes_seal import SealedZip
from desktop.export.disk import sync_folder

_LARGE = 1 << 31
_PERMISSIONS = 0o644 << 16


class Container(Protocol):
    """Takes members one after the other; complete and on the disk once `finish` returns."""

    def add(self, path: str, chunks: Iterable[bytes], size: int) -> None:
        """Write one member; `size` is about how large it will be."""
        ...

    def finish(self) -> None:
        """Write what belongs at the end and make it last through a power cut."""
        ...

    def discard(self) -> None:
        """Remove everything that was written."""
        ...


class FolderContainer:
    """Members are files in a folder of their own."""

    def __init__(self, part: Path) -> None:
        """Begin the folder, which must not be there yet."""
        part.mkdir()
        self._part = part

    def add(self, path: str, chunks: Iterable[bytes], size: int) -> None:
        """Write one file and sync it."""
        target = self._part.joinpath(*path.split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
            _sync(file)

    def finish(self) -> None:
        """Sync the folders themselves."""
        for folder in {self._part, *(path.parent for path in self._part.rglob("*"))}:
            sync_folder(folder)

    def discard(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self._part, ignore_errors=True)


class ZipContainer:
    """Members are stored in a ZIP, under one top folder; sealed where a passphrase is given."""

    def __init__(self, part: Path, top: str, made_at: Moment, passphrase: str | None) -> None:
        """Begin the file, which must not be there yet."""
        self._part = part
        self._top = top
        self._date = made_at.local.timetuple()[:6]
        self._sealed = passphrase is not None
        self._file = part.open("xb")
        self._zip = (
            zipfile.ZipFile(self._file, "w")
            if passphrase is None
            else SealedZip(self._file, passphrase)
        )

    def add(self, path: str, chunks: Iterable[bytes], size: int) -> None:
        """Store one member, as it is; its time is that of the bundle, so that nothing varies."""
        kind = AESZipInfo if self._sealed else zipfile.ZipInfo
        about = kind(f"{self._top}/{path}", date_time=self._date)
        about.external_attr = _PERMISSIONS
        with self._zip.open(about, "w", force_zip64=size >= _LARGE) as member:
            for chunk in chunks:
                member.write(chunk)

    def finish(self) -> None:
        """Write the directory of the ZIP and sync the file."""
        self._zip.close()
        _sync(self._file)
        self._file.close()

    def discard(self) -> None:
        """Remove the file; what the ZIP would still write at its end is not wanted any more."""
        self._zip.fp = None
        with suppress(OSError):
            # What is still buffered may not fit on the disk.
            self._file.close()
        self._part.unlink(missing_ok=True)


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
