"""Knows the form of keys.json, kept twice: read with suspicion, written whole.

The file is JSON: `format` (2) and `sets`, one set of keys, or two until a re-key is confirmed.
All bytes are hexadecimal. A set has these names; resources/help/format.md tells others the same.

    log_id          random, 16 bytes
    generation      counts every change; of two whole sets the higher one is newer
    slots           see Slot; all of a slot is authenticated
    evidence_keys   each: number, nonce, sealed (the key of that evidence file)
    mac             HMAC-SHA-256 over the canonical form of everything else, and the format

Format 1 was a single set beside its `format`, with direct slots only. What each key is made of
stands in desktop/store/key_slots.py.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.domain.errors import LogDamaged, LogTooNew
from desktop.store.folder import LogFolder, replace_file

FORMAT = 2
FIRST_FORMAT = 1
SALT_BYTES = 16
NONCE_BYTES = 12
PUBLIC_BYTES = 32
_LARGEST = 256 * 1024
_MOST_SLOTS = 64
_MOST_SETS = 2
_MEMORY_KIB = range(64 * 1024, 1024 * 1024 + 1)
_PASSES = range(1, 17)
_LANES = range(1, 17)
_UNREADABLE = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs: Argon2id with 64 MiB, 3 passes, 4 lanes."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """The key pair of a slot: the public key in clear, the private one sealed by the secret.

    The log key is sealed to the public key, with a fresh `ephemeral` pair each time.
    """

    public: bytes
    nonce: bytes
    private: bytes
    ephemeral: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way in: the log key, sealed to a key pair that opens with what a person knows.

    `kind` is "passphrase", "recovery" or "token"; `shown_as` is what the unlock page shows. A
    direct slot has no pair: format 1 sealed the log key under the key that the secret makes.
    """

    kind: str
    keyholder: str
    salt: bytes
    cost: Cost | None
    nonce: bytes
    sealed: bytes = field(repr=False)
    shown_as: str = ""
    pair: Pair | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """One set of keys; nothing in it is trusted before its mac is checked."""

    log_id: str
    generation: int
    slots: tuple[Slot, ...]
    evidence_keys: Mapping[int, tuple[bytes, bytes]]
    mac: bytes = b""
    format: int = FORMAT


def store_key_file(folder: LogFolder, *sets: KeyFile) -> None:
    """Write both copies, one after the other, so that one of them is always whole."""
    content = key_file_text(*sets).encode()
    replace_file(folder.keys_file, content)
    replace_file(folder.keys_copy_file, content)


def needs_mending(folder: LogFolder, file: KeyFile) -> bool:
    """Say whether a copy is missing, damaged, behind, or holds more than this set."""
    content = key_file_text(file).encode()
    return any(
        not path.is_file() or path.read_bytes() != content
        for path in (folder.keys_file, folder.keys_copy_file)
    )


def key_file_text(*sets: KeyFile) -> str:
    """Return what keys.json consists of with these sets in it, in the newest format."""
    shapes = [set_shape(one) | {"mac": one.mac.hex()} for one in sets]
    return json.dumps({"format": FORMAT, "sets": shapes}, indent=1, sort_keys=True) + "\n"


def canonical(shape: Mapping[str, Any]) -> bytes:
    """Write what is authenticated, always in the same way."""
    return json.dumps(shape, sort_keys=True, separators=(",", ":")).encode()


def file_shape(file: KeyFile) -> dict[str, Any]:
    """Return everything that the mac of a set covers."""
    return set_shape(file) | {"format": file.format}


def set_shape(file: KeyFile) -> dict[str, Any]:
    """Return a set as JSON, but for its mac."""
    return {
        "log_id": file.log_id,
        "generation": file.generation,
        "slots": [_slot_shape(slot) for slot in file.slots],
        "evidence_keys": [
            {"number": number, "nonce": nonce.hex(), "sealed": sealed.hex()}
            for number, (nonce, sealed) in sorted(file.evidence_keys.items())
        ],
    }


def secret_context(log_id: str, slot: Slot) -> bytes:
    """Return what is authenticated with what the secret seals: whose it is, and how it is made."""
    shape = _secret_shape(slot) | {"log": log_id}
    if slot.pair:
        return canonical(shape | {"public": slot.pair.public.hex()})
    return canonical(shape | {"nonce": slot.nonce.hex()})


def box_context(log_id: str, slot: Slot, pair: Pair) -> bytes:
    """Return what is authenticated with a log key that is sealed to a public key."""
    return canonical(
        {
            "log": log_id,
            "kind": slot.kind,
            "keyholder": slot.keyholder,
            "public": pair.public.hex(),
            "ephemeral": pair.ephemeral.hex(),
        }
    )


def evidence_context(log_id: str, number: int) -> bytes:
    """Return what is authenticated with a sealed evidence key."""
    return canonical({"log": log_id, "evidence file": number})


