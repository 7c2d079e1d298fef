"""A backup holds the whole log at one moment, is read back, and leaves earlier ones whole."""

import errno
import shutil
from pathlib import Path

import pytest

from desktop.domain.custody import Action
from desktop.domain.errors import BackupPlaceUnsuitable, FolderNotWritable, LogLocked, NotFound
from desktop.domain.identifiers import ContentId
from desktop.operations.back_up import NEVER, back_up, backup_due, backups_holding
from desktop.operations.keep_backup_places import (
    add_backup_place,
    changed_since_backup,
    remove_backup_place,
    show_backups,
)
from desktop.operations.practice_case import fill_case
from desktop.operations.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.store.backup_folder import BackupFolder
from desktop.store.backup_piece import check_piece
from desktop.store.connection import open_connection
from desktop.store.log import Log
from desktop.system.folders import is_synced
from tests.clocks import FrozenClock
from tests.operations.test_check_log import never, quietly
from tests.small_disk import make_read_only, small_disk
from tests.workspaces import EVIDENCE_KEY, LOG_ID

__all__ = ["small_disk"]


@pytest.fixture
def place(tmp_path: Path, workspace: Workspace) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    add_backup_place(workspace, folder)
    return folder


def backups_at(place: Path) -> BackupFolder:
    return BackupFolder.of(place, LOG_ID)


def actions_of(workspace: Workspace) -> list[Action]:
    return [entry.action for entry, _ in workspace.log.custody.walk()]


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_backup_holds_the_whole_log(workspace: Workspace, place: Path) -> None:
    fill_case(workspace)
    head = workspace.log.custody.head()
    shares: list[float] = []
    (result,) = back_up(workspace, shares.append, never).results
    assert result.outcome == "made"
    assert result.sentence == f"{place}: backed up and checked."
    assert shares[-1] == 1
    assert shares == sorted(shares)
    backups = backups_at(place)
    (snapshot,) = backups.snapshots()
    assert snapshot.name == "2026-11-20T0930Z"
    assert sorted(path.name for path in snapshot.path.iterdir()) == [
        "backup.json",
        "keys.json",
        "log.db",
    ]
    rows = workspace.log.evidence.contents()
    assert set(backups.piece_sizes()) == {row.id for row in rows}
    for row in rows:
        assert check_piece(backups.piece(row.id), EVIDENCE_KEY, row.id) == row.fingerprint
    key = workspace.keys.derive("log.db")
    with open_connection(snapshot.folder.log_file, key, still=True) as connection:
        assert Log(connection).custody.head() == head
        assert connection.rows("PRAGMA cipher_integrity_check") == []
    note = snapshot.read_note()
    assert note.is_authentic(workspace.keys.derive)
    assert note.open_counts(workspace.keys.derive)["incident"] == 1
    assert workspace.log.custody.head() != head
    assert workspace.log.given_heads.all()[-1].head == head
    assert actions_of(workspace)[-1] is Action.BACKUP_MADE
    assert (place / backups.path.name / "READ ME.txt").read_text().startswith("These are backups")


def test_only_new_content_is_written_again(
    workspace: Workspace, place: Path, clock: FrozenClock
) -> None:
    fill_case(workspace)
    back_up(workspace, quietly, never)
    first = files_of(place)
    clock.advance(hours=1)
    start_incident(workspace, title="Another")
    back_up(workspace, quietly, never)
    second = files_of(place)
    assert {name: second[name] for name in first} == first
    assert {name.split("/")[-1] for name in second.keys() - first.keys()} == {
        "backup.json",
        "keys.json",
        "log.db",
    }
    assert [one.name for one in backups_at(place).snapshots()] == [
        "2026-11-20T1030Z",
        "2026-11-20T0930Z",
    ]


def test_two_in_one_minute_leave_the_newer_one(workspace: Workspace, place: Path) -> None:
    back_up(workspace, quietly, never)
    start_incident(workspace, title="Another")
    head = workspace.log.custody.head()
    back_up(workspace, quietly, never)
    (snapshot,) = backups_at(place).snapshots()
    assert snapshot.read_note().head == head


def test_three_places_and_no_more(workspace: Workspace, tmp_path: Path) -> None:
    places = [tmp_path / name for name in ("one", "two", "three", "four")]
    for folder in places:
        folder.mkdir()
    for folder in places[:3]:
        add_backup_place(workspace, folder)
    with pytest.raises(BackupPlaceUnsuitable) as refused:
        add_backup_place(workspace, places[3])
    assert refused.value.reason == "too many"
    start_incident(workspace, title="One")
    results = back_up(workspace, quietly, never).results
    assert [(one.path, one.outcome) for one in results] == [
        (str(folder), "made") for folder in places[:3]
    ]
    assert (
        len(
            {
                files_of(folder)[name]
                for folder in places[:3]
                for name in files_of(folder)
                if name.endswith("log.db")
            }
        )
        == 1
    )
    assert [view.path for view in show_backups(workspace).places] == list(map(str, places[:3]))


