"""The power goes at any moment of the story: all confirmed is there, nothing half there."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.errors import AppError
from desktop.operations.open_log import create_log, lock_log, log_exists, unlock_with_recovery_key
from tests.logs_on_disk import RECOVERY_KEY, new_log
from tests.operations.power_cut import cuts_around, lay_out, told_before
from tests.operations.recorded_disk import Name, Recording, Sync, Write, tracing
from tests.operations.story_check import check_nothing_half, has_what_was_told
from tests.operations.story_writer import an_environment

ROOT = Path(__file__).parents[2]
CUTS = 40
# What a bundle or report looks like after a power cut is not the log's to promise.
OUTSIDE = {"bundle", "report"}


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """Work the story once and write down all that it does to the disk."""
    base = tmp_path_factory.mktemp("recorded")
    place, trace = base / "place", base / "trace"
    (place / "out").mkdir(parents=True)
    command = [sys.executable, "-m", "tests.operations.story_alone", str(place)]
    done = subprocess.run(
        [*tracing(trace), *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if "Operation not permitted" in done.stderr and "ptrace" in done.stderr:
        pytest.skip("this computer lets no program be traced")
    assert done.returncode == 0, done.stderr
    recorded = Recording(str(place), known=frozenset({"out"})).read(trace)
    trace.unlink()
    return recorded


def check(recording: Recording, cut: int, seed: int, place: Path) -> None:
    lay_out(recording, cut, place, random.Random(seed))
    told = [json.loads(line) for line in told_before(recording.events, cut)]
    environment, folder = an_environment(), place / "log"
    if not log_exists(folder):
        assert told == []
        shutil.rmtree(folder, ignore_errors=True)
        lock_log(create_log(environment, new_log(folder)))
        return
    workspace = unlock_with_recovery_key(environment, folder, RECOVERY_KEY)
    try:
        check_nothing_half(workspace)
        for kind, *parts in told:
            if kind not in OUTSIDE:
                assert has_what_was_told(workspace, kind, parts), (kind, parts)
    finally:
        lock_log(workspace)


def check_cuts(recording: Recording, cuts: list[int], base: Path) -> None:
    seed = random.randrange(2**32)
    for number, cut in enumerate(cuts):
        place = base / str(number)
        place.mkdir()
        try:
            check(recording, cut, seed + number, place)
        except Exception as error:
            event = type(recording.events[min(cut, len(recording.events) - 1)]).__name__
            error.add_note(f"cut {cut} of {len(recording.events)} ({event}), seed {seed + number}")
            raise
        shutil.rmtree(place)


def test_the_recording_is_whole(recording: Recording, tmp_path: Path) -> None:
    kinds = {
        kind: sum(isinstance(one, kind) for one in recording.events)
        for kind in (Write, Sync, Name)
    }
    assert kinds[Write] > 500
    assert kinds[Sync] > 50
    assert kinds[Name] > 15
    check(recording, len(recording.events), 1, tmp_path)


def test_the_power_goes_at_random_moments(recording: Recording, tmp_path: Path) -> None:
    check_cuts(recording, cuts_around(recording.events, CUTS, random.Random()), tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_power_goes_at_any_moment(recording: Recording, tmp_path: Path) -> None:
    check_cuts(recording, list(range(len(recording.events) + 1)), tmp_path)


def test_a_disk_that_keeps_nothing_is_found_out(recording: Recording, tmp_path: Path) -> None:
    events = [event for event in recording.events if not isinstance(event, Sync)]
    unsynced = Recording(recording.base, events=events, folders=recording.folders)
    with pytest.raises((AssertionError, AppError)):
        check_cuts(unsynced, cuts_around(events, CUTS, random.Random(1)), tmp_path)
