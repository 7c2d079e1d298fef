"""Ties captures of one thing together: an ordered set, described once."""

import secrets

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import ID_BYTES, IncidentId, SetId, id_text
from desktop.operations.workspace import Workspace


def new_set() -> SetId:
    """Return the id of a set that begins with the next capture; nothing is kept yet."""
    return SetId(id_text(secrets.token_bytes(ID_BYTES)))


def join_set(workspace: Workspace, set_id: SetId, incident_id: IncidentId, at: Moment) -> None:
    """Begin the set with its first item, or go on with it; call it in that item's transaction.

    Raises ValueError where the set belongs to another incident.
    """
    known = workspace.log.evidence.incident_of_set(set_id)
    if known is None:
        workspace.log.evidence.insert_set(set_id, incident_id, at)
    elif known != incident_id:
        raise ValueError("a set of captures stays in one incident")
