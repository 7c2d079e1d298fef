"""Opens a log with keys that are found, under its lock: one way in for every secret."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from desktop.domain.calendar.times import Clock, Moment, is_behind, say
from desktop.domain.errors import (
    KeysOutOfDate,
    LogDamaged,
    LogInUse,
    LogMissing,
    NewKeysNotInUse,
    WrongPassphrase,
)
from desktop.domain.identifiers import KeyholderId
from desktop.domain.log.custody import Action
from desktop.domain.log.restricted import KIND, is_restricted
from desktop.domain.log.roles import KeyholderRole
from desktop.domain.steps.procedures import Procedure
from desktop.operations.erasing.finish_erasures import finish_erasures
from desktop.operations.keep_data import settle_data
from desktop.operations.keys.match_keys import MatchedKeys, keep_copy, match_keys
from desktop.operations.leaving.unfinished_exports import clear_unfinished_exports
from desktop.operations.reading.decoding import Decode, decode_here
from desktop.operations.steps.keep_versions import settle_procedures
from desktop.operations.workspace import CLOCK_BEHIND, Keyholder, OnLog, Workspace, directly
from desktop.store.attempts import forget_attempts, read_attempts
from desktop.store.connection import KEY_BYTES, Connection, open_connection
from desktop.store.contents import Contents
from desktop.store.folder import LogFolder, evidence_numbers, raise_known
from desktop.store.held_keys import HeldKeys
from desktop.store.keyholder_table import KeyholderRow
from desktop.store.keys import LOG_PURPOSE, OpenKeys, has_earlier_set
from desktop.store.log import Log
from desktop.store.migrate import migrate, version_of
from desktop.store.rekey import clear_building
from desktop.system.file_lock import FileLock

# The setting that tells how many wrong attempts the last unlock found, and when the latest was.
WRONG_ATTEMPTS = "wrong_attempts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What a log needs of the program that opens it.

    `problems` says what is wrong with the files of the procedures: then a log goes on with the
    last good ones that it keeps.
    """

    clock: Clock
    procedures: Mapping[str, Procedure]
    machine: str
    on_log: OnLog = directly
    decode: Decode = decode_here
    stop_decoding: Callable[[], None] = lambda: None
    problems: tuple[str, ...] = ()


def find_log(folder: Path) -> LogFolder:
    """Return the log in this folder; raises LogMissing if there is none."""
    place = LogFolder(folder.absolute())
    if not place.exists():
        raise LogMissing(place.path)
    return place


def take_lock(folder: LogFolder, clock: Clock) -> FileLock:
    """Lock a folder for this program, so that no other opens it; raises LogInUse."""
    lock = FileLock(folder.lock_file)
    try:
        taken = lock.take(clock.now().to_text())
    except OSError as error:
        raise_known(error, folder.path)
    if not taken:
        raise LogInUse(_since(lock.read_note()))
    return lock


@contextmanager
def locked(folder: LogFolder, clock: Clock) -> Iterator[None]:
    """Hold the lock of a folder for a while."""
    lock = take_lock(folder, clock)
    try:
        yield
    finally:
        lock.release()


def _since(note: str) -> str:
    try:
        return say(Moment.from_text(note))
    except ValueError:
        return ""


def make_workspace(
    environment: Environment,
    keys: HeldKeys,
    log: Log,
    contents: Contents,
    keyholder: Keyholder,
    release: Callable[[], None] = lambda: None,
) -> Workspace:
    """Return what every operation is handed."""
    return Workspace(
        keys=keys,
        log=log,
        contents=contents,
        clock=environment.clock,
        keyholder=keyholder,
        procedures=environment.procedures,
        data=settle_data(log, environment.clock.now()),
        machine=environment.machine,
        on_log=environment.on_log,
        release=release,
        restricted=is_restricted(log.settings.get(KIND)),
        decode=environment.decode,
        stop_decoding=environment.stop_decoding,
    )


def enter_log(
    environment: Environment,
    lock: FileLock,
    get_keys: Callable[[], OpenKeys],
    how: str,
    keyholder_id: str = "",
) -> Workspace:
    """Open everything under a lock that is held; whatever fails, all of it is closed again."""
    try:
        keys, connection = _open_log_file(get_keys())
        try:
            return _enter(environment, keys, connection, lock, (how, keyholder_id))
        except BaseException:
            connection.close()
            raise
    except BaseException:
        lock.release()
        raise


def _open_log_file(keys: OpenKeys) -> tuple[OpenKeys, Connection]:
    """Open log.db with whichever set of keys fits: after a re-key was cut off there may be two."""
    file = keys.folder.log_file
    if not file.is_file() or not file.stat().st_size:
        raise LogDamaged(file.name)
    for one in (keys, *keys.others):
        try:
            connection = open_connection(file, one.derive(LOG_PURPOSE))
        except LogDamaged:
            continue
        return one, _bring_up_to_date(connection)
    if not keys.others and has_earlier_set(keys):
        # A re-key was cut off before it counted; this secret belongs to what it had begun.
        raise NewKeysNotInUse
    if max(evidence_numbers(keys.folder), default=0) > max(keys.evidence_keys, default=0):
        # There is an evidence file that these keys know nothing of: they are older than the log.
        raise KeysOutOfDate
    raise LogDamaged(file.name)


