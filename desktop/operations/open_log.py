"""Makes a log, opens it by passphrase or recovery key, and locks it again."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from desktop.domain.custody import Action
from desktop.domain.errors import (
    LogDamaged,
    LogInUse,
    LogMissing,
    WrongRecoveryKey,
)
from desktop.domain.identifiers import ID_BYTES, KeyholderId, id_text
from desktop.domain.procedures import Procedure
from desktop.domain.recovery import SECRET_BYTES, read_recovery_key, recovery_key_text
from desktop.domain.restricted import KIND, RESTRICTED, is_restricted
from desktop.domain.times import Clock, Moment, say
from desktop.operations.choose_folder import (
    check_folder,
    clear_half_made,
    log_exists,
    suggested_folder,
)
from desktop.operations.erase_record import finish_erasures
from desktop.operations.rate_passphrase import Strength, passphrase_strength
from desktop.operations.unfinished_exports import clear_unfinished_exports
from desktop.operations.workspace import Keyholder, OnLog, Workspace, directly
from desktop.store.connection import KEY_BYTES, Connection, open_connection
from desktop.store.contents import Contents
from desktop.store.folder import (
    LogFolder,
    begin_folder,
    finish_folder,
    give_up_folder,
    raise_known,
)
from desktop.store.held_keys import HeldKeys
from desktop.store.keyholder_table import KeyholderRow
from desktop.store.keys import (
    OpenKeys,
    create_keys,
    open_with_passphrase,
    open_with_recovery_key,
)
from desktop.store.log import Log
from desktop.store.migrate import migrate, version_of
from desktop.system.file_lock import FileLock

__all__ = [
    "Environment",
    "NewLog",
    "Strength",
    "check_folder",
    "create_log",
    "lock_log",
    "log_exists",
    "new_recovery_key",
    "passphrase_strength",
    "suggested_folder",
    "unlock_with_passphrase",
    "unlock_with_recovery_key",
]

LOG_PURPOSE = "log.db"
# Clocks are put right by seconds all the time; only more than this is worth saying.
CLOCK_TOLERANCE = timedelta(seconds=60)
# The setting that tells what the last unlock found: the time of the latest entry, if it lay ahead.
CLOCK_BEHIND = "clock_behind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What a log needs of the program that opens it."""

    clock: Clock
    procedures: Mapping[str, Procedure]
    machine: str
    on_log: OnLog = directly


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLog:
    """What the assistant asked for a new log; `policy` names the documented policy it follows.

    A `restricted` log says so of itself from its first entry on.
    """

    folder: Path
    organisation: str
    name: str
    title: str
    initials: str
    passphrase: str = field(repr=False)
    recovery_key: str = field(repr=False)
    policy: str = "S003"
    restricted: bool = False


def new_recovery_key() -> str:
    """Return a fresh recovery key, in groups as it is shown."""
    return recovery_key_text(secrets.token_bytes(SECRET_BYTES))


def create_log(environment: Environment, new: NewLog) -> Workspace:
    """Make a log and open it.

    It is built in a hidden folder beside its own and gets its name in one step at the end: an
    attempt that is cut off leaves nothing that is in the way.
    """
    recovery_secret = read_recovery_key(new.recovery_key)
    if recovery_secret is None:
        raise WrongRecoveryKey(mistyped=True)
    target = new.folder.absolute()
    check_folder(target)
    clear_half_made(target)
    building = begin_folder(target)
    try:
        with _locked(building, environment.clock):
            keyholder = _new_keyholder(new)
            keys = create_keys(
                building,
                keyholder=keyholder.id,
                passphrase=new.passphrase,
                recovery_secret=recovery_secret,
            )
            _fill(environment, keys, new, keyholder)
        folder = finish_folder(building, target)
    except BaseException:
        give_up_folder(building)
        raise
    lock = _take_lock(folder, environment.clock)
    return _open(environment, folder, lock, lambda: keys.at(folder), "passphrase")


