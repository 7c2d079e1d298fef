"""Evidence items, the statements that let them in, and where their content lies."""

import json
from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.evidence.gate import Concern, GateAnswer, Statement
from desktop.domain.evidence.items import (
    EvidenceItem,
    ExhibitMark,
    Fingerprint,
    ItemKind,
    ItemState,
    Method,
    Origin,
)
from desktop.domain.identifiers import ContentId, IncidentId, ItemId, SetId, StatementId
from desktop.store.cells import SqlValue, as_moment, as_number, as_optional_text, as_text
from desktop.store.connection import Connection

_ITEM = (
    "i.id, i.incident_id, i.initials, i.number, i.kind, i.state, i.method, i.content_id, "
    "c.sha256, c.size, i.media_type, i.original_name, i.captured_at, i.captured_by, "
    "i.captured_with, i.statement_id, i.letter, i.set_id, i.inside_id, i.derived_from, i.noted"
)
_STATEMENT = (
    "id, incident_id, answer, concern, listed, at, keyholder, corrects, reason, information"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRow:
    """Where some content lies, and its fingerprint."""

    id: ContentId
    file_number: int
    fingerprint: Fingerprint


class EvidenceTable:
    """Items, statements and contents; `items` leaves Origin empty: it is made of field values."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def insert_content(self, row: ContentRow) -> None:
        """Name content that lies in an evidence file."""
        self._connection.execute(
            "INSERT INTO content (id, file_number, sha256, size) VALUES (?, ?, ?, ?)",
            (row.id, row.file_number, row.fingerprint.sha256, row.fingerprint.size),
        )

    def contents(self) -> list[ContentRow]:
        """Return all contents that the log names."""
        rows = self._connection.rows("SELECT id, file_number, sha256, size FROM content")
        return [_read_content(row) for row in rows]

    def unsealed_contents(self) -> list[ContentRow]:
        """Return the contents that may be read: those of sealed items stay where they lie."""
        rows = self._connection.rows(
            "SELECT id, file_number, sha256, size FROM content c WHERE NOT EXISTS "
            "(SELECT 1 FROM item i WHERE i.content_id = c.id AND i.state = ?)",
            (ItemState.SEALED.value,),
        )
        return [_read_content(row) for row in rows]

    def content(self, content_id: ContentId) -> ContentRow | None:
        """Return one content, or None."""
        row = self._connection.row(
            "SELECT id, file_number, sha256, size FROM content WHERE id = ?", (content_id,)
        )
        return _read_content(row) if row else None

    def content_like(self, fingerprint: Fingerprint) -> ContentRow | None:
        """Return content with the same hash and size, or None."""
        row = self._connection.row(
            "SELECT id, file_number, sha256, size FROM content WHERE sha256 = ? AND size = ?",
            (fingerprint.sha256, fingerprint.size),
        )
        return _read_content(row) if row else None

    def next_mark(self, incident_id: IncidentId, initials: str) -> ExhibitMark:
        """Return the producer's next exhibit mark in this incident."""
        row = self._connection.row(
            "SELECT max(number) FROM item WHERE incident_id = ? AND initials = ?",
            (incident_id, initials),
        )
        last = as_number(row[0]) if row and row[0] is not None else 0
        return ExhibitMark(initials, last + 1)

    def insert_item(self, item: EvidenceItem) -> None:
        """Add an item; its content, if any, must be named already."""
        self._connection.execute(
            "INSERT INTO item (id, incident_id, initials, number, kind, state, method, "
            "content_id, media_type, original_name, captured_at, captured_by, captured_with, "
            "statement_id, letter, set_id, inside_id, derived_from, noted) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                item.id,
                item.incident_id,
                item.mark.initials,
                item.mark.number,
                item.kind.value,
                item.state.value,
                item.method.value,
                item.content_id,
                item.media_type,
                item.original_name,
                item.captured_at.to_text(),
                item.captured_by,
                item.captured_with,
                item.statement_id,
                item.mark.letter,
                item.set_id,
                item.inside_id,
                item.derived_from,
                json.dumps(item.noted, ensure_ascii=False),
            ),
        )

    def items(self, incident_id: IncidentId | None = None) -> list[EvidenceItem]:
        """Return the items of one incident, or of all, derivatives too, in the order they came."""
        rows = self._connection.rows(
            f"SELECT {_ITEM} FROM item i LEFT JOIN content c ON c.id = i.content_id "  # noqa: S608
            "WHERE ?1 IS NULL OR i.incident_id = ?1 ORDER BY i.captured_at, i.rowid",
            (incident_id,),
        )
        return [_read_item(row) for row in rows]

    def items_with(self, content_id: ContentId) -> list[EvidenceItem]:
        """Return all items, of any incident, that have this content."""
        rows = self._connection.rows(
            f"SELECT {_ITEM} FROM item i LEFT JOIN content c ON c.id = i.content_id "  # noqa: S608
            "WHERE i.content_id = ? ORDER BY i.captured_at, i.rowid",
            (content_id,),
        )
        return [_read_item(row) for row in rows]

    def exhibits(self, incident_id: IncidentId) -> list[EvidenceItem]:
        """Return the items of one incident in the order in which they came in; no derivatives."""
        return [item for item in self.items(incident_id) if item.derived_from is None]

    def derivatives(self, item_id: ItemId) -> list[EvidenceItem]:
        """Return what was made from an item, oldest first."""
        rows = self._connection.rows(
            f"SELECT {_ITEM} FROM item i LEFT JOIN content c ON c.id = i.content_id "  # noqa: S608
            "WHERE i.derived_from = ? ORDER BY i.rowid",
            (item_id,),
        )
        return [_read_item(row) for row in rows]

    def seal(self, item_id: ItemId) -> None:
        """Seal an item; nothing takes that back."""
        self._connection.execute(
            "UPDATE item SET state = ? WHERE id = ?", (ItemState.SEALED.value, item_id)
        )

    def insert_set(self, set_id: SetId, incident_id: IncidentId, at: Moment) -> None:
        """Begin a set of captures; what is known of its origin is entered under its id."""
        self._connection.execute(
            "INSERT INTO capture_set (id, incident_id, at) VALUES (?, ?, ?)",
            (set_id, incident_id, at.to_text()),
        )

    def incident_of_set(self, set_id: SetId) -> IncidentId | None:
        """Return the incident that a set belongs to; None where there is no such set yet."""
        row = self._connection.row("SELECT incident_id FROM capture_set WHERE id = ?", (set_id,))
        return IncidentId(as_text(row[0])) if row else None

    def item(self, item_id: ItemId) -> EvidenceItem | None:
        """Return one item, or None."""
        row = self._connection.row(
            f"SELECT {_ITEM} FROM item i LEFT JOIN content c ON c.id = i.content_id "  # noqa: S608
            "WHERE i.id = ?",
            (item_id,),
        )
        return _read_item(row) if row else None

    def insert_statement(self, statement: Statement) -> None:
        """Add the answer that was given at the gate."""
        self._connection.execute(
            f"INSERT INTO statement ({_STATEMENT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                statement.id,
                statement.incident_id,
                statement.answer.value,
                statement.concern.value if statement.concern else None,
                "\n".join(statement.listed),
                statement.at.to_text(),
                statement.by,
                statement.corrects,
                statement.reason,
                statement.information,
            ),
        )

    def statement(self, statement_id: StatementId) -> Statement | None:
        """Return one statement, or None."""
        row = self._connection.row(
            f"SELECT {_STATEMENT} FROM statement WHERE id = ?",  # noqa: S608
            (statement_id,),
        )
        return _read_statement(row) if row else None

    def statements(self, incident_id: IncidentId) -> list[Statement]:
        """Return the statements of an incident, oldest first."""
        rows = self._connection.rows(
            f"SELECT {_STATEMENT} FROM statement WHERE incident_id = ? ORDER BY at, rowid",  # noqa: S608
            (incident_id,),
        )
        return [_read_statement(row) for row in rows]

    def let_in_by(self, statement_id: StatementId) -> int:
        """Count the items that a statement let in: neither their attachments nor derivatives."""
        row = self._connection.row(
            "SELECT count(*) FROM item WHERE statement_id = ? AND content_id IS NOT NULL "
            "AND inside_id IS NULL AND derived_from IS NULL",
            (statement_id,),
        )
        return as_number(row[0]) if row else 0