def _secret_shape(slot: Slot) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "kind": slot.kind,
        "keyholder": slot.keyholder,
        "salt": slot.salt.hex(),
    }
    if slot.cost:
        shape["memory_kib"] = slot.cost.memory_kib
        shape["passes"] = slot.cost.passes
        shape["lanes"] = slot.cost.lanes
    return shape


def _slot_shape(slot: Slot) -> dict[str, Any]:
    shape = _secret_shape(slot) | {"nonce": slot.nonce.hex(), "sealed": slot.sealed.hex()}
    if slot.shown_as:
        shape["shown_as"] = slot.shown_as
    if slot.pair:
        shape["public"] = slot.pair.public.hex()
        shape["private_nonce"] = slot.pair.nonce.hex()
        shape["private"] = slot.pair.private.hex()
        shape["ephemeral"] = slot.pair.ephemeral.hex()
    return shape


def read_copies(folder: LogFolder) -> Iterator[KeyFile | None]:
    """Return the newest set of each copy; None for one that is missing or damaged.

    Raises LogTooNew if no copy can be read and one says that it has a newer format.
    """
    for sets in _read_copies(folder):
        yield max(sets, key=lambda one: one.generation, default=None)


def read_sets(folder: LogFolder) -> list[KeyFile]:
    """Return every set of both copies; raises LogDamaged if there is none."""
    sets = [one for copy in _read_copies(folder) for one in copy]
    if not sets:
        raise LogDamaged(folder.keys_file.name)
    return sets


def _read_copies(folder: LogFolder) -> list[tuple[KeyFile, ...]]:
    found = [_read_copy(path) for path in (folder.keys_file, folder.keys_copy_file)]
    newer = [one for one in found if isinstance(one, int)]
    whole = [one if isinstance(one, tuple) else () for one in found]
    if newer and not any(whole):
        raise LogTooNew(max(newer), FORMAT)
    return whole


def read_text(text: str) -> tuple[KeyFile, ...]:
    """Read what key_file_text wrote; no set where it cannot be read."""
    try:
        return tuple(_read(json.loads(text)))
    except _UNREADABLE:
        return ()


def _read_copy(path: Path) -> tuple[KeyFile, ...] | int:
    """Return the sets of a copy, or the number of a format that is newer than this program."""
    try:
        with path.open("rb") as file:
            untrusted = json.loads(file.read(_LARGEST))
        if isinstance(untrusted["format"], int) and untrusted["format"] > FORMAT:
            return int(untrusted["format"])
        return tuple(_read(untrusted))
    except _UNREADABLE:
        return ()


def _read(untrusted: Any) -> Iterable[KeyFile]:
    if untrusted["format"] == FIRST_FORMAT:
        return [_read_set(untrusted, FIRST_FORMAT)]
    if untrusted["format"] != FORMAT or not 1 <= len(untrusted["sets"]) <= _MOST_SETS:
        raise ValueError("not the format of this program")
    return [_read_set(one, FORMAT) for one in untrusted["sets"]]


def _read_set(untrusted: Any, format_: int) -> KeyFile:
    if len(untrusted["slots"]) > _MOST_SLOTS:
        raise ValueError("more slots than anybody needs")
    return KeyFile(
        log_id=str(untrusted["log_id"]),
        generation=int(untrusted["generation"]),
        slots=tuple(_read_slot(slot) for slot in untrusted["slots"]),
        evidence_keys={
            int(one["number"]): (_read_bytes(one["nonce"], NONCE_BYTES), _bytes(one["sealed"]))
            for one in untrusted["evidence_keys"]
        },
        mac=_bytes(untrusted["mac"]),
        format=format_,
    )


def _read_slot(untrusted: Any) -> Slot:
    return Slot(
        kind=str(untrusted["kind"]),
        keyholder=str(untrusted["keyholder"]),
        shown_as=str(untrusted.get("shown_as", "")),
        salt=_read_bytes(untrusted["salt"], SALT_BYTES),
        cost=_read_cost(untrusted) if "memory_kib" in untrusted else None,
        nonce=_read_bytes(untrusted["nonce"], NONCE_BYTES),
        sealed=_bytes(untrusted["sealed"]),
        pair=_read_pair(untrusted) if "public" in untrusted else None,
    )


def _read_pair(untrusted: Any) -> Pair:
    return Pair(
        public=_read_bytes(untrusted["public"], PUBLIC_BYTES),
        nonce=_read_bytes(untrusted["private_nonce"], NONCE_BYTES),
        private=_bytes(untrusted["private"]),
        ephemeral=_read_bytes(untrusted["ephemeral"], PUBLIC_BYTES),
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


def _bytes(untrusted: str) -> bytes:
    return bytes.fromhex(untrusted)


def _read_bytes(untrusted: str, count: int) -> bytes:
    raw = bytes.fromhex(untrusted)
    if len(raw) != count:
        raise ValueError(f"{count} bytes are needed, not {len(raw)}")
    return raw
