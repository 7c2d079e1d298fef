"""Fields of incidents, people, accounts and items: every change a new row, the latest counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.identifiers import KeyholderId
from desktop.store.cells import as_moment, as_text
from desktop.store.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEntry:
    """One value that a field was given."""

    name: str
    value: str
    at: Moment
    keyholder: KeyholderId


class FieldTable:
    """Values by subject and name."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def enter(self, subject: str, values: Mapping[str, str], at: Moment, keyholder: str) -> None:
        """Add these values."""
        for name, value in values.items():
            self._connection.execute(
                "INSERT INTO field_value (subject, name, value, at, keyholder) "
                "VALUES (?, ?, ?, ?, ?)",
                (subject, name, value, at.to_text(), keyholder),
            )

    def current(self, subject: str) -> dict[str, str]:
        """Return the latest value of each field of a subject."""
        rows = self._connection.rows(
            "SELECT name, value FROM field_value WHERE subject = ? ORDER BY id", (subject,)
        )
        return {as_text(name): as_text(value) for name, value in rows}

    def filled_since(self, subject: str) -> dict[str, Moment]:
        """Return since when each field of a subject is filled in, however it was changed since."""
        since: dict[str, Moment] = {}
        for entry in self.history(subject):
            if entry.value:
                since.setdefault(entry.name, entry.at)
            else:
                since.pop(entry.name, None)
        return since

    def current_of(self, name: str) -> dict[str, str]:
        """Return the latest value of one field for every subject that has it."""
        rows = self._connection.rows(
            "SELECT subject, value FROM field_value WHERE name = ? ORDER BY id", (name,)
        )
        return {as_text(subject): as_text(value) for subject, value in rows}

    def history(self, subject: str) -> list[FieldEntry]:
        """Return every value ever entered for a subject, oldest first."""
        rows = self._connection.rows(
            "SELECT name, value, at, keyholder FROM field_value WHERE subject = ? ORDER BY id",
            (subject,),
        )
        return [
            FieldEntry(
                name=as_text(row[0]),
                value=as_text(row[1]),
                at=as_moment(row[2]),
                keyholder=KeyholderId(as_text(row[3])),
            )
            for row in rows
        ]


class DraftTable:
    """What is being typed: replaced as it grows, gone once it is entered."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def save(self, subject: str, name: str, value: str, at: Moment) -> None:
        """Keep the text as it stands."""
        self._connection.execute(
            "INSERT INTO draft (subject, name, value, at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (subject, name) DO UPDATE SET value = excluded.value, at = excluded.at",
            (subject, name, value, at.to_text()),
        )

    def clear(self, subject: str, names: Iterable[str]) -> None:
        """Forget the drafts of these fields."""
        for name in names:
            self._connection.execute(
                "DELETE FROM draft WHERE subject = ? AND name = ?", (subject, name)
            )

    def of(self, subject: str) -> dict[str, str]:
        """Return the drafts of a subject by field name."""
        rows = self._connection.rows("SELECT name, value FROM draft WHERE subject = ?", (subject,))
        return {as_text(name): as_text(value) for name, value in rows}

    def latest_time(self) -> str:
        """Return the stored moment text of the draft that was saved last, or ''."""
        row = self._connection.row("SELECT max(at) FROM draft")
        return as_text(row[0]) if row and row[0] is not None else ""

    def subjects(self) -> list[str]:
        """Return the subjects that have drafts."""
        rows = self._connection.rows("SELECT DISTINCT subject FROM draft ORDER BY subject")
        return [as_text(row[0]) for row in rows]
