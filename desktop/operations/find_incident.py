"""Finds the incident that an operation is about."""

from desktop.domain.calendar.times import say_date
from desktop.domain.errors import NotFound, RecordErased, RecordMoved
from desktop.domain.identifiers import IncidentId
from desktop.operations.workspace import Workspace
from desktop.store.incident_table import IncidentRow
from desktop.store.tombstone_table import Departure


def find_incident(workspace: Workspace, incident_id: IncidentId) -> IncidentRow:
    """Return an incident's row; raises NotFound, or RecordErased: nothing of it opens again."""
    row = workspace.log.incidents.get(incident_id)
    if row is None:
        raise NotFound("incident")
    tombstone = workspace.log.tombstones.get(incident_id)
    if tombstone is not None:
        gone = RecordMoved if tombstone.kind is Departure.MOVED else RecordErased
        raise gone(row.number, say_date(tombstone.at.local.date()))
    return row
