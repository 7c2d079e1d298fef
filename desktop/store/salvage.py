"""Finds the rows that a damaged log.db still holds, and which table each of them belongs to."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from desktop.domain.calendar.times import Moment
from desktop.store.cells import SqlValue, as_number, as_text
from desktop.store.connection import Connection
from desktop.store.damaged_file import DamagedFile, PageUnreadable

Row = list[SqlValue]
_ID = re.compile(r"[0-9a-f]{32}")
_TYPES: dict[str, type] = {"TEXT": str, "INTEGER": int, "BLOB": bytes, "REAL": float}
# Their keys are words, or chosen by people.
_FREE_KEYS = frozenset({"keyholder", "procedure_version"})
# Tables of the same shape: the one speaks of a record by its id, the other never does.
_IS_ID = {("field_value", "subject"): True, ("organisation_entry", "topic"): False}
# Their rows come and go: a gap between them tells nothing.
PASSING = frozenset({"draft", "intent"})
_SCHEMA_ROOT = 1


@dataclass(frozen=True, slots=True)
class Link:
    """Columns whose values must stand in a row of another table."""

    columns: tuple[int, ...]
    parent: str
    parent_columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    type: str
    nullable: bool
    has_default: bool

    @property
    def may_lack(self) -> bool:
        """Whether a row from before the column was added lacks it."""
        return self.nullable or self.has_default


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of one table look like; `key` is the column that is the rowid, or -1."""

    name: str
    columns: tuple[Column, ...]
    key: int
    links: tuple[Link, ...]

    def place(self, column: str) -> int:
        """Return where a column stands."""
        return [each.name for each in self.columns].index(column)

    def fits(self, row: Row) -> int:
        """Say how surely a row is of this table: 0 not at all, more for each telling column."""
        lacking = self.columns[len(row) :]
        if len(row) > len(self.columns) or not all(each.may_lack for each in lacking):
            return 0
        tell = [self._tells(place, value) for place, value in enumerate(row)]
        return 0 if False in tell else 1 + tell.count(True)

    def _tells(self, place: int, value: SqlValue) -> bool | None:
        """Say whether a value is what its column holds; None if it may be, like many others."""
        column = self.columns[place]
        if value is None:
            return None if place == self.key or column.nullable else False
        if place == self.key or not isinstance(value, _TYPES[column.type]):
            return False
        if column.name == "at" or column.name.endswith("_at"):
            return _is_moment(value)
        if (self.name, column.name) in _IS_ID:
            return bool(_ID.fullmatch(str(value))) is _IS_ID[self.name, column.name]
        linked = any(link.columns == (place,) for link in self.links)
        if (
            self.name not in _FREE_KEYS
            and column.type == "TEXT"
            and (column.name == "id" or linked)
        ):
            return bool(_ID.fullmatch(str(value)))
        return None


@dataclass(slots=True)
class FoundTable:
    """The rows of one table by rowid; `whole` False when part of the table could not be read."""

    shape: Shape
    rows: dict[int, Row] = field(default_factory=dict)
    whole: bool = True

    def lost(self) -> int:
        """Return how many rows are missing, as far as the gaps between the others tell."""
        if self.whole or not self.rows or self.shape.name in PASSING:
            return 0
        return max(self.rows) - len(self.rows)

    def values(self, *columns: str) -> Iterator[tuple[SqlValue, ...]]:
        """Yield some columns of every row."""
        places = [self.shape.place(column) for column in columns]
        for rowid in sorted(self.rows):
            row = self.rows[rowid]
            yield tuple(row[place] if place < len(row) else None for place in places)


@dataclass(slots=True)
class FoundRows:
    """Everything found in a log.db; `homeless` counts rows whose table could not be told."""

    tables: dict[str, FoundTable]
    homeless: int = 0
    whole: bool = True


def read_shapes(connection: Connection) -> list[Shape]:
    """Return the tables of an open file in the order in which they were made: parents first."""
    names = connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
    return [_read_shape(connection, as_text(name)) for (name,) in names]


