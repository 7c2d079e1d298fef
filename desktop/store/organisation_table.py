"""What the organisation fills in itself: titles, contacts, own steps; each change is a new row."""

from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.store.cells import SqlValue, as_moment, as_text
from desktop.store.connection import Connection

_COLUMNS = "topic, name, value, at, keyholder"


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One entry: what it says, since when, by whom; an empty value takes it back."""

    topic: str
    name: str
    value: str
    at: Moment
    keyholder: str


class OrganisationTable:
    """Entries by topic and name; the latest counts, earlier ones stay."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, row: OrganisationRow) -> None:
        """Add an entry."""
        self._connection.execute(
            f"INSERT INTO organisation_entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
            (row.topic, row.name, row.value, row.at.to_text(), row.keyholder),
        )

    def current(self, topic: str = "") -> list[OrganisationRow]:
        """Return the entries that count, of one topic or all, oldest name first."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM organisation_entry WHERE id IN "  # noqa: S608
            "(SELECT max(id) FROM organisation_entry GROUP BY topic, name) "
            "AND value <> '' AND (?1 = '' OR topic = ?1) "
            "ORDER BY topic, (SELECT min(f.id) FROM organisation_entry f "
            "WHERE f.topic = organisation_entry.topic AND f.name = organisation_entry.name)",
            (topic,),
        )
        return [_read(row) for row in rows]

    def names(self, topic: str) -> list[str]:
        """Return every name ever used under a topic, once for each entry, oldest first."""
        rows = self._connection.rows(
            "SELECT name FROM organisation_entry WHERE topic = ? ORDER BY id", (topic,)
        )
        return [as_text(row[0]) for row in rows]

    def history(self, topic: str, name: str) -> list[OrganisationRow]:
        """Return all that was ever entered under a name, oldest first."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM organisation_entry WHERE topic = ? AND name = ? "  # noqa: S608
            "ORDER BY id",
            (topic, name),
        )
        return [_read(row) for row in rows]


def _read(row: tuple[SqlValue, ...]) -> OrganisationRow:
    return OrganisationRow(
        topic=as_text(row[0]),
        name=as_text(row[1]),
        value=as_text(row[2]),
        at=as_moment(row[3]),
        keyholder=as_text(row[4]),
    )
