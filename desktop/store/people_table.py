"""People, the roles they have in incidents, and accounts as seen; details are field values."""

from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import AccountId, IncidentId, InvolvementId, PersonId
from desktop.domain.people import Role
from desktop.store.cells import as_optional_text, as_text
from desktop.store.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class InvolvementRow:
    """One person's role in one incident."""

    id: InvolvementId
    incident_id: IncidentId
    person_id: PersonId
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One account as seen in one incident."""

    id: AccountId
    incident_id: IncidentId
    person_id: PersonId | None


class PeopleTable:
    """People, involvements and accounts."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert_person(self, person_id: PersonId, at: Moment) -> None:
        """Add somebody."""
        self._connection.execute(
            "INSERT INTO person (id, added_at) VALUES (?, ?)", (person_id, at.to_text())
        )

    def people(self) -> list[PersonId]:
        """Return everybody, in the order in which they were added."""
        rows = self._connection.rows("SELECT id FROM person ORDER BY added_at, id")
        return [PersonId(as_text(row[0])) for row in rows]

    def has(self, person_id: PersonId) -> bool:
        """Say whether somebody is in the log; an erased record may have taken them with it."""
        found = self._connection.row("SELECT 1 FROM person WHERE id = ?", (person_id,))
        return found is not None

    def involve(self, row: InvolvementRow, at: Moment) -> None:
        """Give somebody a role in an incident; a role they have already stays one."""
        self._connection.execute(
            "INSERT INTO involvement (id, incident_id, person_id, role, added_at) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (incident_id, person_id, role) DO NOTHING",
            (row.id, row.incident_id, row.person_id, row.role.value, at.to_text()),
        )

    def involvements(self, incident_id: IncidentId | None = None) -> list[InvolvementRow]:
        """Return the roles in one incident, or in all."""
        rows = self._connection.rows(
            "SELECT id, incident_id, person_id, role FROM involvement "
            "WHERE ?1 IS NULL OR incident_id = ?1 ORDER BY added_at, rowid",
            (incident_id,),
        )
        return [
            InvolvementRow(
                id=InvolvementId(as_text(row[0])),
                incident_id=IncidentId(as_text(row[1])),
                person_id=PersonId(as_text(row[2])),
                role=Role(as_text(row[3])),
            )
            for row in rows
        ]

    def insert_account(self, row: AccountRow, at: Moment) -> None:
        """Add an account as seen."""
        self._connection.execute(
            "INSERT INTO account (id, incident_id, person_id, added_at) VALUES (?, ?, ?, ?)",
            (row.id, row.incident_id, row.person_id, at.to_text()),
        )

    def set_account_person(self, account_id: AccountId, person_id: PersonId | None) -> None:
        """Say whose account it is, or that this is not known."""
        self._connection.execute(
            "UPDATE account SET person_id = ? WHERE id = ?", (person_id, account_id)
        )

    def accounts(self, incident_id: IncidentId) -> list[AccountRow]:
        """Return the accounts seen in an incident."""
        rows = self._connection.rows(
            "SELECT id, incident_id, person_id FROM account WHERE incident_id = ? "
            "ORDER BY added_at, rowid",
            (incident_id,),
        )
        return [
            AccountRow(
                id=AccountId(as_text(row[0])),
                incident_id=IncidentId(as_text(row[1])),
                person_id=_person(row[2]),
            )
            for row in rows
        ]


def _person(value: str | float | bytes | None) -> PersonId | None:
    text = as_optional_text(value)
    return PersonId(text) if text else None
