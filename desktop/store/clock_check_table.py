"""When the clock of the computer was compared with another one, and how it stood."""

from datetime import timedelta

from desktop.domain.calendar.clock_checks import ClockCheck
from desktop.store.cells import as_moment, as_number, as_text
from desktop.store.connection import Connection


class ClockCheckTable:
    """Only ever added to."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, check_id: str, check: ClockCheck, keyholder: str) -> None:
        """Add a comparison, by whom it was made."""
        self._connection.execute(
            "INSERT INTO clock_check (id, at, keyholder, reference, source, ahead_ms) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                check_id,
                check.at.to_text(),
                keyholder,
                check.reference,
                check.source,
                round(check.ahead / timedelta(milliseconds=1)),
            ),
        )

    def latest(self) -> ClockCheck | None:
        """Return the comparison that was made last, or None."""
        row = self._connection.row(
            "SELECT at, reference, source, ahead_ms FROM clock_check ORDER BY rowid DESC LIMIT 1"
        )
        if row is None:
            return None
        return ClockCheck(
            at=as_moment(row[0]),
            reference=as_text(row[1]),
            source=as_text(row[2]),
            ahead=timedelta(milliseconds=as_number(row[3])),
        )
