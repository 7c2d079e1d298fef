"""Continuity entries: in whose hands a thing was, added and never changed."""

from desktop.domain.evidence.things import Handling, HandlingDetails
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.store.cells import SqlValue, as_moment, as_text
from desktop.store.connection import Connection

_COLUMNS = (
    "id, incident_id, item_id, at, entered_at, keyholder, given_by, given_to, purpose, place, "
    "seal, reference"
)


class HandlingTable:
    """Entries in the order of their times; the keyholder is kept by name, as its author."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, entry: Handling) -> None:
        """Add one."""
        told = entry.details
        self._connection.execute(
            f"INSERT INTO handling ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                entry.id,
                entry.incident_id,
                entry.item_id,
                told.at.to_text(),
                entry.entered_at.to_text(),
                entry.by,
                told.given_by,
                told.given_to,
                told.purpose,
                told.place,
                told.seal,
                told.reference,
            ),
        )

    def of_item(self, item_id: ItemId) -> list[Handling]:
        """Return the entries of one item, oldest first."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM handling WHERE item_id = ? ORDER BY at, rowid",  # noqa: S608
            (item_id,),
        )
        return [_read(row) for row in rows]

    def of(self, incident_id: IncidentId) -> list[Handling]:
        """Return the entries of an incident, oldest first."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM handling WHERE incident_id = ? ORDER BY at, rowid",  # noqa: S608
            (incident_id,),
        )
        return [_read(row) for row in rows]


def _read(row: tuple[SqlValue, ...]) -> Handling:
    return Handling(
        id=as_text(row[0]),
        incident_id=IncidentId(as_text(row[1])),
        item_id=ItemId(as_text(row[2])),
        entered_at=as_moment(row[4]),
        by=as_text(row[5]),
        details=HandlingDetails(
            at=as_moment(row[3]),
            given_by=as_text(row[6]),
            given_to=as_text(row[7]),
            purpose=as_text(row[8]),
            place=as_text(row[9]),
            seal=as_text(row[10]),
            reference=as_text(row[11]),
        ),
    )
