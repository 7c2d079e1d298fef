"""Finds the incident that an operation is about."""

from desktop.domain.errors import NotFound
from desktop.domain.identifiers import IncidentId
from desktop.operations.workspace import Workspace
from desktop.store.incident_table import IncidentRow


def find_incident(workspace: Workspace, incident_id: IncidentId) -> IncidentRow:
    """Return an incident's row; raises NotFound."""
    row = workspace.log.incidents.get(incident_id)
    if row is None:
        raise NotFound("incident")
    return row
