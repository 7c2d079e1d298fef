"""Moves an incident of a story into a restricted log beside it, and looks into that log."""

from pathlib import Path

from desktop.domain.identifiers import IncidentId
from desktop.domain.log.custody import first_break
from desktop.domain.people import PersonKind, Role
from desktop.operations.incident.keep_people import add_person
from desktop.operations.moving.move_incident import move_incident
from desktop.operations.workspace import Workspace
from desktop.store.tombstone_table import Departure
from tests.evidence_pieces import ignore, never
from tests.logs_on_disk import closing
from tests.operations.moving.moves import ALONE, a_restricted_log, open_restricted, to
from tests.operations.story_check import check_fits, has_what_was_told
from tests.operations.story_evidence import Told

FOLDER = "restricted"
# These have another number or label there, or are said of two incidents.
NOT_THERE = {"incident", "linked", "moving", "moved", "newer", "attached", "not cleared"}


def start_restricted(place: Path, told: Told) -> None:
    """Make the restricted log of a story."""
    a_restricted_log(place / FOLDER)
    told("restricted")


def move_in_story(
    workspace: Workspace, place: Path, incident_id: IncidentId, word: str, told: Told
) -> None:
    """Move an incident: it names a colleague."""
    values = {"name": f"Lee {word}, a tutor", "kind": PersonKind.UNKNOWN}
    added = add_person(workspace, incident_id, Role.PERSON_REPORTED, values)
    told("person", incident_id, added.person_id, Role.PERSON_REPORTED.value, values["name"])
    told("moving", incident_id)
    moved = move_incident(
        workspace, ignore, never, incident_id=incident_id, to=to(place / FOLDER),
        reason=f"It is about {values['name']}", second=ALONE, police="They agree, by telephone",
    )  # fmt: skip
    told("moved", incident_id, moved.number_there)
    if not moved.is_cleared:
        told("not cleared", incident_id)


def check_restricted(workspace: Workspace, place: Path, told: list[list[object]]) -> None:
    """What was moving is whole there, or still whole here."""
    if ["restricted"] not in told:
        return
    moved = {
        row.incident_id for row in workspace.log.tombstones.all() if row.kind is Departure.MOVED
    }
    with closing(open_restricted(place / FOLDER)) as other:
        check_fits(other)
        assert first_break(other.log.custody.walk()) is None
        assert moved <= {row.id for row in other.log.incidents.all()}
        for incident_id in moved:
            for kind, *parts in _about(incident_id, told):
                assert has_what_was_told(other, str(kind), parts), (kind, parts)


def _about(incident_id: IncidentId, told: list[list[object]]) -> list[list[object]]:
    ids = {str(incident_id)}
    ids |= {
        str(parts[2]) for parts in told if parts[0] in {"item", "set"} and parts[1] == incident_id
    }
    return [
        parts for parts in told if parts[0] not in NOT_THERE and ids & set(map(str, parts[1:2]))
    ]
