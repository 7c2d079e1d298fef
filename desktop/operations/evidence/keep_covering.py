"""Keeps whether a keyholder wants every item covered until it is clicked."""

from desktop.domain.changes import Changes, Topic, changed
from desktop.operations.workspace import Workspace

_COVER_ALL = "cover_all"


def covers_all(workspace: Workspace) -> bool:
    """Say whether everything is covered for the keyholder who opened the log."""
    return bool(workspace.log.settings.get(_name(workspace)))


def cover_all(workspace: Workspace, wanted: bool) -> Changes:
    """Cover everything from now on, or only what is marked; for this keyholder alone."""
    with workspace.log.transaction():
        workspace.log.settings.set(_name(workspace), "yes" if wanted else "")
    return changed(Topic.EVIDENCE)


def _name(workspace: Workspace) -> str:
    return f"{_COVER_ALL} {workspace.keyholder.id}"
