"""Reads who is involved in incidents, and the accounts that were seen."""

from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import IncidentId, PersonId
from desktop.domain.people import Account, AgeGroup, Involvement, Person, PersonKind, Role
from desktop.operations.workspace import Workspace
from desktop.store.people_table import AccountRow

PERSON_FIELDS = (
    "name", "kind", "age_group", "date_of_birth", "contact", "needs", "note",
)  # fmt: skip
ACCOUNT_FIELDS = ("platform", "handle", "display_name", "address", "note")


@dataclass(frozen=True, slots=True)
class PeopleView:
    """Who is involved in one incident, and the accounts seen."""

    involvements: tuple[Involvement, ...]
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody, with every incident number and role."""

    person: Person
    incidents: tuple[tuple[IncidentId, str, Role], ...]


def show_people(workspace: Workspace, incident_id: IncidentId) -> PeopleView:
    """Return who is involved in an incident, and the accounts seen."""
    involvements = tuple(
        Involvement(
            id=row.id,
            incident_id=row.incident_id,
            role=row.role,
            person=find_person(workspace, row.person_id),
        )
        for row in workspace.log.people.involvements(incident_id)
    )
    accounts = tuple(
        _read_account(workspace, row) for row in workspace.log.people.accounts(incident_id)
    )
    return PeopleView(involvements, accounts)


def list_people(workspace: Workspace) -> tuple[PersonLine, ...]:
    """Return everybody in the log with their incidents and roles, by name."""
    numbers = {row.id: row.number for row in workspace.log.incidents.all()}
    roles: dict[PersonId, list[tuple[IncidentId, str, Role]]] = {}
    for row in workspace.log.people.involvements():
        line = (row.incident_id, numbers[row.incident_id], row.role)
        roles.setdefault(row.person_id, []).append(line)
    lines = [
        PersonLine(find_person(workspace, person_id), tuple(roles.get(person_id, ())))
        for person_id in workspace.log.people.people()
    ]
    return tuple(sorted(lines, key=lambda line: line.person.name.casefold()))


def find_person(workspace: Workspace, person_id: PersonId) -> Person:
    """Return what is known of somebody."""
    values = workspace.log.fields.current(person_id)
    texts = {name: values[name] for name in PERSON_FIELDS if name in values}
    kind = PersonKind(texts.pop("kind", "") or PersonKind.UNKNOWN)
    age_group = AgeGroup(texts.pop("age_group", "") or AgeGroup.UNKNOWN)
    return Person(id=person_id, kind=kind, age_group=age_group, **texts)


def _read_account(workspace: Workspace, row: AccountRow) -> Account:
    values = workspace.log.fields.current(row.id)
    seen_at = values.get("seen_at", "")
    owner = find_person(workspace, row.person_id).name if row.person_id else ""
    return Account(
        id=row.id,
        incident_id=row.incident_id,
        person_id=row.person_id,
        person_name=owner,
        seen_at=Moment.from_text(seen_at) if seen_at else None,
        **{name: values.get(name, "") for name in ACCOUNT_FIELDS},
    )
