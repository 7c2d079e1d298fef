"""Knows the ways into a log, and the keys behind them: one random log key, sealed in each slot.

The log key is 32 random bytes; HKDF-SHA-256 makes from it one key for each purpose. A passphrase
opens its slot through Argon2id; a recovery key is random itself, so HKDF is enough. Evidence keys
are random too, and kept here as well as in log.db: a damaged log.db must not cost the evidence.
"""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.domain.errors import LogDamaged, WrongPassphrase, WrongRecoveryKey
from desktop.domain.identifiers import KeyholderId
from desktop.store.connection import KEY_BYTES
from desktop.store.folder import LogFolder
from desktop.store.key_file import (
    NONCE_BYTES,
    SALT_BYTES,
    Cost,
    KeyFile,
    Slot,
    canonical,
    evidence_context,
    file_shape,
    needs_mending,
    read_copies,
    slot_context,
    store_key_file,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenKeys:
    """The keys of an open log; `keyholder` is whose passphrase it was, None by recovery key."""

    folder: LogFolder
    log_id: str
    keyholder: KeyholderId | None
    log_key: bytes = field(repr=False)
    evidence_keys: Mapping[int, bytes] = field(repr=False)
    _file: KeyFile = field(repr=False)

    def derive(self, purpose: str) -> bytes:
        """Return the key for one purpose."""
        return _derive(self.log_key, purpose)

    def with_evidence_key(self, number: int, key: bytes) -> "OpenKeys":
        """Store the key of one more evidence file, in both copies, and return the keys with it."""
        file = _with_evidence_key(self._file, self.log_key, number, key)
        store_key_file(self.folder, file)
        keys = {**self.evidence_keys, number: key}
        return replace(self, evidence_keys=keys, _file=file)

    def at(self, folder: LogFolder) -> "OpenKeys":
        """Return the keys of the same log after its folder was renamed."""
        return replace(self, folder=folder)


def create_keys(
    folder: LogFolder,
    *,
    keyholder: KeyholderId,
    passphrase: str,
    recovery_secret: bytes,
    cost: Cost | None = None,
) -> OpenKeys:
    """Make the keys of a new log, with the key of its first evidence file, and store them."""
    log_key, log_id = secrets.token_bytes(KEY_BYTES), secrets.token_hex(16)
    cost = cost or Cost()
    slots = (
        _seal_slot(log_key, log_id, "passphrase", keyholder, cost, _by_passphrase(passphrase)),
        _seal_slot(log_key, log_id, "recovery", "", None, _by_recovery_key(recovery_secret)),
    )
    file = KeyFile(log_id=log_id, generation=0, slots=slots, evidence_keys={})
    first = secrets.token_bytes(KEY_BYTES)
    file = _with_evidence_key(file, log_key, 1, first)
    store_key_file(folder, file)
    return OpenKeys(
        folder=folder,
        log_id=log_id,
        keyholder=keyholder,
        log_key=log_key,
        evidence_keys={1: first},
        _file=file,
    )


def open_with_passphrase(folder: LogFolder, passphrase: str) -> OpenKeys:
    """Open the log's keys with a keyholder's passphrase, and mend a damaged copy."""
    return _open(folder, "passphrase", _by_passphrase(passphrase), WrongPassphrase())


def open_with_recovery_key(folder: LogFolder, recovery_secret: bytes) -> OpenKeys:
    """Open the log's keys with the recovery key, and mend a damaged copy."""
    how = _by_recovery_key(recovery_secret)
    return _open(folder, "recovery", how, WrongRecoveryKey(mistyped=False))


_SlotKey = Callable[[bytes, Cost | None], bytes]


def _by_passphrase(passphrase: str) -> _SlotKey:
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    made: dict[tuple[bytes, Cost], bytes] = {}

    def slot_key(salt: bytes, cost: Cost | None) -> bytes:
        cost = cost or Cost()
        if (salt, cost) not in made:
            made[salt, cost] = hash_secret_raw(
                secret,
                salt,
                time_cost=cost.passes,
                memory_cost=cost.memory_kib,
                parallelism=cost.lanes,
                hash_len=KEY_BYTES,
                type=Type.ID,
            )
        return made[salt, cost]

    return slot_key


def _by_recovery_key(secret: bytes) -> _SlotKey:
    def slot_key(salt: bytes, _cost: Cost | None) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt, b"recovery slot").derive(secret)

    return slot_key


def _derive(log_key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, None, purpose.encode()).derive(log_key)


def _seal_slot(
    log_key: bytes, log_id: str, kind: str, keyholder: str, cost: Cost | None, how: _SlotKey
) -> Slot:
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    slot = Slot(kind=kind, keyholder=keyholder, salt=salt, cost=cost, nonce=nonce, sealed=b"")
    cipher = AESGCM(how(salt, cost))
    return replace(slot, sealed=cipher.encrypt(nonce, log_key, slot_context(log_id, slot)))


def _with_evidence_key(file: KeyFile, log_key: bytes, number: int, key: bytes) -> KeyFile:
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(_derive(log_key, "evidence keys"))
    sealed = cipher.encrypt(nonce, key, evidence_context(file.log_id, number))
    file = replace(
        file,
        generation=file.generation + 1,
        evidence_keys={**file.evidence_keys, number: (nonce, sealed)},
    )
    return replace(file, mac=_mac(file, log_key))


def _mac(file: KeyFile, log_key: bytes) -> bytes:
    key = _derive(log_key, "keys.json")
    return hmac.new(key, canonical(file_shape(file)), hashlib.sha256).digest()


def _open(folder: LogFolder, kind: str, how: _SlotKey, refusal: Exception) -> OpenKeys:
    found = [file for file in read_copies(folder) if file]
    if not found:
        raise LogDamaged(folder.keys_file.name)
    whole, unlocked = [], False
    for file in found:
        for keyholder, log_key in _try_slots(file, kind, how):
            unlocked = True
            if hmac.compare_digest(file.mac, _mac(file, log_key)):
                whole.append((file, keyholder, log_key))
                break
    if not whole:
        raise LogDamaged(folder.keys_file.name) if unlocked else refusal
    file, keyholder, log_key = max(whole, key=lambda one: one[0].generation)
    if needs_mending(folder, file):
        store_key_file(folder, file)
    return OpenKeys(
        folder=folder,
        log_id=file.log_id,
        keyholder=KeyholderId(keyholder) if keyholder else None,
        log_key=log_key,
        evidence_keys=_unseal_evidence_keys(file, log_key),
        _file=file,
    )


def _try_slots(file: KeyFile, kind: str, how: _SlotKey) -> Iterator[tuple[str, bytes]]:
    for slot in file.slots:
        if slot.kind != kind:
            continue
        cipher = AESGCM(how(slot.salt, slot.cost))
        try:
            log_key = cipher.decrypt(slot.nonce, slot.sealed, slot_context(file.log_id, slot))
        except InvalidTag:
            continue
        yield slot.keyholder, log_key


def _unseal_evidence_keys(file: KeyFile, log_key: bytes) -> dict[int, bytes]:
    cipher = AESGCM(_derive(log_key, "evidence keys"))
    return {
        number: cipher.decrypt(nonce, sealed, evidence_context(file.log_id, number))
        for number, (nonce, sealed) in file.evidence_keys.items()
    }
