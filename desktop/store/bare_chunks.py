"""Reads the chunks of an evidence file past SQLCipher, for a reader who proves them by their hash.

SQLCipher verifies an HMAC-SHA512 for each page: reading and hashing 1 GiB so took 2.2 s of CPU
time, and 1.0 s without. A backup hashes what it reads and compares it with log.db anyway, which
proves more; so it reads the bare pages first. Only what was moved out of the WAL is found here.
Nothing that stands in a page is trusted: what cannot be followed ends in PageUnreadable, and what
was read wrongly has another hash; then the same content is read through SQLCipher.
"""

import struct
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from desktop.store.contents import CHUNK
from desktop.store.damaged_file import (
    RESERVE,
    SALT_BYTES,
    Cell,
    PageUnreadable,
    read_cell,
    read_children,
    read_record,
    read_varint,
)
from desktop.store.evidence_files import PAGE_SIZE

_IV_BYTES = 16
_USABLE = PAGE_SIZE - RESERVE
_POINTER = 4
_HEADER = 100
_LEAF = 13
_DEEPEST = 40
# The pages of a chunk, which follow one another unless something was removed before it.
_AT_ONCE = CHUNK // (_USABLE - _POINTER) + 1


class BareChunks:
    """One evidence file, of which nothing is proved; a chunk is good until the next is read."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open the file; raises PageUnreadable if it is not there."""
        try:
            self._file = FileIO(path)
        except OSError as error:
            raise PageUnreadable from error
        self._aes = AES(key)
        self._raw = memoryview(bytearray(_AT_ONCE * PAGE_SIZE))
        # Room for what a page holds beyond a chunk, and for what the cipher may need beyond that.
        self._clear = memoryview(bytearray(CHUNK + 2 * PAGE_SIZE))
        self._leaf: list[Cell] = []

    def read(self, first: int, count: int) -> Iterator[memoryview]:
        """Yield the chunks with these ids; raises PageUnreadable where one cannot be followed."""
        try:
            root = self._find_root()
            for rowid in range(first, first + count):
                yield self._chunk(self._find(root, rowid))
        except (OSError, IndexError, struct.error, OverflowError, ValueError) as error:
            raise PageUnreadable from error

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the file."""
        self._file.close()

    def _find_root(self) -> int:
        for cell in _cells(self._page(1), _HEADER):
            _, name, _, root, _ = read_record(cell.local)
            if name == "chunk" and isinstance(root, int):
                return root
        raise PageUnreadable

    def _find(self, root: int, rowid: int) -> Cell:
        if all(cell.rowid != rowid for cell in self._leaf):
            self._leaf = self._find_leaf(root, rowid)
        for cell in self._leaf:
            if cell.rowid == rowid:
                return cell
        raise PageUnreadable

    def _find_leaf(self, number: int, rowid: int) -> list[Cell]:
        for _ in range(_DEEPEST):
            page = self._page(number)
            if page[0] == _LEAF:
                return _cells(page, 0)
            below = read_children(page, 0)
            number = below[_count_smaller(page, len(below) - 1, rowid)]
        raise PageUnreadable

    def _chunk(self, cell: Cell) -> memoryview:
        """Put the parts of a row together; each page is decrypted to where it belongs."""
        start, size = _blob_in(cell)
        room, number = self._clear, cell.overflow
        done = len(cell.local) - start
        room[:done] = cell.local[start:]
        ahead = range(0)
        while done < size:
            if number not in ahead:
                ahead = self._fetch(number, _AT_ONCE)
            at = (number - ahead.start) * PAGE_SIZE
            # The page's own pointer comes before its part: what it overwrites is put back.
            before = done - _POINTER
            kept = bytes(room[before:done])
            self._decrypt(at, 0, room[before:])
            number = int.from_bytes(room[before:done], "big")
            room[before:done] = kept
            done += _USABLE - _POINTER
        return room[:size]

    def _page(self, number: int) -> bytes:
        if number not in self._fetch(number, 1):
            raise PageUnreadable
        clear = memoryview(bytearray(PAGE_SIZE))
        start = SALT_BYTES if number == 1 else 0
        self._decrypt(0, start, clear[start:])
        return bytes(clear[:_USABLE])

    def _fetch(self, number: int, count: int) -> range:
        """Read pages that follow one another; returns the numbers of those that are whole."""
        self._file.seek((number - 1) * PAGE_SIZE)
        got = self._file.readinto(self._raw[: count * PAGE_SIZE]) or 0
        if got < PAGE_SIZE:
            raise PageUnreadable
        return range(number, number + got // PAGE_SIZE)

    def _decrypt(self, at: int, start: int, target: memoryview) -> None:
        end = at + _USABLE
        iv = bytes(self._raw[end : end + _IV_BYTES])
        decryptor = Cipher(self._aes, CBC(iv)).decryptor()
        decryptor.update_into(self._raw[at + start : end], target)


def _cells(page: bytes, start: int) -> list[Cell]:
    if page[start] != _LEAF:
        raise PageUnreadable
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    return [read_cell(page, place) for place in struct.unpack_from(f">{count}H", page, start + 8)]


def _count_smaller(page: bytes, count: int, rowid: int) -> int:
    """Count the keys of an inner page that are smaller than a row's."""
    places = struct.unpack_from(f">{count}H", page, 12)
    return sum(read_varint(page, place + _POINTER)[0] < rowid for place in places)


def _blob_in(cell: Cell) -> tuple[int, int]:
    """Return where the bytes of a chunk begin in its row, and how many there are."""
    start, place = read_varint(cell.local, 0)
    _, place = read_varint(cell.local, place)
    kind, _ = read_varint(cell.local, place)
    size = (kind - 12) // 2
    if size != cell.size - start or not 0 <= size <= CHUNK or start > len(cell.local):
        raise PageUnreadable
    return start, size
