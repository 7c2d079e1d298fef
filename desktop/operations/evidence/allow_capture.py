"""Puts on record that other programs may see the window for a while."""

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.log.custody import Action
from desktop.operations.workspace import Workspace


def allow_capture(workspace: Workspace, minutes: int) -> Changes:
    """Record it before it happens."""
    with workspace.log.transaction():
        workspace.note(Action.SCREEN_CAPTURE_ALLOWED, "log", workspace.now(), minutes=minutes)
    return changed(Topic.CUSTODY)
