"""Holds on records: reasons for which one must not be erased, whatever its review date."""

from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import IncidentId
from desktop.domain.log.retention import HoldKind
from desktop.store.cells import SqlValue, as_moment, as_optional_moment, as_optional_text, as_text
from desktop.store.connection import Connection

_COLUMNS = (
    "id, incident_id, kind, reason, set_at, set_by, released_at, released_by, release_reason"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRow:
    """One hold; it is in force until it is released."""

    id: str
    incident_id: IncidentId
    kind: HoldKind
    reason: str
    set_at: Moment
    set_by: str
    released_at: Moment | None = None
    released_by: str = ""
    release_reason: str = ""


class HoldTable:
    """Holds in the order in which they were set; a released one stays."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, row: HoldRow) -> None:
        """Set one."""
        self._connection.execute(
            "INSERT INTO hold (id, incident_id, kind, reason, set_at, set_by) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                row.id,
                row.incident_id,
                row.kind.value,
                row.reason,
                row.set_at.to_text(),
                row.set_by,
            ),
        )

    def release(self, hold_id: str, at: Moment, by: str, reason: str) -> None:
        """Say that one is no longer in force."""
        self._connection.execute(
            "UPDATE hold SET released_at = ?, released_by = ?, release_reason = ? WHERE id = ?",
            (at.to_text(), by, reason, hold_id),
        )

    def get(self, hold_id: str) -> HoldRow | None:
        """Return one, or None."""
        row = self._connection.row(f"SELECT {_COLUMNS} FROM hold WHERE id = ?", (hold_id,))  # noqa: S608
        return _read(row) if row else None

    def of(self, incident_id: IncidentId) -> list[HoldRow]:
        """Return the holds of an incident, released ones too."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM hold WHERE incident_id = ? ORDER BY set_at, rowid",  # noqa: S608
            (incident_id,),
        )
        return [_read(row) for row in rows]

    def held(self) -> frozenset[IncidentId]:
        """Return every incident that is held."""
        rows = self._connection.rows("SELECT incident_id FROM hold WHERE released_at IS NULL")
        return frozenset(IncidentId(as_text(row[0])) for row in rows)


def _read(row: tuple[SqlValue, ...]) -> HoldRow:
    return HoldRow(
        id=as_text(row[0]),
        incident_id=IncidentId(as_text(row[1])),
        kind=HoldKind(as_text(row[2])),
        reason=as_text(row[3]),
        set_at=as_moment(row[4]),
        set_by=as_text(row[5]),
        released_at=as_optional_moment(row[6]),
        released_by=as_optional_text(row[7]) or "",
        release_reason=as_text(row[8]),
    )
