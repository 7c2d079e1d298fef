"""Contact entries: what is searched in columns, the details as one canonical text."""

import json

from desktop.domain.calendar.times import Moment
from desktop.domain.contacts import Channel, ContactDetails, ContactEntry, Direction, Recipient
from desktop.domain.identifiers import ContactId, IncidentId
from desktop.store.cells import SqlValue, as_moment, as_number, as_text, moment_cell
from desktop.store.connection import Connection

_TEXTS = (
    "organisation",
    "person",
    "person_role",
    "address_used",
    "basis",
    "said",
    "sent",
    "protected_how",
    "reference",
    "advice",
    "next_action",
)
_COLUMNS = (
    "id, incident_id, attempt, made_by, entered_at, step_id, recipient, at, next_due, details"
)


class ContactTable:
    """Contacts of incidents, in the order in which they were made."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def attempts(self, incident_id: IncidentId, recipient: Recipient) -> int:
        """Count the contacts with a recipient so far."""
        row = self._connection.row(
            "SELECT count(*) FROM contact_entry WHERE incident_id = ? AND recipient = ?",
            (incident_id, recipient.value),
        )
        return as_number(row[0]) if row else 0

    def insert(self, entry: ContactEntry) -> None:
        """Add one."""
        details = entry.details
        self._connection.execute(
            f"INSERT INTO contact_entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                entry.id,
                entry.incident_id,
                entry.attempt,
                entry.made_by,
                entry.entered_at.to_text(),
                entry.step_id,
                details.recipient.value,
                details.at.to_text(),
                moment_cell(details.next_due),
                _details_text(details),
            ),
        )

    def of(self, incident_id: IncidentId | None = None) -> list[ContactEntry]:
        """Return the contacts of one incident, or of all."""
        rows = self._connection.rows(
            f"SELECT {_COLUMNS} FROM contact_entry "  # noqa: S608
            "WHERE ?1 IS NULL OR incident_id = ?1 ORDER BY at, rowid",
            (incident_id,),
        )
        return [_read(row) for row in rows]


def _details_text(details: ContactDetails) -> str:
    values: dict[str, str | bool] = {name: getattr(details, name) for name in _TEXTS}
    values["direction"] = details.direction.value
    values["channel"] = details.channel.value
    values["answered"] = details.answered
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def _read(row: tuple[SqlValue, ...]) -> ContactEntry:
    values = json.loads(as_text(row[9]))
    next_due = row[8]
    details = ContactDetails(
        recipient=Recipient(as_text(row[6])),
        at=as_moment(row[7]),
        direction=Direction(values["direction"]),
        channel=Channel(values["channel"]),
        answered=bool(values["answered"]),
        next_due=Moment.from_text(as_text(next_due)) if next_due is not None else None,
        **{name: str(values[name]) for name in _TEXTS},
    )
    return ContactEntry(
        id=ContactId(as_text(row[0])),
        incident_id=IncidentId(as_text(row[1])),
        attempt=as_number(row[2]),
        made_by=as_text(row[3]),
        entered_at=as_moment(row[4]),
        step_id=as_text(row[5]),
        details=details,
    )
