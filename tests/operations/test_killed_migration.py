"""A log of version 1 is killed (SIGKILL) while it is migrated: it opens, with all it held."""

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.operations.entering.open_log import lock_log, unlock_with_recovery_key
from desktop.store.migrate import newest_version, version_of
from tests.logs_on_disk import RECOVERY_KEY, closing
from tests.operations.killed_child import Ended, work_and_die
from tests.operations.story_alone import FROZEN
from tests.operations.story_check import check_nothing_half, has_what_was_told
from tests.operations.story_writer import an_environment

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

OLDEST = FROZEN / "schema_1"
MOMENTS, MANY = 15, 200


def migrate_and_die(folder: Path, seconds: float | None = None) -> Ended:
    """Open and lock the log in a process of its own."""

    def work(begin: Callable[[], object]) -> None:
        begin()
        lock_log(unlock_with_recovery_key(an_environment(), folder, RECOVERY_KEY))

    return work_and_die(work, seconds)


def check(folder: Path) -> None:
    told = json.loads((OLDEST / "told.json").read_text())["told"]
    with closing(unlock_with_recovery_key(an_environment(), folder, RECOVERY_KEY)) as workspace:
        assert version_of(workspace.log._connection) == newest_version()
        check_nothing_half(workspace)
        for kind, *parts in told:
            if kind not in {"bundle", "report"}:
                assert has_what_was_told(workspace, kind, parts), (kind, parts)


def kill_at(tmp_path: Path, moments: int) -> None:
    folder = tmp_path / "log"
    an_environment()
    shutil.copytree(OLDEST, folder)
    longest = migrate_and_die(folder).seconds  # the first of all: mostly longer than the others
    seed = random.randrange(2**32)
    chance, cut = random.Random(seed), 0
    for _ in range(moments):
        shutil.rmtree(folder)
        shutil.copytree(OLDEST, folder)
        seconds = chance.uniform(0, longest)
        try:
            ended = migrate_and_die(folder, seconds)
            is_cut = (folder / "log.db-wal").exists()
            check(folder)
        except Exception as error:
            error.add_note(f"seed {seed}, killed after {seconds} of {longest} seconds")
            raise
        cut += is_cut
        if not ended.killed and not cut:
            longest /= 2
    assert cut


def test_killed_while_a_log_is_migrated(tmp_path: Path) -> None:
    kill_at(tmp_path, MOMENTS)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_many_moments_of_a_migration(tmp_path: Path) -> None:
    kill_at(tmp_path, MANY)
