"""Lets a restricted log that is salvaged stay one, though its settings are lost."""

from desktop.domain.log.custody import Action
from desktop.domain.log.restricted import KIND, RESTRICTED
from desktop.store.log import Log
from desktop.store.salvage import FoundRows


def keep_kind(log: Log, rows: FoundRows) -> bool:
    """Make a log restricted whose custody says so; returns whether its kind is known at all.

    A restricted log has it as a setting, and as one of the first entries of its custody record.
    """
    entries = rows.tables["custody_entry"]
    actions = {str(action) for (action,) in entries.values("action")}
    if log.settings.get(KIND) or rows.tables["setting"].whole:
        return True
    if Action.RESTRICTED_LOG_STARTED.value in actions:
        log.settings.set(KIND, RESTRICTED)
        return True
    return Action.LOG_CREATED.value in actions
