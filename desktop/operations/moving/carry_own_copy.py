"""Carries what the organisation entered from one log into another that has nothing of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.log.custody import Action
from desktop.domain.policy.own_values import OwnTopic
from desktop.operations.workspace import Workspace
from desktop.store.organisation_table import OrganisationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedCopy:
    """The entries that count in a log."""

    rows: tuple[OrganisationRow, ...]


def read_carried(workspace: Workspace) -> CarriedCopy:
    """Return what the organisation entered in this log, to be carried into another.

    Standing work stays: who did it, and when, is on record where it was done.
    """
    return CarriedCopy(
        rows=tuple(
            row for row in workspace.log.organisation.current() if row.topic != OwnTopic.STANDING
        ),
    )


def take_over(workspace: Workspace, carried: CarriedCopy) -> int:
    """Enter what this log does not have yet, and return how many entries that were.

    A restricted log starts empty: without this it would know no policy, no number to ring. What
    was ever entered here, also if it was taken back, stays as it is.
    """
    others = _steps_of_its_own(workspace, carried)
    fresh = [
        row
        for row in carried.rows
        if not _is_known(workspace, row) and _step_of(row) not in others
    ]
    if not fresh:
        return 0
    with workspace.log.transaction():
        _enter(workspace, fresh)
    return len(fresh)


def _steps_of_its_own(workspace: Workspace, carried: CarriedCopy) -> frozenset[str]:
    """Return the steps that were added here under an id that means another step there."""
    there = {row.name: row.value for row in carried.rows if row.topic == OwnTopic.STEP}
    here = workspace.log.organisation.current(OwnTopic.STEP)
    return frozenset(row.name for row in here if there.get(row.name, row.value) != row.value)


def _step_of(row: OrganisationRow) -> str:
    """Return the step of a local deadline, '' of anything else."""
    return row.name.partition("/")[0] if row.topic == OwnTopic.DEADLINE else ""


def _is_known(workspace: Workspace, row: OrganisationRow) -> bool:
    return bool(workspace.log.organisation.history(row.topic, row.name))


def _enter(workspace: Workspace, rows: Sequence[OrganisationRow]) -> None:
    at, who = workspace.now(), workspace.keyholder.id
    for row in rows:
        workspace.log.organisation.insert(replace(row, at=at, keyholder=who))
    workspace.note(
        Action.ORGANISATION_CHANGED,
        "organisation",
        at,
        topic="taken over from another log",
        names=[f"{row.topic} {row.name}".strip() for row in rows],
    )