def unlock_with_passphrase(environment: Environment, folder: Path, passphrase: str) -> Workspace:
    """Open a log with a keyholder's passphrase."""
    place = _find(folder)
    lock = _take_lock(place, environment.clock)
    return _open(
        environment, place, lock, lambda: open_with_passphrase(place, passphrase), "passphrase"
    )


def unlock_with_recovery_key(
    environment: Environment, folder: Path, recovery_key: str
) -> Workspace:
    """Open a log with the recovery key; the first keyholder is then the one who acts."""
    place = _find(folder)
    secret = read_recovery_key(recovery_key)
    if secret is None:
        raise WrongRecoveryKey(mistyped=True)
    lock = _take_lock(place, environment.clock)
    return _open(
        environment, place, lock, lambda: open_with_recovery_key(place, secret), "recovery key"
    )


def lock_log(workspace: Workspace) -> None:
    """Record that the log is locked, and close it, even where that cannot be recorded."""
    try:
        with workspace.log.transaction():
            # What the last session left unfinished has been shown for the whole of this one.
            for intent in workspace.log.intents.all():
                workspace.log.intents.end(intent.id)
            workspace.note(Action.LOG_LOCKED, "log", workspace.now())
    finally:
        try:
            workspace.contents.close()
            workspace.log.close()
        finally:
            workspace.release()


class _Keyring:
    """The open keys while the log is open: they grow by one with each further evidence file."""

    def __init__(self, keys: HeldKeys, on_log: OnLog, log: Log) -> None:
        """Start with the keys as they were opened."""
        self._keys = keys
        self._on_log = on_log
        self._log = log

    def evidence_key(self, number: int) -> bytes:
        """Return the key of a further evidence file once it is safe in keys.json and log.db."""
        if number not in self._keys.evidence_keys:
            key = secrets.token_bytes(KEY_BYTES)
            self._keys.add_evidence_key(number, key)
        key = self._keys.evidence_keys[number]
        self._on_log(lambda: self._log.evidence_files.insert(number, key))
        return key

    def match(self) -> Mapping[int, bytes]:
        """Bring keys.json and log.db to the same keys: a crash can come between the two."""
        stored = self._log.evidence_files.keys()
        for number, key in stored.items():
            if number not in self._keys.evidence_keys:
                self._keys.add_evidence_key(number, key)
        for number, key in self._keys.evidence_keys.items():
            if number not in stored:
                self._log.evidence_files.insert(number, key)
        return self._keys.evidence_keys


def _find(folder: Path) -> LogFolder:
    place = LogFolder(folder.absolute())
    if not place.exists():
        raise LogMissing(place.path)
    return place


def _take_lock(folder: LogFolder, clock: Clock) -> FileLock:
    lock = FileLock(folder.lock_file)
    try:
        taken = lock.take(clock.now().to_text())
    except OSError as error:
        raise_known(error, folder.path)
    if not taken:
        raise LogInUse(_since(lock.read_note()))
    return lock


@contextmanager
def _locked(folder: LogFolder, clock: Clock) -> Iterator[None]:
    lock = _take_lock(folder, clock)
    try:
        yield
    finally:
        lock.release()


def _since(note: str) -> str:
    try:
        return say(Moment.from_text(note))
    except ValueError:
        return ""


def _new_keyholder(new: NewLog) -> Keyholder:
    fresh = KeyholderId(id_text(secrets.token_bytes(ID_BYTES)))
    return Keyholder(fresh, new.name.strip(), new.title.strip(), new.initials)


def _fill(environment: Environment, keys: OpenKeys, new: NewLog, keyholder: Keyholder) -> None:
    with open_connection(keys.folder.log_file, keys.derive(LOG_PURPOSE)) as connection:
        migrate(connection)
        log = Log(connection)
        contents = Contents(keys.folder, keys.evidence_keys, _no_further_file)
        contents.begin_first_file()
        contents.close()
        workspace = _workspace(environment, HeldKeys(keys), log, contents, keyholder)
        with log.transaction():
            log.settings.set("organisation", new.organisation.strip())
            log.settings.set("policy", new.policy)
            now = workspace.now()
            log.keyholders.insert(
                KeyholderRow(
                    id=keyholder.id,
                    name=keyholder.name,
                    title=keyholder.title,
                    initials=keyholder.initials,
                    added_at=now,
                )
            )
            for number, key in keys.evidence_keys.items():
                log.evidence_files.insert(number, key)
            if new.restricted:
                log.settings.set(KIND, RESTRICTED)
                workspace.note(Action.RESTRICTED_LOG_STARTED, "log", now)
            workspace.note(
                Action.LOG_CREATED,
                "log",
                now,
                log=keys.log_id,
                keyholder=keyholder.name,
                machine=environment.machine,
            )


