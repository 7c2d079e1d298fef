"""The few settings that belong to the log: organisation, policy profile, contacts."""

from desktop.store.cells import as_text
from desktop.store.connection import Connection


class SettingTable:
    """Named texts; an unknown name is an empty text."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def get(self, name: str) -> str:
        """Return the value of a setting, or ''."""
        row = self._connection.row("SELECT value FROM setting WHERE name = ?", (name,))
        return as_text(row[0]) if row else ""

    def set(self, name: str, value: str) -> None:
        """Store a setting."""
        self._connection.execute(
            "INSERT INTO setting (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    def all(self) -> dict[str, str]:
        """Return every setting."""
        rows = self._connection.rows("SELECT name, value FROM setting")
        return {as_text(name): as_text(value) for name, value in rows}
