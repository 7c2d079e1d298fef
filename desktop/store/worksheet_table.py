"""Worksheets as they were handed in: their text, when, by whom, with which contact."""

import json
from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import ContactId, IncidentId
from desktop.domain.steps.worksheets import SubmittedSheet
from desktop.store.cells import SqlValue, as_optional_text, as_text
from desktop.store.connection import Connection

_COLUMNS = "id, incident_id, worksheet_id, version, texts, at, keyholder, contact_id"


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A worksheet with its text and its time exactly as they are kept, for a check."""

    id: str
    incident_id: IncidentId
    worksheet_id: str
    texts: str
    at: str
    by: str


class WorksheetTable:
    """Texts that were handed in; each stays as it was."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, sheet: SubmittedSheet) -> None:
        """Keep the text of a worksheet as it was handed in."""
        self._connection.execute(
            f"INSERT INTO worksheet ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                sheet.id,
                sheet.incident_id,
                sheet.worksheet_id,
                sheet.version,
                json.dumps(sheet.texts, ensure_ascii=False),
                sheet.at.to_text(),
                sheet.by,
                sheet.contact_id,
            ),
        )

    def of(self, incident_id: IncidentId) -> list[SubmittedSheet]:
        """Return what was handed in for an incident, oldest first."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM worksheet WHERE incident_id = ? ORDER BY rowid",  # noqa: S608
            (incident_id,),
        )
        return [_read(row) for row in rows]

    def as_kept(self) -> list[KeptSheet]:
        """Return the sheets of all incidents, their texts unread."""
        rows = self._connection.rows(
            "SELECT id, incident_id, worksheet_id, texts, at, keyholder FROM worksheet "
            "ORDER BY rowid"
        )
        return [
            KeptSheet(as_text(row[0]), IncidentId(as_text(row[1])), *map(as_text, row[2:]))
            for row in rows
        ]


def _read(row: tuple[SqlValue, ...]) -> SubmittedSheet:
    contact_id = as_optional_text(row[7])
    texts = json.loads(as_text(row[4]))
    return SubmittedSheet(
        id=as_text(row[0]),
        incident_id=IncidentId(as_text(row[1])),
        worksheet_id=as_text(row[2]),
        version=as_text(row[3]),
        texts=tuple((str(name), str(text)) for name, text in texts),
        at=Moment.from_text(as_text(row[5])),
        by=as_text(row[6]),
        contact_id=ContactId(contact_id) if contact_id else None,
    )
