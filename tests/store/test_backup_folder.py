"""The folder of backups counts what is whole, and removes what is cut off or no longer needed."""

from pathlib import Path

import pytest

from desktop.domain.errors import BackupDamaged
from desktop.domain.identifiers import ContentId
from desktop.domain.log.custody import Head
from desktop.store.backup_folder import BackupFolder, find_folders, snapshot_time
from desktop.store.backup_note import BackupNote, PieceNote, note_text, read_note, seal_counts
from tests.clocks import FrozenClock

ID = ContentId("a" * 32)


def derive(purpose: str) -> bytes:
    return purpose.encode().ljust(32, b"-")


def a_note(*ids: ContentId) -> BackupNote:
    return BackupNote(
        log_id="0" * 32,
        made_at="",
        head=Head(1, "f" * 64),
        log_size=1,
        log_sha256="e" * 64,
        contents=tuple(PieceNote(one, 1, 5) for one in ids),
        left_out=(),
        counts=seal_counts({"incident": 3}, "0" * 32, derive),
    )


@pytest.fixture
def backups(tmp_path: Path) -> BackupFolder:
    folder = BackupFolder.of(tmp_path, "0123456789")
    folder.prepare()
    return folder


def test_only_whole_things_count_and_parts_are_cleared(backups: BackupFolder) -> None:
    at = FrozenClock().now()
    first = backups.begin_snapshot(at)
    (first / "backup.json").write_bytes(note_text(a_note(ID), derive))
    snapshot = backups.finish_snapshot(first)
    cut = backups.begin_snapshot(at)
    assert cut.name == "2026-11-20T0930Z-2.part"
    (cut / "log.db").write_bytes(b"half")
    (backups.snapshots_folder / "2026-11-21T0930Z").mkdir()
    (backups.snapshots_folder / "notes.txt").write_text("mine")
    backups.piece(ID).write_bytes(b"whole")
    (backups.contents_folder / "b.part").write_bytes(b"half")
    assert [one.name for one in backups.snapshots()] == [snapshot.name]
    assert backups.piece_sizes() == {ID: 5}
    backups.clear_parts()
    assert not list(backups.path.rglob("*.part"))
    assert backups.remove_unneeded() == 0
    backups.remove_snapshot(snapshot)
    assert backups.snapshots() == []
    assert backups.remove_unneeded() == 1
    assert backups.piece_sizes() == {}


def test_a_wrong_name_is_not_finished(backups: BackupFolder) -> None:
    wrong = backups.snapshots_folder / "yesterday.part"
    wrong.mkdir()
    with pytest.raises(ValueError, match="not the name of a snapshot"):
        backups.finish_snapshot(wrong)


def test_a_piece_that_is_set_aside_no_longer_counts(backups: BackupFolder) -> None:
    backups.piece(ID).write_bytes(b"wrong")
    backups.set_aside(ID)
    backups.set_aside(ID)
    assert backups.piece_sizes() == {}


def test_what_is_not_there_holds_nothing(tmp_path: Path) -> None:
    away = BackupFolder.of(tmp_path / "away", "01234567")
    assert not away.is_there()
    assert away.snapshots() == []
    away.clear_parts()
    assert not BackupFolder(Path("x" * 5000)).is_there()
    assert list(find_folders(Path("x" * 5000))) == []


def test_names_that_are_no_minute() -> None:
    assert snapshot_time("2026-13-01T0000Z") is None
    assert snapshot_time("2026-11-20T0930Z.part") is None
    assert snapshot_time("2026-11-20T0930Z-3") == snapshot_time("2026-11-20T0930Z")


def test_a_note_is_read_back_and_authentic(tmp_path: Path) -> None:
    (tmp_path / "backup.json").write_bytes(note_text(a_note(ID), derive))
    note = read_note(tmp_path)
    assert note.contents == a_note(ID).contents
    assert note.is_authentic(derive)
    assert not note.is_authentic(lambda purpose: derive(purpose + "x"))
    assert note.open_counts(derive) == {"incident": 3}
    with pytest.raises(BackupDamaged):
        note.open_counts(lambda purpose: derive(purpose + "x"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"format": 1', '"format": 2'),
        (ID, "../" + ID[3:]),
        ('"size": 5', '"size": "x"'),
        ("{", "["),
    ],
)
def test_a_note_that_is_none_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = note_text(a_note(ID), derive).decode()
    assert old in text
    (tmp_path / "backup.json").write_text(text.replace(old, new))
    with pytest.raises(BackupDamaged):
        read_note(tmp_path)
    (tmp_path / "backup.json").unlink()
    with pytest.raises(BackupDamaged):
        read_note(tmp_path)