def _read_content(row: tuple[SqlValue, ...]) -> ContentRow:
    return ContentRow(
        id=ContentId(as_text(row[0])),
        file_number=as_number(row[1]),
        fingerprint=Fingerprint(as_text(row[2]), as_number(row[3])),
    )


def _read_item(row: tuple[SqlValue, ...]) -> EvidenceItem:
    content_id = as_optional_text(row[7])
    statement_id = as_optional_text(row[15])
    fingerprint = Fingerprint(as_text(row[8]), as_number(row[9])) if row[8] is not None else None
    return EvidenceItem(
        id=ItemId(as_text(row[0])),
        incident_id=IncidentId(as_text(row[1])),
        mark=ExhibitMark(as_text(row[2]), as_number(row[3]), as_text(row[16])),
        kind=ItemKind(as_text(row[4])),
        state=ItemState(as_text(row[5])),
        method=Method(as_text(row[6])),
        content_id=ContentId(content_id) if content_id else None,
        fingerprint=fingerprint,
        media_type=as_text(row[10]),
        original_name=as_text(row[11]),
        captured_at=as_moment(row[12]),
        captured_by=as_text(row[13]),
        captured_with=as_text(row[14]),
        statement_id=StatementId(statement_id) if statement_id else None,
        origin=Origin(),
        set_id=SetId(set_id) if (set_id := as_optional_text(row[17])) else None,
        inside_id=ItemId(inside) if (inside := as_optional_text(row[18])) else None,
        derived_from=ItemId(source) if (source := as_optional_text(row[19])) else None,
        noted=tuple((name, value) for name, value in json.loads(as_text(row[20]))),
    )


def _read_statement(row: tuple[SqlValue, ...]) -> Statement:
    concern = as_optional_text(row[3])
    corrects = as_optional_text(row[7])
    return Statement(
        id=StatementId(as_text(row[0])),
        incident_id=IncidentId(as_text(row[1])),
        answer=GateAnswer(as_text(row[2])),
        concern=Concern(concern) if concern else None,
        listed=tuple(line for line in as_text(row[4]).split("\n") if line),
        at=as_moment(row[5]),
        by=as_text(row[6]),
        corrects=StatementId(corrects) if corrects else None,
        reason=as_text(row[8]),
        information=as_text(row[9]),
    )
