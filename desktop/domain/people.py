"""People with the role they have in one incident, and accounts as they were seen."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import AccountId, IncidentId, InvolvementId, PersonId


class Role(StrEnum):
    """What somebody is in one incident; never a label on the person."""

    TARGET = "target"
    PERSON_REPORTED = "person reported"
    WITNESS = "witness"
    REPORTER = "reporter"
    PARENT = "parent or carer"
    EMPLOYER = "employer"
    FINDER = "finder"
    BYSTANDER = "bystander"
    PROFESSIONAL = "professional"
    OTHER = "other"


class PersonKind(StrEnum):
    """Who somebody is to the organisation."""

    LEARNER = "learner"
    STAFF = "member of staff"
    PARENT = "parent or carer"
    EMPLOYER = "employer or host"
    OTHER = "other"
    UNKNOWN = "not known"


class AgeGroup(StrEnum):
    """Whether the under-18 rules apply; an unknown age counts as a child (R2)."""

    UNDER_18 = "under 18"
    ADULT = "18 or over"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, in any number of incidents; the field names are those of the field values."""

    id: PersonId
    name: str = ""
    kind: PersonKind = PersonKind.UNKNOWN
    age_group: AgeGroup = AgeGroup.UNKNOWN
    date_of_birth: str = ""
    contact: str = ""
    needs: str = ""
    note: str = ""

    @property
    def counts_as_child(self) -> bool:
        """Whether the rules for under-18s apply: also when the age is not known."""
        return self.age_group is not AgeGroup.ADULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """One person's role in one incident."""

    id: InvolvementId
    incident_id: IncidentId
    role: Role
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A handle, number, address or profile, as seen, where and when; person None: unknown."""

    id: AccountId
    incident_id: IncidentId
    person_id: PersonId | None
    person_name: str = ""
    platform: str = ""
    handle: str = ""
    display_name: str = ""
    address: str = ""
    note: str = ""
    seen_at: Moment | None = None
