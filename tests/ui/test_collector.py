"""Garbage is collected on the UI thread only, and by Python again afterwards."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from desktop.ui.collector import Collector


@pytest.fixture
def collector(qapp: QObject) -> Iterator[Collector]:
    collector = Collector(qapp)
    yield collector
    collector.stop()
    collector.deleteLater()


def test_python_does_not_collect_by_itself_meanwhile(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()


def test_what_is_due_is_collected(collector: Collector) -> None:
    gc.collect()
    before = gc.get_stats()[0]["collections"]
    kept = [[number] for number in range(gc.get_threshold()[0] + 100)]
    collector.look()
    assert gc.get_stats()[0]["collections"] == before + 1
    assert kept


def test_nothing_is_done_while_nothing_is_due(collector: Collector) -> None:
    gc.collect()
    before = [one["collections"] for one in gc.get_stats()]
    collector.look()
    assert [one["collections"] for one in gc.get_stats()] == before
