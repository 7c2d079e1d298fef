"""Puts on record that the clock of this computer was set back while the log was open."""

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.log.custody import Action
from desktop.operations.workspace import CLOCK_BEHIND, Workspace


def notice_clock(workspace: Workspace, latest: Moment) -> Changes:
    """Record it; `latest` is the time that the clock had shown before."""
    with workspace.log.transaction():
        workspace.log.settings.set(CLOCK_BEHIND, latest.to_text())
        workspace.note(Action.CLOCK_WENT_BACK, "log", workspace.now(), latest=latest.to_text())
    return changed(Topic.LOG, Topic.CUSTODY)
