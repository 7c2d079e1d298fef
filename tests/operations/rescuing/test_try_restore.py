"""Trying a restore proves the newest backup, or says in words what is wrong with it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import Cancelled
from desktop.domain.log.custody import Action
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place, show_backups
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.practice_case import fill_case
from desktop.operations.rescuing.try_restore import RestoreTried, try_restore
from desktop.operations.workspace import Workspace
from desktop.store.backup_folder import BackupFolder, Snapshot
from desktop.store.backup_note import note_text, read_note, seal_counts
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.workspaces import LOG_ID


@pytest.fixture
def place(tmp_path: Path, workspace: Workspace) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    add_backup_place(workspace, folder)
    fill_case(workspace)
    back_up(workspace, ignore, never)
    return folder


@pytest.fixture
def snapshot(place: Path) -> Snapshot:
    return BackupFolder.of(place, LOG_ID).snapshots()[0]


def tried(workspace: Workspace) -> RestoreTried:
    return try_restore(workspace, ignore, never)


def last_action(workspace: Workspace) -> Action:
    return [entry.action for entry, _ in workspace.log.custody.walk()][-1]


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_a_sound_backup_is_proved(workspace: Workspace, place: Path, clock: FrozenClock) -> None:
    start_incident(workspace, title="After the backup")
    clock.advance(hours=1)
    shares: list[float] = []
    answer = try_restore(workspace, shares.append, never)
    assert answer.holds
    assert answer.sentence == (
        f"The backup of 20 Nov 2026, 09:30 in {place} opens, its records and custody record fit "
        "this log, and 4 of 4 exhibits are the same byte for byte."
    )
    assert shares[-1] == 1
    assert show_backups(workspace).last_proved == workspace.now()
    assert show_backups(workspace).places[0].proved_at == workspace.now()
    assert last_action(workspace) is Action.BACKUP_PROVED


def test_nothing_is_written_beside_the_backup(workspace: Workspace, snapshot: Snapshot) -> None:
    before = {path: path.stat().st_mtime_ns for path in snapshot.path.parent.rglob("*")}
    assert tried(workspace).holds
    assert {path: path.stat().st_mtime_ns for path in snapshot.path.parent.rglob("*")} == before


def test_without_a_backup_nothing_is_proved(workspace: Workspace, tmp_path: Path) -> None:
    assert not tried(workspace).holds
    (tmp_path / "stick").mkdir()
    add_backup_place(workspace, tmp_path / "stick")
    assert tried(workspace).sentence == "There is no backup within reach."
    assert workspace.log.backups.last_proved() is None


def test_of_two_places_the_one_proved_longest_ago_is_tried(
    workspace: Workspace, place: Path, tmp_path: Path, clock: FrozenClock
) -> None:
    other = tmp_path / "share"
    other.mkdir()
    add_backup_place(workspace, other)
    back_up(workspace, ignore, never)
    named = []
    for _ in range(3):
        clock.advance(hours=1)
        named.append("share" if str(other) in tried(workspace).sentence else "stick")
    assert named[0] != named[1]
    assert named[2] == named[0]


@pytest.mark.parametrize(
    ("file", "at", "said"),
    [
        ("log.db", 5000, "Its log.db is not what was written."),
        ("keys.json", 1, "Its key file is not that of this log."),
        ("backup.json", 1, "backup.json cannot be read."),
    ],
)
def test_a_flipped_byte_is_found(
    workspace: Workspace, snapshot: Snapshot, file: str, at: int, said: str
) -> None:
    flip(snapshot.path / file, at)
    answer = tried(workspace)
    assert not answer.holds
    assert said in answer.sentence
    assert answer.sentence.endswith("Back up again.")
    assert workspace.log.backups.last_proved() is None
    assert last_action(workspace) is Action.BACKUP_FAILED


def test_damaged_content_is_found_and_written_again_by_the_next_backup(
    workspace: Workspace, place: Path
) -> None:
    backups = BackupFolder.of(place, LOG_ID)
    for name in backups.piece_sizes():
        flip(backups.contents_folder / name, 40)
    answer = tried(workspace)
    assert "Contents that are not what was written, of 4 looked at: 4." in answer.sentence
    answer = tried(workspace)
    assert "Contents that are missing or cut off: 4." in answer.sentence
    back_up(workspace, ignore, never)
    assert tried(workspace).holds


def test_a_changed_note_is_found(workspace: Workspace, snapshot: Snapshot) -> None:
    path = snapshot.path / "backup.json"
    shape = json.loads(path.read_text())
    shape["contents"] = []
    path.write_text(json.dumps(shape))
    assert (
        "It does not fit the keys of this log: somebody changed it." in tried(workspace).sentence
    )


def test_another_history_is_found(workspace: Workspace, snapshot: Snapshot) -> None:
    """As after a restore, on a log that went another way meanwhile."""
    connection = workspace.log._connection
    connection.execute("DROP TRIGGER custody_entry_stays")
    connection.execute(
        "UPDATE custody_entry SET own = ? WHERE number = ?",
        ("0" * 64, snapshot.read_note().head.number),
    )
    answer = tried(workspace)
    assert "is not the beginning of the custody record of this log" in answer.sentence


def test_counts_and_lists_that_do_not_fit_are_found(
    workspace: Workspace, snapshot: Snapshot
) -> None:
    derive, note = workspace.keys.derive, read_note(snapshot.path)
    wrong = replace(
        note,
        counts=seal_counts({"incident": 9}, note.log_id, derive),
        contents=note.contents[1:],
        head=replace(note.head, number=1),
    )
    (snapshot.path / "backup.json").write_bytes(note_text(wrong, derive))
    sentence = tried(workspace).sentence
    assert "as many records" in sentence
    assert "does not list the contents" in sentence
    assert "Its custody record does not fit together." in sentence


def test_a_try_can_be_stopped(workspace: Workspace, place: Path) -> None:
    with pytest.raises(Cancelled):
        try_restore(workspace, ignore, lambda: True)


def test_what_the_log_could_not_give_is_said(workspace: Workspace, snapshot: Snapshot) -> None:
    note = read_note(snapshot.path)
    wrong = replace(note, contents=note.contents[1:], left_out=(note.contents[0].id,))
    (snapshot.path / "backup.json").write_bytes(note_text(wrong, workspace.keys.derive))
    sentence = tried(workspace).sentence
    assert "Contents that the log itself could not give: 1. Check the log." in sentence
