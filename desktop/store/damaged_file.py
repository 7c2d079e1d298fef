"""Reads an encrypted file page by page, without SQLite: whatever is damaged, the rest comes out.

SQLCipher 4 with a raw key: the file begins with 16 bytes of salt; each page ends in 80 bytes, the
IV of AES-256-CBC and an HMAC-SHA512 over the encrypted bytes, the IV and the page's number. Only
pages that verify are used; but where the salt is lost none can be verified, and then `proved` is
False: whoever reads on must prove what was read. Pages and records:
https://www.sqlite.org/fileformat2.html
"""

import hashlib
import hmac
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from desktop.store.cells import SqlValue

SALT_BYTES = 16
RESERVE = 80
_IV_BYTES = 16
_HEADER = 100
_INTERIOR, _LEAF = 5, 13
_DEEPEST = 40
_WAL_HEADER, _FRAME_HEADER = 32, 24
_WAL_LITTLE, _WAL_BIG = 0x377F0682, 0x377F0683


class PageUnreadable(Exception):
    """A page is missing, damaged, or not what it should be."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One row: its rowid, its size, the part that lies on the leaf, the first page of the rest."""

    rowid: int
    size: int
    local: bytes = field(repr=False)
    overflow: int


@dataclass(slots=True)
class Tree:
    """The leaves of one table, from its root down, and whether all of it could be read."""

    leaves: list[int]
    whole: bool = True


