"""The power goes at any moment of a story or way: all confirmed is there, nothing half there."""

import json
import random
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from desktop.domain.errors import AppError
from desktop.operations.entering.choose_folder import log_exists
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.open_log import lock_log
from tests.logs_on_disk import new_log
from tests.operations.moving.story_moves import check_restricted
from tests.operations.power_cut import cuts_around, lay_out, told_before
from tests.operations.recorded_disk import Event, Name, Recording, Sync, Told, Write, tracing
from tests.operations.story_alone import FROZEN
from tests.operations.story_check import (
    check_nothing_half,
    has_what_was_told,
    recovery_keys,
    without_erased,
)
from tests.operations.story_writer import an_environment
from tests.operations.test_killed_story import unlock_with_any

ROOT = Path(__file__).parents[2]
KNOWN = ("out", "stick")
CUTS, WAY_CUTS, MANY = 40, 25, 400
# What a bundle or report looks like after a power cut is not the log's to promise.
OUTSIDE = {"bundle", "report", "copied"}
MIGRATION = "schema_1"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recorded")


@cache
def record(base: Path, which: str) -> Recording:
    """Work a story once and write down all that it does to the disk."""
    place, trace = base / f"place-{which}", base / f"trace-{which}"
    for name in KNOWN:
        (place / name).mkdir(parents=True)
    command = [sys.executable, "-m", "tests.operations.story_alone", str(place), which]
    done = subprocess.run(
        [*tracing(trace), *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if "Operation not permitted" in done.stderr and "ptrace" in done.stderr:
        pytest.skip("this computer lets no program be traced")
    assert done.returncode == 0, f"{which}: {done.stderr}"
    recorded = Recording(str(place), known=frozenset(KNOWN)).read(trace)
    trace.unlink()
    return recorded


@pytest.fixture
def recording(base: Path) -> Recording:
    return record(base, "")


def told_of(recording: Recording, cut: int) -> list[list[object]]:
    """Return what was confirmed before the cut, in a frozen log also what was in it."""
    told = [json.loads(line) for line in told_before(recording.events, cut)]
    if told and told[0] == ["copied"]:
        told += json.loads((FROZEN / MIGRATION / "told.json").read_text())["told"]
    return told


def check(recording: Recording, cut: int, seed: int) -> None:
    """Lay out what is left where it was: a log knows by their paths where its backups are."""
    place = Path(recording.base)
    shutil.rmtree(place)
    place.mkdir()
    lay_out(recording, cut, place, random.Random(seed))
    told = told_of(recording, cut)
    environment, folder = an_environment(), place / "log"
    if not log_exists(folder):
        assert told == []
        shutil.rmtree(folder, ignore_errors=True)
        lock_log(create_log(environment, new_log(folder)))
        return
    workspace = unlock_with_any(folder, recovery_keys(told))
    try:
        check_nothing_half(workspace)
        for kind, *parts in without_erased(workspace, told):
            if kind not in OUTSIDE:
                assert has_what_was_told(workspace, str(kind), parts), (kind, parts)
        check_restricted(workspace, place, told)
    finally:
        lock_log(workspace)


def check_cuts(recording: Recording, cuts: list[int]) -> None:
    seed = random.randrange(2**32)
    for number, cut in enumerate(cuts):
        try:
            check(recording, cut, seed + number)
        except Exception as error:
            event = type(recording.events[min(cut, len(recording.events) - 1)]).__name__
            error.add_note(
                f"cut {cut} of {len(recording.events)} ({event}), seed {seed + number}, "
                f"{recording.base}"
            )
            raise


def a_chance() -> random.Random:
    """Begin a row of chances that comes again with the seed of the run."""
    return random.Random(random.randrange(2**32))


def first_told(recording: Recording) -> int:
    return next(at for at, event in enumerate(recording.events) if isinstance(event, Told))


def test_the_recording_is_whole(recording: Recording) -> None:
    kinds = {
        kind: sum(isinstance(one, kind) for one in recording.events)
        for kind in (Write, Sync, Name)
    }
    assert kinds[Write] > 500
    assert kinds[Sync] > 50
    assert kinds[Name] > 15
    check(recording, len(recording.events), 1)


def test_the_power_goes_at_random_moments(recording: Recording) -> None:
    check_cuts(recording, cuts_around(recording.events, CUTS, a_chance()))


@pytest.mark.timeout(180)
def test_the_power_goes_on_a_way_of_chance(base: Path) -> None:
    chance = a_chance()
    recorded = record(base, str(chance.randrange(2**32)))
    check(recorded, len(recorded.events), 1)
    check_cuts(recorded, cuts_around(recorded.events, WAY_CUTS, chance))


def test_the_power_goes_while_a_log_is_migrated(base: Path) -> None:
    recorded = record(base, MIGRATION)
    start, count = first_told(recorded) + 1, len(recorded.events)
    chance = a_chance()
    check_cuts(recorded, [chance.randint(start, count) for _ in range(WAY_CUTS)])


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_power_goes_at_any_moment_of_a_migration(base: Path) -> None:
    recorded = record(base, MIGRATION)
    check_cuts(recorded, list(range(first_told(recorded) + 1, len(recorded.events) + 1)))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("way", range(5))
def test_the_power_goes_at_many_moments_of_ways_of_chance(base: Path, way: int) -> None:
    chance = random.Random(random.randrange(2**32) + way)
    recorded = record(base, str(chance.randrange(2**32)))
    check_cuts(recorded, cuts_around(recorded.events, MANY, chance))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_power_goes_at_any_moment(recording: Recording) -> None:
    check_cuts(recording, list(range(len(recording.events) + 1)))


def test_a_disk_that_keeps_nothing_is_found_out(recording: Recording) -> None:
    events: list[Event] = [one for one in recording.events if not isinstance(one, Sync)]
    unsynced = Recording(recording.base, events=events, folders=recording.folders)
    with pytest.raises((AssertionError, AppError)):
        check_cuts(unsynced, cuts_around(events, CUTS, random.Random(1)))
