"""The people with a passphrase to the log."""

from dataclasses import dataclass

from desktop.domain.identifiers import KeyholderId
from desktop.domain.times import Moment
from desktop.store.cells import as_moment, as_text
from desktop.store.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyholderRow:
    """One keyholder as stored."""

    id: KeyholderId
    name: str
    title: str
    initials: str
    added_at: Moment


class KeyholderTable:
    """Keyholders in the order in which they were added."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, row: KeyholderRow) -> None:
        """Add one."""
        self._connection.execute(
            "INSERT INTO keyholder (id, name, title, initials, added_at) VALUES (?, ?, ?, ?, ?)",
            (row.id, row.name, row.title, row.initials, row.added_at.to_text()),
        )

    def all(self) -> list[KeyholderRow]:
        """Return all of them."""
        rows = self._connection.rows(
            "SELECT id, name, title, initials, added_at FROM keyholder ORDER BY added_at, id"
        )
        return [
            KeyholderRow(
                id=KeyholderId(as_text(row[0])),
                name=as_text(row[1]),
                title=as_text(row[2]),
                initials=as_text(row[3]),
                added_at=as_moment(row[4]),
            )
            for row in rows
        ]
