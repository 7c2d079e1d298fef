"""Decrypts the pages of a SQLCipher file one by one, free ones too, and every frame of its WAL."""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_SALT, _IV, _RESERVED = 16, 16, 80
_WAL_HEADER, _FRAME_HEADER = 32, 24


def raw_pages(path: Path, key: bytes, page_size: int = 4096) -> Iterator[bytes]:
    """Yield what each page holds, as it lies on the disk now."""
    data = path.read_bytes()
    for start in range(0, len(data), page_size):
        skipped = 0 if start else _SALT
        yield _decrypt(data[start + skipped : start + page_size], key)
    journal = path.with_name(f"{path.name}-wal")
    if journal.exists():
        frames = journal.read_bytes()[_WAL_HEADER:]
        size = _FRAME_HEADER + page_size
        for start in range(0, len(frames) - size + 1, size):
            number = int.from_bytes(frames[start : start + 4], "big")
            skipped = _SALT if number == 1 else 0
            yield _decrypt(frames[start + _FRAME_HEADER + skipped : start + size], key)


def holds(path: Path, key: bytes, what: bytes, page_size: int = 4096) -> bool:
    """Say whether any page of the file or of its WAL holds these bytes."""
    return any(what in page for page in raw_pages(path, key, page_size))


def _decrypt(page: bytes, key: bytes) -> bytes:
    body, rest = page[:-_RESERVED], page[-_RESERVED:]
    cipher = Cipher(algorithms.AES256(key), modes.CBC(rest[:_IV])).decryptor()
    return cipher.update(body) + cipher.finalize()
