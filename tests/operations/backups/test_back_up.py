"""A backup holds the whole log at one moment, and is read back."""

from pathlib import Path

from desktop.domain.log.custody import Action
from desktop.operations.backups.back_up import back_up
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.practice_case import fill_case
from desktop.operations.workspace import Workspace
from desktop.store.backup_piece import check_piece
from desktop.store.connection import open_connection
from desktop.store.log import Log
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.operations.backups.backups import actions_of, backups_at, files_of, place
from tests.small_disk import small_disk
from tests.workspaces import EVIDENCE_KEY

__all__ = ["place", "small_disk"]


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
    back_up(workspace, ignore, never)
    first = files_of(place)
    clock.advance(hours=1)
    start_incident(workspace, title="Another")
    back_up(workspace, ignore, never)
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
    back_up(workspace, ignore, never)
    start_incident(workspace, title="Another")
    head = workspace.log.custody.head()
    back_up(workspace, ignore, never)
    (snapshot,) = backups_at(place).snapshots()
    assert snapshot.read_note().head == head
