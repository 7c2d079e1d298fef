"""A re-key that fails at any step goes back to the old keys, and the log goes on."""

import errno
import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import AppError, DiskFailed, DiskFull, FolderNotWritable
from desktop.store.connection import Connection, open_connection
from desktop.store.folder import LogFolder
from desktop.store.held_keys import HeldKeys
from desktop.store.keys import LOG_PURPOSE, OpenKeys
from desktop.store.migrate import copy_path, migrate
from desktop.store.rekey import clear_building, rekey
from desktop.store.setting_table import SettingTable
from tests.small_disk import small_disk
from tests.workspaces import KEYHOLDER, raw_keys

__all__ = ["small_disk"]

SECRET = bytes(range(22))


class _Log:
    """A log.db with one setting, its keys, and new ones for it."""

    def __init__(self, path: Path) -> None:
        self.folder = LogFolder(path)
        self.old = raw_keys(self.folder, {1: bytes(32)})
        self.old.store()
        self.held = HeldKeys(self.old)
        self.fresh: OpenKeys = self.held.opened.renewed([KEYHOLDER.id], SECRET, 2)
        key = self.held.derive(LOG_PURPOSE)
        self.connection = open_connection(self.folder.log_file, key)
        migrate(self.connection)
        self.settings = SettingTable(self.connection)
        self.settings.set("place", "the bus")

    def rekey(self, prepare: Callable[[Connection], None] = lambda _connection: None) -> None:
        rekey(self.connection, self.held, self.fresh, prepare)

    def check_as_before(self) -> None:
        assert self.settings.get("place") == "the bus"
        self.settings.set("place", "the bus")
        assert self.held.derive("x") == self.old.derive("x")
        assert self.folder.keys_file.read_bytes() == self.folder.keys_copy_file.read_bytes()
        assert b'"generation": 0' in self.folder.keys_file.read_bytes()
        assert not list(self.folder.path.glob("log.db.new*"))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[_Log]:
    log = _Log(tmp_path)
    yield log
    log.connection.close()


def test_tables_go_on_under_new_keys(log: _Log) -> None:
    copy_path(log.folder.log_file).write_bytes(b"under the old key")

    def prepare(connection: Connection) -> None:
        SettingTable(connection).set("in", "the new one")

    before = log.folder.log_file.read_bytes()
    log.rekey(prepare)
    assert log.folder.log_file.read_bytes()[:4096] != before[:4096]
    assert log.settings.all() == {"place": "the bus", "in": "the new one"}
    log.settings.set("place", "the tram")
    log.connection.close()
    with open_connection(log.folder.log_file, log.fresh.derive(LOG_PURPOSE)) as connection:
        assert SettingTable(connection).get("place") == "the tram"
    assert not copy_path(log.folder.log_file).exists()
    assert log.held.derive("x") == log.fresh.derive("x")


def _lose_the_file(connection: Connection) -> None:
    connection.path.unlink()


def _fail(_connection: Connection) -> None:
    raise DiskFailed("the disk")


@pytest.mark.parametrize(
    ("prepare", "error"), [(_fail, DiskFailed), (_lose_the_file, FolderNotWritable)]
)
def test_failure_before_the_swap_changes_nothing(
    log: _Log, prepare: Callable[[Connection], None], error: type[AppError]
) -> None:
    with pytest.raises(error):
        log.rekey(prepare)
    log.check_as_before()
    log.rekey()
    assert log.settings.get("place") == "the bus"


def test_journal_that_cannot_be_emptied_stops_the_swap(log: _Log) -> None:
    key = log.held.derive(LOG_PURPOSE)
    with open_connection(log.folder.log_file, key) as reader:
        reader.execute("BEGIN")
        assert reader.row("SELECT value FROM setting") == ("the bus",)
        log.settings.set("more", "x" * 10_000)
        log.connection.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(DiskFailed) as caught:
            log.rekey()
        assert "log.db" in caught.value.detail
        reader.execute("ROLLBACK")
    log.check_as_before()


def test_leftovers_that_cannot_be_removed_are_said(log: _Log) -> None:
    log.folder.building_file.mkdir()
    with pytest.raises((DiskFailed, FolderNotWritable)):
        clear_building(log.folder)
    with pytest.raises((DiskFailed, FolderNotWritable)):
        log.rekey()
    log.folder.building_file.rmdir()
    log.check_as_before()


def test_full_disk_goes_back_to_the_old_keys(small_disk: Path) -> None:
    log = _Log(small_disk)
    for number in range(160):
        log.settings.set(f"filler {number}", "x" * 200_000)
    with pytest.raises(DiskFull):
        log.rekey()
    log.check_as_before()
    log.connection.close()


def _fail_to_sync_folders(monkeypatch: pytest.MonkeyPatch, which: int) -> None:
    """Let the disk refuse to sync a folder once, from now on the `which`-th time."""
    real, left = os.fsync, [which]

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            left[0] -= 1
            if not left[0]:
                raise OSError(errno.EIO, "a disk that fails")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)


def test_a_folder_that_cannot_be_synced_before_the_swap_leaves_the_old_keys(
    log: _Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(_connection: Connection) -> None:
        _fail_to_sync_folders(monkeypatch, 1)

    with pytest.raises(DiskFailed):
        log.rekey(prepare)
    log.check_as_before()


def test_after_the_swap_both_sets_stay_until_the_swap_is_known_to_last(
    log: _Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(_connection: Connection) -> None:
        _fail_to_sync_folders(monkeypatch, 2)

    log.rekey(prepare)
    assert log.held.derive("x") == log.fresh.derive("x")
    assert log.settings.get("place") == "the bus"
    assert len(json.loads(log.folder.keys_file.read_text())["sets"]) == 2
