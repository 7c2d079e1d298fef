"""Names what lies in a RAR by its block headers, both generations of it; unpacks nothing."""

import io
import struct

from desktop.domain.evidence.inside import InsideName, Listed
from desktop.domain.evidence.items import clean_text
from desktop.intake.kinds import media_type_of
from desktop.intake.zips import ODD, NoZip

MOST_NAMES = 10_000
MOST_BLOCKS = 50_000
_HEADER_BYTES = 64 * 1024
_OLD = b"Rar!\x1a\x07\x00"
_NEW = b"Rar!\x1a\x07\x01\x00"
_NAME_CHARACTERS = 300
_WIDE = 64

Names = tuple[tuple[InsideName, ...], Listed]


def name_rar(untrusted: io.RawIOBase) -> Names:
    """Return the names; a RAR whose names are locked, or of which a part is missing, is PART."""
    names: list[InsideName] = []
    try:
        head = _at(untrusted, 0, len(_NEW))
        if head == _NEW:
            whole = _walk_new(untrusted, names)
        else:
            whole = head.startswith(_OLD) and _walk_old(untrusted, names)
    except ODD:
        whole = False
    if whole:
        return tuple(names), Listed.WHOLE
    return tuple(names), Listed.PART if names else Listed.NOT


def _walk_old(file: io.RawIOBase, names: list[InsideName]) -> bool:
    """Go from block to block of RAR 4; returns whether the end of the archive was reached."""
    at = len(_OLD)
    for _number in range(MOST_BLOCKS):
        if len(names) == MOST_NAMES:
            return False
        head = _at(file, at, 7)
        if not head:
            return True
        kind, flags, size = struct.unpack_from("<2xBHH", head)
        if kind == 0x73 and flags & 0x80:  # noqa: PLR2004 - the names are locked
            return False
        if kind == 0x7B:  # noqa: PLR2004 - the end of the archive
            return True
        block = _at(file, at, min(size, _HEADER_BYTES))
        more = struct.unpack_from("<L", block, 7)[0] if flags & 0x8000 else 0
        if kind == 0x74:  # noqa: PLR2004 - a file
            more = _old_file(block, flags, names)
        at += _step(size) + more
    return False


def _old_file(block: bytes, flags: int, names: list[InsideName]) -> int:
    packed: int
    size: int
    packed, size = struct.unpack_from("<LL", block, 7)
    (name_size,) = struct.unpack_from("<H", block, 26)
    start = 32
    if flags & 0x100:
        high_packed, high_size = struct.unpack_from("<LL", block, 32)
        packed, size, start = packed + (high_packed << 32), size + (high_size << 32), 40
    raw = block[start : start + name_size].split(b"\x00")[0]
    if flags & 0xE0 != 0xE0:  # noqa: PLR2004 - no folder
        _add(names, _words(raw), size)
    return packed


def _walk_new(file: io.RawIOBase, names: list[InsideName]) -> bool:
    """Go from block to block of RAR 5; returns whether the end of the archive was reached."""
    at = len(_NEW)
    for _number in range(MOST_BLOCKS):
        if len(names) == MOST_NAMES:
            return False
        block = _Numbers(_at(file, at, _HEADER_BYTES), 4)
        size = block.next()
        ends = block.place + size
        kind, flags = block.next(), block.next()
        _extra = block.next() if flags & 1 else 0
        data = block.next() if flags & 2 else 0
        if kind == 4:  # noqa: PLR2004 - the names are locked
            return False
        if kind == 5:  # noqa: PLR2004 - the end of the archive
            return True
        if kind == 2:  # noqa: PLR2004 - a file
            _new_file(block, names)
        at += _step(ends) + data
    return False


def _new_file(block: "_Numbers", names: list[InsideName]) -> None:
    flags, size, _attributes = block.next(), block.next(), block.next()
    block.place += (4 if flags & 2 else 0) + (4 if flags & 4 else 0)
    block.next()
    block.next()
    name = block.take(block.next())
    if not flags & 1:
        _add(names, _words(name), -1 if flags & 8 else size)


class _Numbers:
    """Reads the numbers of RAR 5, seven bits a byte."""

    def __init__(self, raw: bytes, place: int) -> None:
        self._raw = raw
        self.place = place

    def next(self) -> int:
        value = shift = 0
        while shift < _WIDE:
            byte = self._raw[self.place]
            self.place += 1
            value |= (byte & 0x7F) << shift
            if not byte & 0x80:
                return value
            shift += 7
        raise NoZip("a number without an end")

    def take(self, count: int) -> bytes:
        return self._raw[self.place : self.place + count]


def _step(size: int) -> int:
    if size < 7:  # noqa: PLR2004 - less than any block has
        raise NoZip("a block without a size")
    return size


def _words(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp437", "replace")


def _add(names: list[InsideName], untrusted_name: str, size: int) -> None:
    shown = clean_text(untrusted_name.replace("\\", "/"), _NAME_CHARACTERS)
    name = shown or "file without a name"
    names.append(InsideName(name, media_type_of(name), size))


def _at(file: io.RawIOBase, place: int, count: int) -> bytes:
    file.seek(place)
    return file.read(count) or b""
