"""What may be lost first in an incident, by the platforms and places that are known of it."""

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.vanishing import Vanishing, first_to_go
from desktop.operations.browse_incidents import show_incident
from desktop.operations.steps.read_situation import latest_answers, read_items
from desktop.operations.workspace import Workspace


def show_vanishing(workspace: Workspace, incident_id: IncidentId | None) -> tuple[Vanishing, ...]:
    """Return what may be lost, what goes first in front; None: nothing is known yet."""
    if incident_id is None:
        return workspace.data.vanishing
    platforms = set(show_incident(workspace, incident_id).incident.record.platforms)
    platforms |= {item.origin.platform for item in read_items(workspace, incident_id)} - {""}
    where = latest_answers(workspace, incident_id).get("T8")
    places = where.answer.split("+") if where else []
    return first_to_go(workspace.data.vanishing, platforms, places)
