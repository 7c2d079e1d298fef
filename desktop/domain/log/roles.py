"""What a keyholder may do in the log, by the role that the lead gave them.

Every keyholder holds the key of the log: a role is kept by this program, not by cryptography.
It guards against mistakes and against use of this program beyond what was agreed; what somebody
does to the files with other tools shows in the custody chain and in the printed heads.
"""

from enum import StrEnum

from desktop.domain.log.custody import Action


class KeyholderRole(StrEnum):
    """Lead, deputy or reader."""

    LEAD = "lead"
    DEPUTY = "deputy"
    READER = "reader"


_LEAD_ONLY = frozenset(
    {
        Action.KEYHOLDER_ADDED,
        Action.KEYHOLDER_REMOVED,
        Action.LOG_REKEYED,
        Action.RECOVERY_KEY_CHANGED,
        Action.RECORD_ERASED,
        Action.HOLD_RELEASED,
    }
)
_READER = frozenset(
    {
        Action.LOG_OPENED,
        Action.LOG_LOCKED,
        Action.CLOCK_WENT_BACK,
        Action.WRONG_ATTEMPTS,
        Action.OLDER_KEYS_FOUND,
        Action.ITEM_VIEWED,
        Action.ITEM_CHECKED,
        Action.LOG_CHECKED,
        Action.HEAD_COMPARED,
        Action.REGISTER_PAGE_MADE,
        Action.PASSPHRASE_CHANGED,
        Action.KEYHOLDER_CHANGED,
        Action.RECOVERY_KEY_TRIED,
        Action.COMPUTER_REMEMBERED,
        Action.COMPUTER_FORGOTTEN,
        Action.BACKUP_MADE,
        Action.BACKUP_FAILED,
        Action.BACKUP_PROVED,
        Action.LOG_RESTORED,
        Action.LOG_SALVAGED,
    }
)


def may(role: KeyholderRole, action: Action) -> bool:
    """Say whether this role may do that."""
    if role is KeyholderRole.LEAD:
        return True
    return action in _READER if role is KeyholderRole.READER else action not in _LEAD_ONLY


def may_write(role: KeyholderRole) -> bool:
    """Say whether this role may enter anything at all."""
    return role is not KeyholderRole.READER