def _no_further_file(number: int) -> bytes:
    raise RuntimeError(f"a log that is being made has no evidence file {number}")


def _workspace(
    environment: Environment,
    keys: HeldKeys,
    log: Log,
    contents: Contents,
    keyholder: Keyholder,
    release: Callable[[], None] = lambda: None,
) -> Workspace:
    return Workspace(
        keys=keys,
        log=log,
        contents=contents,
        clock=environment.clock,
        keyholder=keyholder,
        procedures=environment.procedures,
        machine=environment.machine,
        on_log=environment.on_log,
        release=release,
        restricted=is_restricted(log.settings.get(KIND)),
    )


def _open(
    environment: Environment,
    folder: LogFolder,
    lock: FileLock,
    get_keys: Callable[[], OpenKeys],
    how: str,
) -> Workspace:
    """Open everything under a lock that is held; whatever fails, all of it is closed again."""
    try:
        keys = get_keys()
        connection = _open_log_file(folder, keys)
        try:
            return _enter(environment, keys, connection, lock, how)
        except BaseException:
            connection.close()
            raise
    except BaseException:
        lock.release()
        raise


def _open_log_file(folder: LogFolder, keys: OpenKeys) -> Connection:
    file = folder.log_file
    if not file.is_file() or not file.stat().st_size:
        raise LogDamaged(file.name)
    connection = open_connection(file, keys.derive(LOG_PURPOSE))
    try:
        _check_begun(connection)
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_begun(connection: Connection) -> None:
    if not version_of(connection):
        raise LogDamaged(connection.path.name)


def _enter(
    environment: Environment, keys: OpenKeys, connection: Connection, lock: FileLock, how: str
) -> Workspace:
    log = Log(connection)
    held = HeldKeys(keys)
    keyring = _Keyring(held, environment.on_log, log)
    contents = Contents(keys.folder, keyring.match(), keyring.evidence_key)
    try:
        keyholder = _who(log, keys)
        workspace = _workspace(environment, held, log, contents, keyholder, lock.release)
        clear_unfinished_exports(workspace)
        finish_erasures(workspace)
        _note_opening(workspace, how, _clear_orphans(workspace))
    except BaseException:
        contents.close()
        raise
    return workspace


def _who(log: Log, keys: OpenKeys) -> Keyholder:
    for row in log.keyholders.all():
        if keys.keyholder in {None, row.id}:
            return Keyholder(row.id, row.name, row.title, row.initials)
    raise LogDamaged(keys.folder.log_file.name)


def _clear_orphans(workspace: Workspace) -> int:
    known = frozenset(row.id for row in workspace.log.evidence.contents())
    return workspace.contents.remove_orphans(known)


def _note_opening(workspace: Workspace, how: str, orphans: int) -> None:
    log, now = workspace.log, workspace.now()
    latest = log.custody.latest_time()
    behind = bool(latest) and now.utc < Moment.from_text(latest).utc - CLOCK_TOLERANCE
    with log.transaction():
        _set(log, CLOCK_BEHIND, latest if behind else "")
        if behind:
            workspace.note(Action.CLOCK_WENT_BACK, "log", now, latest=latest)
        workspace.note(
            Action.LOG_OPENED,
            "log",
            now,
            how=how,
            machine=workspace.machine,
            cut_off=[intent.kind for intent in log.intents.all()],
            cleared=orphans,
        )


def _set(log: Log, name: str, value: str) -> None:
    if log.settings.get(name) != value:
        log.settings.set(name, value)
