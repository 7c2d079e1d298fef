import sqlite3
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import sqlcipher3

from desktop.domain.errors import DiskFailed, DiskFull, FolderNotWritable, LogDamaged
from desktop.store import connection as store_connection
from desktop.store.connection import Connection, open_connection, split_statements
from tests.small_disk import small_disk

KEY = bytes(range(32))

__all__ = ["small_disk"]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Connection]:
    with open_connection(tmp_path / "log.db", KEY) as connection:
        connection.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT) STRICT")
        yield connection


def _add(connection: Connection, text: str) -> None:
    connection.execute("INSERT INTO line (text) VALUES (?)", (text,))


def _add_and_fail(connection: Connection, text: str) -> None:
    with connection.transaction():
        _add(connection, text)
        raise KeyError


def _add_inside_and_fail(connection: Connection) -> None:
    with connection.transaction():
        with connection.transaction():
            _add(connection, "inner")
        assert connection.in_transaction
        raise KeyError


def _pass_over(connection: Connection) -> None:
    with connection.transaction(), suppress(KeyError):
        _add_and_fail(connection, "half")


def _fill_up(connection: Connection) -> None:
    while True:
        with connection.transaction():
            _add(connection, "x" * 500_000)


def _texts(connection: Connection) -> list[object]:
    return [row[0] for row in connection.rows("SELECT text FROM line ORDER BY id")]


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_open_refuses_a_key_of_another_length(tmp_path: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_connection(tmp_path / "log.db", bytes(length))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("foreign_keys", 1),
        ("synchronous", 2),
        ("temp_store", 2),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("journal_mode", "wal"),
        ("cipher_status", "1"),
        ("cipher_page_size", "4096"),
    ],
)
def test_open_sets_what_must_hold(opened: Connection, name: str, value: object) -> None:
    assert opened.row(f"PRAGMA {name}") == (value,)


def test_file_shows_nothing_of_what_is_in_it(opened: Connection, tmp_path: Path) -> None:
    with opened.transaction():
        _add(opened, "Ermintrude")
    opened.close()
    for file in tmp_path.iterdir():
        assert b"Ermintrude" not in file.read_bytes()
        assert not file.read_bytes().startswith(b"SQLite format 3")
    plain = sqlite3.connect(tmp_path / "log.db")
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM line")
    plain.close()


