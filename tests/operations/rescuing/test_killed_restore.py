"""A restore that is killed at any rename leaves a log under its name, and keeps the old one."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from desktop.domain.log.custody import Action
from desktop.domain.steps.procedures import Procedure
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.entering.choose_folder import log_exists
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_recovery_key
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.practice_case import fill_case
from desktop.operations.rescuing.restore_log import find_backups, restore_log
from desktop.operations.workspace import Workspace
from desktop.store.folder import LogFolder
from tests.clocks import FrozenClock
from tests.logs_on_disk import RECOVERY_KEY, actions_in, closing, new_log
from tests.operations.story_writer import ignore, never

MOST_RENAMES = 40
Order = Callable[[str, int, Path], bool]


@pytest.fixture
def environment(clock: FrozenClock, procedures: Mapping[str, Procedure]) -> Environment:
    return Environment(clock=clock, procedures=procedures, machine="a test computer")


@pytest.fixture
def log(tmp_path: Path, environment: Environment) -> Path:
    """Make a log with an incident that its backup, at tmp_path / "stick", knows nothing of."""
    log, stick = tmp_path / "whole", tmp_path / "stick"
    stick.mkdir()
    with closing(create_log(environment, new_log(log))) as workspace:
        fill_case(workspace)
        add_backup_place(workspace, stick)
        back_up(workspace, ignore, never)
        start_incident(workspace, title="After the backup")
    return log


@pytest.fixture
def order(tmp_path: Path, log: Path) -> Iterator[Order]:
    """Start the process that restores; returns how to have it killed, and whether it was."""
    assert log.exists()
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.operations.rescuing.restore_killer",
            str(tmp_path / "stick"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        into, out = process.stdin, process.stdout

        def restore(when: str, number: int, target: Path) -> bool:
            print(when, number, target, file=into, flush=True)
            killed, status = out.readline().split()
            assert killed == "True" or status == "0"
            return killed == "True"

        yield restore
        into.close()


def has_it_all(workspace: Workspace) -> bool:
    titles = [row.title for row in workspace.log.incidents.all()]
    return "After the backup" in titles


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_killed_restore_leaves_a_log_under_its_name(
    environment: Environment, log: Path, order: Order, tmp_path: Path, when: str
) -> None:
    restored, unfinished = [], 0
    for number in range(1, MOST_RENAMES):
        place = tmp_path / f"place {number} [x]"
        target = place / "Log"
        shutil.copytree(log, target)
        was_killed = order(when, number, target)
        unfinished += not target.exists()
        assert log_exists(target)
        assert not LogFolder(target).arriving_file.exists()
        with closing(unlock_with_recovery_key(environment, target, RECOVERY_KEY)) as workspace:
            restored.append(Action.LOG_RESTORED in actions_in(workspace))
            assert has_it_all(workspace) is not restored[-1]
        kept = list(place.glob("Log kept *"))
        assert len(kept) == restored[-1]
        for folder in kept:
            with closing(unlock_with_recovery_key(environment, folder, RECOVERY_KEY)) as old:
                assert has_it_all(old)
        if not was_killed:
            break
    assert unfinished == 1, "it must have been killed once between its two renames"
    assert restored == sorted(restored)
    assert restored[-1]
    assert not restored[0]


def test_a_restore_again_finishes_the_one_that_was_killed_first(
    environment: Environment, log: Path, order: Order, tmp_path: Path
) -> None:
    numbers = iter(range(1, MOST_RENAMES))
    target = tmp_path / "again" / "Log"
    while True:
        shutil.copytree(log, target)
        order("after", next(numbers), target)
        if not target.exists():
            break
        shutil.rmtree(target.parent)
    answer = restore_log(
        environment, find_backups(tmp_path / "stick")[0].path, target,
        recovery_key=RECOVERY_KEY, progress=ignore, cancelled=never,
    )  # fmt: skip
    assert answer.kept
    names = sorted(path.name for path in target.parent.iterdir())
    assert names == ["Log", "Log kept 2026-11-20 0930", "Log kept 2026-11-20 0930 (2)"]
    lock_log(unlock_with_recovery_key(environment, target, RECOVERY_KEY))
