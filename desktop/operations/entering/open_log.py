"""Opens a log by passphrase, recovery key or this computer's token, and locks it again."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import (
    AppError,
    KeychainUnavailable,
    KeysOutOfDate,
    TryAgainLater,
    WrongPassphrase,
    WrongRecoveryKey,
)
from desktop.domain.identifiers import KeyholderId
from desktop.domain.log.attempts import seconds_to_wait
from desktop.domain.log.custody import Action
from desktop.domain.log.recovery import read_recovery_key
from desktop.operations.entering.enter_log import (
    Environment,
    enter_log,
    find_log,
    take_lock,
)
from desktop.operations.workspace import Workspace
from desktop.store.attempts import keep_attempt, read_attempts
from desktop.store.folder import LogFolder
from desktop.store.key_file import read_copies
from desktop.store.key_slots import PASSPHRASE, TOKEN
from desktop.store.keys import (
    OpenKeys,
    open_with_passphrase,
    open_with_recovery_key,
    open_with_token,
)


@dataclass(frozen=True, slots=True)
class WayIn:
    """A keyholder as the unlock page shows them; remembered: a token of a computer opens too."""

    keyholder_id: KeyholderId
    shown_as: str
    remembered: bool


def ways_in(folder: Path) -> tuple[WayIn, ...]:
    """Return who can open the log in this folder, as far as keys.json can be read.

    It takes no key, so nothing of this is to be trusted; opening the log checks it.
    """
    try:
        found = [file for file in read_copies(LogFolder(folder.absolute())) if file]
    except AppError:
        return ()
    newest = max(found, key=lambda one: one.generation, default=None)
    slots = newest.slots if newest else ()
    remembered = {slot.keyholder for slot in slots if slot.kind == TOKEN}
    return tuple(
        WayIn(KeyholderId(slot.keyholder), slot.shown_as, slot.keyholder in remembered)
        for slot in slots
        if slot.kind == PASSPHRASE
    )


def unlock_with_passphrase(
    environment: Environment, folder: Path, passphrase: str, keyholder_id: str = ""
) -> Workspace:
    """Open a log with a passphrase, of this keyholder or of whoever it opens for."""
    place = find_log(folder)

    def get_keys() -> OpenKeys:
        return open_with_passphrase(place, passphrase, keyholder_id)

    return _unlock(environment, place, get_keys, "passphrase")


def unlock_with_recovery_key(
    environment: Environment, folder: Path, recovery_key: str, keyholder_id: str = ""
) -> Workspace:
    """Open a log with the recovery key; who acts is this keyholder, or else the first lead.

    Raises WrongRecoveryKey.
    """
    place = find_log(folder)
    secret = read_recovery_key(recovery_key)
    if secret is None:
        raise WrongRecoveryKey(mistyped=True)

    def get_keys() -> OpenKeys:
        return open_with_recovery_key(place, secret)

    return _unlock(environment, place, get_keys, "recovery key", keyholder_id)


def unlock_with_token(
    environment: Environment, folder: Path, keyholder_id: str, token: bytes
) -> Workspace:
    """Open a log with what this computer's keychain holds for a keyholder.

    Raises KeychainUnavailable.
    """
    place = find_log(folder)

    def get_keys() -> OpenKeys:
        try:
            return open_with_token(place, token, keyholder_id)
        except WrongPassphrase:
            raise KeychainUnavailable("empty") from None

    return _unlock(environment, place, get_keys, "this computer")


def lock_log(workspace: Workspace, *, was_shown: bool = True) -> None:
    """Record that the log is locked, and close it, even where that cannot be recorded.

    `was_shown` False: nobody saw its pages, so that what is unfinished is still to be told.
    """
    workspace.stop_decoding()
    try:
        with workspace.log.transaction():
            # What the last session left unfinished has been shown for the whole of this one.
            for intent in workspace.log.intents.all() if was_shown else ():
                workspace.log.intents.end(intent.id)
            workspace.note(Action.LOG_LOCKED, "log", workspace.now())
    finally:
        try:
            workspace.contents.close()
            workspace.log.close()
        finally:
            workspace.keys.wipe()
            workspace.release()


def _unlock(
    environment: Environment,
    place: LogFolder,
    get_keys: Callable[[], OpenKeys],
    how: str,
    keyholder_id: str = "",
) -> Workspace:
    """Take one attempt, unless there were too many wrong ones just now."""
    lock = take_lock(place, environment.clock)

    def attempt() -> OpenKeys:
        now = environment.clock.now().utc
        wait = seconds_to_wait(read_attempts(place), now)
        if wait:
            raise TryAgainLater(wait)
        return get_keys()

    try:
        return enter_log(environment, lock, attempt, how, keyholder_id)
    except (WrongPassphrase, WrongRecoveryKey, KeysOutOfDate):
        keep_attempt(place, environment.clock.now().utc)
        raise
