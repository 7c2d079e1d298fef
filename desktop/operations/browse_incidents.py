"""Reads incidents for the pages: the list, one incident whole."""

from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import IncidentId
from desktop.domain.incidents import Incident, IncidentStatus, decode_record
from desktop.operations.find_incident import find_incident
from desktop.operations.workspace import Workspace
from desktop.store.incident_table import IncidentRow
from desktop.store.tombstone_table import Departure, TombstoneRow


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """One line of the list; of a record that is gone only its number and dates are left."""

    id: IncidentId
    number: str
    title: str
    status: IncidentStatus
    careful: bool
    logged_at: Moment
    erased_at: Moment | None = None
    moved_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """One incident with what is still being typed and how much there is of the rest."""

    incident: Incident
    title: str
    drafts: dict[str, str]
    item_count: int
    contact_count: int
    people_count: int


def list_incidents(workspace: Workspace) -> tuple[IncidentLine, ...]:
    """Return all incidents, the newest first."""
    gone = {row.incident_id: row for row in workspace.log.tombstones.all()}
    return tuple(_line(row, gone.get(row.id)) for row in workspace.log.incidents.all())


def show_incident(workspace: Workspace, incident_id: IncidentId) -> IncidentView:
    """Return one incident; raises NotFound."""
    row = find_incident(workspace, incident_id)
    log = workspace.log
    names = {keyholder.id: keyholder.name for keyholder in log.keyholders.all()}
    incident = Incident(
        id=row.id,
        number=row.number,
        logged_at=row.logged_at,
        logged_by=names.get(row.logged_by, ""),
        status=row.status,
        careful=row.careful,
        closed_at=row.closed_at,
        record=decode_record(log.fields.current(incident_id)),
    )
    return IncidentView(
        incident=incident,
        title=row.title,
        drafts=log.drafts.of(incident_id),
        item_count=len(log.evidence.exhibits(incident_id)),
        contact_count=len(log.contacts.of(incident_id)),
        people_count=len(log.people.involvements(incident_id)),
    )


def _line(row: IncidentRow, gone: TombstoneRow | None = None) -> IncidentLine:
    moved = gone is not None and gone.kind is Departure.MOVED
    return IncidentLine(
        id=row.id,
        number=row.number,
        title=row.title,
        status=row.status,
        careful=row.careful,
        logged_at=row.logged_at,
        erased_at=gone.at if gone and not moved else None,
        moved_at=gone.at if gone and moved else None,
    )
