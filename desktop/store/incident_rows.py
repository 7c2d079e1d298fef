"""Reads every row of one incident, and puts them into another log as they are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.identifiers import IncidentId
from desktop.store.cells import SqlValue, as_optional_text, as_text
from desktop.store.connection import Connection

Row = Mapping[str, SqlValue]

# What hangs on an incident by its id, and whose rows have an id of their own.
_OWN = (
    "involvement", "account", "capture_set", "statement", "item", "handling", "checklist",
    "contact_entry", "worksheet", "chronology_entry", "bundle", "hold",
)  # fmt: skip
# Rows that are numbered as they come, and whose they are: the number is of no account.
_NUMBERED = {
    "field_value": "subject", "step_entry": "checklist_id", "triage_answer": "incident_id",
}  # fmt: skip
# What may be filled in later where it was empty, and the value that counts as empty.
_FILLED = (
    ("checklist", "ended_reason"),
    ("checklist", "ended_with"),
    ("hold", "released_at"),
    ("hold", "released_by"),
    ("hold", "release_reason"),
    ("account", "person_id"),
)
# What may change in a row later, so that it proves nothing.
_CHANGING = {
    "checklist": {"ended_reason", "ended_with", "version"},
    "hold": {"released_at", "released_by", "release_reason"},
    "account": {"person_id"},
    "item": {"state", "content_id"},
}
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class IncidentRows:
    """The rows of one incident by table, as one log holds them; `incident` is its own row."""

    incident: Row
    tables: Mapping[str, tuple[Row, ...]]


class MovingRows:
    """Works on log.db row by row, whatever columns the tables have; the rules stand elsewhere."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def read(self, incident_id: IncidentId, without_drafts: str = "") -> IncidentRows:
        """Return every row of an incident, those of people who occur elsewhere too included.

        `without_drafts` is the name of drafts that are left out.
        """
        tables: dict[str, tuple[Row, ...]] = {
            name: self._select(name, "incident_id = ?", (incident_id,))
            for name in (*_OWN, "triage_answer")
        }
        tables["incident_link"] = self._select(
            "incident_link", "incident_id = ?1 OR other_id = ?1", (incident_id,)
        )
        people = _named(tables["involvement"], "person_id") + _named(
            tables["account"], "person_id"
        )
        tables["person"] = self._among("person", "id", people)
        subjects = [incident_id, *people]
        subjects += [as_text(row["id"]) for name in _OWN for row in tables[name]]
        for name in ("field_value", "draft"):
            tables[name] = self._among(name, "subject", subjects)
        tables["draft"] = tuple(one for one in tables["draft"] if one["name"] != without_drafts)
        checklists = [as_text(row["id"]) for row in tables["checklist"]]
        tables["step_entry"] = self._among("step_entry", "checklist_id", checklists)
        (incident,) = self._select("incident", "id = ?", (incident_id,))
        return IncidentRows(incident, tables)

    def put(self, rows: IncidentRows, contents: Mapping[str, str], labels: "Labels") -> None:
        """Add what is not there yet; call it in a transaction, once its incident row is there.

        `contents` tells under which id the content of each item lies here, `labels` under which
        version the text of each procedure.
        """
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        for name in ("person", *_OWN):
            for row in rows.tables[name]:
                self._put(name, _placed(name, row, contents, labels))
        for row in rows.tables["item"]:
            self._bring_up_to_date(_placed("item", row, contents, labels))
        for row in rows.tables["checklist"]:
            version = _placed("checklist", row, contents, labels)["version"]
            self._connection.execute(
                "UPDATE checklist SET version = ? WHERE id = ?", (version, row["id"])
            )
        for name in _NUMBERED:
            self._put_numbered(name, rows.tables[name])
        for row in rows.tables["draft"]:
            self._put("draft", row, "REPLACE")
        for name, column in _FILLED:
            self._fill(name, column, rows.tables[name])

    def missing(self, rows: IncidentRows) -> tuple[str, ...]:
        """Return the tables in which something of these rows is not here; () if all is."""
        found = []
        for name in ("person", *_OWN):
            rest = _CHANGING.get(name, set())
            if not all(self._is_there(name, row, rest) for row in rows.tables[name]):
                found.append(name)
        found += [name for name in _NUMBERED if self._not_there(name, rows.tables[name])]
        if not all(self._is_there("draft", row, set()) for row in rows.tables["draft"]):
            found.append("draft")
        return tuple(found)

    def _select(
        self, table: str, where: str, parameters: Sequence[SqlValue], order: str = "rowid"
    ) -> tuple[Row, ...]:
        columns = self._columns(table)
        rows = self._connection.rows(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY {order}",  # noqa: S608
            parameters,
        )
        return tuple(dict(zip(columns, row, strict=True)) for row in rows)

    def _among(self, table: str, column: str, values: Iterable[str]) -> tuple[Row, ...]:
        """Return the rows with one of these values, in the order in which they were added."""
        wanted = sorted(set(values))
        found: list[Row] = []
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            found += self._select(table, f"{column} IN ({marks})", some)
        return tuple(sorted(found, key=_number))

    def _columns(self, table: str) -> list[str]:
        return [as_text(row[1]) for row in self._connection.rows(f"PRAGMA table_info({table})")]

    def _put(self, table: str, row: Row, otherwise: str = "IGNORE") -> None:
        self._connection.execute(
            f"INSERT OR {otherwise} INTO {table} ({', '.join(row)}) "  # noqa: S608
            f"VALUES ({', '.join('?' * len(row))})",
            tuple(row.values()),
        )

    def _bring_up_to_date(self, item: Row) -> None:
        """Let an item that was here already name the content that came now, and be sealed."""
        earlier = self._connection.row("SELECT content_id FROM item WHERE id = ?", (item["id"],))
        self._connection.execute(
            "UPDATE item SET content_id = ?1, "
            "state = CASE ?2 WHEN 'sealed' THEN ?2 ELSE state END WHERE id = ?3",
            (item["content_id"], item["state"], item["id"]),
        )
        self._connection.execute(
            "DELETE FROM content WHERE id = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM item WHERE content_id = ?1)",
            earlier or (None,),
        )

    def _put_numbered(self, table: str, rows: Iterable[Row]) -> None:
        for row in self._not_there(table, rows):
            self._put(table, row)

    def _not_there(self, table: str, rows: Iterable[Row]) -> list[Row]:
        """Return the rows, without their numbers, that are here less often than there."""
        owner = _NUMBERED[table]
        bare = [_bare(row) for row in rows]
        here = Counter(
            tuple(_bare(row).values())
            for row in self._among(table, owner, (as_text(row[owner]) for row in bare))
        )
        rest = []
        for row in bare:
            if here[tuple(row.values())]:
                here[tuple(row.values())] -= 1
            else:
                rest.append(row)
        return rest

    def _fill(self, table: str, column: str, rows: Iterable[Row]) -> None:
        for row in rows:
            self._connection.execute(
                f"UPDATE {table} SET {column} = ?1 WHERE id = ?2 AND coalesce({column}, '') = ''",  # noqa: S608
                (row[column], row["id"]),
            )

    def _is_there(self, table: str, row: Row, beside: set[str]) -> bool:
        names = [name for name in row if name not in beside]
        where = " AND ".join(f"{name} IS ?" for name in names)
        found = self._connection.row(
            f"SELECT 1 FROM {table} WHERE {where}",  # noqa: S608
            [row[name] for name in names],
        )
        return found is not None


Labels = Mapping[tuple[str, str], str]


def _placed(table: str, row: Row, contents: Mapping[str, str], labels: Labels) -> Row:
    """Return a row as it stands in the other log, where content and versions have other names."""
    if table == "item" and row["content_id"] is not None:
        return {**row, "content_id": contents[as_text(row["content_id"])]}
    if table == "checklist":
        key = as_text(row["procedure_id"]), as_text(row["version"])
        return {**row, "version": labels[key]}
    return row


def _named(rows: Iterable[Row], column: str) -> list[str]:
    names = (as_optional_text(row[column]) for row in rows)
    return [name for name in names if name is not None]


def _bare(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}


def _number(row: Row) -> int:
    number = row.get("id")
    return number if isinstance(number, int) else 0
