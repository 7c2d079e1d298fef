"""Heads that left the log are remembered in order, with what they left on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.log.custody import Head
from desktop.store.connection import open_connection
from desktop.store.given_head_table import GivenHead
from desktop.store.log import Log
from desktop.store.migrate import migrate
from tests.clocks import FrozenClock


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    connection = open_connection(tmp_path / "log.db", bytes(range(32)))
    migrate(connection, "log.db")
    yield Log(connection)
    connection.close()


def test_a_head_is_remembered_with_its_time_and_what_it_left_on(
    log: Log, clock: FrozenClock
) -> None:
    first, second = Head(3, "a" * 64), Head(3, "b" * 64)
    log.given_heads.insert(first, clock.now(), "page for the paper register")
    log.given_heads.insert(second, clock.now(), "bundle")
    assert log.given_heads.all() == [
        GivenHead(first, clock.now(), "page for the paper register"),
        GivenHead(second, clock.now(), "bundle"),
    ]


def test_an_empty_chain_has_no_head_to_give(log: Log, clock: FrozenClock) -> None:
    log.given_heads.insert(None, clock.now(), "bundle")
    assert log.given_heads.all() == []
