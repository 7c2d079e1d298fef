"""Refuses a time that has not come: nothing was noticed, done or said then."""

from desktop.domain.calendar.times import Certainty, Moment, say
from desktop.domain.errors import StillToCome
from desktop.operations.workspace import Workspace


def refuse_ahead(workspace: Workspace, at: Moment | None) -> None:
    """Raise StillToCome for a time that has not come; a day without an hour may be today."""
    if at is None:
        return
    now = workspace.now()
    about_today = at.certainty is Certainty.ABOUT and at.local.date() <= now.local.date()
    if at.utc > now.utc and not about_today:
        raise StillToCome(say(at))
