"""The chronology entries that people and operations write; they are only ever added."""

from desktop.domain.chronology import ChronologyLine, EntryKind
from desktop.domain.identifiers import EntryId, IncidentId
from desktop.store.cells import SqlValue, as_moment, as_optional_text, as_text
from desktop.store.connection import Connection

_COLUMNS = "id, incident_id, kind, at, entered_at, keyholder, text, mark, corrects, reason"


class ChronologyTable:
    """Entries of incidents."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, incident_id: IncidentId, line: ChronologyLine) -> None:
        """Add one."""
        self._connection.execute(
            f"INSERT INTO chronology_entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                line.id,
                incident_id,
                line.kind.value,
                line.at.to_text(),
                line.entered_at.to_text(),
                line.by,
                line.text,
                line.mark,
                line.corrects,
                line.reason,
            ),
        )

    def of(self, incident_id: IncidentId) -> list[ChronologyLine]:
        """Return the entries of an incident as they were entered, not yet linked."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM chronology_entry WHERE incident_id = ? ORDER BY rowid",  # noqa: S608
            (incident_id,),
        )
        return [_read(row) for row in rows]

    def get(self, entry_id: EntryId) -> ChronologyLine | None:
        """Return one entry, or None."""
        row = self._connection.row(
            f"SELECT {_COLUMNS} FROM chronology_entry WHERE id = ?",  # noqa: S608
            (entry_id,),
        )
        return _read(row) if row else None


def _read(row: tuple[SqlValue, ...]) -> ChronologyLine:
    corrects = as_optional_text(row[8])
    return ChronologyLine(
        id=EntryId(as_text(row[0])),
        kind=EntryKind(as_text(row[2])),
        at=as_moment(row[3]),
        entered_at=as_moment(row[4]),
        by=as_text(row[5]),
        text=as_text(row[6]),
        mark=as_text(row[7]),
        corrects=EntryId(corrects) if corrects else None,
        reason=as_text(row[9]),
    )
