"""Records what was done of the organisation's standing work: the quarter's report, the reviews."""

import json
from datetime import date

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.log.custody import Action
from desktop.domain.policy.own_values import OwnTopic
from desktop.domain.steps.procedures import Step
from desktop.domain.steps.recording import REASON_LENGTH
from desktop.domain.steps.standing import StandingEntry, StandingWork, standing_work
from desktop.operations.steps.check_second import is_named
from desktop.operations.steps.in_force import procedures_in_force
from desktop.operations.workspace import Workspace
from desktop.store.organisation_table import OrganisationRow

_PARTS = " · "


def show_standing(workspace: Workspace) -> tuple[StandingWork, ...]:
    """Return the standing work, each procedure in its present round, then unfinished rounds."""
    rows = workspace.log.organisation.current(OwnTopic.STANDING)
    today, since = workspace.now().local.date(), begun_on(workspace)
    return standing_work(procedures_in_force(workspace), map(_read, rows), today, since)


def begun_on(workspace: Workspace) -> date | None:
    """Return since when rounds are followed here; None in a restricted log, beside another."""
    first = workspace.log.custody.numbered([1])
    if not first or workspace.restricted:
        return None
    return Moment.from_text(first[0][0].at).local.date()


def record_standing(
    workspace: Workspace,
    step_id: str,
    note: str,
    *,
    period: str = "",
    done_on: date | None = None,
    checked_by: str = "",
    left_out: bool = False,
) -> Changes:
    """Record a step of a round; recording it again replaces it, the first one stays.

    `period` names an earlier round that is not finished yet; without it, it is the present one.
    Raises ReasonNeeded where it is left out without a reason, or nobody is named who checked a
    step that asks for a second person; NotAllowed where it is whoever records it; NotFound for a
    step that is none of these.
    """
    work, step = _find(workspace, step_id, period)
    if left_out and len(note.strip()) < REASON_LENGTH:
        raise ReasonNeeded("not applicable")
    if step.second and not left_out and not checked_by.strip():
        raise ReasonNeeded("second person")
    if is_named(workspace.keyholder.name, checked_by):
        raise NotAllowed("somebody else than you looks at it too, or you say why nobody did")
    at = workspace.now()
    told: dict[str, str | bool] = {
        "note": note.strip(),
        "done_on": (done_on or at.local.date()).isoformat(),
        "checked_by": checked_by.strip(),
        "left_out": left_out,
    }
    with workspace.log.transaction():
        _write(workspace, work, step, at, told)
    return changed(Topic.ORGANISATION, Topic.CUSTODY)


def leave_out_round(workspace: Workspace, procedure_id: str, period: str, reason: str) -> Changes:
    """Leave out all that is still open in an earlier round, for one reason.

    Raises ReasonNeeded without one; NotFound where no such round is unfinished.
    """
    if len(reason.strip()) < REASON_LENGTH:
        raise ReasonNeeded("not applicable")
    today = workspace.now().local.date()
    work = next((one for one in show_standing(workspace) if one.is_(procedure_id, period)), None)
    if work is None or not work.is_overdue(today):
        raise NotFound(f"round {period}")
    at = workspace.now()
    told: dict[str, str | bool] = {
        "note": reason.strip(), "done_on": today.isoformat(), "checked_by": "", "left_out": True,
    }  # fmt: skip
    with workspace.log.transaction():
        for one in work.steps:
            if one.entry is None:
                _write(workspace, work, one.step, at, told)
    return changed(Topic.ORGANISATION, Topic.CUSTODY)


def _write(
    workspace: Workspace, work: StandingWork, step: Step, at: Moment, told: dict[str, str | bool]
) -> None:
    """Add the entry and its custody entry, inside the caller's transaction."""
    row = OrganisationRow(
        topic=OwnTopic.STANDING,
        name=f"{work.period}{_PARTS}{step.id}",
        value=json.dumps(told, ensure_ascii=False, sort_keys=True),
        at=at,
        keyholder=workspace.keyholder.name,
    )
    workspace.log.organisation.insert(row)
    workspace.note(
        Action.ORGANISATION_CHANGED, "organisation", at, topic=row.topic, name=row.name, **told
    )


def _find(workspace: Workspace, step_id: str, period: str) -> tuple[StandingWork, Step]:
    for work in show_standing(workspace):
        for one in work.steps:
            if one.step.id == step_id and period in ("", work.period):
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
