"""A backup that is killed at any moment leaves the earlier ones whole and nothing half counted."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.rescuing.try_restore import try_restore
from desktop.store.backup_folder import BackupFolder
from desktop.store.backup_piece import check_piece
from desktop.store.connection import open_connection
from desktop.store.folder import LogFolder
from desktop.store.log import Log
from desktop.store.log_copy import hash_file
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.operations.backups.backup_killer import add_content
from tests.workspaces import (
    EVIDENCE_KEY,
    LOG_ID,
    close_workspace,
    log_file_key,
    make_workspace,
    open_workspace,
    raw_keys,
)

ROOT = Path(__file__).parents[3]


def check_whole(backups: BackupFolder) -> list[str]:
    """Check every backup that counts, every byte of it; returns their names."""
    derive = raw_keys(LogFolder(Path()), {}).derive
    names = []
    for snapshot in backups.snapshots():
        note = snapshot.read_note()
        assert note.is_authentic(derive)
        assert hash_file(snapshot.folder.log_file) == note.log_sha256
        assert snapshot.folder.keys_file.is_file()
        with open_connection(snapshot.folder.log_file, log_file_key(), still=True) as connection:
            log = Log(connection)
            assert log.custody.head() == note.head
            rows = log.evidence.contents()
        assert {row.id for row in rows} == {one.id for one in note.contents}
        for row in rows:
            assert check_piece(backups.piece(row.id), EVIDENCE_KEY, row.id) == row.fingerprint
        names.append(snapshot.name)
    return names


@pytest.mark.parametrize("times", [12, pytest.param(100, marks=pytest.mark.slow)])
@pytest.mark.timeout(600)
def test_killed_at_any_moment(tmp_path: Path, times: int) -> None:
    log, place, clock = tmp_path / "log", tmp_path / "stick", FrozenClock()
    place.mkdir()
    workspace = make_workspace(log, clock, {})
    add_backup_place(workspace, place)
    add_content(workspace)
    back_up(workspace, ignore, never)
    close_workspace(workspace)
    backups = BackupFolder.of(place, LOG_ID)
    moments = random.Random(times)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.operations.backups.backup_killer", str(log)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as killer:
        assert killer.stdin
        assert killer.stdout
        assert killer.stdout.readline() == "ready\n"

        def order(hour: int, seconds: float) -> str:
            assert killer.stdin
            assert killer.stdout
            print(hour, seconds, file=killer.stdin, flush=True)
            return killer.stdout.readline()

        was_killed, status, took = order(1, -1).split()
        assert (was_killed, status) == ("False", "0")
        newest, killed = check_whole(backups)[0], 0
        for hour in range(2, times + 2):
            answer = order(hour, moments.uniform(0, float(took)))
            killed += answer.startswith("True")
            names = check_whole(backups)
            assert names[0] >= newest
            newest = names[0]
        killer.stdin.close()
    assert killed > times / 2
    clock.advance(hours=times + 3)
    again = open_workspace(log, clock, {})
    assert back_up(again, ignore, never).results[0].outcome == "made"
    assert check_whole(backups)[0] > newest
    assert not list(backups.path.rglob("*.part*"))
    assert set(backups.piece_sizes()) == {row.id for row in again.log.evidence.contents()}
    assert try_restore(again, ignore, never).holds
    close_workspace(again)