def test_places_that_are_refused(workspace: Workspace, place: Path, tmp_path: Path) -> None:
    cases = {
        workspace.keys.folder.path: "inside the log",
        workspace.keys.folder.evidence_folder: "inside the log",
        place: "same folder",
        tmp_path / "OneDrive - School" / "x": "synced",
    }
    assert is_synced(tmp_path / "OneDrive - School" / "x")
    for folder, reason in cases.items():
        with pytest.raises(BackupPlaceUnsuitable) as refused:
            add_backup_place(workspace, folder)
        assert refused.value.reason == reason
    with pytest.raises(FolderNotWritable):
        add_backup_place(workspace, tmp_path / "not there")
    assert [view.path for view in show_backups(workspace).places] == [str(place)]


def test_a_place_can_be_taken_out_of_use(workspace: Workspace, place: Path) -> None:
    (view,) = show_backups(workspace).places
    remove_backup_place(workspace, view.id)
    assert show_backups(workspace).places == ()
    assert actions_of(workspace)[-1] is Action.BACKUP_PLACE_CHANGED
    with pytest.raises(NotFound):
        remove_backup_place(workspace, view.id)
    assert back_up(workspace, quietly, never).results == ()
    add_backup_place(workspace, place)
    assert len(show_backups(workspace).places) == 1


def test_a_place_that_is_not_there_is_no_error(
    workspace: Workspace, place: Path, tmp_path: Path, clock: FrozenClock
) -> None:
    other = tmp_path / "share"
    other.mkdir()
    add_backup_place(workspace, other)
    place.rename(tmp_path / "pulled")
    place.mkdir()  # an empty mount point stays behind
    for _ in range(2):
        gone, made = back_up(workspace, quietly, never).results
        assert (gone.outcome, made.outcome) == ("not there", "made")
        assert gone.sentence == f"{place} is not there. It gets its backup when it is."
        assert list(place.iterdir()) == []
    view = show_backups(workspace).places[0]
    assert (view.there, view.last_outcome, view.last_made) == (False, "not there", None)
    assert len(workspace.log.backups.runs(view.id)) == 1
    clock.advance(days=1)
    back_up(workspace, quietly, never)
    assert len(workspace.log.backups.runs(view.id)) == 2
    place.rmdir()
    (tmp_path / "pulled").rename(place)
    assert [one.outcome for one in back_up(workspace, quietly, never).results] == ["made"] * 2


