"""Knows how a slot of keys.json is sealed and opened: by passphrase, recovery key or token.

Each slot has an X25519 key pair. What the person knows makes a key (Argon2id from a passphrase,
HKDF-SHA-256 from the recovery key or the token of a computer, which are random already), and
that seals the private key by AES-256-GCM. The log key is sealed to the public key, so that a new
log key can be given to every keyholder without any of their passphrases.
"""

import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.store.connection import KEY_BYTES
from desktop.store.key_file import (
    NONCE_BYTES,
    SALT_BYTES,
    Cost,
    Pair,
    Slot,
    box_context,
    secret_context,
)

PASSPHRASE = "passphrase"  # noqa: S105 (the name of a kind of slot)
RECOVERY = "recovery"
TOKEN = "token"  # noqa: S105 (the name of a kind of slot)

SlotKey = Callable[[bytes, Cost | None], bytes]


def by_passphrase(passphrase: str) -> SlotKey:
    """Return how a passphrase makes the key of a slot; each salt is worked out once."""
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


def by_recovery_key(secret: bytes) -> SlotKey:
    """Return how the secret of a recovery key makes the key of a slot."""
    return _by_random(secret, b"recovery slot")


def by_token(token: bytes) -> SlotKey:
    """Return how the token in a computer's keychain makes the key of a slot."""
    return _by_random(token, b"token slot")


def _by_random(secret: bytes, info: bytes) -> SlotKey:
    def slot_key(salt: bytes, _cost: Cost | None) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt, info).derive(secret)

    return slot_key


def make_slot(
    log_key: bytes | bytearray,
    log_id: str,
    *,
    kind: str,
    how: SlotKey,
    keyholder: str = "",
    shown_as: str = "",
    cost: Cost | None = None,
) -> Slot:
    """Make a slot with a key pair of its own, and seal the log key to it."""
    slot = Slot(
        kind=kind,
        keyholder=keyholder,
        shown_as=shown_as,
        salt=secrets.token_bytes(SALT_BYTES),
        cost=cost,
        nonce=b"",
        sealed=b"",
    )
    return _give_pair(slot, log_key, log_id, how)


def with_pair(slot: Slot, log_key: bytes | bytearray, log_id: str, how: SlotKey) -> Slot:
    """Give a direct slot a key pair, under the same secret and salt."""
    return slot if slot.pair else _give_pair(slot, log_key, log_id, how)


def seal_again(slot: Slot, log_key: bytes | bytearray, log_id: str) -> Slot:
    """Seal a new log key to the key pair of a slot; its secret is not needed."""
    if slot.pair is None:
        raise ValueError("a direct slot can only be sealed with its secret")
    ephemeral, nonce = X25519PrivateKey.generate(), secrets.token_bytes(NONCE_BYTES)
    pair = replace(slot.pair, ephemeral=ephemeral.public_key().public_bytes_raw())
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(pair.public))
    cipher = AESGCM(_box_key(shared, pair))
    sealed = cipher.encrypt(nonce, bytes(log_key), box_context(log_id, slot, pair))
    return replace(slot, pair=pair, nonce=nonce, sealed=sealed)


def open_slot(slot: Slot, log_id: str, how: SlotKey) -> bytes | None:
    """Return the log key; None if the secret is another one, or the slot damaged."""
    cipher = AESGCM(how(slot.salt, slot.cost))
    context = secret_context(log_id, slot)
    try:
        if slot.pair is None:
            return cipher.decrypt(slot.nonce, slot.sealed, context)
        private = cipher.decrypt(slot.pair.nonce, slot.pair.private, context)
        shared = X25519PrivateKey.from_private_bytes(private).exchange(
            X25519PublicKey.from_public_bytes(slot.pair.ephemeral)
        )
        box = AESGCM(_box_key(shared, slot.pair))
        return box.decrypt(slot.nonce, slot.sealed, box_context(log_id, slot, slot.pair))
    except (InvalidTag, ValueError):
        return None


def _give_pair(slot: Slot, log_key: bytes | bytearray, log_id: str, how: SlotKey) -> Slot:
    own, nonce = X25519PrivateKey.generate(), secrets.token_bytes(NONCE_BYTES)
    pair = Pair(own.public_key().public_bytes_raw(), nonce, b"", b"")
    slot = replace(slot, pair=pair)
    cipher = AESGCM(how(slot.salt, slot.cost))
    private = cipher.encrypt(nonce, own.private_bytes_raw(), secret_context(log_id, slot))
    return seal_again(replace(slot, pair=replace(pair, private=private)), log_key, log_id)


def _box_key(shared: bytes, pair: Pair) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, pair.ephemeral + pair.public, b"log key").derive(shared)
