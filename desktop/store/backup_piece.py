"""Knows the form of one content in a backup: chunks of 1 MiB, each under AES-256-GCM.

The file begins with 16 bytes that name the form and 16 random bytes of salt. Its key is
HKDF-SHA-256 of the key of its evidence file, with that salt and the info "backup <content id>".
Each chunk carries its tag of 16 bytes after it. The nonce of a chunk is its place, counted from 0
in 11 bytes, the highest first, and a byte that is 1 in the last chunk and 0 in all others.
"""

import hashlib
import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.domain.errors import BackupDamaged
from desktop.domain.evidence import Fingerprint
from desktop.domain.identifiers import ContentId
from desktop.store.connection import KEY_BYTES

CHUNK = 1024 * 1024
MAGIC = b"SGL backup piece"
_SALT_BYTES = 16
_TAG_BYTES = 16
_PLACE_BYTES = 11
_HEADER_BYTES = len(MAGIC) + _SALT_BYTES


def piece_size(size: int) -> int:
    """Return how long the file of a content of this size is."""
    return _HEADER_BYTES + size + _TAG_BYTES * max(1, -(-size // CHUNK))


def write_piece(
    path: Path, evidence_key: bytes, content_id: ContentId, chunks: Iterable[bytes], size: int
) -> None:
    """Write a content of this size, given in chunks of 1 MiB, to a new file, and sync it."""
    salt = secrets.token_bytes(_SALT_BYTES)
    cipher = _cipher(evidence_key, content_id, salt)
    with path.open("wb", buffering=0) as file:
        write_all(file, MAGIC + salt)
        done = 0
        for place, chunk in enumerate(chunks):
            done += len(chunk)
            write_all(file, cipher.encrypt(_nonce(place, last=done == size), chunk, None))
        if not size:
            write_all(file, cipher.encrypt(_nonce(0, last=True), b"", None))
        os.fsync(file.fileno())


def read_piece(path: Path, evidence_key: bytes, content_id: ContentId) -> Iterator[bytes]:
    """Yield the content in chunks; BackupDamaged where it is not what was written."""
    with path.open("rb") as file:
        forget_cached(file)
        left = os.fstat(file.fileno()).st_size - _HEADER_BYTES
        if file.read(len(MAGIC)) != MAGIC or left < _TAG_BYTES:
            raise BackupDamaged(path.name)
        cipher = _cipher(evidence_key, content_id, file.read(_SALT_BYTES))
        place = 0
        while left > 0:
            sealed = file.read(min(left, CHUNK + _TAG_BYTES))
            left -= len(sealed)
            try:
                yield cipher.decrypt(_nonce(place, last=not left), sealed, None)
            except InvalidTag as error:
                raise BackupDamaged(path.name) from error
            if not sealed:
                raise BackupDamaged(path.name)
            place += 1


def check_piece(path: Path, evidence_key: bytes, content_id: ContentId) -> Fingerprint:
    """Read a piece from the disk and hash what it holds."""
    digest, size = hashlib.sha256(), 0
    for chunk in read_piece(path, evidence_key, content_id):
        digest.update(chunk)
        size += len(chunk)
    return Fingerprint(digest.hexdigest(), size)


def write_all(file: BinaryIO, content: bytes) -> None:
    """Write to an unbuffered file all that there is to write."""
    view = memoryview(content)
    while view:
        view = view[file.write(view) :]


def forget_cached(file: BinaryIO) -> None:
    """Let what is read come from the disk and not from memory, where the system can be told.

    It is fetched ahead then: without that, reading 100 MiB back took up to three times as long.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)


def _cipher(evidence_key: bytes, content_id: ContentId, salt: bytes) -> AESGCM:
    info = f"backup {content_id}".encode()
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt, info).derive(evidence_key))


def _nonce(place: int, *, last: bool) -> bytes:
    return place.to_bytes(_PLACE_BYTES, "big") + bytes([last])
