"""Renews the recovery key, and tries it once a year so that it is there when it is needed."""

from dataclasses import dataclass
from functools import partial

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.log.custody import Action
from desktop.operations.keys.change_keys import (
    RECOVERY_KEY_MADE_AT,
    RECOVERY_KEY_TRIED_AT,
    change_keys,
    need_lead,
    read_secret,
)
from desktop.operations.workspace import Workspace
from desktop.store.key_slots import RECOVERY, by_recovery_key


@dataclass(frozen=True, slots=True)
class RecoveryTried:
    """Whether the key that was typed from paper opens this log."""

    fits: bool
    changes: Changes


def renew_recovery_key(workspace: Workspace, key: str) -> Changes:
    """Make this the recovery key; the earlier sheet opens nothing from now on."""
    need_lead(workspace, Action.RECOVERY_KEY_CHANGED)
    keys = workspace.keys.opened.with_recovery_key(read_secret(key))
    return change_keys(workspace, keys, partial(_record_renewal, workspace))


def try_recovery_key(workspace: Workspace, typed: str) -> RecoveryTried:
    """Say whether the key on paper opens this log, and record that it was tried."""
    how = by_recovery_key(read_secret(typed))
    fits = workspace.keys.opened.opens(how, RECOVERY)
    now = workspace.now()
    with workspace.log.transaction():
        if fits:
            workspace.log.settings.set(RECOVERY_KEY_TRIED_AT, now.to_text())
        workspace.note(Action.RECOVERY_KEY_TRIED, "log", now, fits=fits)
    return RecoveryTried(fits, changed(Topic.KEYS, Topic.CUSTODY))


def _record_renewal(workspace: Workspace, now: Moment) -> None:
    workspace.log.settings.set(RECOVERY_KEY_MADE_AT, now.to_text())
    workspace.log.settings.set(RECOVERY_KEY_TRIED_AT, "")
    workspace.note(Action.RECOVERY_KEY_CHANGED, "log", now)
