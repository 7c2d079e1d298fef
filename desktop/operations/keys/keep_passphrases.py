"""Keeps the passphrases of keyholders, and the token of a remembered computer."""

from functools import partial

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes
from desktop.domain.errors import NotPermitted, TryAgainLater, WrongPassphrase
from desktop.domain.identifiers import KeyholderId
from desktop.domain.log.attempts import seconds_to_wait
from desktop.domain.log.custody import Action
from desktop.operations.keys.change_keys import change_keys, current_keyholder, need_lead
from desktop.operations.workspace import Workspace
from desktop.store.attempts import keep_attempt, read_attempts
from desktop.store.key_slots import PASSPHRASE, TOKEN, by_passphrase


def change_passphrase(workspace: Workspace, *, old: str, new: str) -> Changes:
    """Change the own passphrase; the one so far must be typed once more.

    Raises WrongPassphrase.
    """
    me = workspace.keyholder.id
    if not check_passphrase(workspace, me, old):
        raise WrongPassphrase
    return _set(workspace, me, new)


def set_passphrase(workspace: Workspace, keyholder_id: KeyholderId, new: str) -> Changes:
    """Set a passphrase in place of a forgotten one.

    A lead does it for others; for oneself it takes the recovery key, not just an unlocked desk.
    Raises NotPermitted.
    """
    row = current_keyholder(workspace, keyholder_id)
    if row.id != workspace.keyholder.id:
        need_lead(workspace, Action.PASSPHRASE_CHANGED)
    elif not workspace.keys.by_recovery_key:
        raise NotPermitted(Action.PASSPHRASE_CHANGED.value)
    return _set(workspace, row.id, new)


def check_passphrase(workspace: Workspace, keyholder_id: KeyholderId, passphrase: str) -> bool:
    """Say whether this is the passphrase of a keyholder; wrong ones are slowed and recorded.

    Raises TryAgainLater.
    """
    place, now = workspace.keys.folder, workspace.now().utc
    wait = seconds_to_wait(read_attempts(place), now)
    if wait:
        raise TryAgainLater(wait)
    how = by_passphrase(passphrase)
    fits = workspace.keys.opened.opens(how, PASSPHRASE, keyholder=keyholder_id)
    if not (fits and keyholder_id):
        keep_attempt(place, now)
    return fits and bool(keyholder_id)


def add_token_slot(workspace: Workspace, token: bytes) -> Changes:
    """Let the token in this computer's keychain open the log for whoever is here."""
    me = workspace.keyholder.id
    keys = workspace.keys.opened.with_token(me, token)
    return change_keys(workspace, keys, partial(_note, workspace, Action.COMPUTER_REMEMBERED, me))


def remove_token_slot(workspace: Workspace) -> Changes:
    """Take the token's way in away; what is left of it in a keychain opens nothing."""
    me = workspace.keyholder.id
    keys = workspace.keys.opened.without(me, TOKEN)
    return change_keys(workspace, keys, partial(_note, workspace, Action.COMPUTER_FORGOTTEN, me))


def _set(workspace: Workspace, keyholder_id: KeyholderId, new: str) -> Changes:
    keys = workspace.keys.opened
    shown_as = keys.shown_as(keyholder_id)
    return change_keys(
        workspace,
        keys.with_passphrase(keyholder_id, shown_as, new),
        partial(_note, workspace, Action.PASSPHRASE_CHANGED, keyholder_id),
    )


def _note(workspace: Workspace, action: Action, subject: str, now: Moment) -> None:
    workspace.note(action, subject, now)