def _bring_up_to_date(connection: Connection) -> Connection:
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
    environment: Environment,
    keys: OpenKeys,
    connection: Connection,
    lock: FileLock,
    by: tuple[str, str],
) -> Workspace:
    log, (how, keyholder_id) = Log(connection), by
    matched = match_keys(log, keys)
    row = _who(log, matched, keyholder_id)
    clear_building(keys.folder)
    held = HeldKeys(matched.keys)
    keyring = _Keyring(held, environment.on_log, log)
    contents = Contents(keys.folder, keyring.match(), keyring.evidence_key)
    try:
        keyholder = keyholder_of(row)
        workspace = make_workspace(environment, held, log, contents, keyholder, lock.release)
        if matched.slot_gone:
            _refuse_older_keys(workspace)
        workspace = settle_procedures(workspace, environment.problems)
        clear_unfinished_exports(workspace)
        finish_erasures(workspace)
        _note_opening(workspace, how, _clear_orphans(workspace), older_keys=matched.older)
        _begin_last_file(workspace)
    except BaseException:
        contents.close()
        raise
    return workspace


def keyholder_of(row: KeyholderRow) -> Keyholder:
    """Return a keyholder as the one who acts."""
    return Keyholder(row.id, row.name, row.title, row.initials, row.role)


def _who(log: Log, matched: MatchedKeys, keyholder_id: str) -> KeyholderRow:
    """Return who acts; by recovery key anybody may be named, and it is a lead otherwise."""
    keys, rows = matched.keys, log.keyholders.current()
    if not rows:
        raise LogDamaged(keys.folder.log_file.name)
    wanted = keys.keyholder or KeyholderId(keyholder_id)
    leads = [row for row in rows if row.role is KeyholderRole.LEAD]
    found = [row for row in rows if row.id == wanted] if wanted else (leads or rows)
    matched.keys.mend()
    if not found:
        # The slot of somebody whose addition was cut off: it opens nothing.
        raise WrongPassphrase
    return found[0]


def _clear_orphans(workspace: Workspace) -> int:
    known = frozenset(row.id for row in workspace.log.evidence.contents())
    return workspace.contents.remove_orphans(known)


def _begin_last_file(workspace: Workspace) -> None:
    """Make the evidence file that a re-key named, if it was cut off before."""
    keys, log = workspace.keys.evidence_keys, workspace.log
    last = max(keys)
    missing = last not in evidence_numbers(workspace.keys.folder)
    if missing and all(row.file_number != last for row in log.evidence.contents()) and last > 1:
        workspace.contents.begin_file(last, keys[last])


def _note_older_keys(workspace: Workspace, *, refused: bool) -> None:
    with workspace.log.transaction():
        workspace.note(Action.OLDER_KEYS_FOUND, "log", workspace.now(), refused=refused)


def _refuse_older_keys(workspace: Workspace) -> NoReturn:
    _note_older_keys(workspace, refused=True)
    raise KeysOutOfDate


def _note_opening(workspace: Workspace, how: str, orphans: int, *, older_keys: bool) -> None:
    log, now = workspace.log, workspace.now()
    latest = log.custody.latest_time()
    behind = is_behind(now, Moment.from_text(latest) if latest else None)
    wrong = read_attempts(workspace.keys.folder)
    with log.transaction():
        keep_copy(log, workspace.keys.opened)
        _set(log, CLOCK_BEHIND, latest if behind else "")
        if behind:
            workspace.note(Action.CLOCK_WENT_BACK, "log", now, latest=latest)
        if older_keys:
            _note_older_keys(workspace, refused=False)
        _set(log, WRONG_ATTEMPTS, f"{len(wrong)} {max(wrong).isoformat()}" if wrong else "")
        if wrong:
            times = [one.isoformat() for one in wrong]
            workspace.note(Action.WRONG_ATTEMPTS, "log", now, count=len(wrong), times=times)
        workspace.note(
            Action.LOG_OPENED,
            "log",
            now,
            how=how,
            machine=workspace.machine,
            cut_off=[intent.kind for intent in log.intents.all()],
            cleared=orphans,
        )
    forget_attempts(workspace.keys.folder)


def _set(log: Log, name: str, value: str) -> None:
    if log.settings.get(name) != value:
        log.settings.set(name, value)


class _Keyring:
    """The open keys while the log is open: they grow by one with each further evidence file."""

    def __init__(self, keys: HeldKeys, on_log: OnLog, log: Log) -> None:
        """Start with the keys as they were opened."""
        self._keys = keys
        self._on_log = on_log
        self._log = log

    def evidence_key(self, number: int) -> bytes:
        """Return the key of a further evidence file once it is safe in keys.json and log.db."""
        return self._on_log(lambda: self._evidence_key(number))

    def _evidence_key(self, number: int) -> bytes:
        if number not in self._keys.evidence_keys:
            self._keys.add_evidence_key(number, secrets.token_bytes(KEY_BYTES))
        key = self._keys.evidence_keys[number]
        with self._log.transaction():
            self._log.evidence_files.insert(number, key)
            keep_copy(self._log, self._keys.opened)
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
