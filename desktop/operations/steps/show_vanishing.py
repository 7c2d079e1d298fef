"""What may be lost first in an incident, by the platforms and places that are known of it."""

from functools import cache
from pathlib import Path

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.vanishing import Vanishing, first_to_go, parse_vanishing
from desktop.operations.browse_incidents import show_incident
from desktop.operations.read_data import ReadData, read_data
from desktop.operations.steps.read_situation import latest_answers, read_items
from desktop.operations.workspace import Workspace
from desktop.resources import resource_path


def load_vanishing() -> tuple[Vanishing, ...]:
    """Return everything that comes with the program, what goes first in front."""
    return read_vanishing().whole


@cache
def read_vanishing(folder: Path | None = None) -> ReadData[tuple[Vanishing, ...]]:
    """Return what may be lost first, and what is wrong with its file: then nothing is named."""
    return read_data((folder or resource_path()) / "vanishing.toml", parse_vanishing, ())


def show_vanishing(workspace: Workspace, incident_id: IncidentId | None) -> tuple[Vanishing, ...]:
    """Return what may be lost, what goes first in front; None: nothing is known yet."""
    if incident_id is None:
        return load_vanishing()
    platforms = set(show_incident(workspace, incident_id).incident.record.platforms)
    platforms |= {item.origin.platform for item in read_items(workspace, incident_id)} - {""}
    where = latest_answers(workspace, incident_id).get("T8")
    places = where.answer.split("+") if where else []
    return first_to_go(load_vanishing(), platforms, places)
