"""Every fault is told in one clear sentence with what to do, and takes nothing that was there."""

import errno
import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3

from desktop.domain.errors import (
    AppError,
    DestinationNotWritable,
    DiskFailed,
    DiskFull,
    FolderNotWritable,
    ItemsAltered,
    KeysOutOfDate,
    LogDamaged,
    LogInUse,
    LogMissing,
    LogTooNew,
)
from desktop.domain.evidence.items import Method
from desktop.domain.identifiers import IncidentId
from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.checking.check_log import check_log
from desktop.operations.entering.open_log import lock_log, unlock_with_recovery_key
from desktop.operations.evidence.answer_gate import let_in
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.keys.keep_keyholders import rekey
from desktop.operations.leaving.export_bundle import BundleRequest, export_bundle
from desktop.operations.leaving.issue_report import current_quarter, issue_report
from desktop.operations.rescuing.try_restore import try_restore
from desktop.operations.workspace import Workspace
from desktop.store import connection as store_connection
from desktop.ui.messages import message_for
from tests.evidence_pieces import ignore
from tests.logs_on_disk import RECOVERY_KEY, bytes_of
from tests.operations.rich_log import make_rich_log
from tests.operations.story_check import check_nothing_half
from tests.operations.story_writer import an_environment, made_up, never
from tests.small_disk import make_read_only, small_disk

__all__ = ["small_disk"]

FREE = 1_500_000
JARGON = re.compile(
    r"errno|sqlite|\bwal\b|-wal|-shm|fsync|i/o|inode|permission denied|traceback|0x|\.part\b"
)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    place = tmp_path_factory.mktemp("rich") / "place"
    key = make_rich_log(place, ignore, picture=60_000, video=100_000)
    # Copies of one log would back up to one place.
    shutil.rmtree(place / "stick")
    return place, key


@pytest.fixture
def log(rich: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(rich[0] / "log", tmp_path / "log"))


@pytest.fixture
def workspace(rich: tuple[Path, str], log: Path) -> Iterator[Workspace]:
    opened = unlock_with_recovery_key(an_environment(), log, rich[1])
    yield opened
    lock_log(opened)


def fill(disk: Path, free: int = FREE) -> Path:
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free - free))
    return ballast


def first_incident(workspace: Workspace) -> IncidentId:
    return workspace.log.incidents.all()[-1].id


def check_sentence(sentence: str) -> None:
    assert sentence.endswith(".")
    assert not JARGON.search(sentence.lower()), sentence


def check_words(error: AppError) -> None:
    """The keyholder hears what happened and what to do, without the words of a file system."""
    message = message_for(error)
    assert message.to_do
    for sentence in (message.happened, message.to_do):
        check_sentence(sentence)


def unlock_fails(folder: Path, key: str, kind: type[AppError]) -> None:
    before = bytes_of(folder) if folder.exists() else {}
    with pytest.raises(kind) as caught:
        unlock_with_recovery_key(an_environment(), folder, key)
    check_words(caught.value)
    after = bytes_of(folder) if folder.exists() else {}
    for name in ("log.db", "keys.json", "keys-copy.json", "evidence/0001.db"):
        assert after.get(name) == before.get(name), name


def test_disk_is_full_while_a_file_is_added(
    rich: tuple[Path, str], small_disk: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(rich[0] / "log", small_disk / "log"))
    long = tmp_path / "video.bin"
    long.write_bytes(made_up("long", 20_000_000))
    workspace = unlock_with_recovery_key(an_environment(), folder, rich[1])
    incident_id = first_incident(workspace)
    statement_id = let_in(workspace, incident_id, ["video.bin"]).statement_id
    items = len(workspace.log.evidence.items())
    ballast = fill(small_disk)
    with pytest.raises(DiskFull) as caught:
        add_file(workspace, incident_id, statement_id, long, Method.DROP, ignore, never)
    check_words(caught.value)
    ballast.unlink()
    lock_log(workspace)
    workspace = unlock_with_recovery_key(an_environment(), folder, rich[1])
    try:
        check_nothing_half(workspace)
        assert len(workspace.log.evidence.items()) == items
        add_file(workspace, incident_id, statement_id, long, Method.DROP, ignore, never)
        check_nothing_half(workspace)
    finally:
        lock_log(workspace)


