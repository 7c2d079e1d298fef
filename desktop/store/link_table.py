"""Links between incidents that belong together; each is said once and counts for both."""

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import IncidentId
from desktop.domain.links import Link, LinkState
from desktop.store.cells import SqlValue, as_text
from desktop.store.connection import Connection

_COLUMNS = "id, incident_id, other_id, state, reason, at, keyholder"


class LinkTable:
    """Links; the latest row of a pair counts, earlier ones stay."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, link: Link) -> None:
        """Add what was said of a pair."""
        self._connection.execute(
            f"INSERT INTO incident_link ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                link.id,
                link.incident_id,
                link.other_id,
                link.state.value,
                link.reason,
                link.at.to_text(),
                link.by,
            ),
        )

    def of(self, incident_id: IncidentId) -> list[Link]:
        """Return all that was said of pairs with this incident, oldest first."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM incident_link "  # noqa: S608
            "WHERE incident_id = ?1 OR other_id = ?1 ORDER BY rowid",
            (incident_id,),
        )
        return [_read(row) for row in rows]


def _read(row: tuple[SqlValue, ...]) -> Link:
    return Link(
        id=as_text(row[0]),
        incident_id=IncidentId(as_text(row[1])),
        other_id=IncidentId(as_text(row[2])),
        state=LinkState(as_text(row[3])),
        reason=as_text(row[4]),
        at=Moment.from_text(as_text(row[5])),
        by=as_text(row[6]),
    )
