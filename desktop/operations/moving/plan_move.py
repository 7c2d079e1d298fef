"""Says before a move to the restricted log what would go along and what would stay behind."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desktop.domain.calendar.times import say
from desktop.domain.errors import AppError
from desktop.domain.evidence.items import ItemState
from desktop.domain.identifiers import IncidentId
from desktop.domain.log.certificates import BackupLeft
from desktop.operations.backups.back_up import backups_holding
from desktop.operations.erasing.plan_erasure import last_references
from desktop.operations.find_incident import find_incident
from desktop.operations.incident.keep_links import ever_linked
from desktop.operations.moving.move_incident import check_movable
from desktop.operations.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlan:
    """What goes along, and what stays behind; `in_the_way` is None, or why it cannot be moved.

    `shared` counts contents that another record holds too, `sealed` those of which the
    fingerprint stays, `bundles` are the exports that left, in words.
    """

    number: str
    exhibits: int
    contacts: int
    entries: int
    checklists: int
    shared: int
    sealed: int
    people: tuple[str, ...]
    people_staying: tuple[str, ...]
    bundles: tuple[str, ...]
    linked: tuple[str, ...]
    backups: tuple[BackupLeft, ...]
    in_the_way: AppError | None


def plan_move(
    workspace: Workspace,
    _progress: Callable[[float], None],
    _cancelled: Callable[[], bool],
    *,
    incident_id: IncidentId,
) -> MovePlan:
    """Count what would go and what would stay; nothing is changed. For the bytes thread."""
    held = backups_holding(workspace, workspace.now())
    backups = tuple(BackupLeft(one.path, one.count, one.expires) for one in held)
    return workspace.on_log(partial(_plan, workspace, incident_id, backups))


def _plan(
    workspace: Workspace, incident_id: IncidentId, backups: tuple[BackupLeft, ...]
) -> MovePlan:
    log = workspace.log
    row = find_incident(workspace, incident_id)
    going = log.erasure.subjects(incident_id).people
    here = {one.person_id for one in log.people.involvements(incident_id)}
    items = log.evidence.items(incident_id)
    contents = {item.content_id for item in items if item.content_id}
    return MovePlan(
        number=row.number,
        exhibits=len(items),
        contacts=len(log.contacts.of(incident_id)),
        entries=len(log.chronology.of(incident_id)),
        checklists=len(log.checklists.of(incident_id)),
        shared=len(contents - last_references(workspace, incident_id)),
        sealed=sum(item.state is ItemState.SEALED for item in items),
        people=_names(workspace, {one for one in here if one in going}),
        people_staying=_names(workspace, {one for one in here if one not in going}),
        bundles=tuple(
            f"Version {one.version}, {say(one.at)}, for {one.recipient or one.audience}"
            for one in log.bundles.of(incident_id)
        ),
        linked=ever_linked(workspace, incident_id),
        backups=backups,
        in_the_way=_in_the_way(workspace, incident_id),
    )


def _in_the_way(workspace: Workspace, incident_id: IncidentId) -> AppError | None:
    try:
        check_movable(workspace, incident_id)
    except AppError as error:
        return error
    return None


def _names(workspace: Workspace, people: set[str]) -> tuple[str, ...]:
    names = [workspace.log.fields.current(one).get("name", "") for one in sorted(people)]
    return tuple(sorted(name or "somebody without a name" for name in names))
