"""What is left of records that are gone, and which custody details went with them."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import IncidentId
from desktop.store.cells import SqlValue, as_moment, as_number, as_optional_moment, as_text
from desktop.store.connection import Connection

_COLUMNS = (
    "incident_id, at, retention_class, reason, keyholder, second_keyholder, witness, certificate, "
    "cleared_at, kind"
)


class Departure(StrEnum):
    """How a record left the log."""

    ERASED = "erased"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class TombstoneRow:
    """One record that is gone. `cleared_at` is None until nothing of it is left in the files."""

    incident_id: IncidentId
    at: Moment
    retention_class: str
    reason: str
    keyholder: str
    second_keyholder: str
    witness: str
    certificate: str
    cleared_at: Moment | None = None
    kind: Departure = Departure.ERASED


class TombstoneTable:
    """Tombstones by incident; none is ever deleted."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, row: TombstoneRow) -> None:
        """Add one."""
        self._connection.execute(
            f"INSERT INTO tombstone ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",  # noqa: S608
            (
                row.incident_id,
                row.at.to_text(),
                row.retention_class,
                row.reason,
                row.keyholder,
                row.second_keyholder,
                row.witness,
                row.certificate,
                row.kind.value,
            ),
        )

    def set_cleared(self, incident_id: IncidentId, at: Moment) -> None:
        """Say that nothing of it is left in the files."""
        self._connection.execute(
            "UPDATE tombstone SET cleared_at = ? WHERE incident_id = ?",
            (at.to_text(), incident_id),
        )

    def get(self, incident_id: IncidentId) -> TombstoneRow | None:
        """Return the tombstone of an incident, or None."""
        row = self._connection.row(
            f"SELECT {_COLUMNS} FROM tombstone WHERE incident_id = ?",  # noqa: S608
            (incident_id,),
        )
        return _read(row) if row else None

    def all(self) -> list[TombstoneRow]:
        """Return all, the latest first."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM tombstone ORDER BY at DESC, rowid DESC"  # noqa: S608
        )
        return [_read(row) for row in rows]

    def not_cleared(self) -> list[TombstoneRow]:
        """Return those of which something may still be left in the files."""
        return [row for row in self.all() if row.cleared_at is None]

    def subjects(self) -> frozenset[str]:
        """Return the ids whose custody details were emptied."""
        rows = self._connection.rows("SELECT subject FROM erased_subject")
        return frozenset(as_text(row[0]) for row in rows)

    def entries(self) -> frozenset[int]:
        """Return the custody entries about others that were emptied one by one."""
        rows = self._connection.rows("SELECT number FROM erased_entry")
        return frozenset(as_number(row[0]) for row in rows)


def _read(row: tuple[SqlValue, ...]) -> TombstoneRow:
    return TombstoneRow(
        incident_id=IncidentId(as_text(row[0])),
        at=as_moment(row[1]),
        retention_class=as_text(row[2]),
        reason=as_text(row[3]),
        keyholder=as_text(row[4]),
        second_keyholder=as_text(row[5]),
        witness=as_text(row[6]),
        certificate=as_text(row[7]),
        cleared_at=as_optional_moment(row[8]),
        kind=Departure(as_text(row[9])),
    )
