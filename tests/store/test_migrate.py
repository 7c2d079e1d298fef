from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import sqlcipher3

from desktop.domain.errors import AppError, LogTooNew
from desktop.store.connection import Connection, open_connection
from desktop.store.migrate import (
    Migration,
    copy_path,
    migrate,
    newest_version,
    own_migrations,
    read_migrations,
    version_of,
)

KEY = bytes(range(32))
FIRST = Migration(1, "CREATE TABLE a (b TEXT);\nINSERT INTO a VALUES ('kept');\n")
SECOND = Migration(2, "CREATE TABLE c (d TEXT);\nINSERT INTO c SELECT b FROM a;\n")
BROKEN = Migration(2, "CREATE TABLE c (d TEXT);\nINSERT INTO nowhere VALUES (1);\n")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Connection]:
    with open_connection(tmp_path / "log.db", KEY) as connection:
        yield connection


def _tables(connection: Connection) -> set[object]:
    rows = connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {row[0] for row in rows}


def test_new_file_goes_through_every_migration(opened: Connection) -> None:
    migrate(opened)
    assert version_of(opened) == newest_version() == len(own_migrations()) >= 1
    assert {"setting", "custody_entry", "incident"} <= _tables(opened)
    assert not copy_path(opened.path).exists()


def test_migrating_again_changes_nothing(opened: Connection) -> None:
    migrate(opened)
    before = opened.rows("SELECT sql FROM sqlite_schema")
    migrate(opened)
    assert opened.rows("SELECT sql FROM sqlite_schema") == before


def test_failing_migration_leaves_nothing_half_done(opened: Connection) -> None:
    migrate(opened, migrations=(FIRST,))
    with pytest.raises(sqlcipher3.OperationalError):
        migrate(opened, migrations=(FIRST, BROKEN))
    assert version_of(opened) == 1
    assert _tables(opened) == {"a"}
    migrate(opened, migrations=(FIRST, SECOND))
    assert opened.rows("SELECT d FROM c") == [("kept",)]


def test_copy_is_kept_until_the_next_good_opening(opened: Connection) -> None:
    migrate(opened, migrations=(FIRST,))
    migrate(opened, migrations=(FIRST, SECOND))
    copy = copy_path(opened.path)
    assert b"kept" not in copy.read_bytes()
    with open_connection(copy, KEY) as old:
        assert version_of(old) == 1
        assert old.rows("SELECT b FROM a") == [("kept",)]
    migrate(opened, migrations=(FIRST, SECOND))
    assert not copy.exists()


def test_copy_of_an_attempt_that_was_cut_off_is_replaced(opened: Connection) -> None:
    migrate(opened, migrations=(FIRST,))
    copy_path(opened.path).write_bytes(b"cut off")
    migrate(opened, migrations=(FIRST, SECOND))
    with open_connection(copy_path(opened.path), KEY) as old:
        assert version_of(old) == 1


def test_copy_that_cannot_be_made_stops_the_migration(opened: Connection) -> None:
    with opened.transaction():
        opened.execute("CREATE TABLE one (a TEXT) STRICT")
        opened.execute("PRAGMA user_version = 1")
    copy_path(opened.path).mkdir()
    with pytest.raises(AppError):
        migrate(opened, migrations=(Migration(1, ""), Migration(2, "CREATE TABLE two (a TEXT)")))
    assert version_of(opened) == 1


def test_newer_file_is_refused_and_untouched(opened: Connection) -> None:
    migrate(opened, migrations=(FIRST, SECOND))
    opened.close()
    before = opened.path.read_bytes()
    with open_connection(opened.path, KEY) as again, pytest.raises(LogTooNew) as caught:
        migrate(again, migrations=(FIRST,))
    assert (caught.value.found, caught.value.supported) == (2, 1)
    assert opened.path.read_bytes() == before


def test_custody_entries_cannot_be_changed_or_deleted(opened: Connection) -> None:
    migrate(opened)
    opened.execute(
        "INSERT INTO custody_entry VALUES (1, 'now', 'pat', 'log created', 'log', ?, ?, ?)",
        ("c" * 64, "0" * 64, "a" * 64),
    )
    for statement in ("UPDATE custody_entry SET at = 'x'", "DELETE FROM custody_entry"):
        with pytest.raises(sqlcipher3.IntegrityError, match="never"):
            opened.execute(statement)


def test_migrations_must_be_numbered_without_a_gap(tmp_path: Path) -> None:
    (tmp_path / "0001_one.sql").write_text("CREATE TABLE a (b TEXT);")
    (tmp_path / "0003_three.sql").write_text("CREATE TABLE c (d TEXT);")
    (tmp_path / "notes.txt").write_text("not a migration")
    with pytest.raises(ValueError, match="without a gap"):
        read_migrations(tmp_path)
    (tmp_path / "0003_three.sql").rename(tmp_path / "0002_two.sql")
    assert [step.number for step in read_migrations(tmp_path)] == [1, 2]


@pytest.mark.parametrize(
    "package", ["desktop.store.migrations", "desktop.store.evidence_migrations"]
)
def test_own_tables_are_strict(package: str) -> None:
    for step in read_migrations(files(package)):
        assert step.script.count("CREATE TABLE") == step.script.count(") STRICT;")