def test_a_backup_is_due_once_a_day_and_only_for_something_new(
    workspace: Workspace, place: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    assert backup_due(workspace)
    assert changed_since_backup(workspace)
    back_up(workspace, quietly, never)
    assert not backup_due(workspace)
    assert not changed_since_backup(workspace)
    start_incident(workspace, title="New")
    assert changed_since_backup(workspace)
    assert not backup_due(workspace)
    clock.advance(days=1)
    assert backup_due(workspace)
    place.rename(tmp_path / "pulled")
    assert not backup_due(workspace)
    (tmp_path / "pulled").rename(place)
    assert [one.outcome for one in back_up(workspace, quietly, never, only_due=True).results] == [
        "made"
    ]
    clock.advance(days=1)
    assert not backup_due(workspace)
    assert back_up(workspace, quietly, never, only_due=True).results == ()
    workspace.log.drafts.save("someone", "summary", "what is being typed", workspace.now())
    assert backup_due(workspace)


def test_rotation_removes_older_backups_and_the_content_that_only_they_needed(
    workspace: Workspace, place: Path, clock: FrozenClock
) -> None:
    fill_case(workspace)
    back_up(workspace, quietly, never)
    backups = backups_at(place)
    (erased,) = workspace.log.evidence.contents()[:1]
    before = workspace.now()
    assert [
        (held.count, held.expires.isoformat()) for held in backups_holding(workspace, before)
    ] == [(1, "2027-11-01")]
    with workspace.log.transaction():
        connection = workspace.log._connection
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute(
            "UPDATE item SET content_id = NULL, state = 'described' WHERE content_id = ?",
            (erased.id,),
        )
        connection.execute("DELETE FROM content WHERE id = ?", (erased.id,))
    for _ in range(10):
        clock.advance(days=32)
        back_up(workspace, quietly, never)
        assert erased.id in backups.piece_sizes()
    assert backups_holding(workspace, before)[0].count == 1
    clock.set(before.utc.replace(year=2027, month=11, day=1))
    back_up(workspace, quietly, never)
    assert erased.id not in backups.piece_sizes()
    assert len(backups.piece_sizes()) == len(workspace.log.evidence.contents())
    assert backups_holding(workspace, before) == ()


def test_what_a_place_out_of_reach_or_out_of_use_holds_is_known(
    workspace: Workspace, place: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    for _ in range(4):
        back_up(workspace, quietly, never)
        clock.advance(days=1)
    at_place = backups_holding(workspace, workspace.now())
    place.rename(tmp_path / "pulled")
    assert backups_holding(workspace, workspace.now()) == at_place
    (view,) = show_backups(workspace).places
    remove_backup_place(workspace, view.id)
    (held,) = backups_holding(workspace, workspace.now())
    assert (held.count, held.expires) == (4, NEVER)


def test_content_that_the_log_cannot_give_is_left_out_and_said(
    workspace: Workspace, place: Path
) -> None:
    fill_case(workspace)
    lost, altered = workspace.log.evidence.contents()[:2]
    connection = open_connection(
        workspace.keys.folder.evidence_file(1), EVIDENCE_KEY, page_size=64 * 1024
    )
    for row, sql in (
        (lost, "DELETE FROM chunk WHERE id / 16777216 = ?"),
        (altered, "UPDATE chunk SET bytes = zeroblob(length(bytes)) WHERE id / 16777216 = ?"),
    ):
        number = connection.row("SELECT number FROM content WHERE id = ?", (row.id,))
        assert number
        connection.execute(sql, (number[0],))
    connection.close()
    (result,) = back_up(workspace, quietly, never).results
    assert result.outcome == "made"
    assert "the contents of 2 exhibits" in result.sentence
    (snapshot,) = backups_at(place).snapshots()
    assert set(snapshot.read_note().left_out) == {lost.id, altered.id}
    assert not set(backups_at(place).piece_sizes()) & {lost.id, altered.id}


def test_a_piece_that_was_cut_off_is_written_again(workspace: Workspace, place: Path) -> None:
    fill_case(workspace)
    back_up(workspace, quietly, never)
    backups = backups_at(place)
    row = workspace.log.evidence.contents()[0]
    whole = backups.piece(row.id).read_bytes()
    backups.piece(row.id).write_bytes(whole[:-1])
    back_up(workspace, quietly, never)
    assert check_piece(backups.piece(row.id), EVIDENCE_KEY, row.id) == row.fingerprint


def test_a_stopped_backup_leaves_the_earlier_one(
    workspace: Workspace, place: Path, clock: FrozenClock
) -> None:
    back_up(workspace, quietly, never)
    before = files_of(place)
    fill_case(workspace)
    clock.advance(days=1)
    asked = iter(range(10))
    (result,) = back_up(workspace, quietly, lambda: next(asked) > 1).results
    assert result.outcome == "stopped"
    after = files_of(place)
    # Pieces that were whole may stay for the next one; no backup names them.
    assert {name: after.get(name) for name in before} == before
    assert [name for name in after.keys() - before.keys() if "/content/" not in name] == []
    assert [name for name in after if ".part" in name] == []
    assert show_backups(workspace).places[0].last_outcome == "stopped"


def test_a_full_disk_leaves_the_earlier_one(
    workspace: Workspace, small_disk: Path, clock: FrozenClock
) -> None:
    add_backup_place(workspace, small_disk)
    back_up(workspace, quietly, never)
    before = files_of(small_disk)
    fill_case(workspace)
    (small_disk / "filler").write_bytes(bytes(64 * 1024 * 1024 - 4096 * 150))
    clock.advance(days=1)
    (result,) = back_up(workspace, quietly, never).results
    assert result.outcome == "failed"
    assert "There is no room left on the disk." in result.sentence
    (small_disk / "filler").unlink()
    after = files_of(small_disk)
    assert {name: after.get(name) for name in before} == before
    assert [name for name in after if ".part" in name] == []
    assert actions_of(workspace)[-1] is Action.BACKUP_FAILED
    assert back_up(workspace, quietly, never).results[0].outcome == "made"


def test_a_stick_that_is_pulled_leaves_the_earlier_one(
    workspace: Workspace, place: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    back_up(workspace, quietly, never)
    before = files_of(place)
    fill_case(workspace)
    clock.advance(days=1)

    def pull(_share: float) -> None:
        if place.exists():
            place.rename(tmp_path / "pulled")

    (result,) = back_up(workspace, pull, never).results
    assert result.outcome == "failed"
    assert "It was taken away before the backup was finished." in result.sentence
    (tmp_path / "pulled").rename(place)
    after = files_of(place)
    assert {name: after.get(name) for name in before} == before
    assert [one.name for one in backups_at(place).snapshots()] == ["2026-11-20T0930Z"]
    assert back_up(workspace, quietly, never).results[0].outcome == "made"
    assert not [name for name in files_of(place) if ".part" in name]


def test_no_room_for_the_copy_fails_at_every_place(
    workspace: Workspace, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.keys.folder.keys_file.write_text("{}")
    workspace.keys.folder.keys_copy_file.write_text("[")
    (result,) = back_up(workspace, quietly, never).results
    assert result.outcome == "failed"
    assert "keys.json of the log cannot be read." in result.sentence


def test_an_unreadable_note_keeps_all_content(
    workspace: Workspace, place: Path, clock: FrozenClock
) -> None:
    fill_case(workspace)
    back_up(workspace, quietly, never)
    backups = backups_at(place)
    (backups.snapshots()[0].path / "backup.json").write_text("{")
    stray = backups.piece(ContentId("0" * 32))
    stray.write_bytes(b"x")
    clock.advance(days=1)
    back_up(workspace, quietly, never)
    assert stray.exists()


def test_a_draft_waits_for_the_copy_of_the_log_only(workspace: Workspace, place: Path) -> None:
    """All that a backup does on the thread of the log is a copy on its own disk, and entries."""
    fill_case(workspace)
    threads: list[str] = []

    def on_log(function):  # type: ignore[no-untyped-def]
        before = set(files_of(place))
        answer = function()
        threads.append("wrote" if set(files_of(place)) != before else "")
        return answer

    object.__setattr__(workspace, "on_log", on_log)
    back_up(workspace, quietly, never)
    assert len(threads) > 2
    assert set(threads) == {""}


def test_a_log_that_locks_in_between_stops_the_backup(
    workspace: Workspace, place: Path, clock: FrozenClock
) -> None:
    fill_case(workspace)
    with pytest.raises(LogLocked):
        back_up(workspace, lambda _share: workspace.contents.close(), never)
    assert backups_at(place).snapshots() == []


def test_what_was_written_is_read_back(
    workspace: Workspace, place: Path, clock: FrozenClock
) -> None:
    """A disk that loses what it was given is found before the backup counts."""
    back_up(workspace, quietly, never)
    clock.advance(days=1)
    fill_case(workspace)
    backups = backups_at(place)

    def spoil(_share: float) -> None:
        for path in backups.snapshots_folder.glob("*.part/log.db"):
            path.write_bytes(b"\0" * 100)

    (result,) = back_up(workspace, spoil, never).results
    assert result.outcome == "failed"
    assert "What was written could not be read back (log.db)" in result.sentence
    assert [one.name for one in backups.snapshots()] == ["2026-11-20T0930Z"]


def test_an_older_backup_that_cannot_be_removed_is_said(
    workspace: Workspace, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(workspace, quietly, never)

    def refuse(*_arguments: object) -> None:
        raise OSError(errno.EACCES, "in use")

    monkeypatch.setattr(shutil, "rmtree", refuse)
    (result,) = back_up(workspace, quietly, never).results
    assert result.outcome == "made"
    assert "Older backups could not be cleared away" in result.sentence
    assert len(backups_at(place).snapshots()) == 1


def test_a_place_that_cannot_be_written_to(
    workspace: Workspace, small_disk: Path, clock: FrozenClock
) -> None:
    add_backup_place(workspace, small_disk)
    make_read_only(small_disk)
    (result,) = back_up(workspace, quietly, never).results
    assert "Nothing can be written there." in result.sentence
    other = small_disk / "more"
    with pytest.raises(FolderNotWritable):
        add_backup_place(workspace, small_disk.parent / "nowhere")
    assert not other.exists()


def test_content_in_a_file_without_a_key_is_left_out(workspace: Workspace, place: Path) -> None:
    fill_case(workspace)
    with workspace.log.transaction():
        connection = workspace.log._connection
        connection.execute("INSERT INTO evidence_file (number, key) VALUES (7, zeroblob(32))")
        connection.execute("UPDATE content SET file_number = 7")
    (result,) = back_up(workspace, quietly, never).results
    assert "the contents of 4 exhibits" in result.sentence


def test_numbers_that_were_passed_over_are_not_given(workspace: Workspace) -> None:
    first = start_incident(workspace, title="One").number
    assert workspace.log.incidents.pass_over(2026, 101) == "2026-0102"
    assert [start_incident(workspace, title="Next").number for _ in range(2)] == [
        "2026-0102",
        "2026-0103",
    ]
    assert first == "2026-0001"
