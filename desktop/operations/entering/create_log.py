"""Makes a new log: in a hidden folder first, then in its place in one step."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.errors import ProcedureInvalid, WrongRecoveryKey
from desktop.domain.identifiers import ID_BYTES, KeyholderId, id_text
from desktop.domain.log.custody import Action
from desktop.domain.log.recovery import SECRET_BYTES, read_recovery_key, recovery_key_text
from desktop.domain.log.restricted import KIND, RESTRICTED
from desktop.operations.entering.choose_folder import check_folder, clear_half_made
from desktop.operations.entering.enter_log import (
    Environment,
    enter_log,
    locked,
    make_workspace,
    take_lock,
)
from desktop.operations.keys.change_keys import RECOVERY_KEY_MADE_AT
from desktop.operations.keys.match_keys import keep_copy
from desktop.operations.workspace import Keyholder, Workspace
from desktop.store.connection import open_connection
from desktop.store.contents import Contents
from desktop.store.folder import begin_folder, finish_folder, give_up_folder
from desktop.store.held_keys import HeldKeys
from desktop.store.keyholder_table import KeyholderRow
from desktop.store.keys import LOG_PURPOSE, OpenKeys, create_keys
from desktop.store.log import Log
from desktop.store.migrate import migrate

FIRST_SHOWN_AS = "Safeguarding lead"


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
    attempt that is cut off leaves nothing that is in the way. Raises WrongRecoveryKey, or
    ProcedureInvalid where the procedures that the program came with cannot be read.
    """
    if environment.problems:
        raise ProcedureInvalid(environment.problems)
    recovery_secret = read_recovery_key(new.recovery_key)
    if recovery_secret is None:
        raise WrongRecoveryKey(mistyped=True)
    target = new.folder.absolute()
    check_folder(target)
    clear_half_made(target)
    building = begin_folder(target)
    try:
        with locked(building, environment.clock):
            keyholder = _new_keyholder(new)
            keys = create_keys(
                building,
                keyholder=keyholder.id,
                passphrase=new.passphrase,
                recovery_secret=recovery_secret,
                shown_as=keyholder.title or FIRST_SHOWN_AS,
            )
            _fill(environment, keys, new, keyholder)
        folder = finish_folder(building, target)
    except BaseException:
        give_up_folder(building)
        raise
    lock = take_lock(folder, environment.clock)
    return enter_log(environment, lock, lambda: keys.at(folder), "passphrase")


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
        workspace = make_workspace(environment, HeldKeys(keys), log, contents, keyholder)
        with log.transaction():
            log.settings.set("organisation", new.organisation.strip())
            log.settings.set("policy", new.policy)
            now = workspace.now()
            log.settings.set(RECOVERY_KEY_MADE_AT, now.to_text())
            keep_copy(log, keys)
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
