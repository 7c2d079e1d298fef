"""Unlocking by passphrase, Argon2id alone and the rest, and new keys for a log.db of 20 MiB."""

import os
import secrets
import tempfile
import time
from pathlib import Path

import sqlcipher3
from argon2.low_level import Type, hash_secret_raw

from desktop.operations.entering.create_log import NewLog, create_log, new_recovery_key
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import (
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
)
from desktop.operations.keys.keep_keyholders import rekey
from desktop.store.key_file import Cost
from desktop.store.key_slots import by_passphrase
from tests.benchmarks.rows import Row, compare, limit
from tests.clocks import FrozenClock
from tests.workspaces import own_procedures

PASSPHRASE = "only for the bench, nothing in it"
LOG_MIB = 20
DERIVE_GOAL = 1.1
UNLOCK_GOAL = 1.0
REST_GOAL = 0.25
REKEY_GOAL = 3.0


def rows() -> list[Row]:
    """Measure all of them."""
    return [derive(), *unlock(), new_keys()]


def derive() -> Row:
    """The key of a slot, against bare Argon2id with the same cost."""
    cost, salt = Cost(), bytes(16)

    def ours() -> float:
        start = time.perf_counter()
        by_passphrase(PASSPHRASE)(salt, cost)
        return time.perf_counter() - start

    def reference() -> float:
        start = time.perf_counter()
        hash_secret_raw(
            PASSPHRASE.encode(), salt, cost.passes, cost.memory_kib, cost.lanes, 32, Type.ID
        )
        return time.perf_counter() - start

    return compare(
        "(k) unlock: Argon2id alone, 64 MiB", ours, reference, goal=DERIVE_GOAL, rounds=9
    )


def unlock() -> list[Row]:
    """Until the log is open: with the passphrase, and with the recovery key, without Argon2id."""
    with tempfile.TemporaryDirectory() as place:
        new = _new_log(Path(place))
        lock_log(create_log(_environment(), new))

        def whole() -> float:
            start = time.perf_counter()
            workspace = unlock_with_passphrase(_environment(), new.folder, PASSPHRASE)
            seconds = time.perf_counter() - start
            lock_log(workspace)
            return seconds

        def rest() -> float:
            start = time.perf_counter()
            workspace = unlock_with_recovery_key(_environment(), new.folder, new.recovery_key)
            seconds = time.perf_counter() - start
            lock_log(workspace)
            return seconds

        return [
            limit("(k) unlock by passphrase, whole", whole, goal=UNLOCK_GOAL),
            limit("(k) unlock: the rest, without Argon2id", rest, goal=REST_GOAL),
        ]


def new_keys(mib: int = LOG_MIB) -> Row:
    """A whole re-key, against copying log.db into a file under another key and syncing it."""
    with tempfile.TemporaryDirectory() as place:
        new = _new_log(Path(place))
        workspace = create_log(_environment(), new)
        text = "x" * 100_000
        with workspace.log.transaction():
            for number in range(mib * 10):
                workspace.log.settings.set(f"filler {number}", text)

        def ours() -> float:
            start = time.perf_counter()
            rekey(workspace, reason="the bench", recovery_key=new.recovery_key)
            return time.perf_counter() - start

        def reference() -> float:
            target = Path(place) / "bare.db"
            start = time.perf_counter()
            _copy_bare(new.folder / "log.db", workspace.keys.derive("log.db"), target)
            seconds = time.perf_counter() - start
            target.unlink()
            return seconds

        row = compare(
            f"(k) new keys for a log.db of {mib} MiB, against a bare copy",
            ours,
            reference,
            goal=REKEY_GOAL,
        )
        lock_log(workspace)
        return row


def _copy_bare(source: Path, key: bytes, target: Path) -> None:
    old, fresh = sqlcipher3.connect(str(source)), sqlcipher3.connect(str(target))
    old.set_key(f"x'{key.hex()}'")
    fresh.set_key(f"x'{secrets.token_hex(32)}'")
    old.backup(fresh)
    old.close()
    fresh.close()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _environment() -> Environment:
    return Environment(clock=FrozenClock(), procedures=own_procedures(), machine="bench")


def _new_log(place: Path) -> NewLog:
    return NewLog(
        folder=place / "log",
        organisation="Example Training",
        name="Pat Smith",
        title="Designated safeguarding lead",
        initials="PXS",
        passphrase=PASSPHRASE,
        recovery_key=new_recovery_key(),
    )
