"""The fingerprints of what was sealed: by them it is recognised in every incident, for ever."""

from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.evidence.items import Fingerprint
from desktop.store.cells import SqlValue, as_moment, as_number, as_text
from desktop.store.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedContentRow:
    """Content that was sealed: when, by whom, why. Nothing of an incident stands here."""

    fingerprint: Fingerprint
    at: Moment
    by: str
    reason: str


class SealedContentTable:
    """Only ever added to."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert(self, row: SealedContentRow) -> None:
        """Remember that this content is sealed."""
        self._connection.execute(
            "INSERT INTO sealed_content (sha256, size, at, keyholder, reason) "
            "VALUES (?, ?, ?, ?, ?)",
            (row.fingerprint.sha256, row.fingerprint.size, row.at.to_text(), row.by, row.reason),
        )

    def find(self, sha256: str) -> SealedContentRow | None:
        """Return what is known of sealed content with this hash, or None."""
        row = self._connection.row(
            "SELECT sha256, size, at, keyholder, reason FROM sealed_content WHERE sha256 = ?",
            (sha256,),
        )
        return _read(row) if row else None

    def has_size(self, size: int) -> bool:
        """Say whether anything of this size is sealed: only then is a copy of it worth a look."""
        row = self._connection.row("SELECT 1 FROM sealed_content WHERE size = ?", (size,))
        return row is not None

    def all(self) -> list[SealedContentRow]:
        """Return everything that is sealed, oldest first."""
        rows = self._connection.rows(
            "SELECT sha256, size, at, keyholder, reason FROM sealed_content ORDER BY at, rowid"
        )
        return [_read(row) for row in rows]


def _read(row: tuple[SqlValue, ...]) -> SealedContentRow:
    return SealedContentRow(
        fingerprint=Fingerprint(as_text(row[0]), as_number(row[1])),
        at=as_moment(row[2]),
        by=as_text(row[3]),
        reason=as_text(row[4]),
    )