def test_disk_is_full_at_a_bundle_a_report_and_a_backup(
    workspace: Workspace, small_disk: Path
) -> None:
    add_backup_place(workspace, small_disk)
    fill(small_disk, free=0)
    request = BundleRequest(audience=Audience.POLICE, form=BundleForm.ZIP, folder=small_disk)
    with pytest.raises(DiskFull) as caught:
        export_bundle(workspace, first_incident(workspace), request, ignore, never)
    check_words(caught.value)
    with pytest.raises(DiskFull) as caught:
        issue_report(workspace, current_quarter(workspace), small_disk / "report.pdf")
    check_words(caught.value)
    failed = [one for one in back_up(workspace, ignore, never).results if one.outcome == "failed"]
    assert [str(small_disk) in one.sentence for one in failed] == [True]
    check_sentence(failed[0].sentence)
    assert "no room left" in failed[0].sentence
    assert [one.name for one in small_disk.iterdir() if one.is_file()] == ["ballast"]
    check_nothing_half(workspace)


def test_nothing_can_be_written_where_it_should_go(
    workspace: Workspace, small_disk: Path, tmp_path: Path
) -> None:
    make_read_only(small_disk)
    incident_id = first_incident(workspace)
    for folder in (small_disk, tmp_path / "gone"):
        request = BundleRequest(audience=Audience.POLICE, form=BundleForm.ZIP, folder=folder)
        with pytest.raises(DestinationNotWritable) as caught:
            export_bundle(workspace, incident_id, request, ignore, never)
        check_words(caught.value)
        with pytest.raises(DestinationNotWritable) as caught:
            issue_report(workspace, current_quarter(workspace), folder / "report.pdf")
        check_words(caught.value)
    check_nothing_half(workspace)


def test_log_lies_where_nothing_can_be_written(rich: tuple[Path, str], small_disk: Path) -> None:
    folder = Path(shutil.copytree(rich[0] / "log", small_disk / "log"))
    make_read_only(small_disk)
    unlock_fails(folder, rich[1], FolderNotWritable)


def test_disk_refuses(tmp_path: Path) -> None:
    error = sqlcipher3.OperationalError("disk I/O error")
    error.sqlite_errorcode, error.sqlite_errorname = 778, "SQLITE_IOERR_WRITE"
    known = store_connection._known_error(error, tmp_path / "log.db")
    assert isinstance(known, DiskFailed)
    check_words(known)


def test_log_is_gone_in_use_or_damaged(rich: tuple[Path, str], log: Path, tmp_path: Path) -> None:
    key = rich[1]
    unlock_fails(tmp_path / "gone", key, LogMissing)
    opened = unlock_with_recovery_key(an_environment(), log, key)
    try:
        unlock_fails(log, key, LogInUse)
    finally:
        lock_log(opened)
    for name in ("keys.json", "keys-copy.json"):
        (log / name).write_text("{")
    unlock_fails(log, key, LogDamaged)


