"""Evidence files rebuilt from a backup hold what was entered, and nothing else."""

from pathlib import Path

import pytest

from desktop.domain.errors import Cancelled
from desktop.domain.evidence.items import Fingerprint
from desktop.domain.identifiers import ContentId
from desktop.store.backup_folder import BackupFolder
from desktop.store.backup_piece import write_piece
from desktop.store.contents import Contents
from desktop.store.evidence_table import ContentRow
from desktop.store.folder import LogFolder
from desktop.store.restored_contents import _no_further_file, rebuild_contents
from tests.operations.story_evidence import made_up, sha256
from tests.operations.story_writer import ignore, never

KEYS = {1: bytes(32), 2: bytes([2]) * 32}
SIZE = 1_300_000


@pytest.fixture
def folder(tmp_path: Path) -> LogFolder:
    folder = LogFolder(tmp_path / "log")
    folder.evidence_folder.mkdir(parents=True)
    return folder


@pytest.fixture
def backups(tmp_path: Path) -> BackupFolder:
    backups = BackupFolder(tmp_path / "backups")
    backups.path.mkdir()
    backups.prepare()
    return backups


def put(backups: BackupFolder, name: str, number: int, *, entered: str = "") -> ContentRow:
    """Put a content into the backup; `entered` makes a difference to what the log says of it."""
    content = made_up(name, SIZE)
    chunks = [content[: 1024 * 1024], content[1024 * 1024 :]]
    write_piece(backups.piece(ContentId(name)), KEYS[number], ContentId(name), chunks, SIZE)
    said = Fingerprint(sha256(made_up(entered or name, SIZE)), SIZE)
    return ContentRow(id=ContentId(name), file_number=number, fingerprint=said)


def stored_in(folder: LogFolder, number: int, name: str) -> bytes:
    contents = Contents(folder, KEYS, _no_further_file)
    try:
        return b"".join(contents.read(ContentId(name), number))
    finally:
        contents.close()


def test_each_content_goes_into_its_own_file(folder: LogFolder, backups: BackupFolder) -> None:
    rows, heard = [put(backups, "one", 1), put(backups, "two", 2)], list[int]()
    assert rebuild_contents(folder, KEYS, rows, backups, heard.append, never) == []
    assert stored_in(folder, 1, "one") == made_up("one", SIZE)
    assert stored_in(folder, 2, "two") == made_up("two", SIZE)
    assert heard == [SIZE, SIZE]


def test_what_is_not_what_was_entered_is_not_taken(
    folder: LogFolder, backups: BackupFolder
) -> None:
    rows = [put(backups, "one", 1, entered="another"), put(backups, "two", 1)]
    rows.append(ContentRow(id=ContentId("three"), file_number=9, fingerprint=rows[0].fingerprint))
    assert sorted(rebuild_contents(folder, KEYS, rows, backups, ignore, never)) == ["one", "three"]
    assert stored_in(folder, 1, "two") == made_up("two", SIZE)
    contents = Contents(folder, KEYS, _no_further_file)
    assert contents.remove_orphans(frozenset({ContentId("two")})) == 0
    contents.close()


def test_it_can_be_stopped(folder: LogFolder, backups: BackupFolder) -> None:
    rows = [put(backups, "one", 1)]
    with pytest.raises(Cancelled):
        rebuild_contents(folder, KEYS, rows, backups, ignore, lambda: True)


def test_no_further_file_is_begun() -> None:
    with pytest.raises(RuntimeError):
        _no_further_file(2)
