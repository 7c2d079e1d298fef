"""Finds what does not fit together in log.db: damaged pages, references, details that are gone."""

from desktop.domain.identifiers import ContentId
from desktop.store.cells import as_number, as_text
from desktop.store.connection import Connection

_MOST_NAMED = 100


class Consistency:
    """Only reads, but for moving the journal into the file first."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def damaged_pages(self) -> int:
        """Return how many pages of the file are not as they were written.

        The pages in the journal would be taken for damaged ones: they go into the file before.
        """
        self._connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.rows("PRAGMA shrink_memory")
        return len(self._connection.rows("PRAGMA cipher_integrity_check"))

    def broken_structures(self) -> int:
        """Return in how many places the tables and indexes of the file contradict themselves."""
        rows = self._connection.rows(f"PRAGMA integrity_check({_MOST_NAMED:d})")
        return sum(row[0] != "ok" for row in rows)

    def broken_references(self) -> int:
        """Return how many rows point at a row that is not there."""
        return len(self._connection.rows("PRAGMA foreign_key_check"))

    def details_of_nobody(self) -> int:
        """Return how many details belong to no incident, person, account or item."""
        row = self._connection.row(
            "SELECT count(*) FROM field_value WHERE subject NOT IN ("
            "SELECT id FROM incident UNION ALL SELECT id FROM person "
            "UNION ALL SELECT id FROM account UNION ALL SELECT id FROM item "
            "UNION ALL SELECT id FROM capture_set)"
        )
        return as_number(row[0]) if row else 0

    def contents_without_item(self) -> frozenset[ContentId]:
        """Return the contents that no item has."""
        rows = self._connection.rows(
            "SELECT id FROM content WHERE id NOT IN "
            "(SELECT content_id FROM item WHERE content_id IS NOT NULL)"
        )
        return frozenset(ContentId(as_text(row[0])) for row in rows)

    def emptied_without_right(self) -> tuple[int, ...]:
        """Return the custody entries whose detail is gone, though no erasure took it."""
        rows = self._connection.rows(
            "SELECT number FROM custody_entry WHERE number NOT IN "
            "(SELECT number FROM custody_detail) "
            "AND subject NOT IN (SELECT subject FROM erased_subject) "
            "AND number NOT IN (SELECT number FROM erased_entry) "
            "ORDER BY number"
        )
        return tuple(as_number(row[0]) for row in rows)