class DamagedFile:
    """One encrypted file, only ever read; what lies in its WAL counts as far as it was committed.

    Bytes that the disk refuses to give are taken as damaged. Close it at the end.
    """

    def __init__(self, path: Path, key: bytes, page_size: int) -> None:
        """Open the file; nothing is written, neither to it nor beside it."""
        self._page_size = page_size
        self._key = key
        self._file = path.open("rb")
        wal = path.with_name(f"{path.name}-wal")
        self._wal = wal.open("rb") if wal.is_file() else None
        self._frames = _read_wal(self._wal, page_size) if self._wal else {}
        size = self._file.seek(0, 2)
        self.page_count = max(size // page_size, max(self._frames, default=0))
        salt = self._raw(1)[:SALT_BYTES]
        mask = bytes(byte ^ 0x3A for byte in salt)
        self._mac_key = hashlib.pbkdf2_hmac("sha512", key, mask, 2, 32)
        self.proved = True
        self.unreadable: set[int] = set()
        self.leaves: list[int] = []
        self._look()
        if self.page_count and len(self.unreadable) == self.page_count:
            self.proved = False
            self._look()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        if self._wal:
            self._wal.close()

    def page(self, number: int) -> bytes:
        """Return one page in clear, without its last 80 bytes; raises PageUnreadable."""
        raw = self._raw(number)
        start = SALT_BYTES if number == 1 else 0
        if not self._is_whole(raw, number):
            raise PageUnreadable
        return bytes(start) + self._decrypt(raw, start, len(raw) - RESERVE)

    def schema_version(self) -> int:
        """Return user_version of the file; 0 when its first page cannot be read."""
        with suppress(PageUnreadable):
            return int.from_bytes(self.page(1)[60:64], "big")
        return 0

    def tree(self, root: int) -> Tree:
        """Follow a table from its root page to its leaves, in the order of its rows."""
        found = Tree([])
        self._follow(root, found, set(), 0)
        return found

    def free_pages(self) -> set[int]:
        """Return the pages that hold nothing any more, as far as they can be followed."""
        free: set[int] = set()
        with suppress(PageUnreadable):
            trunk = int.from_bytes(self.page(1)[32:36], "big")
            while trunk and trunk not in free:
                free.add(trunk)
                page = self.page(trunk)
                trunk, count = struct.unpack_from(">II", page)
                count = min(count, len(page) // 4 - 2)
                free.update(struct.unpack_from(f">{count}I", page, 8))
        return free

    def cells(self, number: int) -> list[Cell]:
        """Return the rows that begin on a leaf; raises PageUnreadable."""
        page = self.page(number)
        start = _HEADER if number == 1 else 0
        if page[start] != _LEAF:
            raise PageUnreadable
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        try:
            places = struct.unpack_from(f">{count}H", page, start + 8)
            return [read_cell(page, place) for place in places]
        except (IndexError, struct.error) as error:
            raise PageUnreadable from error

    def payload(self, cell: Cell) -> Iterator[bytes]:
        """Yield the bytes of a row, piece by piece; raises PageUnreadable part of the way."""
        yield cell.local
        left, number = cell.size - len(cell.local), cell.overflow
        while left > 0:
            page = self.page(number)
            piece = page[4 : 4 + left]
            number = int.from_bytes(page[:4], "big")
            left -= len(piece)
            yield piece

    def record(self, cell: Cell) -> list[SqlValue]:
        """Return the values of a row; raises PageUnreadable."""
        return read_record(b"".join(self.payload(cell)))

    def _raw(self, number: int) -> bytes:
        file, offset = self._file, (number - 1) * self._page_size
        if number in self._frames and self._wal:
            file, offset = self._wal, self._frames[number]
        try:
            file.seek(offset)
            return file.read(self._page_size)
        except (OSError, OverflowError):
            return b""

    def _verifies(self, raw: bytes, number: int) -> bool:
        end = -RESERVE + _IV_BYTES
        covered = raw[SALT_BYTES if number == 1 else 0 : end]
        mac = hmac.new(self._mac_key, covered, hashlib.sha512)
        mac.update(number.to_bytes(4, "little"))
        return hmac.compare_digest(mac.digest(), raw[end:])

    def _is_whole(self, raw: bytes, number: int) -> bool:
        if len(raw) < self._page_size or number < 1:
            return False
        return self._verifies(raw, number) if self.proved else number > 1

    def _decrypt(self, raw: bytes, start: int, end: int) -> bytes:
        iv = raw[-RESERVE : -RESERVE + _IV_BYTES]
        decryptor = Cipher(AES(self._key), CBC(iv)).decryptor()
        return decryptor.update(raw[start:end]) + decryptor.finalize()

    def _look(self) -> None:
        """Go through all pages once: which cannot be read, and which are leaves of a table."""
        self.unreadable.clear()
        for number in range(1, self.page_count + 1):
            raw = self._raw(number)
            if not self._is_whole(raw, number):
                self.unreadable.add(number)
            elif number == 1:
                if self.page(number)[_HEADER] == _LEAF:
                    self.leaves.append(number)
            elif self._decrypt(raw, 0, _IV_BYTES)[0] == _LEAF:
                self.leaves.append(number)

    def _follow(self, number: int, found: Tree, seen: set[int], depth: int) -> None:
        if number in seen or depth > _DEEPEST:
            found.whole = False
            return
        seen.add(number)
        try:
            page = self.page(number)
            start = _HEADER if number == 1 else 0
            if page[start] == _LEAF:
                found.leaves.append(number)
                return
            children = read_children(page, start)
        except PageUnreadable:
            found.whole = False
            return
        for child in children:
            self._follow(child, found, seen, depth + 1)


def read_record(payload: bytes) -> list[SqlValue]:
    """Return the values of a record; raises PageUnreadable if it is none."""
    try:
        end, place = read_varint(payload, 0)
        at, values = end, []
        while place < end:
            kind, place = read_varint(payload, place)
            value, at = _value(payload, at, kind)
            values.append(value)
    except (IndexError, struct.error, UnicodeDecodeError) as error:
        raise PageUnreadable from error
    if at != len(payload):
        raise PageUnreadable
    return values


def column_count(payload: bytes) -> int:
    """Say how many values a record has, from its first bytes; raises PageUnreadable."""
    count = 0
    try:
        end, place = read_varint(payload, 0)
        while place < end:
            _kind, place = read_varint(payload, place)
            count += 1
    except IndexError as error:
        raise PageUnreadable from error
    return count


def read_children(page: bytes, start: int) -> list[int]:
    """Return the pages below an inner page, in the order of their rows; raises PageUnreadable."""
    if page[start] != _INTERIOR:
        raise PageUnreadable
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    try:
        places = struct.unpack_from(f">{count}H", page, start + 12)
        children = [struct.unpack_from(">I", page, place)[0] for place in places]
    except struct.error as error:
        raise PageUnreadable from error
    return [*children, int.from_bytes(page[start + 8 : start + 12], "big")]


def read_cell(page: bytes, place: int) -> Cell:
    """Return the row that begins here on a leaf; IndexError or struct.error if none does."""
    usable = len(page)
    size, place = read_varint(page, place)
    rowid, place = read_varint(page, place)
    if rowid >= 2**63:
        rowid -= 2**64
    most = usable - 35
    if size <= most:
        return Cell(rowid, size, page[place : place + size], 0)
    least = (usable - 12) * 32 // 255 - 23
    kept = least + (size - least) % (usable - 4)
    kept = kept if kept <= most else least
    (overflow,) = struct.unpack_from(">I", page, place + kept)
    return Cell(rowid, size, page[place : place + kept], overflow)


def read_varint(data: bytes, place: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where it ends."""
    value = 0
    for step in range(8):
        byte = data[place + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004
            return value, place + step + 1
    return value << 8 | data[place + 8], place + 9


_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_FLOAT, _ZERO, _ONE, _FIRST_BLOB = 7, 8, 9, 12


def _value(data: bytes, at: int, kind: int) -> tuple[SqlValue, int]:
    if kind in _INTEGER_BYTES:
        end = at + _INTEGER_BYTES[kind]
        return int.from_bytes(data[at:end], "big", signed=True), end
    if kind >= _FIRST_BLOB:
        end = at + (kind - _FIRST_BLOB) // 2
        if end > len(data):
            raise IndexError
        return (data[at:end].decode() if kind % 2 else data[at:end]), end
    if kind == _FLOAT:
        return struct.unpack_from(">d", data, at)[0], at + 8
    return {0: None, _ZERO: 0, _ONE: 1}[kind] if kind in {0, _ZERO, _ONE} else _bad(), at


def _bad() -> SqlValue:
    raise IndexError


def _read_wal(wal: BinaryIO, page_size: int) -> dict[int, int]:
    """Return where the newest committed copy of each page lies in a WAL."""
    frames: dict[int, int] = {}
    pending: dict[int, int] = {}
    header = wal.read(_WAL_HEADER)
    if len(header) < _WAL_HEADER:
        return frames
    magic, _, size, _, salt_1, salt_2, sum_1, sum_2 = struct.unpack(">8I", header)
    if magic not in {_WAL_LITTLE, _WAL_BIG} or size != page_size:
        return frames
    order = "<" if magic == _WAL_LITTLE else ">"
    running = _checksum(header[:24], order, (0, 0))
    if running != (sum_1, sum_2):
        return frames
    place = _WAL_HEADER
    while len(head := wal.read(_FRAME_HEADER)) == _FRAME_HEADER:
        number, commit, *salts, own_1, own_2 = struct.unpack(">6I", head)
        page = wal.read(page_size)
        if len(page) < page_size:
            break
        running = _checksum(head[:8] + page, order, running)
        if salts != [salt_1, salt_2] or running != (own_1, own_2):
            break
        pending[number] = place + _FRAME_HEADER
        place += _FRAME_HEADER + page_size
        if commit:
            frames.update(pending)
            pending.clear()
    return frames


def _checksum(data: bytes, order: str, running: tuple[int, int]) -> tuple[int, int]:
    first, second = running
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
