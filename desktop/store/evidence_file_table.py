"""The evidence files that the log knows, and the key of each."""

from desktop.store.cells import as_bytes, as_number
from desktop.store.connection import Connection


class EvidenceFileTable:
    """One row for each evidence file."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, number: int, key: bytes) -> None:
        """Name a file before anything is written to it; naming it again changes nothing."""
        self._connection.execute(
            "INSERT INTO evidence_file (number, key) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (number, key),
        )

    def keys(self) -> dict[int, bytes]:
        """Return the key of every file."""
        rows = self._connection.rows("SELECT number, key FROM evidence_file ORDER BY number")
        return {as_number(number): as_bytes(key) for number, key in rows}
