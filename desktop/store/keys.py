"""Knows the ways into a log, and the keys behind them: one random log key, sealed in each slot.

The log key is 32 random bytes; HKDF-SHA-256 makes from it one key for each purpose. Evidence keys
are random too, and kept here as well as in log.db: a damaged log.db must not cost the evidence.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.domain.errors import AppError, LogDamaged, WrongPassphrase, WrongRecoveryKey
from desktop.domain.identifiers import KeyholderId
from desktop.store.connection import KEY_BYTES
from desktop.store.folder import LogFolder, raise_known, replace_file, sync_folder
from desktop.store.key_file import (
    FORMAT,
    NONCE_BYTES,
    Cost,
    KeyFile,
    Slot,
    canonical,
    evidence_context,
    file_shape,
    needs_mending,
    read_sets,
    read_text,
    store_key_file,
)
from desktop.store.key_slots import (
    PASSPHRASE,
    RECOVERY,
    TOKEN,
    SlotKey,
    by_passphrase,
    by_recovery_key,
    by_token,
    make_slot,
    open_slot,
    seal_again,
    with_pair,
)
from desktop.store.migrate import copy_path

LOG_PURPOSE = "log.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenKeys:
    """One set of keys, open; `keyholder` is whose secret it was, None by recovery key.

    `salt` tells the slot that opened; `others` are the older sets that the same secret opened.
    A method named with_… or without_… returns the keys after that change; store() makes it last.
    """

    folder: LogFolder
    log_id: str
    keyholder: KeyholderId | None
    log_key: bytes | bytearray = field(repr=False)
    evidence_keys: Mapping[int, bytes] = field(repr=False)
    _file: KeyFile = field(repr=False)
    salt: bytes = b""
    others: tuple["OpenKeys", ...] = field(default=(), repr=False)
    was_format: int = FORMAT

    @property
    def file(self) -> KeyFile:
        """The set as it is stored."""
        return self._file

    def derive(self, purpose: str) -> bytes:
        """Return the key for one purpose."""
        return _derive(self.log_key, purpose)

    def at(self, folder: LogFolder) -> "OpenKeys":
        """Return the keys of the same log after its folder was renamed."""
        return replace(self, folder=folder)

    def store(self) -> None:
        """Make this the only set, in both copies."""
        store_key_file(self.folder, self._file)

    def mend(self) -> None:
        """Make this the only set, unless both copies say so already.

        What format 1 left is kept beside it until the next unlock that finds format 2.
        """
        before = copy_path(self.folder.keys_file)
        if self.was_format == FORMAT:
            with suppress(OSError):
                before.unlink(missing_ok=True)
        elif not before.exists():
            replace_file(before, key_file_of_format_1(self.folder))
        if needs_mending(self.folder, self._file):
            # The log.db that these keys opened must last before the keys of another one go.
            try:
                sync_folder(self.folder.path)
            except OSError as error:
                raise_known(error, self.folder.path)
            self.store()

    def with_evidence_key(self, number: int, key: bytes) -> "OpenKeys":
        """Store the key of one more evidence file, in both copies, and return the keys with it."""
        file = _with_evidence_key(self._file, self.log_key, number, key)
        store_key_file(self.folder, file)
        return replace(self, evidence_keys={**self.evidence_keys, number: key}, _file=file)

    def with_slots(self, slots: Iterable[Slot]) -> "OpenKeys":
        """Return the keys with these slots, as one change."""
        file = replace(
            self._file, slots=tuple(slots), generation=self._file.generation + 1, format=FORMAT
        )
        return replace(self, _file=replace(file, mac=_mac(file, self.log_key)))

    def without(self, keyholder: str, *kinds: str) -> "OpenKeys":
        """Return the keys without a keyholder's slots of these kinds."""
        return self.with_slots(
            slot
            for slot in self._file.slots
            if slot.keyholder != keyholder or slot.kind not in kinds
        )

    def with_passphrase(
        self, keyholder: KeyholderId, shown_as: str, passphrase: str, cost: Cost | None = None
    ) -> "OpenKeys":
        """Return the keys with this passphrase for the keyholder, in place of an earlier one."""
        return self._with_slot(
            make_slot(
                self.log_key,
                self.log_id,
                kind=PASSPHRASE,
                how=by_passphrase(passphrase),
                keyholder=keyholder,
                shown_as=shown_as,
                cost=cost or Cost(),
            )
        )

    def with_recovery_key(self, secret: bytes) -> "OpenKeys":
        """Return the keys with this recovery key in place of the earlier one."""
        how = by_recovery_key(secret)
        return self._with_slot(make_slot(self.log_key, self.log_id, kind=RECOVERY, how=how))

    def with_token(self, keyholder: KeyholderId, token: bytes) -> "OpenKeys":
        """Return the keys with a slot for a computer's keychain."""
        how = by_token(token)
        return self._with_slot(
            make_slot(self.log_key, self.log_id, kind=TOKEN, how=how, keyholder=keyholder)
        )

    def shown_as(self, keyholder: str) -> str:
        """Return what the unlock page shows for a keyholder."""
        return next(
            (slot.shown_as for slot in self._file.slots if slot.keyholder == keyholder), ""
        )

    def with_shown_as(self, keyholder: str, shown_as: str) -> "OpenKeys":
        """Return the keys with other words on the unlock page."""
        return self.with_slots(
            replace(slot, shown_as=shown_as)
            if (slot.keyholder, slot.kind) == (keyholder, PASSPHRASE)
            else slot
            for slot in self._file.slots
        )

    def renewed(self, keep: Iterable[str], recovery_secret: bytes, number: int) -> "OpenKeys":
        """Return a new log key, sealed for the keyholders to keep and to a new recovery key.

        The keys of the evidence files stay; `number` is that of a further one with a fresh key.
        """
        log_key, kept = bytearray(secrets.token_bytes(KEY_BYTES)), frozenset(keep)
        slots = (
            seal_again(slot, log_key, self.log_id)
            for slot in self._file.slots
            if slot.keyholder in kept and slot.pair
        )
        fresh = replace(
            self,
            log_key=log_key,
            evidence_keys={},
            _file=replace(self._file, evidence_keys={}),
            others=(),
        ).with_slots(slots)
        keys = {**self.evidence_keys, number: secrets.token_bytes(KEY_BYTES)}
        file = fresh.file
        for each, key in keys.items():
            file = _with_evidence_key(file, log_key, each, key)
        return replace(fresh, evidence_keys=keys, _file=file).with_recovery_key(recovery_secret)

    def opens(self, how: SlotKey, *kinds: str, keyholder: str = "") -> bool:
        """Say whether a secret opens a slot of one of these kinds."""
        return any(
            slot.kind in kinds
            and keyholder in {"", slot.keyholder}
            and open_slot(slot, self.log_id, how) is not None
            for slot in self._file.slots
        )

    def has_slot(self, salt: bytes) -> bool:
        """Say whether the slot with this salt is among them."""
        return any(slot.salt == salt for slot in self._file.slots)

    def newer(self, text: str) -> "OpenKeys | None":
        """Return the keys that a kept text of keys.json holds, if they are newer and authentic."""
        for file in read_text(text):
            if file.generation > self._file.generation and _is_authentic(file, self.log_key):
                keys = _unseal_evidence_keys(file, self.log_key)
                return replace(self, _file=file, evidence_keys={**self.evidence_keys, **keys})
        return None

    def _with_slot(self, slot: Slot) -> "OpenKeys":
        slots = list(self._file.slots)
        for place, one in enumerate(slots):
            if (one.kind, one.keyholder) == (slot.kind, slot.keyholder):
                slots[place] = slot
                return self.with_slots(slots)
        return self.with_slots([*slots, slot])


