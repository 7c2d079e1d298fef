"""The story is killed (SIGKILL) at random moments: all confirmed is there, nothing half there."""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import NewKeysNotInUse, WrongRecoveryKey
from desktop.operations.entering.choose_folder import log_exists
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.open_log import lock_log, unlock_with_recovery_key
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.leaving.verify_bundle import verify_bundle
from desktop.operations.workspace import Workspace
from tests.logs_on_disk import new_log
from tests.operations.killer import Killer, Told
from tests.operations.moving.story_moves import check_restricted
from tests.operations.story_check import (
    check_nothing_half,
    has_what_was_told,
    recovery_keys,
    without_erased,
)
from tests.operations.story_writer import an_environment

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here")

ENVIRONMENT = an_environment()
MOMENTS, MANY = 12, 500
RENAMES = 10
# A bundle and its receipt, and a report, get their names.
OF_A_BUNDLE, OF_A_REPORT = (6, 7), (8,)


@pytest.fixture
def killer(tmp_path: Path) -> Iterator[Killer]:
    killer = Killer(tmp_path)
    yield killer
    killer.end()


def unlock_with_any(folder: Path, keys: list[str]) -> Workspace:
    """Open a log with the first of these recovery keys that is its own."""
    first, *others = keys
    try:
        return unlock_with_recovery_key(ENVIRONMENT, folder, first)
    except (NewKeysNotInUse, WrongRecoveryKey):
        if not others:
            raise
        return unlock_with_any(folder, others)


def check(told: Told) -> None:
    """Open the log as the keyholder does next, and look at everything."""
    environment, folder = ENVIRONMENT, told.place / "log"
    if not log_exists(folder):
        assert told.things == []
        lock_log(create_log(environment, new_log(folder)))
        assert [one.name for one in told.place.iterdir() if one.name != "out"] == ["log"]
        return
    workspace = unlock_with_any(folder, recovery_keys(told.things))
    try:
        check_nothing_half(workspace)
        for kind, *parts in without_erased(workspace, told.things):
            assert has_what_was_told(workspace, str(kind), parts), (kind, parts)
        check_restricted(workspace, told.place, told.things)
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
    report = {name for name in names if name.startswith("report")}
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
    there = sorted(one.fingerprint for one in found)
    if workspace.log.tombstones.all():
        # What left for an incident that was erased since is out there still, and not on record.
        assert set(known) <= set(there)
    else:
        assert there == sorted(known)
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
    assert sum(0 < len(one.things) < len(whole.things) for one in told) > moments / 3


@pytest.mark.timeout(300)
def test_killed_at_random_moments(killer: Killer) -> None:
    _kill_at_random(killer, MOMENTS)


@pytest.mark.parametrize("how", ["before", "after"])
def test_killed_when_a_bundle_or_report_gets_its_name(killer: Killer, how: str) -> None:
    check_all(killer, [(how, number) for number in (*OF_A_BUNDLE, *OF_A_REPORT)], how)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_many_random_moments(killer: Killer) -> None:
    _kill_at_random(killer, MANY)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("how", ["before", "after"])
def test_killed_whenever_a_file_gets_its_name(killer: Killer, how: str) -> None:
    (counted,) = killer.run([("count", 0)])
    assert sum(kind == "rename" for kind, *_ in counted.things) == RENAMES
    check_all(killer, [(how, number) for number in range(1, RENAMES + 1)], how)
