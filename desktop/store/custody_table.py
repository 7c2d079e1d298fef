"""The custody chain: entries that are only ever added, details in rows of their own."""

from collections.abc import Iterable, Iterator

from desktop.domain.calendar.times import Moment
from desktop.domain.log.custody import Action, CustodyDetail, CustodyEntry, Head
from desktop.store.cells import SqlValue, as_bytes, as_moment, as_number, as_text
from desktop.store.connection import Connection

_COLUMNS = "e.number, e.at, e.keyholder, e.action, e.subject, e.commitment, e.previous, e.own"


class CustodyTable:
    """Append, and read in order."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def head(self) -> Head | None:
        """Return the end of the chain; None in a new log."""
        row = self._connection.row(
            "SELECT number, own FROM custody_entry ORDER BY number DESC LIMIT 1"
        )
        return Head(as_number(row[0]), as_text(row[1])) if row else None

    def own_of(self, number: int) -> str:
        """Return the hash of one entry, or ''."""
        row = self._connection.row("SELECT own FROM custody_entry WHERE number = ?", (number,))
        return as_text(row[0]) if row else ""

    def latest_time(self) -> str:
        """Return the stored moment text of the newest entry, or ''."""
        row = self._connection.row("SELECT at FROM custody_entry ORDER BY number DESC LIMIT 1")
        return as_text(row[0]) if row else ""

    def since_last_opening(self, action: Action) -> list[str]:
        """Return when this was done after the last opening but one, up to now."""
        openings = self._connection.rows(
            "SELECT number FROM custody_entry WHERE action = ? ORDER BY number DESC LIMIT 2",
            (Action.LOG_OPENED,),
        )
        first = as_number(openings[-1][0]) if len(openings) > 1 else 0
        rows = self._connection.rows(
            "SELECT at FROM custody_entry WHERE number > ? AND action = ? ORDER BY number",
            (first, action),
        )
        return [as_text(row[0]) for row in rows]

    def append(self, entry: CustodyEntry, salt: bytes, detail: str) -> None:
        """Add the next entry with its detail."""
        self._connection.execute(
            "INSERT INTO custody_entry "
            "(number, at, keyholder, action, subject, commitment, previous, own) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.number,
                entry.at,
                entry.keyholder,
                entry.action.value,
                entry.subject,
                entry.commitment,
                entry.previous,
                entry.own,
            ),
        )
        self._connection.execute(
            "INSERT INTO custody_detail (number, salt, detail) VALUES (?, ?, ?)",
            (entry.number, salt, detail),
        )

    def walk(self, after: int = 0) -> Iterator[tuple[CustodyEntry, CustodyDetail | None]]:
        """Yield the chain in order, a row at a time, from the entry that follows this number."""
        yield from map(
            _read,
            self._connection.stream(
                f"SELECT {_COLUMNS}, d.salt, d.detail FROM custody_entry e "  # noqa: S608
                "LEFT JOIN custody_detail d USING (number) WHERE e.number > ? ORDER BY e.number",
                (after,),
            ),
        )

    def gaps(self) -> list[tuple[int, int]]:
        """Return the first and last numbers of entries that were lost before a salvage."""
        rows = self._connection.rows(
            "SELECT first_number, last_number FROM custody_gap ORDER BY first_number"
        )
        return [(as_number(first), as_number(last)) for first, last in rows]

    def add_gap(self, first: int, last: int, at: Moment) -> None:
        """Write down that these entries could not be read; a wider gap takes in a smaller one."""
        self._connection.execute(
            "DELETE FROM custody_gap WHERE first_number BETWEEN ? AND ?", (first, last)
        )
        self._connection.execute(
            "INSERT INTO custody_gap (first_number, last_number, salvaged_at) VALUES (?, ?, ?)",
            (first, last, at.to_text()),
        )

    def about(self, subjects: list[str]) -> list[tuple[CustodyEntry, CustodyDetail | None]]:
        """Return the entries about these subjects, in order."""
        found = []
        for subject in subjects:
            found += self._connection.rows(
                f"SELECT {_COLUMNS}, d.salt, d.detail FROM custody_entry e "  # noqa: S608
                "LEFT JOIN custody_detail d USING (number) WHERE e.subject = ?",
                (subject,),
            )
        return sorted(map(_read, found), key=lambda pair: pair[0].number)

    def first_about(self, subject: str, action: Action) -> Moment | None:
        """Return when this was first done to a subject, None if it never was."""
        row = self._connection.row(
            "SELECT at FROM custody_entry WHERE subject = ? AND action = ? ORDER BY number",
            (subject, action.value),
        )
        return as_moment(row[0]) if row else None

    def of_actions(self, *actions: Action) -> list[tuple[CustodyEntry, CustodyDetail | None]]:
        """Return the entries that say that one of these was done, in order."""
        marks = ", ".join("?" * len(actions))
        rows = self._connection.rows(
            f"SELECT {_COLUMNS}, d.salt, d.detail FROM custody_entry e "  # noqa: S608
            f"LEFT JOIN custody_detail d USING (number) WHERE e.action IN ({marks}) "
            "ORDER BY e.number",
            tuple(one.value for one in actions),
        )
        return [_read(row) for row in rows]

    def numbered(self, numbers: Iterable[int]) -> list[tuple[CustodyEntry, CustodyDetail | None]]:
        """Return the entries with these numbers, in order."""
        found = []
        for number in sorted(set(numbers)):
            found += self._connection.rows(
                f"SELECT {_COLUMNS}, d.salt, d.detail FROM custody_entry e "  # noqa: S608
                "LEFT JOIN custody_detail d USING (number) WHERE e.number = ?",
                (number,),
            )
        return [_read(row) for row in found]


def _read(row: tuple[SqlValue, ...]) -> tuple[CustodyEntry, CustodyDetail | None]:
    entry = CustodyEntry(
        number=as_number(row[0]),
        at=as_text(row[1]),
        keyholder=as_text(row[2]),
        action=Action(as_text(row[3])),
        subject=as_text(row[4]),
        commitment=as_text(row[5]),
        previous=as_text(row[6]),
        own=as_text(row[7]),
    )
    if row[8] is None:
        return entry, None
    return entry, CustodyDetail(as_bytes(row[8]), as_text(row[9]))
