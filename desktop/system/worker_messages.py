"""Messages over a pipe: a head of plain text, and parts of bytes; each side sets its limits."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

_START = struct.Struct(">IH")
_PART = struct.Struct(">Q")
MAX_PARTS = 1000


class MessageBroken(Exception):
    """What came is no message, is cut off, or is larger than it may be."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a message may be that comes in."""

    head_bytes: int
    part_bytes: int


def send(file: BinaryIO, head: bytes, parts: Sequence[bytes] = ()) -> None:
    """Send one message."""
    file.write(_START.pack(len(head), len(parts)))
    file.write(head)
    for part in parts:
        file.write(_PART.pack(len(part)))
        file.write(part)
    file.flush()


def receive(file: BinaryIO, limits: Limits) -> tuple[bytes, tuple[bytes, ...]] | None:
    """Return the next message, or None where nothing more comes; raises MessageBroken."""
    start = file.read(_START.size)
    if not start:
        return None
    if len(start) < _START.size:
        raise MessageBroken("cut off")
    head_size, count = _START.unpack(start)
    if head_size > limits.head_bytes or count > MAX_PARTS:
        raise MessageBroken("too large")
    head = _exactly(file, head_size)
    parts: list[bytes] = []
    left = limits.part_bytes
    for _number in range(count):
        (size,) = _PART.unpack(_exactly(file, _PART.size))
        if size > left:
            raise MessageBroken("too large")
        parts.append(_exactly(file, size))
        left -= size
    return head, tuple(parts)


def _exactly(file: BinaryIO, size: int) -> bytes:
    found = file.read(size)
    if len(found) < size:
        raise MessageBroken("cut off")
    return found
