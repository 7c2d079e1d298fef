"""The story is killed (SIGKILL) at random moments: all confirmed is there, nothing half there."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.operations.open_log import (
    create_log,
    lock_log,
    log_exists,
    unlock_with_recovery_key,
)
from desktop.operations.record_incident import start_incident
from desktop.operations.verify_bundle import verify_bundle
from desktop.operations.workspace import Workspace
from tests.logs_on_disk import RECOVERY_KEY, new_log
from tests.operations.story_check import check_nothing_half, has_what_was_told
from tests.operations.story_writer import an_environment

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here")

ROOT = Path(__file__).parents[2]
ENVIRONMENT = an_environment()
MOMENTS = 50
RENAMES = 10
# A bundle and its receipt, and a report, get their names.
OF_A_BUNDLE, OF_A_REPORT = (6, 7), (8,)


@dataclass(frozen=True)
class Told:
    """What a story confirmed before it ended."""

    place: Path
    things: list[list[object]]
    killed: bool
    seconds: float


class Killer:
    """Has stories worked and killed by a program that has everything imported already."""

    def __init__(self, base: Path) -> None:
        self._base = base
        self._ordered = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.operations.story_killer", str(base)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )

    def order(self, how: str, number: float = 0) -> Path:
        """Ask for a story; the next one can be ordered before this one is looked at."""
        self._ordered += 1
        place = self._base / str(self._ordered)
        assert self._process.stdin
        self._process.stdin.write(json.dumps([str(place), how, number]) + "\n")
        self._process.stdin.flush()
        return place

    def hear(self, place: Path) -> Told:
        """Return what the story told."""
        assert self._process.stdout
        things: list[list[object]] = []
        for line in self._process.stdout:
            kind, *parts = json.loads(line)
            if kind == "ended":
                return Told(place, things, *parts)
            things.append([kind, *parts])
        raise AssertionError("the program that kills has ended")

    def run(self, orders: Iterable[tuple[str, float]]) -> Iterator[Told]:
        """Have stories worked, one ahead of the one that is looked at."""
        ahead: list[Path] = []
        for order in orders:
            ahead.append(self.order(*order))
            if len(ahead) > 1:
                yield self.hear(ahead.pop(0))
        yield from map(self.hear, ahead)

    def end(self) -> None:
        """Let the program end."""
        self._process.communicate()
        assert self._process.returncode == 0


@pytest.fixture
def killer(tmp_path: Path) -> Iterator[Killer]:
    killer = Killer(tmp_path)
    yield killer
    killer.end()


def check(told: Told) -> None:
    """Open the log as the keyholder does next, and look at everything."""
    environment, folder = ENVIRONMENT, told.place / "log"
    if not log_exists(folder):
        assert told.things == []
        lock_log(create_log(environment, new_log(folder)))
        assert [one.name for one in told.place.iterdir() if one.name != "out"] == ["log"]
        return
    workspace = unlock_with_recovery_key(environment, folder, RECOVERY_KEY)
    try:
        check_nothing_half(workspace)
        for kind, *parts in told.things:
            assert has_what_was_told(workspace, str(kind), parts), (kind, parts)
        _check_what_left(workspace, told.place / "out")
        count = workspace.log.incidents.count()
        assert start_incident(workspace, "Life goes on").number == f"2026-{count + 1:04d}"
    finally:
        lock_log(workspace)
    shutil.rmtree(told.place)


def _check_what_left(workspace: Workspace, out: Path) -> None:
    """Only whole things lie there, each with its receipt, and each is on record."""
    names = {path.name for path in out.iterdir()}
    receipts = {name for name in names if name.endswith("_receipt.pdf")}
    report = {"report.pdf"} & names
    bundles = names - receipts - report
    assert {name.removesuffix("_receipt.pdf") for name in receipts} == {
        name.removesuffix(".zip") for name in bundles
    }
    known = [
        row.fingerprint
        for incident in workspace.log.incidents.all()
        for row in workspace.log.bundles.of(incident.id)
    ]
    found = [verify_bundle(out / name) for name in bundles]
    assert all(one.holds for one in found)
    assert sorted(one.fingerprint for one in found) == sorted(known)
    assert len(report) == len(workspace.log.reports.all())
    for name in receipts | report:
        content = (out / name).read_bytes()
        assert content.startswith(b"%PDF")
        assert content.rstrip().endswith(b"%%EOF")


def check_all(killer: Killer, orders: list[tuple[str, float]], where: str) -> list[Told]:
    told = []
    for number, one in enumerate(killer.run(orders)):
        told.append(one)
        try:
            assert one.killed, "it ended by itself"
            check(one)
        except Exception as error:
            last = one.things[-1] if one.things else "nothing"
            error.add_note(f"{where}, killed {orders[number]}, after it had told {last}")
            raise
    return told


def _kill_at_random(killer: Killer, moments: int) -> None:
    (whole,) = killer.run([("warm", 0)])
    check(whole)
    (measured,) = killer.run([("whole", 0)])
    assert len(measured.things) == len(whole.things) > 50
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    orders = [("seconds", chance.uniform(0, measured.seconds)) for _ in range(moments)]
    told = check_all(killer, orders, f"seed {seed}")
    assert sum(0 < len(one.things) < len(whole.things) for one in told) > moments / 2


def test_killed_at_random_moments(killer: Killer) -> None:
    _kill_at_random(killer, MOMENTS)


@pytest.mark.parametrize("how", ["before", "after"])
def test_killed_when_a_bundle_or_report_gets_its_name(killer: Killer, how: str) -> None:
    check_all(killer, [(how, number) for number in (*OF_A_BUNDLE, *OF_A_REPORT)], how)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_many_random_moments(killer: Killer) -> None:
    _kill_at_random(killer, 10 * MOMENTS)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("how", ["before", "after"])
def test_killed_whenever_a_file_gets_its_name(killer: Killer, how: str) -> None:
    (counted,) = killer.run([("count", 0)])
    assert sum(kind == "rename" for kind, *_ in counted.things) == RENAMES
    check_all(killer, [(how, number) for number in range(1, RENAMES + 1)], how)
