"""Links two incidents again that were linked in the usual log, once both have come here."""

import json
from dataclasses import dataclass

from desktop.domain.chronology import EntryKind
from desktop.domain.identifiers import IncidentId
from desktop.domain.links import Link, LinkState, standing_links
from desktop.domain.log.custody import Action
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkThere:
    """One incident that another was linked with in the usual log, its number there, and why."""

    other_id: IncidentId
    number: str
    reason: str

    def to_text(self) -> str:
        """Return what the entry about the receipt keeps: enough to link them again here."""
        return f"{self.other_id} {self.reason}"


def join_links(target: Workspace, incident_id: IncidentId) -> None:
    """Link what has just come with what came before it, inside the caller's transaction."""
    for entry, detail in target.log.custody.of_actions(Action.INCIDENT_RECEIVED):
        told = json.loads(detail.detail) if detail else {}
        for line in told.get("links", ()):
            other_id, _, reason = line.partition(" ")
            if other_id == incident_id:
                before = IncidentId(entry.subject)
                _link(target, incident_id, before, told["number_there"], reason)


def _link(
    target: Workspace, incident_id: IncidentId, before: IncidentId, number: str, reason: str
) -> None:
    log = target.log
    here, earlier = log.incidents.get(incident_id), log.incidents.get(before)
    standing = standing_links(incident_id, log.links.of(incident_id))
    if (
        here is None
        or earlier is None
        or log.tombstones.get(before) is not None
        or any(link.other_than(incident_id) == before for link in standing)
    ):
        return
    at = target.now()
    log.links.insert(
        Link(
            id=target.new_id(),
            incident_id=incident_id,
            other_id=before,
            state=LinkState.LINKED,
            reason=reason,
            at=at,
            by=target.keyholder.name,
        )
    )
    was = f"Linked with incident {earlier.number}, which was {number} in the usual log"
    for one, other, words in (
        (incident_id, earlier.number, was),
        (before, here.number, f"Linked with incident {here.number}, which was moved here too"),
    ):
        write_line(target, one, EntryKind.DECISION, at, f"{words}. Why: {reason}")
        target.note(
            Action.INCIDENT_LINKED,
            one,
            at,
            other=other,
            state=LinkState.LINKED.value,
            reason=reason,
        )
