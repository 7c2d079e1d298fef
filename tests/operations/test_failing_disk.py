"""The disk fails or is full at any moment: a known error, nothing confirmed lost."""

import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from desktop.operations.entering.choose_folder import log_exists
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.open_log import lock_log
from tests.logs_on_disk import new_log
from tests.operations.moving.story_moves import check_restricted
from tests.operations.story_alone import EXPECTED, FROZEN, UNHEARD, copy_synced
from tests.operations.story_check import (
    check_nothing_half,
    has_what_was_told,
    recovery_keys,
    without_erased,
)
from tests.operations.story_writer import an_environment
from tests.operations.test_killed_story import unlock_with_any

ROOT = Path(__file__).parents[2]
CALLS = ("pwrite64", "fsync", "ftruncate", "rename", "write")
ERRORS = ("EIO", "ENOSPC", "EROFS")
MOMENTS, WAY_MOMENTS, ENOUGH = 5, 5, 50
MIGRATION = "schema_1"
# What a failing disk may bring about, and what is no promise of the log.
NO_PROMISE = {"no backup", "not cleared", "copied"}
# What lies outside the log of a frozen log is long gone.
OUTSIDE = {"bundle", "report"}


def traced(trace: Path, calls: str) -> list[str]:
    return ["strace", "-f", "-o", str(trace), "-e", f"trace={calls}"]


def alone(place: Path, which: str) -> list[str]:
    return [sys.executable, "-m", "tests.operations.story_alone", str(place), which]


def lay_out(place: Path, which: str) -> None:
    """Make the folders of a story, and put the frozen log there that it opens."""
    (place / "out").mkdir(parents=True)
    if which == MIGRATION:
        copy_synced(FROZEN / MIGRATION, place / "log")


def work(place: Path, which: str, fault: str) -> tuple[int, str, list[list[object]]]:
    """Work the story under a fault; return how it ended, its error, and what it told."""
    lay_out(place, which)
    calls = fault.partition(":")[0]
    done = subprocess.run(
        [*traced(Path("/dev/null"), calls), "-e", f"inject={fault}", *alone(place, which)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if "ptrace" in done.stderr:
        pytest.skip("this computer lets no program be traced")
    return done.returncode, done.stderr, [json.loads(line) for line in done.stdout.splitlines()]


def count_calls(base: Path, which: str) -> Counter[str]:
    """Count how often the story calls what shall fail."""
    trace = base / "counted"
    place = base / "whole"
    lay_out(place, which)
    subprocess.run(
        [*traced(trace, ",".join(CALLS)), *alone(place, which)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    lines = trace.read_text(encoding="utf-8").splitlines()
    return Counter(line.split()[1].partition("(")[0] for line in lines)


def check(place: Path, told: list[list[object]]) -> None:
    """Open the log once the disk is well again, and look at everything."""
    environment, folder = an_environment(), place / "log"
    if not log_exists(folder):
        assert told == []
        lock_log(create_log(environment, new_log(folder)))
        return
    migrated = told[:1] == [["copied"]]
    if migrated:
        told = told + json.loads((FROZEN / MIGRATION / "told.json").read_text())["told"]
    workspace = unlock_with_any(folder, recovery_keys(told))
    try:
        check_nothing_half(workspace)
        for kind, *parts in without_erased(workspace, told):
            if kind not in NO_PROMISE and not (migrated and kind in OUTSIDE):
                assert has_what_was_told(workspace, str(kind), parts), (kind, parts)
        check_restricted(workspace, place, told)
    finally:
        lock_log(workspace)


def check_faults(base: Path, which: str, moments: int) -> None:
    """Fail at moments of chance, and look at what is left each time."""
    counted = count_calls(base, which)
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    ended: Counter[int] = Counter()
    for number in range(moments):
        call = CALLS[number % len(CALLS)]
        if not counted[call]:
            continue
        for_good = "+" if chance.random() < 0.5 else ""
        when = f"{chance.randint(1, counted[call])}{for_good}"
        fault = f"{call}:error={chance.choice(ERRORS)}:when={when}"
        place = base / str(number)
        try:
            code, said, told = work(place, which, fault)
            ended[code] += 1
            assert code in {0, EXPECTED, UNHEARD}, said
            if which != MIGRATION or told:
                check(place, told)
        except Exception as error:
            error.add_note(f"{fault}, story {which}, seed {seed}")
            raise
        shutil.rmtree(place)
    assert ended[EXPECTED] or moments < ENOUGH


@pytest.mark.timeout(300)
def test_the_disk_fails_at_random_moments(tmp_path: Path) -> None:
    check_faults(tmp_path, "", MOMENTS)


@pytest.mark.timeout(300)
def test_the_disk_fails_on_a_way_of_chance(tmp_path: Path) -> None:
    check_faults(tmp_path, str(random.randrange(2**32)), WAY_MOMENTS)


def test_the_disk_fails_while_a_log_is_migrated(tmp_path: Path) -> None:
    check_faults(tmp_path, MIGRATION, WAY_MOMENTS)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_disk_fails_at_many_random_moments(tmp_path: Path) -> None:
    check_faults(tmp_path, "", 150)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("way", range(4))
def test_the_disk_fails_at_many_moments_of_ways_of_chance(tmp_path: Path, way: int) -> None:
    check_faults(tmp_path, str(random.Random(random.randrange(2**32) + way).randrange(2**32)), 60)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_disk_fails_at_many_moments_of_a_migration(tmp_path: Path) -> None:
    check_faults(tmp_path, MIGRATION, 100)
