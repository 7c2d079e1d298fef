"""Knows backup.json: what a backup holds, in clear but for the counts, authenticated.

format      1
log_id      of the log
made_at     stored moment text
head        number and own: the end of the custody chain in this backup
log         size and sha256 of log.db
contents    each: id, file (the number of its evidence file), size
left_out    ids of contents that could not be read when this was made
counts      nonce and sealed: the numbers of records, under AES-256-GCM with the log's key
            for "backup counts"; the log_id is authenticated with it
mac         HMAC-SHA-256 over the canonical form of everything else, with its key for "backup"
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.domain.errors import BackupDamaged
from desktop.domain.identifiers import ContentId
from desktop.domain.log.custody import Head
from desktop.store.key_file import NONCE_BYTES, canonical

FILE_NAME = "backup.json"
MAC_PURPOSE = "backup"
COUNTS_PURPOSE = "backup counts"
_FORMAT = 1
_LARGEST = 64 * 1024 * 1024

Derive = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class PieceNote:
    """One content of a backup."""

    id: ContentId
    file_number: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupNote:
    """The whole file; nothing in it is trusted before `is_authentic` was asked."""

    log_id: str
    made_at: str
    head: Head
    log_size: int
    log_sha256: str
    contents: tuple[PieceNote, ...]
    left_out: tuple[ContentId, ...]
    counts: Mapping[str, str]
    mac: str = ""

    def is_authentic(self, derive: Derive) -> bool:
        """Say whether the log whose keys these are wrote it."""
        return hmac.compare_digest(self.mac.encode(), _mac(_shape(self), derive).encode())

    def open_counts(self, derive: Derive) -> dict[str, int]:
        """Return how many records of each kind the backup holds. Raises BackupDamaged."""
        cipher = AESGCM(derive(COUNTS_PURPOSE))
        try:
            nonce, sealed = (
                bytes.fromhex(self.counts["nonce"]),
                bytes.fromhex(self.counts["sealed"]),
            )
            text = cipher.decrypt(nonce, sealed, self.log_id.encode())
        except (InvalidTag, KeyError, ValueError) as error:
            raise BackupDamaged(FILE_NAME) from error
        return {str(name): int(count) for name, count in json.loads(text).items()}


def seal_counts(counts: Mapping[str, int], log_id: str, derive: Derive) -> dict[str, str]:
    """Seal the counts: how much there is in a log is nobody else's business."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(derive(COUNTS_PURPOSE))
    sealed = cipher.encrypt(nonce, canonical(counts), log_id.encode())
    return {"nonce": nonce.hex(), "sealed": sealed.hex()}


def note_text(note: BackupNote, derive: Derive) -> bytes:
    """Write a note with its mac."""
    shape = _shape(note)
    return json.dumps(shape | {"mac": _mac(shape, derive)}, indent=1, sort_keys=True).encode()


def read_note(folder: Path) -> BackupNote:
    """Read the note of a backup; BackupDamaged when it is none."""
    try:
        with (folder / FILE_NAME).open("rb") as file:
            untrusted = json.loads(file.read(_LARGEST))
        return _read(untrusted)
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ) as error:
        raise BackupDamaged(FILE_NAME) from error


def _mac(shape: Mapping[str, Any], derive: Derive) -> str:
    return hmac.new(derive(MAC_PURPOSE), canonical(shape), hashlib.sha256).hexdigest()


def _shape(note: BackupNote) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "log_id": note.log_id,
        "made_at": note.made_at,
        "head": {"number": note.head.number, "own": note.head.own},
        "log": {"size": note.log_size, "sha256": note.log_sha256},
        "contents": [
            {"id": one.id, "file": one.file_number, "size": one.size} for one in note.contents
        ],
        "left_out": list(note.left_out),
        "counts": dict(note.counts),
    }


def _read(untrusted: Any) -> BackupNote:
    if untrusted["format"] != _FORMAT:
        raise ValueError("not the format of this program")
    return BackupNote(
        log_id=str(untrusted["log_id"]),
        made_at=str(untrusted["made_at"]),
        head=Head(int(untrusted["head"]["number"]), str(untrusted["head"]["own"])),
        log_size=int(untrusted["log"]["size"]),
        log_sha256=str(untrusted["log"]["sha256"]),
        contents=tuple(
            PieceNote(_read_id(one["id"]), int(one["file"]), int(one["size"]))
            for one in untrusted["contents"]
        ),
        left_out=tuple(_read_id(one) for one in untrusted["left_out"]),
        counts={str(name): str(text) for name, text in untrusted["counts"].items()},
        mac=str(untrusted["mac"]),
    )


def _read_id(untrusted: Any) -> ContentId:
    # It becomes the name of a file.
    if not isinstance(untrusted, str) or not untrusted.isascii() or not untrusted.isalnum():
        raise ValueError("not an id")
    return ContentId(untrusted)
