"""Incidents that belong together: said with a reason, and ended with one."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import IncidentId


class LinkState(StrEnum):
    """What was said of a pair of incidents."""

    LINKED = "linked"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One thing said of a pair: it counts for both incidents, the latest of a pair decides."""

    id: str
    incident_id: IncidentId
    other_id: IncidentId
    state: LinkState
    reason: str
    at: Moment
    by: str

    def other_than(self, incident_id: IncidentId) -> IncidentId:
        """Return the other one of the pair."""
        return self.other_id if self.incident_id == incident_id else self.incident_id


def standing_links(incident_id: IncidentId, links: Iterable[Link]) -> tuple[Link, ...]:
    """Return the links of an incident that stand, in the order in which they were made."""
    latest: dict[IncidentId, Link] = {}
    for link in links:
        latest.pop(link.other_than(incident_id), None)
        latest[link.other_than(incident_id)] = link
    return tuple(link for link in latest.values() if link.state is LinkState.LINKED)