def test_open_with_another_key_says_damaged_and_prints_nothing(
    opened: Connection, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    opened.close()
    with pytest.raises(LogDamaged) as caught:
        open_connection(tmp_path / "log.db", bytes(32))
    assert caught.value.file_name == "log.db"
    assert capfd.readouterr() == ("", "")


def test_open_refuses_a_plaintext_database(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "log.db")
    plain.execute("CREATE TABLE secret (text TEXT)")
    plain.close()
    with pytest.raises(LogDamaged):
        open_connection(tmp_path / "log.db", KEY)


def test_check_refuses_a_connection_that_was_never_keyed(tmp_path: Path) -> None:
    raw = sqlcipher3.connect(tmp_path / "log.db")
    raw.execute("CREATE TABLE secret (text TEXT)")
    with pytest.raises(RuntimeError, match="not encrypted"):
        store_connection._check_encrypted(raw, tmp_path / "log.db")
    raw.close()


def test_set_up_refuses_a_library_that_cannot_encrypt(tmp_path: Path) -> None:
    class Plain:
        """Plain SQLite takes a key and does nothing with it."""

        def __init__(self) -> None:
            self.raw = sqlite3.connect(tmp_path / "log.db")

        def set_key(self, key: str) -> None:
            self.raw.execute(f'PRAGMA key = "{key}"')

        def execute(self, sql: str) -> sqlite3.Cursor:
            return self.raw.execute(sql)

    plain = Plain()
    with pytest.raises(RuntimeError, match="cannot encrypt"):
        store_connection._set_up(plain, KEY, 4096, shrinks=False, read_only=False)
    plain.raw.close()


def test_missing_file_is_not_made_when_it_is_only_to_be_read(tmp_path: Path) -> None:
    with pytest.raises(LogDamaged):
        open_connection(tmp_path / "log.db", KEY, read_only=True)
    assert not list(tmp_path.iterdir())


def test_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        open_connection(tmp_path / "gone" / "log.db", KEY)


def test_read_only_refuses_to_write(opened: Connection, tmp_path: Path) -> None:
    _add(opened, "one")
    with open_connection(tmp_path / "log.db", KEY, read_only=True) as reader:
        assert _texts(reader) == ["one"]
        with pytest.raises(FolderNotWritable):
            _add(reader, "two")


def test_execute_tells_rows_touched_and_the_new_id(opened: Connection) -> None:
    _add(opened, "one")
    _add(opened, "two")
    assert opened.last_id == 2
    assert opened.execute("UPDATE line SET text = 'x'") == 2
    assert opened.row("SELECT id FROM line WHERE text = 'none'") is None
    assert list(opened.stream("SELECT id FROM line ORDER BY id")) == [(1,), (2,)]


def test_mistake_in_a_statement_stays_a_mistake(opened: Connection) -> None:
    for run in (opened.execute, opened.rows, opened.row):
        with pytest.raises(sqlcipher3.OperationalError):
            run("SELECT nothing FROM nowhere")


def test_transaction_keeps_all_or_nothing(opened: Connection) -> None:
    with opened.transaction():
        _add(opened, "kept")
    with pytest.raises(KeyError):
        _add_and_fail(opened, "dropped")
    assert _texts(opened) == ["kept"]
    assert not opened.in_transaction


def test_transaction_inside_another_joins_it(opened: Connection) -> None:
    with pytest.raises(KeyError):
        _add_inside_and_fail(opened)
    assert _texts(opened) == []
    with opened.transaction(), opened.transaction():
        _add(opened, "both")
    assert _texts(opened) == ["both"]


def test_transaction_that_failed_inside_cannot_be_passed_over(opened: Connection) -> None:
    with pytest.raises(RuntimeError, match="passed over"):
        _pass_over(opened)
    assert _texts(opened) == []
    with opened.transaction():
        _add(opened, "after")
    assert _texts(opened) == ["after"]


def test_connection_stays_on_its_thread_unless_it_may_move(tmp_path: Path) -> None:
    def use(connection: Connection, answers: list[object]) -> None:
        try:
            answers.append(connection.row("SELECT 1"))
        except sqlcipher3.ProgrammingError as error:
            answers.append(type(error))

    answers: list[object] = []
    for moves in (False, True):
        with open_connection(tmp_path / f"{moves}.db", KEY, any_thread=moves) as connection:
            thread = threading.Thread(target=use, args=(connection, answers))
            thread.start()
            thread.join()
    assert answers == [sqlcipher3.ProgrammingError, (1,)]


def test_damaged_page_is_said(opened: Connection, tmp_path: Path) -> None:
    with opened.transaction():
        for _ in range(50):
            _add(opened, "x" * 3000)
    opened.close()
    content = bytearray((tmp_path / "log.db").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "log.db").write_bytes(content)
    with (
        open_connection(tmp_path / "log.db", KEY) as connection,
        pytest.raises(LogDamaged),
    ):
        connection.rows("SELECT text FROM line")


def test_after_a_damaged_page_everything_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with open_connection(path, KEY) as whole:
        whole.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT) STRICT")
        for _ in range(400):
            _add(whole, "x" * 200)
    content = bytearray(path.read_bytes())
    content[-9_000] ^= 1
    path.write_bytes(content)
    with open_connection(path, KEY) as damaged:
        damaged.execute("BEGIN IMMEDIATE")
        _add(damaged, "short")
        with pytest.raises(LogDamaged):
            damaged.rows("SELECT text FROM line")
        with pytest.raises(LogDamaged):
            damaged.execute("COMMIT")
        with pytest.raises(LogDamaged):
            list(damaged.stream("SELECT text FROM line"))


def test_full_disk_is_said_and_what_was_kept_stays(small_disk: Path) -> None:
    with open_connection(small_disk / "log.db", KEY) as connection:
        connection.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT) STRICT")
        with pytest.raises(DiskFull) as caught:
            _fill_up(connection)
        assert caught.value.folder == small_disk
        kept = len(_texts(connection))
        assert kept
    with open_connection(small_disk / "log.db", KEY) as connection:
        assert len(_texts(connection)) == kept


@pytest.mark.parametrize(("free", "expected"), [(0, DiskFull), (2**30, DiskFailed)])
def test_io_error_is_a_full_disk_when_there_is_no_room(
    tmp_path: Path, free: int, expected: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        def __init__(self) -> None:
            self.free = free

    monkeypatch.setattr("shutil.disk_usage", lambda _folder: Usage())
    error = sqlcipher3.OperationalError("disk I/O error")
    error.sqlite_errorcode = 10 | (19 << 8)
    assert isinstance(store_connection._known_error(error, tmp_path / "log.db"), expected)


def test_closing_twice_does_no_harm(opened: Connection) -> None:
    opened.close()
    opened.close()


def test_script_is_split_with_triggers_whole() -> None:
    script = (
        "-- a comment; with a semicolon\nCREATE TABLE a (b TEXT);\n"
        "CREATE TRIGGER c BEFORE DELETE ON a\nBEGIN SELECT 1; SELECT 2;\nEND;\n-- the end\n"
    )
    statements = list(split_statements(script))
    assert len(statements) == 2
    assert statements[1].endswith("END;")


def test_script_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="without an end"):
        list(split_statements("CREATE TABLE a (b TEXT)"))
