"""A program that is killed while it gives a log new keys leaves a log that opens."""

import json
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.domain.log.custody import Action, first_break
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import unlock_with_recovery_key
from tests.logs_on_disk import (
    RECOVERY_KEY,
    actions_in,
    closing,
    environment,
    folder,
    make_log,
)

__all__ = ["environment", "folder"]

KILLS = 6
MANY_KILLS = 60
LONGEST = 0.25


def _kill_at_random(folder: Path, seconds: float) -> list[str]:
    """Return the contents that were confirmed before it was killed, some time after the first."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.operations.keys.rekeyer", str(folder), RECOVERY_KEY],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    ) as process:
        assert process.stdout
        first = process.stdout.readline()
        killer = threading.Timer(seconds, process.kill)
        killer.start()
        lines = [first, *process.stdout]
        killer.join()
    return [line.split()[1] for line in lines if line.endswith("\n")]


def test_log_opens_whenever_a_rekey_was_killed(environment: Environment, folder: Path) -> None:
    _kill_often(environment, folder, KILLS)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_log_opens_however_often_a_rekey_was_killed(
    environment: Environment, folder: Path
) -> None:
    halves = _kill_often(environment, folder, MANY_KILLS)
    assert halves, "not one of them was killed in the middle of a re-key"


def _kill_often(environment: Environment, folder: Path, kills: int) -> int:
    """Return how many kills fell into the middle of a re-key."""
    make_log(environment, folder)
    chance, told, halves = random.Random(3), 0, 0
    for _ in range(kills):
        kept = _kill_at_random(folder, chance.uniform(0, LONGEST))
        told += len(kept)
        text = (folder / "keys.json").read_text()
        halves += len(json.loads(text)["sets"]) > 1 or (folder / "log.db.new").exists()
        with closing(unlock_with_recovery_key(environment, folder, RECOVERY_KEY)) as workspace:
            assert first_break(workspace.log.custody.walk()) is None
            rows = {row.id: row for row in workspace.log.evidence.contents()}
            for name in kept:
                row = next(row for each, row in rows.items() if each == name)
                assert workspace.contents.check(row.id, row.file_number) == row.fingerprint
            assert actions_in(workspace).count(Action.LOG_REKEYED) >= told
            assert Action.OLDER_KEYS_FOUND not in actions_in(workspace)
        assert len(json.loads((folder / "keys.json").read_text())["sets"]) == 1
        assert (folder / "keys.json").read_bytes() == (folder / "keys-copy.json").read_bytes()
        assert not list(folder.glob("log.db.new*"))
    return halves
