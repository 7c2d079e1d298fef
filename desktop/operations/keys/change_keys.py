"""Changes keys and log together: keys.json, its copy in log.db and the custody entry."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import (
    AppError,
    NotAllowed,
    NotFound,
    NotPermitted,
    ReasonNeeded,
    WrongRecoveryKey,
)
from desktop.domain.identifiers import KeyholderId
from desktop.domain.log.custody import Action
from desktop.domain.log.recovery import read_recovery_key
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.keys.match_keys import keep_copy
from desktop.operations.workspace import Workspace
from desktop.store.connection import Connection
from desktop.store.keyholder_table import KeyholderRow
from desktop.store.keys import OpenKeys
from desktop.store.log import Log
from desktop.store.rekey import rekey

# Settings: when the recovery key was made and last tried, and when the log got new keys.
RECOVERY_KEY_MADE_AT = "recovery_key_made_at"
RECOVERY_KEY_TRIED_AT = "recovery_key_tried_at"
REKEYED_AT = "rekeyed_at"


def change_keys(workspace: Workspace, keys: OpenKeys, record: Callable[[Moment], None]) -> Changes:
    """Store changed keys of the same log key; `record` writes what it means for the log.

    The files are written last, inside the transaction: if it fails, they go back.
    """
    before = workspace.keys.opened
    try:
        with workspace.log.transaction():
            record(workspace.now())
            keep_copy(workspace.log, keys)
            workspace.keys.change(keys)
    except BaseException:
        with suppress(AppError):
            workspace.keys.change(before)
        raise
    return changed(Topic.KEYS, Topic.CUSTODY)


def exchange_keys(
    workspace: Workspace,
    keep: list[str],
    recovery_key: str,
    record: Callable[[Workspace, Moment], None],
) -> Changes:
    """Give the log a new log key, sealed for these keyholders, and a new recovery key.

    `record` writes to the new log.db, which counts from the moment it takes the old one's place.
    Raises NotAllowed.
    """
    secret = read_secret(recovery_key)
    before = workspace.keys.opened
    if any(slot.pair is None and slot.keyholder in keep for slot in before.file.slots):
        # Format 1 left it: without its secret it cannot take a new key.
        raise NotAllowed("a passphrase from an earlier version must be set anew first")
    number = max(before.evidence_keys) + 1
    fresh = before.renewed(keep, secret, number)

    def prepare(connection: Connection) -> None:
        log, now = Log(connection), workspace.now()
        on_new = replace(workspace, log=log)
        with log.transaction():
            log.evidence_files.insert(number, fresh.evidence_keys[number])
            log.settings.set(RECOVERY_KEY_MADE_AT, now.to_text())
            log.settings.set(RECOVERY_KEY_TRIED_AT, "")
            log.settings.set(REKEYED_AT, now.to_text())
            keep_copy(log, fresh)
            record(on_new, now)

    rekey(workspace.log.connection, workspace.keys, fresh, prepare)
    with suppress(AppError):
        # The keys are new already; a file that cannot be made now is made with its first content.
        workspace.contents.begin_file(number, fresh.evidence_keys[number])
    return changed(Topic.KEYS, Topic.CUSTODY)


def read_secret(recovery_key: str) -> bytes:
    """Return what a recovery key stands for; raises WrongRecoveryKey when it is mistyped."""
    secret = read_recovery_key(recovery_key)
    if secret is None:
        raise WrongRecoveryKey(mistyped=True)
    return secret


def current_keyholder(workspace: Workspace, keyholder_id: KeyholderId) -> KeyholderRow:
    """Return somebody who is a keyholder now; raises NotFound."""
    for row in workspace.log.keyholders.current():
        if row.id == keyholder_id:
            return row
    raise NotFound("keyholder")


def need_lead(workspace: Workspace, action: Action) -> None:
    """Refuse what only a lead may do, before anything is worked out for it.

    Raises NotPermitted.
    """
    if workspace.keyholder.role is not KeyholderRole.LEAD:
        raise NotPermitted(action.value)


def need_reason(reason: str, about: str) -> str:
    """Return the reason without spaces around it; raises ReasonNeeded when it is empty."""
    if not reason.strip():
        raise ReasonNeeded(about)
    return reason.strip()
