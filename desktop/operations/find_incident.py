"""Finds the incident that an operation is about."""

from desktop.domain.errors import NotFound, RecordErased
from desktop.domain.identifiers import IncidentId
from desktop.domain.times import say_date
from desktop.operations.workspace import Workspace
from desktop.store.incident_table import IncidentRow


def find_incident(workspace: Workspace, incident_id: IncidentId) -> IncidentRow:
    """Return an incident's row; raises NotFound, or RecordErased: nothing of it opens again."""
    row = workspace.log.incidents.get(incident_id)
    if row is None:
        raise NotFound("incident")
    tombstone = workspace.log.tombstones.get(incident_id)
    if tombstone is not None:
        raise RecordErased(row.number, say_date(tombstone.at.local.date()))
    return row
