"""Whatever goes wrong with a backup, the earlier ones stay whole and the sentence is plain."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from desktop.domain.errors import FolderNotWritable, LogDamaged, LogLocked
from desktop.domain.identifiers import ContentId
from desktop.domain.log.custody import Action
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import (
    add_backup_place,
    show_backups,
)
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.practice_case import fill_case
from desktop.operations.workspace import Workspace
from desktop.store.backup_piece import check_piece
from desktop.store.connection import open_connection
from desktop.store.contents import CHUNK
from desktop.store.evidence_files import PAGE_SIZE
from desktop.store.evidence_table import ContentRow
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.operations.backups.backups import actions_of, backups_at, files_of, place
from tests.small_disk import make_read_only, small_disk
from tests.workspaces import EVIDENCE_KEY

__all__ = ["place", "small_disk"]


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
    (result,) = back_up(workspace, ignore, never).results
    assert result.outcome == "made"
    assert "the contents of 2 exhibits" in result.sentence
    (snapshot,) = backups_at(place).snapshots()
    assert set(snapshot.read_note().left_out) == {lost.id, altered.id}
    assert not set(backups_at(place).piece_sizes()) & {lost.id, altered.id}


def test_content_that_proves_itself_is_backed_up_where_the_log_refuses_its_page(
    workspace: Workspace, place: Path
) -> None:
    content_id = ContentId("large")
    stored = workspace.contents.write([os.urandom(3 * CHUNK)], content_id)
    row = ContentRow(id=content_id, file_number=1, fingerprint=stored.fingerprint)
    with workspace.log.transaction():
        workspace.log.evidence.insert_content(row)
    workspace.contents.forget_pages()
    with workspace.keys.folder.evidence_file(1).open("r+b") as file:
        # The own proof of a page amid the content, not what lies on it.
        file.seek(-8 * PAGE_SIZE - 1, os.SEEK_END)
        (last,) = file.read(1)
        file.seek(-8 * PAGE_SIZE - 1, os.SEEK_END)
        file.write(bytes([last ^ 1]))
    with pytest.raises(LogDamaged):
        workspace.contents.check(content_id, 1)
    (result,) = back_up(workspace, ignore, never).results
    assert (result.outcome, "Left out" in result.sentence) == ("made", False)
    piece = backups_at(place).piece(content_id)
    assert check_piece(piece, EVIDENCE_KEY, content_id) == stored.fingerprint


def test_a_piece_that_was_cut_off_is_written_again(workspace: Workspace, place: Path) -> None:
    fill_case(workspace)
    back_up(workspace, ignore, never)
    backups = backups_at(place)
    row = workspace.log.evidence.contents()[0]
    whole = backups.piece(row.id).read_bytes()
    backups.piece(row.id).write_bytes(whole[:-1])
    back_up(workspace, ignore, never)
    assert check_piece(backups.piece(row.id), EVIDENCE_KEY, row.id) == row.fingerprint


def test_a_stopped_backup_leaves_the_earlier_one(
    workspace: Workspace, place: Path, clock: FrozenClock
) -> None:
    back_up(workspace, ignore, never)
    before = files_of(place)
    fill_case(workspace)
    clock.advance(days=1)
    asked = iter(range(10))
    (result,) = back_up(workspace, ignore, lambda: next(asked) > 1).results
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
    back_up(workspace, ignore, never)
    before = files_of(small_disk)
    fill_case(workspace)
    (small_disk / "filler").write_bytes(bytes(64 * 1024 * 1024 - 4096 * 150))
    clock.advance(days=1)
    (result,) = back_up(workspace, ignore, never).results
    assert result.outcome == "failed"
    assert "There is no room left on the disk." in result.sentence
    (small_disk / "filler").unlink()
    after = files_of(small_disk)
    assert {name: after.get(name) for name in before} == before
    assert [name for name in after if ".part" in name] == []
    assert actions_of(workspace)[-1] is Action.BACKUP_FAILED
    assert back_up(workspace, ignore, never).results[0].outcome == "made"


def test_a_stick_that_is_pulled_leaves_the_earlier_one(
    workspace: Workspace, place: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    back_up(workspace, ignore, never)
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
    assert back_up(workspace, ignore, never).results[0].outcome == "made"
    assert not [name for name in files_of(place) if ".part" in name]


def test_no_room_for_the_copy_fails_at_every_place(
    workspace: Workspace, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.keys.folder.keys_file.write_text("{}")
    workspace.keys.folder.keys_copy_file.write_text("[")
    (result,) = back_up(workspace, ignore, never).results
    assert result.outcome == "failed"
    assert "keys.json of the log cannot be read." in result.sentence


def test_an_unreadable_note_keeps_all_content(
    workspace: Workspace, place: Path, clock: FrozenClock
) -> None:
    fill_case(workspace)
    back_up(workspace, ignore, never)
    backups = backups_at(place)
    (backups.snapshots()[0].path / "backup.json").write_text("{")
    stray = backups.piece(ContentId("0" * 32))
    stray.write_bytes(b"x")
    clock.advance(days=1)
    back_up(workspace, ignore, never)
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
    back_up(workspace, ignore, never)
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
    back_up(workspace, ignore, never)
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


@pytest.mark.parametrize("pattern", ["snapshots/*.part/log.db", "content/*.part"])
def test_what_is_lost_while_it_is_written_is_found(
    workspace: Workspace, place: Path, pattern: str
) -> None:
    fill_case(workspace)
    backups = backups_at(place)

    def spoil() -> bool:
        for path in backups.path.glob(pattern):
            path.write_bytes(b"\0" * 100)
        return False

    (result,) = back_up(workspace, ignore, spoil).results
    assert result.outcome == "failed"
    assert "What was written could not be read back" in result.sentence
    assert backups.snapshots() == []


def test_an_older_backup_that_cannot_be_removed_is_said(
    workspace: Workspace, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(workspace, ignore, never)

    def refuse(*_arguments: object) -> None:
        raise OSError(errno.EACCES, "in use")

    monkeypatch.setattr(shutil, "rmtree", refuse)
    (result,) = back_up(workspace, ignore, never).results
    assert result.outcome == "made"
    assert "Older backups could not be cleared away" in result.sentence
    assert len(backups_at(place).snapshots()) == 1


def test_a_place_that_cannot_be_written_to(
    workspace: Workspace, small_disk: Path, clock: FrozenClock
) -> None:
    add_backup_place(workspace, small_disk)
    make_read_only(small_disk)
    (result,) = back_up(workspace, ignore, never).results
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
    (result,) = back_up(workspace, ignore, never).results
    assert "the contents of 4 exhibits" in result.sentence


def test_numbers_that_were_passed_over_are_not_given(workspace: Workspace) -> None:
    first = start_incident(workspace, title="One").number
    assert workspace.log.incidents.pass_over(2026, 101) == "2026-0102"
    assert [start_incident(workspace, title="Next").number for _ in range(2)] == [
        "2026-0102",
        "2026-0103",
    ]
    assert first == "2026-0001"