def find_rows(file: DamagedFile, shapes: list[Shape]) -> FoundRows:
    """Read every row that can be read, first from the roots down, then from stray leaves."""
    found = FoundRows({shape.name: FoundTable(shape) for shape in shapes})
    schema = file.tree(_SCHEMA_ROOT)
    found.whole = schema.whole
    if not schema.whole:
        schema.leaves = [leaf for leaf in file.leaves if any(_roots(file, [leaf]))]
    reached = set(schema.leaves)
    roots = dict(_roots(file, schema.leaves))
    for name, table in found.tables.items():
        tree = file.tree(roots[name]) if name in roots else None
        table.whole = tree is not None and tree.whole
        for leaf in tree.leaves if tree else []:
            reached.add(leaf)
            _take_leaf(file, leaf, table)
        found.whole = found.whole and table.whole
    if not found.whole:
        stray = set(file.leaves) - reached - file.free_pages()
        for leaf in sorted(stray):
            _take_stray(file, leaf, found)
    return found


def nothing_found(shapes: list[Shape]) -> FoundRows:
    """Return what a log.db holds of which nothing at all can be read."""
    tables = {shape.name: FoundTable(shape, whole=False) for shape in shapes}
    return FoundRows(tables, whole=False)


def _read_shape(connection: Connection, name: str) -> Shape:
    infos = connection.rows("SELECT * FROM pragma_table_info(?)", (name,))
    columns, keys = [], [as_number(info[5]) for info in infos]
    for info in infos:
        nullable = not info[3] and not info[5]
        columns.append(Column(as_text(info[1]), as_text(info[2]), nullable, info[4] is not None))
    single = keys.index(1) if max(keys) == 1 else -1
    key = single if single >= 0 and columns[single].type == "INTEGER" else -1
    names = [column.name for column in columns]
    return Shape(name, tuple(columns), key, tuple(_read_links(connection, name, names)))


def _read_links(connection: Connection, name: str, names: list[str]) -> Iterator[Link]:
    links: dict[int, list[tuple[SqlValue, ...]]] = {}
    for row in connection.rows("SELECT * FROM pragma_foreign_key_list(?)", (name,)):
        links.setdefault(as_number(row[0]), []).append(row)
    for rows in links.values():
        parent = as_text(rows[0][2])
        infos = connection.rows("SELECT name FROM pragma_table_info(?)", (parent,))
        theirs = [as_text(info[0]) for info in infos]
        yield Link(
            tuple(names.index(as_text(row[3])) for row in rows),
            parent,
            tuple(theirs.index(as_text(row[4])) for row in rows),
        )


def _roots(file: DamagedFile, leaves: list[int]) -> Iterator[tuple[str, int]]:
    """Yield name and root of everything that these leaves of the schema tell of."""
    for leaf in leaves:
        with suppress(PageUnreadable):
            for cell in file.cells(leaf):
                with suppress(PageUnreadable, ValueError, TypeError):
                    kind, name, _table, root, _sql = file.record(cell)
                    if kind in {"table", "index", "trigger"}:
                        yield as_text(name), as_number(root)


def _take_leaf(file: DamagedFile, leaf: int, table: FoundTable) -> None:
    for cell in file.cells(leaf):
        try:
            row = file.record(cell)
        except PageUnreadable:
            table.whole = False
            continue
        table.rows[cell.rowid] = _with_key(table.shape, row, cell.rowid)


def _take_stray(file: DamagedFile, leaf: int, found: FoundRows) -> None:
    """Take in a leaf whose way from the root is lost: the table that all of its rows fit."""
    rows: dict[int, Row] = {}
    with suppress(PageUnreadable):
        for cell in file.cells(leaf):
            with suppress(PageUnreadable):
                rows[cell.rowid] = file.record(cell)
    if not rows:
        return
    fits: Counter[str] = Counter()
    for name, table in found.tables.items():
        each = [table.shape.fits(row) for row in rows.values()]
        fits[name] = sum(each) if not table.whole and all(each) else 0
    (name, best), (_, second) = fits.most_common(2)
    if best == second:
        found.homeless += len(rows)
        return
    table = found.tables[name]
    for rowid, row in rows.items():
        table.rows.setdefault(rowid, _with_key(table.shape, row, rowid))


def _with_key(shape: Shape, row: Row, rowid: int) -> Row:
    if 0 <= shape.key < len(row):
        row[shape.key] = rowid
    return row


def _is_moment(value: SqlValue) -> bool:
    try:
        Moment.from_text(str(value))
    except ValueError:
        return False
    return True