def create_keys(
    folder: LogFolder,
    *,
    keyholder: KeyholderId,
    passphrase: str,
    recovery_secret: bytes,
    shown_as: str = "",
    cost: Cost | None = None,
) -> OpenKeys:
    """Make the keys of a new log, with the key of its first evidence file, and store them."""
    log_id = secrets.token_hex(16)
    keys = OpenKeys(
        folder=folder,
        log_id=log_id,
        keyholder=keyholder,
        log_key=bytearray(secrets.token_bytes(KEY_BYTES)),
        evidence_keys={},
        _file=KeyFile(log_id=log_id, generation=0, slots=(), evidence_keys={}),
    )
    keys = keys.with_passphrase(keyholder, shown_as, passphrase, cost)
    keys = keys.with_recovery_key(recovery_secret)
    keys = replace(keys, salt=keys.file.slots[0].salt)
    return keys.with_evidence_key(1, secrets.token_bytes(KEY_BYTES))


def open_with_passphrase(folder: LogFolder, passphrase: str, keyholder: str = "") -> OpenKeys:
    """Open the log's keys with a passphrase, of anybody or of this keyholder."""
    return _open(folder, PASSPHRASE, by_passphrase(passphrase), WrongPassphrase(), keyholder)


def open_with_recovery_key(folder: LogFolder, recovery_secret: bytes) -> OpenKeys:
    """Open the log's keys with the recovery key."""
    how = by_recovery_key(recovery_secret)
    return _open(folder, RECOVERY, how, WrongRecoveryKey(mistyped=False))


