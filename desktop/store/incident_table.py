"""Incidents: the few columns that lists need; all that is known stands in the field values."""

from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import IncidentId, KeyholderId
from desktop.domain.incidents import IncidentStatus, incident_number
from desktop.store.cells import (
    SqlValue,
    as_moment,
    as_number,
    as_optional_moment,
    as_text,
    moment_cell,
)
from desktop.store.connection import Connection

_PASSED_OVER = "numbers passed over"
_COLUMNS = "id, year, ordinal, logged_at, logged_by, status, careful, closed_at, title"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """One incident as stored."""

    id: IncidentId
    number: str
    logged_at: Moment
    logged_by: KeyholderId
    status: IncidentStatus
    careful: bool
    closed_at: Moment | None
    title: str


class IncidentTable:
    """Incidents by id, newest first."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, incident_id: IncidentId, at: Moment, keyholder: str, title: str) -> str:
        """Add one under the year's next number, which it returns; numbers never come back."""
        year = at.local.year
        ordinal = max(self.last_ordinal(year), self._passed_over(year)) + 1
        self._connection.execute(
            f"INSERT INTO incident ({_COLUMNS}) "  # noqa: S608
            "VALUES (?, ?, ?, ?, ?, 'open', 0, NULL, ?)",
            (incident_id, year, ordinal, at.to_text(), keyholder, title),
        )
        return incident_number(year, ordinal)

    def last_ordinal(self, year: int) -> int:
        """Return the last number of a year, 0 if it has none."""
        row = self._connection.row("SELECT max(ordinal) FROM incident WHERE year = ?", (year,))
        return as_number(row[0]) if row and row[0] is not None else 0

    def pass_over(self, year: int, ordinal: int) -> str:
        """Never give the numbers of this year up to here, and return the first that is left."""
        self._connection.execute(
            "INSERT INTO setting (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (f"{_PASSED_OVER} {year}", str(ordinal)),
        )
        return incident_number(year, max(self.last_ordinal(year), ordinal) + 1)

    def _passed_over(self, year: int) -> int:
        row = self._connection.row(
            "SELECT value FROM setting WHERE name = ?", (f"{_PASSED_OVER} {year}",)
        )
        return int(as_text(row[0])) if row else 0

    def get(self, incident_id: IncidentId) -> IncidentRow | None:
        """Return one, or None."""
        row = self._connection.row(
            f"SELECT {_COLUMNS} FROM incident WHERE id = ?",  # noqa: S608
            (incident_id,),
        )
        return _read(row) if row else None

    def all(self) -> list[IncidentRow]:
        """Return all, the newest first."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM incident ORDER BY logged_at DESC, ordinal DESC"  # noqa: S608
        )
        return [_read(row) for row in rows]

    def unfinished(self) -> list[IncidentRow]:
        """Return those that are not closed, the newest first."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM incident WHERE status <> 'closed' "  # noqa: S608
            "ORDER BY logged_at DESC, ordinal DESC"
        )
        return [_read(row) for row in rows]

    def count(self) -> int:
        """Return how many there are."""
        row = self._connection.row("SELECT count(*) FROM incident")
        return as_number(row[0]) if row else 0

    def set_title(self, incident_id: IncidentId, title: str) -> None:
        """Change the title that lists show; the field values keep the earlier ones."""
        self._connection.execute(
            "UPDATE incident SET title = ? WHERE id = ?", (title, incident_id)
        )

    def set_careful(self, incident_id: IncidentId) -> None:
        """Mark it as one in which something was held back; there is no way back."""
        self._connection.execute("UPDATE incident SET careful = 1 WHERE id = ?", (incident_id,))

    def set_status(
        self, incident_id: IncidentId, status: IncidentStatus, closed_at: Moment | None
    ) -> None:
        """Open, close or reopen it."""
        self._connection.execute(
            "UPDATE incident SET status = ?, closed_at = ? WHERE id = ?",
            (status.value, moment_cell(closed_at), incident_id),
        )


def _read(row: tuple[SqlValue, ...]) -> IncidentRow:
    return IncidentRow(
        id=IncidentId(as_text(row[0])),
        number=incident_number(as_number(row[1]), as_number(row[2])),
        logged_at=as_moment(row[3]),
        logged_by=KeyholderId(as_text(row[4])),
        status=IncidentStatus(as_text(row[5])),
        careful=bool(as_number(row[6])),
        closed_at=as_optional_moment(row[7]),
        title=as_text(row[8]),
    )
