"""The people with a way into the log, those who were removed included."""

from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import KeyholderId
from desktop.domain.log.roles import KeyholderRole
from desktop.store.cells import as_moment, as_optional_text, as_text
from desktop.store.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyholderRow:
    """One keyholder as stored; nobody is ever deleted: what they entered names them."""

    id: KeyholderId
    name: str
    title: str
    initials: str
    added_at: Moment
    role: KeyholderRole = KeyholderRole.LEAD
    removed_at: Moment | None = None
    removed_reason: str = ""


class KeyholderTable:
    """Keyholders in the order in which they were added."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, row: KeyholderRow) -> None:
        """Add one."""
        self._connection.execute(
            "INSERT INTO keyholder (id, name, title, initials, added_at, role) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (row.id, row.name, row.title, row.initials, row.added_at.to_text(), row.role.value),
        )

    def change(self, keyholder: KeyholderId, name: str, title: str, role: KeyholderRole) -> None:
        """Change what can change; initials stand on exhibits, and stay."""
        self._connection.execute(
            "UPDATE keyholder SET name = ?, title = ?, role = ? WHERE id = ?",
            (name, title, role.value, keyholder),
        )

    def remove(self, keyholder: KeyholderId, at: Moment, reason: str) -> None:
        """Note that somebody is a keyholder no longer."""
        self._connection.execute(
            "UPDATE keyholder SET removed_at = ?, removed_reason = ? WHERE id = ?",
            (at.to_text(), reason, keyholder),
        )

    def all(self) -> list[KeyholderRow]:
        """Return all of them, the removed ones too."""
        rows = self._connection.rows(
            "SELECT id, name, title, initials, added_at, role, removed_at, removed_reason "
            "FROM keyholder ORDER BY added_at, id"
        )
        return [
            KeyholderRow(
                id=KeyholderId(as_text(row[0])),
                name=as_text(row[1]),
                title=as_text(row[2]),
                initials=as_text(row[3]),
                added_at=as_moment(row[4]),
                role=KeyholderRole(as_text(row[5])),
                removed_at=None if as_optional_text(row[6]) is None else as_moment(row[6]),
                removed_reason=as_text(row[7]),
            )
            for row in rows
        ]

    def current(self) -> list[KeyholderRow]:
        """Return those who are keyholders now."""
        return [row for row in self.all() if row.removed_at is None]
