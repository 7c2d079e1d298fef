"""Mends what hangs on lost rows: a stand-in is made of what other rows tell, or it goes."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import sqlcipher3

from desktop.domain.calendar.times import Moment
from desktop.domain.evidence.items import Fingerprint, ItemState
from desktop.domain.log.custody import Action
from desktop.store.cells import as_number
from desktop.store.connection import Connection
from desktop.store.salvage import FoundRows, FoundTable, Link, Row

STAND_IN_TITLE = "Its title could not be read"
# What a checklist says besides: reasons and policy, and the facts that called for it.
_UNKNOWN = ("", "", "", None, None)
_INCIDENT_START = Action.INCIDENT_STARTED.value
_NUMBERING = {_INCIDENT_START, Action.RECORD_ERASED.value, Action.INCIDENT_MOVED.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside log.db: evidence keys and contents, the texts of procedures."""

    evidence_keys: Mapping[int, bytes] = field(repr=False)
    contents: Mapping[str, tuple[int, Fingerprint]]
    procedure_text: Callable[[str, str], str]
    now: Moment


@dataclass(slots=True)
class Mended:
    """How many rows of which table got a stand-in, lost a reference, or had to go."""

    stand_ins: dict[str, int] = field(default_factory=dict)
    loosened: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)


def mend(found: FoundRows, known: Known) -> Mended:
    """Leave no row that refers to a lost one: children first, so that stand-ins are mended too."""
    mended = Mended()
    makers = _Makers(found, known)
    for table in reversed(list(found.tables.values())):
        for link in table.shape.links:
            _mend_link(found, table, link, makers, mended)
    return mended


def put_rows(connection: Connection, found: FoundRows) -> dict[str, int]:
    """Write all rows into an empty file; returns how many of which table it would not take."""
    refused: dict[str, int] = {}
    with connection.transaction():
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for table in found.tables.values():
            for rowid in sorted(table.rows):
                if not _put(connection, table, table.rows[rowid]):
                    _count(refused, table)
    return refused


def _put(connection: Connection, table: FoundTable, row: Row) -> bool:
    names = ", ".join(column.name for column in table.shape.columns[: len(row)])
    marks = ", ".join("?" * len(row))
    try:
        connection.execute(
            f"INSERT INTO {table.shape.name} ({names}) VALUES ({marks})",  # noqa: S608
            row,
        )
    except sqlcipher3.IntegrityError:
        return False
    return True


def _mend_link(
    found: FoundRows, table: FoundTable, link: Link, makers: "_Makers", mended: Mended
) -> None:
    parent = found.tables[link.parent]
    there = set(_keys(parent, link.parent_columns))
    for rowid in sorted(table.rows):
        row = table.rows[rowid]
        key = tuple(row[place] for place in link.columns if place < len(row))
        if len(key) < len(link.columns) or None in key or key in there:
            continue
        stand_in = makers.make(link.parent, key, table, row)
        if stand_in is not None:
            # In a log of an earlier version its table may have fewer columns.
            stand_in = stand_in[: len(parent.shape.columns)]
            number = stand_in[parent.shape.key] if parent.shape.key >= 0 else None
            new = number if isinstance(number, int) else max(parent.rows, default=0) + 1
            parent.rows[new] = stand_in
            there.add(key)
            _count(mended.stand_ins, parent)
        elif table.shape.columns[link.columns[0]].nullable:
            row[link.columns[0]] = None
            if link.parent == "content":
                row[table.shape.place("state")] = ItemState.DESCRIBED.value
            _count(mended.loosened, table)
        else:
            del table.rows[rowid]
            _count(mended.dropped, table)


def _count(counts: dict[str, int], table: FoundTable) -> None:
    counts[table.shape.name] = counts.get(table.shape.name, 0) + 1


def _keys(table: FoundTable, columns: tuple[int, ...]) -> Iterator[tuple[object, ...]]:
    for row in table.rows.values():
        yield tuple(row[place] for place in columns)


