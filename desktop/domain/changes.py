"""What an operation altered, so that each page can decide whether to reload."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.identifiers import IncidentId


class Topic(StrEnum):
    """The kinds of things that a page may be showing."""

    LOG = "log"
    ORGANISATION = "organisation"
    INCIDENT = "incident"
    DRAFT = "draft"
    PEOPLE = "people"
    ACCOUNTS = "accounts"
    EVIDENCE = "evidence"
    CHECKLIST = "checklist"
    CONTACT = "contact"
    CHRONOLOGY = "chronology"
    REPORT = "report"
    CUSTODY = "custody"
    KEYS = "keys"
    BACKUP = "backup"
    RETENTION = "retention"


@dataclass(frozen=True, slots=True)
class Changes:
    """The topics that changed, and the one incident they belong to (None: any or all)."""

    topics: frozenset[Topic]
    incident_id: IncidentId | None = None

    def touch(self, incident_id: IncidentId | None, *topics: Topic) -> bool:
        """Say whether a page that shows these topics of this incident must reload."""
        same = self.incident_id is None or incident_id is None or self.incident_id == incident_id
        return same and not self.topics.isdisjoint(topics)


def changed(*topics: Topic, incident_id: IncidentId | None = None) -> Changes:
    """Build the answer of an operation that altered these topics."""
    return Changes(frozenset(topics), incident_id)
