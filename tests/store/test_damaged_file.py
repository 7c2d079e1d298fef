"""A damaged file gives up what verifies, page by page, and nothing else."""

import random
from pathlib import Path

import pytest

from desktop.store.connection import Connection, open_connection
from desktop.store.damaged_file import (
    DamagedFile,
    PageUnreadable,
    column_count,
    read_record,
)

KEY = bytes(range(32))
PAGE = 4096
MANY = 600


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.db"


def _fill(path: Path) -> Connection:
    connection = open_connection(path, KEY)
    connection.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, n INTEGER, t TEXT, b BLOB)")
    connection.execute("CREATE TABLE sum (x REAL)")
    with connection.transaction():
        for number in range(1, MANY + 1):
            row = (number, (number - 300) * 10 ** (number % 15), f"text {number}", None)
            connection.execute("INSERT INTO thing VALUES (?, ?, ?, ?)", row)
        long = bytes(range(256)) * 100
        connection.execute("INSERT INTO thing VALUES (?, ?, ?, ?)", (5000, 0, "long", long))
        connection.execute("INSERT INTO thing VALUES (?, ?, ?, ?)", (-7, 1, "below", b""))
        connection.execute("INSERT INTO sum VALUES (1.5)")
    return connection


def _rows(file: DamagedFile, name: str) -> dict[int, list[object]]:
    rows: dict[int, list[object]] = {}
    for leaf in file.tree(1).leaves:
        for cell in file.cells(leaf):
            record = file.record(cell)
            if record[:2] == ["table", name]:
                for each in file.tree(int(str(record[3]))).leaves:
                    rows |= {one.rowid: list(file.record(one)) for one in file.cells(each)}
    return rows


def _spoil(path: Path, pages: list[int], seed: int = 1) -> None:
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE : page * PAGE] = random.Random(seed).randbytes(PAGE)
    path.write_bytes(content)


def _expected(connection: Connection) -> dict[int, list[object]]:
    rows = connection.rows("SELECT id, n, t, b FROM thing")
    return {int(str(row[0])): [None, *row[1:]] for row in rows}


def test_every_row_is_read_as_sqlite_reads_it(path: Path) -> None:
    with _fill(path) as connection:
        expected = _expected(connection)
    file = DamagedFile(path, KEY, PAGE)
    assert _rows(file, "thing") == expected
    assert _rows(file, "sum") == {1: [1.5]}
    assert file.proved
    assert not file.unreadable
    file.close()


def test_what_lies_in_the_wal_counts(path: Path) -> None:
    with _fill(path) as connection:
        wal = path.with_name("file.db-wal")
        assert wal.stat().st_size > 0
        file = DamagedFile(path, KEY, PAGE)
        assert _rows(file, "thing") == _expected(connection)
        file.close()
        before = wal.read_bytes()
        connection.execute("DELETE FROM thing WHERE id = 3")
        committed = wal.read_bytes()
        wal_copy = path.with_name("copy.db-wal")
        path.with_name("copy.db").write_bytes(path.read_bytes())
        for content, there in ((committed, False), (committed[:-1], True), (before, True)):
            wal_copy.write_bytes(content)
            file = DamagedFile(path.with_name("copy.db"), KEY, PAGE)
            assert (3 in _rows(file, "thing")) is there
            file.close()


@pytest.mark.parametrize("content", [b"", b"short", bytes(64), b"\x37\x7f\x06\x82" + bytes(60)])
def test_a_wal_that_is_none_is_left_out(path: Path, content: bytes) -> None:
    _fill(path).close()
    path.with_name("file.db-wal").write_bytes(content)
    file = DamagedFile(path, KEY, PAGE)
    assert len(_rows(file, "thing")) == MANY + 2
    file.close()


def test_a_wal_with_a_wrong_sum_is_left_out(path: Path) -> None:
    _fill(path).close()
    header = bytes.fromhex("377f0682002de21800001000") + bytes(20)
    path.with_name("file.db-wal").write_bytes(header)
    file = DamagedFile(path, KEY, PAGE)
    assert len(_rows(file, "thing")) == MANY + 2
    file.close()