class _Makers:
    """Makes stand-ins for lost rows out of the custody chain and of what refers to them."""

    def __init__(self, found: FoundRows, known: Known) -> None:
        self._found = found
        self._known = known
        told = found.tables["custody_detail"]
        details = {number: row[told.shape.place("detail")] for number, row in told.rows.items()}
        self._custody = [
            (
                str(action),
                str(subject),
                str(at),
                str(who),
                _read_detail(details.get(as_number(number))),
            )
            for number, at, who, action, subject in found.tables["custody_entry"].values(
                "number", "at", "keyholder", "action", "subject"
            )
        ]

    def make(
        self, parent: str, key: tuple[object, ...], table: FoundTable, row: Row
    ) -> Row | None:
        """Return a row of the parent table with this key, or None."""
        name, time = str(key[0]), self._time_of(table, row)
        made: Row | None = None
        match parent:
            case "evidence_file":
                made = self._evidence_file(key[0])
            case "content":
                made = self._content(name)
            case "capture_set":
                made = [name, row[table.shape.place("incident_id")], time]
            case "person":
                made = [name, time]
            case "incident":
                made = self._incident(name, time)
            case "checklist":
                made = self._checklist(name, table, row)
            case "procedure_version":
                text = self._known.procedure_text(name, str(key[1]))
                made = [name, str(key[1]), text] if text else None
        return made

    def _evidence_file(self, number: object) -> Row | None:
        key = self._known.evidence_keys.get(number) if isinstance(number, int) else None
        return [number, key] if isinstance(number, int) and key else None

    def _content(self, content_id: str) -> Row | None:
        found = self._known.contents.get(content_id)
        if found is None:
            return None
        number, fingerprint = found
        return [content_id, number, fingerprint.sha256, fingerprint.size]

    def _time_of(self, table: FoundTable, row: Row) -> str:
        for name in ("added_at", "at", "attached_at", "entered_at", "captured_at", "set_at"):
            if name in {column.name for column in table.shape.columns}:
                return str(row[table.shape.place(name)])
        return self._known.now.to_text()

    def _incident(self, incident_id: str, time: str) -> Row:
        number, logged_at, logged_by = "", time, ""
        careful = 0
        for action, subject, at, who, detail in self._custody:
            if subject != incident_id:
                continue
            # Of a record that is gone only the entry that says so still has its number.
            number = str(detail.get("number", "")) if action in _NUMBERING else number
            if action == _INCIDENT_START:
                logged_at, logged_by = at, who
            careful |= action == Action.MADE_CAREFUL.value
        year, ordinal = self._free_number(number, Moment.from_text(logged_at))
        gone_at = self._gone_at(incident_id)
        if gone_at:
            return [incident_id, year, ordinal, logged_at, logged_by, "closed", 0, gone_at, ""]
        titles = [
            str(value)
            for subject, name, value in self._found.tables["field_value"].values(
                "subject", "name", "value"
            )
            if (subject, name) == (incident_id, "title") and value
        ]
        answers = self._found.tables["statement"].values("incident_id", "answer")
        careful |= any(whose == incident_id and answer != "no" for whose, answer in answers)
        title = titles[-1] if titles else STAND_IN_TITLE
        return [incident_id, year, ordinal, logged_at, logged_by, "open", careful, None, title]

    def _gone_at(self, incident_id: str) -> str:
        """Return when a record was erased or moved: nothing of it opens again."""
        tombstones = self._found.tables.get("tombstone")
        told = tombstones.values("incident_id", "at") if tombstones else iter(())
        return next((str(at) for whose, at in told if whose == incident_id), "")

    def _free_number(self, number: str, logged_at: Moment) -> tuple[int, int]:
        taken = set(self._found.tables["incident"].values("year", "ordinal"))
        known = [int(part) for part in number.replace("/", "-").split("-") if part.isdigit()]
        if len(known) == 2 and (known[0], known[1]) not in taken:  # noqa: PLR2004
            return known[0], known[1]
        year = logged_at.local.year
        ordinals = [
            ordinal for each, ordinal in taken if each == year and isinstance(ordinal, int)
        ]
        return year, max(ordinals, default=0) + 1

    def _checklist(self, checklist_id: str, table: FoundTable, row: Row) -> Row | None:
        if table.shape.name != "step_entry":
            return None
        step_id = str(row[table.shape.place("step_id")])
        at = str(row[table.shape.place("at")])
        procedure = step_id.split("-", maxsplit=1)[0]
        for action, incident_id, when, _who, detail in self._custody:
            recorded = action == Action.STEP_RECORDED.value and detail.get("step") == step_id
            if not recorded or when != at:
                continue
            version, since = self._attached(incident_id, procedure)
            if version:
                return [checklist_id, incident_id, procedure, version, since or at, *_UNKNOWN]
        return None

    def _attached(self, incident_id: str, procedure: str) -> tuple[str, str]:
        for action, subject, at, _who, detail in self._custody:
            attached = action == Action.PROCEDURE_ATTACHED.value and subject == incident_id
            if attached and detail.get("procedure") == procedure:
                return str(detail.get("version", "")), at
        for name, version in self._found.tables["procedure_version"].values("id", "version"):
            if name == procedure:
                return str(version), ""
        return "", ""


def _read_detail(text: object) -> dict[str, object]:
    try:
        found = json.loads(str(text))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
