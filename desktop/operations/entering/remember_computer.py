"""Remembers this computer: a random token in its keychain is one more way into the log.

Whoever can sign in to this computer as that person can then open the log, and so can any program
that runs there under their name. Passphrase and recovery key open it as before, with or without.
"""

import secrets
from functools import partial
from pathlib import Path

from desktop.domain.changes import Changes
from desktop.domain.errors import AppError, KeychainUnavailable, NotAllowed
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import unlock_with_token, ways_in
from desktop.operations.keys.keep_passphrases import add_token_slot, remove_token_slot
from desktop.operations.workspace import Workspace
from desktop.system.keychain import EMPTY, Keychain, SystemKeychain

TOKEN_BYTES = 32
OF_THIS_COMPUTER = SystemKeychain()


def is_remembered(workspace: Workspace) -> bool:
    """Say whether whoever is here may open the log from a computer's keychain."""
    return any(
        way.remembered and way.keyholder_id == workspace.keyholder.id
        for way in ways_in(workspace.keys.folder.path)
    )


def remember_computer(workspace: Workspace, keychain: Keychain = OF_THIS_COMPUTER) -> Changes:
    """Put a token into the keychain, then give it a slot; call it on the bytes thread.

    The keychain comes first, since it may refuse: a token without a slot opens nothing.
    Raises NotAllowed.
    """
    if workspace.restricted:  # the person it is about may use this computer
        raise NotAllowed("remember computer")
    token = secrets.token_bytes(TOKEN_BYTES)
    name = workspace.keyholder.id
    keychain.keep(name, token)
    try:
        return workspace.on_log(partial(add_token_slot, workspace, token))
    except AppError:
        keychain.forget(name)
        raise


def forget_computer(workspace: Workspace, keychain: Keychain = OF_THIS_COMPUTER) -> Changes:
    """Take the slot away, then the token; a token that stays behind opens nothing any more."""
    changes = workspace.on_log(partial(remove_token_slot, workspace))
    keychain.forget(workspace.keyholder.id)
    return changes


def unlock_remembered(
    environment: Environment,
    folder: Path,
    keyholder_id: str,
    keychain: Keychain = OF_THIS_COMPUTER,
) -> Workspace:
    """Open a log with what this computer's keychain holds for a keyholder.

    Raises KeychainUnavailable.
    """
    if not any(way.remembered and way.keyholder_id == keyholder_id for way in ways_in(folder)):
        raise KeychainUnavailable(EMPTY)
    return unlock_with_token(environment, folder, keyholder_id, keychain.read(keyholder_id))
