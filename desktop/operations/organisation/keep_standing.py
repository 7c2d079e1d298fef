"""Records what was done of the organisation's standing work: the quarter's report, the reviews."""

import json
from datetime import date

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import NotFound, ReasonNeeded
from desktop.domain.log.custody import Action
from desktop.domain.policy.own_values import OwnTopic
from desktop.domain.steps.procedures import Step
from desktop.domain.steps.recording import REASON_LENGTH
from desktop.domain.steps.standing import StandingEntry, StandingWork, standing_work
from desktop.operations.steps.in_force import procedures_in_force
from desktop.operations.workspace import Workspace
from desktop.store.organisation_table import OrganisationRow

_PARTS = " · "


def show_standing(workspace: Workspace) -> tuple[StandingWork, ...]:
    """Return the standing work, each procedure in its present round."""
    rows = workspace.log.organisation.current(OwnTopic.STANDING)
    today = workspace.now().local.date()
    return standing_work(procedures_in_force(workspace), map(_read, rows), today)


def record_standing(
    workspace: Workspace,
    step_id: str,
    note: str,
    *,
    done_on: date | None = None,
    checked_by: str = "",
    left_out: bool = False,
) -> Changes:
    """Record a step of the present round; recording it again replaces it, the first one stays.

    Raises ReasonNeeded where it is left out without a reason, or nobody is named who checked a
    step that asks for a second person; NotFound for a step that is none of these.
    """
    work, step = _find(workspace, step_id)
    if left_out and len(note.strip()) < REASON_LENGTH:
        raise ReasonNeeded("not applicable")
    if step.second and not left_out and not checked_by.strip():
        raise ReasonNeeded("second person")
    at = workspace.now()
    told: dict[str, str | bool] = {
        "note": note.strip(),
        "done_on": (done_on or at.local.date()).isoformat(),
        "checked_by": checked_by.strip(),
        "left_out": left_out,
    }
    name = f"{work.period}{_PARTS}{step_id}"
    row = OrganisationRow(
        topic=OwnTopic.STANDING,
        name=name,
        value=json.dumps(told, ensure_ascii=False, sort_keys=True),
        at=at,
        keyholder=workspace.keyholder.name,
    )
    with workspace.log.transaction():
        workspace.log.organisation.insert(row)
        workspace.note(
            Action.ORGANISATION_CHANGED, "organisation", at, topic=row.topic, name=name, **told
        )
    return changed(Topic.ORGANISATION, Topic.CUSTODY)


def _find(workspace: Workspace, step_id: str) -> tuple[StandingWork, Step]:
    for work in show_standing(workspace):
        for one in work.steps:
            if one.step.id == step_id:
                return work, one.step
    raise NotFound(f"step {step_id}")


def _read(row: OrganisationRow) -> StandingEntry:
    period, _, step_id = row.name.partition(_PARTS)
    told = json.loads(row.value)
    return StandingEntry(
        step_id=step_id,
        period=period,
        note=told["note"],
        done_on=date.fromisoformat(told["done_on"]),
        checked_by=told["checked_by"],
        left_out=told["left_out"],
        at=row.at,
        by=row.keyholder,
    )