def test_disk_is_full_when_a_copy_of_the_keys_is_mended(
    rich: tuple[Path, str], log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (log / "keys-copy.json").write_text("{")
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    unlock_fails(log, rich[1], DiskFull)
    monkeypatch.undo()
    lock_log(unlock_with_recovery_key(an_environment(), log, rich[1]))
    assert (log / "keys-copy.json").read_bytes() == (log / "keys.json").read_bytes()


@pytest.mark.parametrize("damage", ["middle", "head", "torn", "empty", "missing"])
def test_log_file_is_damaged(rich: tuple[Path, str], log: Path, damage: str) -> None:
    file, key = log / "log.db", rich[1]
    content = file.read_bytes()
    torn = content[: len(content) // 2 + 100]
    shapes = {"head": bytes(4096) + content[4096:], "torn": torn, "empty": b""}
    if damage == "missing":
        file.unlink()
    elif damage == "middle":
        file.write_bytes(content[:8192] + bytes(len(content) - 8192))
    else:
        file.write_bytes(shapes[damage])
    try:
        opened = unlock_with_recovery_key(an_environment(), log, key)
    except (LogDamaged, LogMissing) as error:
        check_words(error)
    else:
        try:
            checked = check_log(opened, ignore, never)
        finally:
            lock_log(opened)
        assert not checked.holds
        check_sentence(checked.sentence)


def test_exhibit_is_damaged(rich: tuple[Path, str], log: Path, tmp_path: Path) -> None:
    file = log / "evidence" / "0001.db"
    content = file.read_bytes()
    # The pages at the end hold content, those at the beginning say where it is.
    file.write_bytes(content[: 2 * 65536] + bytes(len(content) - 2 * 65536))
    opened = unlock_with_recovery_key(an_environment(), log, rich[1])
    request = BundleRequest(audience=Audience.POLICE, form=BundleForm.ZIP, folder=tmp_path)
    try:
        with pytest.raises((LogDamaged, ItemsAltered)) as caught:
            export_bundle(opened, first_incident(opened), request, ignore, never)
        check_words(caught.value)
        checked = check_log(opened, ignore, never)
        assert not checked.holds
        check_sentence(checked.sentence)
    finally:
        lock_log(opened)
    assert not list(tmp_path.glob("*.zip"))


@pytest.mark.parametrize("torn", [1, 4096, 65536])
def test_last_page_of_an_evidence_file_is_torn(
    rich: tuple[Path, str], log: Path, torn: int
) -> None:
    file = log / "evidence" / "0001.db"
    file.write_bytes(file.read_bytes()[:-torn])
    try:
        opened = unlock_with_recovery_key(an_environment(), log, rich[1])
    except LogDamaged as error:
        check_words(error)
        return
    try:
        checked = check_log(opened, ignore, never)
        if checked.holds:
            check_nothing_half(opened)
        else:
            check_sentence(checked.sentence)
    finally:
        lock_log(opened)


@pytest.mark.parametrize("left", [0, 16, 40, 2000, 4000, 4152, 9000])
def test_journal_is_torn(rich: tuple[Path, str], log: Path, tmp_path: Path, left: int) -> None:
    opened = unlock_with_recovery_key(an_environment(), log, rich[1])
    try:
        opened.log.settings.set("word", "once more")
        copy = Path(shutil.copytree(log, tmp_path / "copy"))
    finally:
        lock_log(opened)
    journal = copy / "log.db-wal"
    content = journal.read_bytes()
    assert len(content) > left
    journal.write_bytes(content[: len(content) - left])
    (copy / "log.db-shm").unlink()
    opened = unlock_with_recovery_key(an_environment(), copy, rich[1])
    try:
        check_nothing_half(opened)
        checked = check_log(opened, ignore, never)
        assert checked.holds, checked.sentence
    finally:
        lock_log(opened)


def test_newer_log_is_refused(rich: tuple[Path, str], log: Path) -> None:
    opened = unlock_with_recovery_key(an_environment(), log, rich[1])
    opened.log._connection.rows("PRAGMA user_version = 99")
    lock_log(opened)
    unlock_fails(log, rich[1], LogTooNew)


def test_keys_from_before_new_ones_are_refused(rich: tuple[Path, str], log: Path) -> None:
    older = log.parent / "older"
    older.mkdir()
    opened = unlock_with_recovery_key(an_environment(), log, rich[1])
    names = ("keys.json", "keys-copy.json")
    for name in names:
        shutil.copy(log / name, older / name)
    rekey(opened, reason="A laptop was stolen", recovery_key=RECOVERY_KEY)
    lock_log(opened)
    for name in names:
        shutil.copy(older / name, log / name)
    unlock_fails(log, rich[1], KeysOutOfDate)


def test_backup_place_is_gone(workspace: Workspace, tmp_path: Path) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    add_backup_place(workspace, place)
    shutil.rmtree(place)
    results = {one.path: one for one in back_up(workspace, ignore, never).results}
    assert results[str(place)].outcome == "not there"
    check_sentence(results[str(place)].sentence)
    tried = try_restore(workspace, ignore, never)
    assert not tried.holds
    check_sentence(tried.sentence)
