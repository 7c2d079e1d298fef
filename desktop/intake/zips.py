"""Reads the list at the end of a ZIP and single small members of it; trusts no number in it."""

import io
import struct
import zlib
from dataclasses import dataclass
from typing import IO

from desktop.domain.evidence.items import clean_text

MOST_ENTRIES = 10_000
LIST_BYTES = 8 * 1024 * 1024
NAME_CHARACTERS = 300
ZIP_END = b"PK\x05\x06"
_END_SIZE = 22
_COMMENT = 0xFFFF
ZIP_END_WITHIN = _END_SIZE + _COMMENT
_END_64 = b"PK\x06\x06"
_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_ENTRY = b"PK\x01\x02"
_ENTRY_SIZE = 46
_LOCAL = b"PK\x03\x04"
_LOCAL_SIZE = 30
_FULL = 0xFFFFFFFF
_SEALED = 0x1
_UTF8 = 0x800
_STORED = 0
_DEFLATED = 8
ODD = (
    OSError, ValueError, LookupError, OverflowError, MemoryError, struct.error, zlib.error,
)  # fmt: skip


class NoZip(ValueError):
    """There is no list of a ZIP in this file."""


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """A member: its name, how large it says it is, where it lies, whether it is locked."""

    name: str
    size: int
    packed: int
    offset: int
    method: int
    locked: bool

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder only."""
        return self.name.endswith("/")


@dataclass(frozen=True, slots=True)
class ZipList:
    """The members of a ZIP in the order of its list; `whole` says that none is missing."""

    entries: tuple[ZipEntry, ...]
    whole: bool

    def find(self, name: str) -> ZipEntry | None:
        """Return the member of this name."""
        return next((entry for entry in self.entries if entry.name == name), None)


def read_list(file: IO[bytes] | io.RawIOBase) -> ZipList:
    """Return the members; raises NoZip or one of ODD."""
    count, size, place, ends = _end(file)
    # What was put before the ZIP, such as a program that unpacks it, moves everything on.
    moved = max(0, ends - size - place)
    read = _at(file, place + moved, min(size, LIST_BYTES))
    # Padded, so that fields may be read at its very end.
    raw = read + bytes(_ENTRY_SIZE)
    entries: list[ZipEntry] = []
    at = 0
    while raw.startswith(_ENTRY, at) and len(entries) < MOST_ENTRIES:
        fields = struct.unpack_from("<4s6H3L5H2L", raw, at)
        name_size, extra_size, comment_size = fields[10:13]
        after = at + _ENTRY_SIZE
        extra = raw[after + name_size : after + name_size + extra_size]
        entries.append(_entry(fields, raw[after : after + name_size], extra, moved))
        at = after + name_size + extra_size + comment_size
    return ZipList(tuple(entries), whole=len(entries) == count and at == size)


def read_member(file: IO[bytes] | io.RawIOBase, entry: ZipEntry, limit: int) -> bytes:
    """Return the beginning of a member, at most so many bytes; raises NoZip or one of ODD."""
    head = _at(file, entry.offset, _LOCAL_SIZE)
    if not head.startswith(_LOCAL) or entry.locked:
        raise NoZip("a member is not where the list says, or it is locked")
    name_size, extra_size = struct.unpack_from("<2H", head, 26)
    packed = min(entry.packed, limit + 1024)
    raw = _at(file, entry.offset + _LOCAL_SIZE + name_size + extra_size, packed)
    if entry.method == _STORED:
        return raw[:limit]
    if entry.method != _DEFLATED:
        raise NoZip("a member is packed in a way that is not read here")
    return zlib.decompressobj(-15).decompress(raw, limit)


def _end(file: IO[bytes] | io.RawIOBase) -> tuple[int, int, int, int]:
    """Return how many members there are, how long the list is, where it begins, where it ends."""
    total = file.seek(0, io.SEEK_END)
    start = max(0, total - ZIP_END_WITHIN)
    tail = _at(file, start, total - start)
    found = tail.rfind(ZIP_END)
    if found < 0 or len(tail) - found < _END_SIZE:
        raise NoZip("no end of a ZIP")
    count, size, place = struct.unpack_from("<10xHLL", tail, found)
    ends = start + found
    locator = tail[max(0, found - _LOCATOR_SIZE) : found]
    if locator.startswith(_LOCATOR):
        (place_64,) = struct.unpack_from("<8xQ", locator)
        head = _at(file, place_64, 56)
        if head.startswith(_END_64):
            count, size, place = struct.unpack_from("<32xQQQ", head)
            ends = place_64
    return count, size, place, ends


def _entry(fields: tuple[int, ...], name: bytes, extra: bytes, moved: int) -> ZipEntry:
    flags, method = fields[3], fields[4]
    packed, size, offset = fields[8], fields[9], fields[16]
    if _FULL in (packed, size, offset):
        size, packed, offset = _wide(extra, size, packed, offset)
    text = name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    shown = clean_text(text.replace("\\", "/"), NAME_CHARACTERS)
    return ZipEntry(
        shown or "file without a name", size, packed, offset + moved, method, bool(flags & _SEALED)
    )


def _wide(extra: bytes, *numbers: int) -> tuple[int, ...]:
    """Return the numbers that are too large for their places from the extra field."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            wide = iter(struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8]))
            return tuple(next(wide, (one,))[0] if one == _FULL else one for one in numbers)
        at += 4 + length
    return numbers


def _at(file: IO[bytes] | io.RawIOBase, place: int, count: int) -> bytes:
    file.seek(place)
    return file.read(count) or b""