def test_a_damaged_page_is_found_and_the_rest_is_read(path: Path) -> None:
    _fill(path).close()
    file = DamagedFile(path, KEY, PAGE)
    spoilt = file.leaves[2]
    file.close()
    _spoil(path, [spoilt])
    file = DamagedFile(path, KEY, PAGE)
    assert file.unreadable == {spoilt}
    with pytest.raises(PageUnreadable):
        file.page(spoilt)
    rows = _rows(file, "thing")
    assert 0 < len(rows) < MANY + 2
    file.close()


def test_one_bit_is_enough(path: Path) -> None:
    _fill(path).close()
    content = bytearray(path.read_bytes())
    content[3 * PAGE + 100] ^= 1
    path.write_bytes(content)
    file = DamagedFile(path, KEY, PAGE)
    assert file.unreadable == {4}
    file.close()


def test_a_cut_file_ends_where_it_is_cut(path: Path) -> None:
    _fill(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2 + 77])
    file = DamagedFile(path, KEY, PAGE)
    assert file.page_count == (len(whole) // 2) // PAGE
    assert not file.tree(1).whole or not all(
        file.tree(root).whole for root in range(2, file.page_count)
    )
    file.close()


def test_without_the_salt_nothing_is_proved_but_the_leaves_are_there(path: Path) -> None:
    _fill(path).close()
    intact = DamagedFile(path, KEY, PAGE)
    leaves = intact.leaves
    intact.close()
    _spoil(path, [1])
    file = DamagedFile(path, KEY, PAGE)
    assert not file.proved
    assert file.unreadable == {1}
    assert set(leaves) - {1} <= set(file.leaves)
    assert file.schema_version() == 0
    assert file.free_pages() == set()
    file.close()


def test_another_key_gives_nothing_that_looks_like_rows(path: Path) -> None:
    _fill(path).close()
    file = DamagedFile(path, bytes(32), PAGE)
    assert not file.proved
    for leaf in file.leaves:
        try:
            cells = file.cells(leaf)
        except PageUnreadable:
            continue
        for cell in cells[:50]:
            with pytest.raises(PageUnreadable):
                file.record(cell)
    file.close()


def test_free_pages_are_followed(path: Path) -> None:
    connection = _fill(path)
    connection.execute("DELETE FROM thing WHERE id > 100")
    connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    free = connection.rows("PRAGMA freelist_count")[0][0]
    connection.close()
    file = DamagedFile(path, KEY, PAGE)
    assert len(file.free_pages()) == free
    file.close()


def test_a_lost_piece_of_a_long_row_is_noticed(path: Path) -> None:
    _fill(path).close()
    file = DamagedFile(path, KEY, PAGE)
    cell = next(cell for leaf in file.leaves for cell in file.cells(leaf) if cell.rowid == 5000)
    file.close()
    _spoil(path, [cell.overflow])
    file = DamagedFile(path, KEY, PAGE)
    with pytest.raises(PageUnreadable):
        file.record(cell)
    file.close()


def test_what_is_no_leaf_is_not_read_as_one(path: Path) -> None:
    _fill(path).close()
    file = DamagedFile(path, KEY, PAGE)
    inner = next(n for n in range(2, file.page_count + 1) if file.page(n)[0] == 5)
    with pytest.raises(PageUnreadable):
        file.cells(inner)
    assert file.tree(inner).whole
    assert not file.tree(0).whole
    assert not file.tree(file.page_count + 1).whole
    file.close()


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x02",
        b"\x03\x01\x0d",
        b"\x02\x0a",
        b"\x02\x0f\xff",
        b"\x02\x07\x00",
        b"\x02\x01\x05\x05",
    ],
)
def test_what_is_no_record_is_refused(payload: bytes) -> None:
    with pytest.raises(PageUnreadable):
        read_record(payload)


def test_columns_are_counted_from_the_first_bytes() -> None:
    assert column_count(b"\x03\x00\x0c") == 2
    with pytest.raises(PageUnreadable):
        column_count(b"\x05\x00")
