"""Compares the clock of the computer with another one; every later capture says how it stood."""

from datetime import time

from desktop.domain.calendar.clock_checks import ClockCheck, ahead_of
from desktop.domain.calendar.times import Moment
from desktop.domain.log.custody import Action
from desktop.operations.workspace import Workspace


def compare_clock(workspace: Workspace, at: Moment, reference: time, source: str) -> ClockCheck:
    """Keep what the other clock showed at this moment of this computer; returns how it stood."""
    check = ClockCheck(
        at=at,
        reference=reference.isoformat("seconds"),
        source=source.strip() or "another clock",
        ahead=ahead_of(reference, at),
    )
    check_id = workspace.new_id()
    with workspace.log.transaction():
        workspace.log.clock_checks.insert(check_id, check, workspace.keyholder.id)
        workspace.note(
            Action.CLOCK_COMPARED,
            check_id,
            workspace.now(),
            at=at.to_text(),
            reference=check.reference,
            source=check.source,
            stood=check.said,
        )
    return check


def latest_check(workspace: Workspace) -> ClockCheck | None:
    """Return the comparison that was made last, or None."""
    return workspace.log.clock_checks.latest()
