"""The disk fails or is full at any moment of the story: a known error, nothing confirmed lost."""

import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from desktop.operations.open_log import create_log, lock_log, log_exists, unlock_with_recovery_key
from tests.logs_on_disk import RECOVERY_KEY, new_log
from tests.operations.story_alone import EXPECTED, UNHEARD
from tests.operations.story_check import check_nothing_half, has_what_was_told
from tests.operations.story_writer import an_environment

ROOT = Path(__file__).parents[2]
CALLS = ("pwrite64", "fsync", "ftruncate", "rename", "write")
ERRORS = ("EIO", "ENOSPC", "EROFS")
MOMENTS = 16


def traced(trace: Path, calls: str) -> list[str]:
    return ["strace", "-f", "-o", str(trace), "-e", f"trace={calls}"]


def alone(place: Path) -> list[str]:
    return [sys.executable, "-m", "tests.operations.story_alone", str(place)]


def work(place: Path, fault: str) -> tuple[int, str, list[list[object]]]:
    """Work the story under a fault; return how it ended, its error, and what it told."""
    (place / "out").mkdir(parents=True)
    calls = fault.partition(":")[0]
    done = subprocess.run(
        [*traced(Path("/dev/null"), calls), "-e", f"inject={fault}", *alone(place)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if "ptrace" in done.stderr:
        pytest.skip("this computer lets no program be traced")
    return done.returncode, done.stderr, [json.loads(line) for line in done.stdout.splitlines()]


def count_calls(base: Path) -> Counter[str]:
    """Count how often the story calls what shall fail."""
    trace = base / "counted"
    place = base / "whole"
    (place / "out").mkdir(parents=True)
    subprocess.run(
        [*traced(trace, ",".join(CALLS)), *alone(place)],
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
    workspace = unlock_with_recovery_key(environment, folder, RECOVERY_KEY)
    try:
        check_nothing_half(workspace)
        for kind, *parts in told:
            assert has_what_was_told(workspace, str(kind), parts), (kind, parts)
    finally:
        lock_log(workspace)


def check_faults(base: Path, moments: int) -> None:
    counted = count_calls(base)
    assert all(counted[call] for call in CALLS)
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    ended: Counter[int] = Counter()
    for number in range(moments):
        call = CALLS[number % len(CALLS)]
        for_good = "+" if chance.random() < 0.5 else ""
        when = f"{chance.randint(1, counted[call])}{for_good}"
        fault = f"{call}:error={chance.choice(ERRORS)}:when={when}"
        place = base / str(number)
        try:
            code, said, told = work(place, fault)
            ended[code] += 1
            assert code in {0, EXPECTED, UNHEARD}, said
            check(place, told)
        except Exception as error:
            error.add_note(f"{fault}, seed {seed}")
            raise
        shutil.rmtree(place)
    assert ended[EXPECTED]


def test_the_disk_fails_at_random_moments(tmp_path: Path) -> None:
    check_faults(tmp_path, MOMENTS)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_disk_fails_at_many_random_moments(tmp_path: Path) -> None:
    check_faults(tmp_path, 20 * MOMENTS)
