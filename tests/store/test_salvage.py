"""A row that is found without its table is known by what it looks like."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.cells import SqlValue
from desktop.store.connection import Connection, open_connection
from desktop.store.migrate import migrate
from desktop.store.salvage import Column, Row, Shape, read_shapes
from tests.clocks import FrozenClock

AN_ID = "0123456789abcdef" * 2
AT = FrozenClock().now().to_text()
OF_TYPE: dict[str, SqlValue] = {"TEXT": "word", "INTEGER": 1, "BLOB": b"bytes", "REAL": 1.0}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with open_connection(tmp_path / "log.db", bytes(32)) as connection:
        migrate(connection)
        yield connection


def test_a_row_is_told_from_those_of_every_other_table(connection: Connection) -> None:
    shapes = read_shapes(connection)
    for shape in shapes:
        row = _row_of(shape)
        own, *others = [shape, *(other for other in shapes if other is not shape)]
        rivals = [other.name for other in others if other.fits(row) >= own.fits(row)]
        assert (shape.name, rivals) == (shape.name, [])


def test_what_the_organisation_filled_in_is_no_field_of_a_record(connection: Connection) -> None:
    shapes = {shape.name: shape for shape in read_shapes(connection)}
    field: Row = [None, AN_ID, "title", "Abusive e-mails", AT, AN_ID]
    entry: Row = [None, "role", "dsl", "A title of ours", AT, AN_ID]
    fields, entries = shapes["field_value"], shapes["organisation_entry"]
    assert fields.fits(field) > 0
    assert entries.fits(field) == 0
    assert entries.fits(entry) > 0
    assert fields.fits(entry) == 0


def _row_of(shape: Shape) -> Row:
    return [_value(shape, place, column) for place, column in enumerate(shape.columns)]


def _value(shape: Shape, place: int, column: Column) -> SqlValue:
    if place == shape.key:
        return None
    if column.name == "at" or column.name.endswith("_at"):
        return AT
    linked = any(link.columns == (place,) for link in shape.links)
    if column.name in {"id", "subject"} or linked:
        return AN_ID if column.type == "TEXT" else 1
    return OF_TYPE[column.type]
