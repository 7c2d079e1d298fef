"""Keeps what a lock cut short, so that Today says it the next time the log is open."""

from desktop.operations.workspace import Workspace

_SETTING = "cut_by_lock"


def say_cut(workspace: Workspace, what: str) -> None:
    """Add what was cut short; an empty text forgets what was told before."""
    told = workspace.log.settings.get(_SETTING)
    lines = [*told.splitlines(), " ".join(what.split())] if what else []
    if lines or told:
        with workspace.log.transaction():
            workspace.log.settings.set(_SETTING, "\n".join(lines))


def cut_short(workspace: Workspace) -> tuple[str, ...]:
    """Return what the last lock cut short, in the order in which it happened."""
    lines = workspace.log.settings.get(_SETTING).splitlines()
    return tuple(f"{line}: stopped when the log locked. Nothing of it was kept." for line in lines)
