"""What left the log: bundles and issued reports; and long jobs that were begun."""

from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import IncidentId, ReportId
from desktop.store.cells import SqlValue, as_moment, as_number, as_optional_text, as_text
from desktop.store.connection import Connection

_BUNDLE = "id, incident_id, audience, version, form, at, keyholder, fingerprint, recipient, marks"
_REPORT = "id, first_day, last_day, issued_at, keyholder, figures, sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRow:
    """One bundle that left; marks are the exhibit marks in it."""

    id: str
    incident_id: IncidentId
    audience: str
    version: int
    form: str
    at: Moment
    by: str
    fingerprint: str
    recipient: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One quarterly report as issued; the days are ISO dates, figures canonical JSON."""

    id: ReportId
    first_day: str
    last_day: str
    issued_at: Moment
    by: str
    figures: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentRow:
    """A long job that was begun and not yet completed."""

    id: str
    kind: str
    incident_id: IncidentId | None
    what: str
    at: Moment


class BundleTable:
    """Bundles by incident."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, row: BundleRow) -> None:
        """Add one."""
        self._connection.execute(
            f"INSERT INTO bundle ({_BUNDLE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                row.id,
                row.incident_id,
                row.audience,
                row.version,
                row.form,
                row.at.to_text(),
                row.by,
                row.fingerprint,
                row.recipient,
                "\n".join(row.marks),
            ),
        )

    def next_version(self, incident_id: IncidentId, audience: str) -> int:
        """Return the version that the next bundle for this audience gets."""
        row = self._connection.row(
            "SELECT max(version) FROM bundle WHERE incident_id = ? AND audience = ?",
            (incident_id, audience),
        )
        return (as_number(row[0]) if row and row[0] is not None else 0) + 1

    def of(self, incident_id: IncidentId) -> list[BundleRow]:
        """Return the bundles of an incident, oldest first."""
        rows = self._connection.rows(
            f"SELECT {_BUNDLE} FROM bundle WHERE incident_id = ? ORDER BY at, rowid",  # noqa: S608
            (incident_id,),
        )
        return [_read_bundle(row) for row in rows]


class ReportTable:
    """Issued quarterly reports."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, row: ReportRow) -> None:
        """Add one; it is frozen from now on."""
        self._connection.execute(
            f"INSERT INTO report ({_REPORT}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                row.id,
                row.first_day,
                row.last_day,
                row.issued_at.to_text(),
                row.by,
                row.figures,
                row.sha256,
            ),
        )

    def all(self) -> list[ReportRow]:
        """Return all, oldest first."""
        rows = self._connection.rows(
            f"SELECT {_REPORT} FROM report ORDER BY issued_at, rowid"  # noqa: S608
        )
        return [
            ReportRow(
                id=ReportId(as_text(row[0])),
                first_day=as_text(row[1]),
                last_day=as_text(row[2]),
                issued_at=as_moment(row[3]),
                by=as_text(row[4]),
                figures=as_text(row[5]),
                sha256=as_text(row[6]),
            )
            for row in rows
        ]


class IntentTable:
    """Long jobs between their beginning and their end."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def begin(self, row: IntentRow) -> None:
        """Say that a job begins."""
        self._connection.execute(
            "INSERT INTO intent (id, kind, incident_id, what, at) VALUES (?, ?, ?, ?, ?)",
            (row.id, row.kind, row.incident_id, row.what, row.at.to_text()),
        )

    def end(self, intent_id: str) -> None:
        """Say that it is complete or was given up."""
        self._connection.execute("DELETE FROM intent WHERE id = ?", (intent_id,))

    def all(self) -> list[IntentRow]:
        """Return the jobs that were begun and never completed."""
        rows = self._connection.rows(
            "SELECT id, kind, incident_id, what, at FROM intent ORDER BY at, rowid"
        )
        return [_read_intent(row) for row in rows]


def _read_bundle(row: tuple[SqlValue, ...]) -> BundleRow:
    return BundleRow(
        id=as_text(row[0]),
        incident_id=IncidentId(as_text(row[1])),
        audience=as_text(row[2]),
        version=as_number(row[3]),
        form=as_text(row[4]),
        at=as_moment(row[5]),
        by=as_text(row[6]),
        fingerprint=as_text(row[7]),
        recipient=as_text(row[8]),
        marks=tuple(mark for mark in as_text(row[9]).split("\n") if mark),
    )


def _read_intent(row: tuple[SqlValue, ...]) -> IntentRow:
    incident_id = as_optional_text(row[2])
    return IntentRow(
        id=as_text(row[0]),
        kind=as_text(row[1]),
        incident_id=IncidentId(incident_id) if incident_id else None,
        what=as_text(row[3]),
        at=as_moment(row[4]),
    )
