"""Three places for backups: which are refused, due, out of reach, and what rotates out."""

from pathlib import Path

import pytest

from desktop.domain.errors import BackupPlaceUnsuitable, FolderNotWritable, NotFound
from desktop.domain.log.custody import Action
from desktop.operations.backups.back_up import NEVER, back_up, backups_holding
from desktop.operations.backups.keep_backup_places import (
    add_backup_place,
    backup_due,
    changed_since_backup,
    remove_backup_place,
    show_backups,
)
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.practice_case import fill_case
from desktop.operations.workspace import Workspace
from desktop.system.folders import is_synced
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.operations.backups.backups import actions_of, backups_at, files_of, place
from tests.small_disk import small_disk

__all__ = ["place", "small_disk"]


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
    results = back_up(workspace, ignore, never).results
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
    assert back_up(workspace, ignore, never).results == ()
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
        gone, made = back_up(workspace, ignore, never).results
        assert (gone.outcome, made.outcome) == ("not there", "made")
        assert gone.sentence == f"{place} is not there. It gets its backup when it is."
        assert list(place.iterdir()) == []
    view = show_backups(workspace).places[0]
    assert (view.there, view.last_outcome, view.last_made) == (False, "not there", None)
    assert len(workspace.log.backups.runs(view.id)) == 1
    clock.advance(days=1)
    back_up(workspace, ignore, never)
    assert len(workspace.log.backups.runs(view.id)) == 2
    place.rmdir()
    (tmp_path / "pulled").rename(place)
    assert [one.outcome for one in back_up(workspace, ignore, never).results] == ["made"] * 2


def test_a_backup_is_due_once_a_day_and_only_for_something_new(
    workspace: Workspace, place: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    assert backup_due(workspace)
    assert changed_since_backup(workspace)
    back_up(workspace, ignore, never)
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
    assert [one.outcome for one in back_up(workspace, ignore, never, only_due=True).results] == [
        "made"
    ]
    clock.advance(days=1)
    assert not backup_due(workspace)
    assert back_up(workspace, ignore, never, only_due=True).results == ()
    workspace.log.drafts.save("someone", "summary", "what is being typed", workspace.now())
    assert backup_due(workspace)


def test_rotation_removes_older_backups_and_the_content_that_only_they_needed(
    workspace: Workspace, place: Path, clock: FrozenClock
) -> None:
    fill_case(workspace)
    back_up(workspace, ignore, never)
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
        back_up(workspace, ignore, never)
        assert erased.id in backups.piece_sizes()
    assert backups_holding(workspace, before)[0].count == 1
    clock.set(before.utc.replace(year=2027, month=11, day=1))
    back_up(workspace, ignore, never)
    assert erased.id not in backups.piece_sizes()
    assert len(backups.piece_sizes()) == len(workspace.log.evidence.contents())
    assert backups_holding(workspace, before) == ()


def test_what_a_place_out_of_reach_or_out_of_use_holds_is_known(
    workspace: Workspace, place: Path, clock: FrozenClock, tmp_path: Path
) -> None:
    for _ in range(4):
        back_up(workspace, ignore, never)
        clock.advance(days=1)
    at_place = backups_holding(workspace, workspace.now())
    place.rename(tmp_path / "pulled")
    assert backups_holding(workspace, workspace.now()) == at_place
    (view,) = show_backups(workspace).places
    remove_backup_place(workspace, view.id)
    (held,) = backups_holding(workspace, workspace.now())
    assert (held.count, held.expires) == (4, NEVER)
