"""Opens a foreign bundle, a folder or a ZIP, and yields its files; nothing in it is trusted."""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyzipper
from pyzipper.zipfile import BadZipFile as PyzipperBadZipFile

from desktop.domain.errors import BundleUnusable
from desktop.domain.evidence.bags import BAGIT_FILE
from desktop.domain.evidence.items import clean_text

CHUNK = 1024 * 1024
MOST_FILES = 100_000
MOST_DEPTH = 12
MOST_GROWTH = 200
FREE_GROWTH = 64 * 1024 * 1024
_SEALED = 0x1
_UNREADABLE = (
    OSError, EOFError, ValueError, RuntimeError, NotImplementedError, KeyError, IndexError,
    OverflowError, MemoryError, struct.error, zlib.error, zipfile.BadZipFile, PyzipperBadZipFile,
)  # fmt: skip


class MemberUnreadable(Exception):
    """A file of the bundle cannot be read to its end."""


@dataclass(slots=True)
class Listing:
    """The files of a bundle by their path in the bag, and what is odd about the rest."""

    files: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class Source(Protocol):
    """A bundle that was opened."""

    listing: Listing

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield the content of a listed file; raises MemberUnreadable."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


def open_source(path: Path, passphrase: str) -> Source:
    """Open a bundle; raises BundleUnusable where there is none to be checked."""
    try:
        if path.is_dir():
            return FolderSource(path)
        if not path.is_file():
            raise BundleUnusable("there is nothing of this name")
        return ZipSource(path, passphrase)
    except _UNREADABLE as error:
        raise BundleUnusable("it is neither a folder nor a ZIP that can be read") from error


class FolderSource:
    """A bundle that lies unpacked; links are never followed and devices never opened."""

    def __init__(self, path: Path) -> None:
        """List what lies in the folder, or in the only folder in it."""
        self._top = _bag_folder(path)
        self.listing = Listing()
        self._list(self._top, "", 0)

    def _list(self, folder: Path, prefix: str, depth: int) -> None:
        if depth > MOST_DEPTH:
            self.listing.problems.append(f"{shown(prefix)}: folders lie too deep to be checked.")
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            self.listing.problems.append(f"{shown(prefix)}: the folder cannot be read.")
            return
        for entry in entries:
            name = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                self._list(folder / entry.name, f"{name}/", depth + 1)
            elif entry.is_file(follow_symlinks=False):
                self._take(name, folder / entry.name)
            else:
                self.listing.problems.append(f"{shown(name)}: is a link or device, not a file.")

    def _take(self, name: str, path: Path) -> None:
        if len(self.listing.files) >= MOST_FILES:
            raise BundleUnusable(f"it holds more than {MOST_FILES:,} files")
        self.listing.files[name] = path

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield the content of a file."""
        try:
            with _open_file(self.listing.files[path]) as file:
                while chunk := file.read(CHUNK):
                    yield chunk
        except OSError as error:
            raise MemberUnreadable from error

    def close(self) -> None:
        """Nothing stays open."""


class ZipSource:
    """A bundle in a ZIP, plain or sealed; it is read as a stream and never unpacked to disk."""

    def __init__(self, path: Path, passphrase: str) -> None:
        """Read the directory of the ZIP; raises BundleUnusable."""
        self.listing = Listing()
        with zipfile.ZipFile(path) as plain:
            infos = plain.infolist()
        if len(infos) > MOST_FILES:
            raise BundleUnusable(f"it holds more than {MOST_FILES:,} files")
        self._refuse_bomb(path, infos)
        sealed = any(info.flag_bits & _SEALED for info in infos)
        if sealed and not passphrase:
            raise BundleUnusable("it is sealed: its passphrase is needed")
        self._zip = pyzipper.AESZipFile(path) if sealed else zipfile.ZipFile(path)
        try:
            if sealed:
                self._zip.setpassword(passphrase.encode("utf-8"))
            self._list()
            if sealed:
                self._try_passphrase()
        except BaseException:
            self._zip.close()
            raise

    def _refuse_bomb(self, path: Path, infos: list[zipfile.ZipInfo]) -> None:
        allowed = path.stat().st_size * MOST_GROWTH + FREE_GROWTH
        if sum(info.file_size for info in infos) > allowed:
            raise BundleUnusable("it would grow far beyond the size of a bundle")

    def _list(self) -> None:
        infos = [info for info in self._zip.infolist() if not info.filename.endswith("/")]
        top = _zip_top([info.filename for info in infos])
        for info in infos:
            name = info.filename.removeprefix(top)
            kind = stat.S_IFMT(info.external_attr >> 16)
            if name in self.listing.files:
                self.listing.problems.append(f"{shown(name)}: is in the ZIP twice.")
            elif kind not in {0, stat.S_IFREG}:
                self.listing.problems.append(f"{shown(name)}: is a link or device, not a file.")
            elif not info.filename.startswith(top):
                self.listing.problems.append(f"{shown(name)}: lies outside the bundle's folder.")
            else:
                self.listing.files[name] = info

    def _try_passphrase(self) -> None:
        info = self.listing.files.get(BAGIT_FILE)
        if info is None:
            return
        try:
            self._zip.open(info).close()
        except RuntimeError as error:
            raise BundleUnusable("the passphrase does not open it") from error

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield the content of a member; no more than the ZIP says that it holds."""
        info = self.listing.files[path]
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise MemberUnreadable
        try:
            with self._zip.open(info) as file:
                while chunk := file.read(CHUNK):
                    yield chunk
        except _UNREADABLE as error:
            raise MemberUnreadable from error

    def close(self) -> None:
        """Close the file."""
        self._zip.close()


def shown(untrusted: str) -> str:
    """Make a name safe to show."""
    return clean_text(untrusted, 160) or "a file without a name"


def _bag_folder(path: Path) -> Path:
    """Return the folder of the bag: this one, or the only one in it."""
    if (path / BAGIT_FILE).exists():
        return path
    inside = [
        Path(entry.path) for entry in os.scandir(path) if entry.is_dir(follow_symlinks=False)
    ]
    if len(inside) == 1 and (inside[0] / BAGIT_FILE).exists():
        return inside[0]
    raise BundleUnusable("there is no bundle in this folder")


def _zip_top(names: list[str]) -> str:
    """Return the folder under which the bag lies in the ZIP, with its slash, or ''."""
    tops = [name.removesuffix(BAGIT_FILE) for name in names if _is_bagit(name)]
    if not tops:
        raise BundleUnusable("there is no bundle in this ZIP")
    return min(tops, key=len)


def _is_bagit(name: str) -> bool:
    return name == BAGIT_FILE or (name.endswith(f"/{BAGIT_FILE}") and name.count("/") == 1)


def _open_file(path: Path) -> Any:
    """Open a plain file: where it was swapped for a link since it was listed, refuse."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")
