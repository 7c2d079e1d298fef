"""Knows the form of keys.json, kept twice: read with suspicion, written whole.

The file is JSON with these names; all bytes are hexadecimal.

    format          1
    log_id          random, 16 bytes
    generation      counts every change; of two whole copies the higher one is right
    slots           each: kind ("passphrase" or "recovery"), keyholder (an id, "" for recovery),
                    salt, nonce, sealed (the log key under AES-256-GCM; all else in the slot, and
                    the log_id, is authenticated with it); a passphrase has memory_kib, passes and
                    lanes of Argon2id too
    evidence_keys   each: number, nonce, sealed (the key of that evidence file)
    mac             HMAC-SHA-256 over the canonical form of everything else

What each key is made of stands in desktop/store/keys.py.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.store.folder import LogFolder, replace_file

_FORMAT = 1
SALT_BYTES = 16
NONCE_BYTES = 12
_LARGEST = 256 * 1024
_MOST_SLOTS = 64
_MEMORY_KIB = range(64 * 1024, 1024 * 1024 + 1)
_PASSES = range(1, 17)
_LANES = range(1, 17)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs: Argon2id with 64 MiB, 3 passes, 4 lanes."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way in: the log key, sealed under a key made of what a person knows."""

    kind: str
    keyholder: str
    salt: bytes
    cost: Cost | None
    nonce: bytes
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """The whole file; nothing in it is trusted before its mac is checked."""

    log_id: str
    generation: int
    slots: tuple[Slot, ...]
    evidence_keys: Mapping[int, tuple[bytes, bytes]]
    mac: bytes = b""


def store_key_file(folder: LogFolder, file: KeyFile) -> None:
    """Write both copies, one after the other, so that one of them is always whole."""
    content = _text(file)
    replace_file(folder.keys_file, content)
    replace_file(folder.keys_copy_file, content)


def needs_mending(folder: LogFolder, file: KeyFile) -> bool:
    """Say whether a copy is missing, damaged or behind."""
    content = _text(file)
    return any(
        not path.is_file() or path.read_bytes() != content
        for path in (folder.keys_file, folder.keys_copy_file)
    )


def _text(file: KeyFile) -> bytes:
    shape = file_shape(file) | {"mac": file.mac.hex()}
    return json.dumps(shape, indent=1, sort_keys=True).encode() + b"\n"


def canonical(shape: Mapping[str, Any]) -> bytes:
    """Write what is authenticated, always in the same way."""
    return json.dumps(shape, sort_keys=True, separators=(",", ":")).encode()


def file_shape(file: KeyFile) -> dict[str, Any]:
    """Return everything that the mac covers."""
    return {
        "format": _FORMAT,
        "log_id": file.log_id,
        "generation": file.generation,
        "slots": [_slot_shape(slot) for slot in file.slots],
        "evidence_keys": [
            {"number": number, "nonce": nonce.hex(), "sealed": sealed.hex()}
            for number, (nonce, sealed) in sorted(file.evidence_keys.items())
        ],
    }


def slot_context(log_id: str, slot: Slot) -> bytes:
    """Return what is authenticated with a sealed log key: all else in its slot."""
    shape = _slot_shape(slot)
    return canonical({name: shape[name] for name in shape if name != "sealed"} | {"log": log_id})


def evidence_context(log_id: str, number: int) -> bytes:
    """Return what is authenticated with a sealed evidence key."""
    return canonical({"log": log_id, "evidence file": number})


def _slot_shape(slot: Slot) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "kind": slot.kind,
        "keyholder": slot.keyholder,
        "salt": slot.salt.hex(),
        "nonce": slot.nonce.hex(),
        "sealed": slot.sealed.hex(),
    }
    if slot.cost:
        shape["memory_kib"] = slot.cost.memory_kib
        shape["passes"] = slot.cost.passes
        shape["lanes"] = slot.cost.lanes
    return shape


def read_copies(folder: LogFolder) -> Iterator[KeyFile | None]:
    """Read both copies; None for one that is missing or damaged."""
    for path in (folder.keys_file, folder.keys_copy_file):
        try:
            with path.open("rb") as file:
                untrusted_content = file.read(_LARGEST)
            yield _read(json.loads(untrusted_content))
        except (
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            ArithmeticError,
            RecursionError,
        ):
            yield None


def _read(untrusted: Any) -> KeyFile:
    if untrusted["format"] != _FORMAT or len(untrusted["slots"]) > _MOST_SLOTS:
        raise ValueError("not the format of this program")
    return KeyFile(
        log_id=str(untrusted["log_id"]),
        generation=int(untrusted["generation"]),
        slots=tuple(_read_slot(slot) for slot in untrusted["slots"]),
        evidence_keys={
            int(one["number"]): (_read_nonce(one["nonce"]), bytes.fromhex(one["sealed"]))
            for one in untrusted["evidence_keys"]
        },
        mac=bytes.fromhex(untrusted["mac"]),
    )


def _read_slot(untrusted: Any) -> Slot:
    return Slot(
        kind=str(untrusted["kind"]),
        keyholder=str(untrusted["keyholder"]),
        salt=_read_salt(untrusted["salt"]),
        cost=_read_cost(untrusted) if "memory_kib" in untrusted else None,
        nonce=_read_nonce(untrusted["nonce"]),
        sealed=bytes.fromhex(untrusted["sealed"]),
    )


def _read_cost(untrusted: Any) -> Cost:
    cost = Cost(int(untrusted["memory_kib"]), int(untrusted["passes"]), int(untrusted["lanes"]))
    if (
        cost.memory_kib not in _MEMORY_KIB
        or cost.passes not in _PASSES
        or cost.lanes not in _LANES
    ):
        raise ValueError("these costs are out of bounds")
    return cost


def _read_salt(untrusted: str) -> bytes:
    salt = bytes.fromhex(untrusted)
    if len(salt) != SALT_BYTES:
        raise ValueError("not a salt")
    return salt


def _read_nonce(untrusted: str) -> bytes:
    nonce = bytes.fromhex(untrusted)
    if len(nonce) != NONCE_BYTES:
        raise ValueError("not a nonce")
    return nonce
