"""Where backups go, and every attempt at one."""

from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.log.custody import Head
from desktop.store.cells import (
    SqlValue,
    as_moment,
    as_number,
    as_optional_moment,
    as_text,
)
from desktop.store.connection import Connection

MADE, NOT_THERE, FAILED, STOPPED = "made", "not there", "failed", "stopped"
_COUNTED = (
    "incident", "item", "content", "person", "contact_entry", "chronology_entry", "custody_entry",
)  # fmt: skip
_RUN = "id, place_id, at, outcome, snapshot, detail, head_number, head_own, proved_at"


@dataclass(frozen=True, slots=True)
class BackupPlaceRow:
    """One place; removed_at is when it was taken out of use."""

    id: str
    path: str
    added_at: Moment
    removed_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRunRow:
    """One attempt at one place; `head` is the end of the chain in that backup."""

    id: str
    place_id: str
    at: Moment
    outcome: str
    snapshot: str = ""
    detail: str = ""
    head: Head | None = None
    proved_at: Moment | None = None


class BackupTable:
    """Places and runs; neither is ever deleted."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert_place(self, row: BackupPlaceRow) -> None:
        """Add a place."""
        self._connection.execute(
            "INSERT INTO backup_place (id, path, added_at) VALUES (?, ?, ?)",
            (row.id, row.path, row.added_at.to_text()),
        )

    def remove_place(self, place_id: str, at: Moment) -> None:
        """Take a place out of use."""
        self._connection.execute(
            "UPDATE backup_place SET removed_at = ? WHERE id = ?", (at.to_text(), place_id)
        )

    def places(self) -> list[BackupPlaceRow]:
        """Return every place there ever was, in the order in which they were added."""
        rows = self._connection.rows(
            "SELECT id, path, added_at, removed_at FROM backup_place ORDER BY added_at, rowid"
        )
        return [
            BackupPlaceRow(
                as_text(row[0]), as_text(row[1]), as_moment(row[2]), as_optional_moment(row[3])
            )
            for row in rows
        ]

    def places_in_use(self) -> list[BackupPlaceRow]:
        """Return the places to which backups go."""
        return [row for row in self.places() if row.removed_at is None]

    def insert_run(self, row: BackupRunRow) -> None:
        """Add an attempt."""
        self._connection.execute(
            f"INSERT INTO backup_run ({_RUN}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",  # noqa: S608
            (
                row.id,
                row.place_id,
                row.at.to_text(),
                row.outcome,
                row.snapshot,
                row.detail,
                row.head.number if row.head else 0,
                row.head.own if row.head else "",
            ),
        )

    def set_proved(self, run_id: str, at: Moment) -> None:
        """Say that a backup was opened and fits the log."""
        self._connection.execute(
            "UPDATE backup_run SET proved_at = ? WHERE id = ?", (at.to_text(), run_id)
        )

    def runs(self, place_id: str | None = None, outcome: str | None = None) -> list[BackupRunRow]:
        """Return the attempts, at one place or all, of one outcome or any, oldest first."""
        rows = self._connection.rows(
            f"SELECT {_RUN} FROM backup_run "  # noqa: S608
            "WHERE (?1 IS NULL OR place_id = ?1) AND (?2 IS NULL OR outcome = ?2) ORDER BY rowid",
            (place_id, outcome),
        )
        return [_read_run(row) for row in rows]

    def last_run(
        self, place_id: str | None = None, outcome: str | None = None
    ) -> BackupRunRow | None:
        """Return the newest of these attempts, or None."""
        row = self._connection.row(
            f"SELECT {_RUN} FROM backup_run "  # noqa: S608
            "WHERE (?1 IS NULL OR place_id = ?1) AND (?2 IS NULL OR outcome = ?2) "
            "ORDER BY rowid DESC LIMIT 1",
            (place_id, outcome),
        )
        return _read_run(row) if row else None

    def count_records(self) -> dict[str, int]:
        """Return how many records of each kind the log holds: what two copies are compared by."""
        counts = {}
        for table in _COUNTED:
            row = self._connection.row(f"SELECT count(*) FROM {table}")  # noqa: S608
            counts[table] = as_number(row[0]) if row else 0
        return counts

    def last_proved(self, place_id: str | None = None) -> Moment | None:
        """Return when a backup was last proved, at one place or any."""
        row = self._connection.row(
            "SELECT max(proved_at) FROM backup_run WHERE ?1 IS NULL OR place_id = ?1", (place_id,)
        )
        return as_optional_moment(row[0]) if row else None


def _read_run(row: tuple[SqlValue, ...]) -> BackupRunRow:
    number, own = as_number(row[6]), as_text(row[7])
    return BackupRunRow(
        id=as_text(row[0]),
        place_id=as_text(row[1]),
        at=as_moment(row[2]),
        outcome=as_text(row[3]),
        snapshot=as_text(row[4]),
        detail=as_text(row[5]),
        head=Head(number, own) if own else None,
        proved_at=as_optional_moment(row[8]),
    )