def open_with_token(folder: LogFolder, token: bytes, keyholder: str) -> OpenKeys:
    """Open the log's keys with what the keychain of this computer holds for a keyholder."""
    return _open(folder, TOKEN, by_token(token), WrongPassphrase(), keyholder)


def has_earlier_set(keys: OpenKeys) -> bool:
    """Say whether keys.json holds an earlier set, which the secret for these does not open."""
    return any(one.generation < keys.file.generation for one in read_sets(keys.folder))


def key_file_of_format_1(folder: LogFolder) -> bytes:
    """Return the copy of keys.json that is still to be read in format 1. Raises LogDamaged."""
    for path in (folder.keys_file, folder.keys_copy_file):
        with suppress(OSError, UnicodeDecodeError):
            content = path.read_bytes()
            if any(file.format != FORMAT for file in read_text(content.decode())):
                return content
    raise LogDamaged(folder.keys_file.name)


def _open(
    folder: LogFolder, kind: str, how: SlotKey, refusal: AppError, keyholder: str = ""
) -> OpenKeys:
    """Open every set that this secret opens; the newest is returned, with the others in it.

    Nothing is written: which of them is right, only log.db can tell.
    """
    found: dict[int, OpenKeys] = {}
    unlocked = False
    for file in read_sets(folder):
        for slot, log_key in _try_slots(file, kind, how, keyholder):
            unlocked = True
            if _is_authentic(file, log_key):
                found[file.generation] = _opened(folder, file, slot, log_key, how)
                break
    if not found:
        raise LogDamaged(folder.keys_file.name) if unlocked else refusal
    newest, *others = (found[generation] for generation in sorted(found, reverse=True))
    return replace(newest, others=tuple(others))


def _opened(
    folder: LogFolder, file: KeyFile, slot: Slot, log_key: bytes, how: SlotKey
) -> OpenKeys:
    keys = OpenKeys(
        folder=folder,
        log_id=file.log_id,
        keyholder=KeyholderId(slot.keyholder) if slot.keyholder else None,
        log_key=bytearray(log_key),
        evidence_keys=_unseal_evidence_keys(file, log_key),
        _file=file,
        salt=slot.salt,
        was_format=file.format,
    )
    if slot.pair:
        return keys
    paired = with_pair(slot, log_key, file.log_id, how)
    return keys.with_slots(paired if one is slot else one for one in file.slots)


def _try_slots(
    file: KeyFile, kind: str, how: SlotKey, keyholder: str
) -> Iterator[tuple[Slot, bytes]]:
    for slot in file.slots:
        if slot.kind == kind and keyholder in {"", slot.keyholder}:
            log_key = open_slot(slot, file.log_id, how)
            if log_key is not None:
                yield slot, log_key


def _derive(log_key: bytes | bytearray, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, None, purpose.encode()).derive(log_key)


def _with_evidence_key(
    file: KeyFile, log_key: bytes | bytearray, number: int, key: bytes
) -> KeyFile:
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(_derive(log_key, "evidence keys"))
    sealed = cipher.encrypt(nonce, key, evidence_context(file.log_id, number))
    file = replace(
        file,
        generation=file.generation + 1,
        evidence_keys={**file.evidence_keys, number: (nonce, sealed)},
        format=FORMAT,
    )
    return replace(file, mac=_mac(file, log_key))


def _mac(file: KeyFile, log_key: bytes | bytearray) -> bytes:
    key = _derive(log_key, "keys.json")
    return hmac.new(key, canonical(file_shape(file)), hashlib.sha256).digest()


def _is_authentic(file: KeyFile, log_key: bytes | bytearray) -> bool:
    return hmac.compare_digest(file.mac, _mac(file, log_key))


def _unseal_evidence_keys(file: KeyFile, log_key: bytes | bytearray) -> dict[int, bytes]:
    cipher = AESGCM(_derive(log_key, "evidence keys"))
    return {
        number: cipher.decrypt(nonce, sealed, evidence_context(file.log_id, number))
        for number, (nonce, sealed) in file.evidence_keys.items()
    }
