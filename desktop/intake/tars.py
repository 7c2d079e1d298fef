"""Names what lies in a tar and in what was packed as one stream, within limits."""

import bz2
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable
from typing import Protocol

from desktop.domain.evidence.inside import InsideName, Listed
from desktop.domain.evidence.items import clean_text
from desktop.intake.kinds import media_type_of

MOST_NAMES = 10_000
UNPACKED_BYTES = 16 * 1024 * 1024
MEMORY = 64 * 1024 * 1024
_NAME_CHARACTERS = 300
_MAGIC_AT = 257
_BLOCK = 512
ODD = (
    OSError, EOFError, ValueError, LookupError, OverflowError, MemoryError, RecursionError,
    tarfile.TarError, zlib.error, lzma.LZMAError,
)  # fmt: skip

Names = tuple[tuple[InsideName, ...], Listed]


class _Unpacker(Protocol):
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


_UNPACKERS: dict[str, Callable[[], _Unpacker]] = {
    "application/gzip": lambda: zlib.decompressobj(31),
    "application/x-bzip2": bz2.BZ2Decompressor,
    "application/x-xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, MEMORY),
}


def name_tar(untrusted_tar: io.BufferedIOBase | io.RawIOBase, *, cut: bool = False) -> Names:
    """Return the names in a tar; the rest of one that is cut short is not named."""
    names: list[InsideName] = []
    try:
        # The stream is handed over as it is: nothing of it is written anywhere.
        with tarfile.open(fileobj=untrusted_tar, mode="r:") as archive:
            while (member := archive.next()) is not None:
                archive.members = []  # type: ignore[attr-defined]  # each one was named: keep none
                if member.isdir():
                    continue
                if len(names) == MOST_NAMES:
                    return tuple(names), Listed.PART
                name = clean_text(member.name, _NAME_CHARACTERS) or "file without a name"
                names.append(InsideName(name, media_type_of(name), member.size))
            untrusted_tar.seek(archive.offset)
            ended = untrusted_tar.read(_BLOCK) == bytes(_BLOCK)
    except ODD:
        return tuple(names), Listed.PART if names else Listed.NOT
    return tuple(names), Listed.WHOLE if ended and not cut else Listed.PART


def name_stream(untrusted: bytes, kind: str, file_name: str) -> Names:
    """Return what lies in a gzip, bzip2 or xz: the names of a tar, or the one file in it."""
    try:
        unpacked = _UNPACKERS[kind]().decompress(untrusted, UNPACKED_BYTES)
    except ODD:
        return (), Listed.NOT
    if not unpacked:
        return (), Listed.NOT
    if unpacked[_MAGIC_AT : _MAGIC_AT + 5] == b"ustar":
        return name_tar(io.BytesIO(unpacked), cut=len(unpacked) == UNPACKED_BYTES)
    name = file_name.rsplit(".", 1)[0] or "file without a name"
    size = len(unpacked) if len(unpacked) < UNPACKED_BYTES else -1
    return (InsideName(name, media_type_of(name), size),), Listed.WHOLE
