"""A way of chance is killed at a moment of chance: all confirmed is there, nothing half."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.killer import Killer
from tests.operations.test_killed_story import check

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here")

WAYS = 6
MANY = 1000
LONGEST = 5.0  # seconds, or what a whole way took where that is more


@pytest.fixture
def killer(tmp_path: Path) -> Iterator[Killer]:
    killer = Killer(tmp_path)
    yield killer
    killer.end()


def kill_ways(killer: Killer, ways: int) -> None:
    (warm,) = killer.run([("warm", 0, random.randrange(2**32))])
    check(warm)
    longest = max(LONGEST, warm.seconds)  # a busy machine tells its first thing later
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    orders = [
        ("seconds", chance.uniform(0, longest), chance.randrange(2**32)) for _ in range(ways)
    ]
    told = []
    for number, one in enumerate(killer.run(orders)):
        told.append(one)
        try:
            assert one.killed, "it ended by itself"
            check(one)
        except Exception as error:
            last = one.things[-1] if one.things else "nothing"
            error.add_note(f"seed {seed}, killed {orders[number]}, after it had told {last}")
            raise
    assert sum(bool(one.things) for one in told) > ways / 3


@pytest.mark.timeout(600)
def test_ways_of_chance_are_killed(killer: Killer) -> None:
    kill_ways(killer, WAYS)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_thousand_ways_of_chance_are_killed(killer: Killer) -> None:
    kill_ways(killer, MANY)
