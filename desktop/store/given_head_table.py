"""Heads of the custody chain that left on paper or in a file: the chain must still hold them."""

from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.log.custody import Head
from desktop.store.cells import as_moment, as_number, as_text
from desktop.store.connection import Connection


@dataclass(frozen=True, slots=True)
class GivenHead:
    """A head that was given out: when, and with what."""

    head: Head
    at: Moment
    what: str


class GivenHeadTable:
    """Only ever added to."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, head: Head | None, at: Moment, what: str) -> None:
        """Remember that this head leaves; an empty chain has none to give."""
        if head is not None:
            self._connection.execute(
                "INSERT INTO given_head (number, own, at, what) VALUES (?, ?, ?, ?)",
                (head.number, head.own, at.to_text(), what),
            )

    def all(self) -> list[GivenHead]:
        """Return every head that left, oldest first."""
        rows = self._connection.rows("SELECT number, own, at, what FROM given_head ORDER BY id")
        return [
            GivenHead(Head(as_number(row[0]), as_text(row[1])), as_moment(row[2]), as_text(row[3]))
            for row in rows
        ]
