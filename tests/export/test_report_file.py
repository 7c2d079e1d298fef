"""A report is there whole and under its name, or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import DestinationExists, DestinationNotWritable, DiskFull
from desktop.export.report_file import PART, keep_report
from tests.small_disk import make_read_only, small_disk

__all__ = ["small_disk"]


def test_it_gets_its_name_when_the_caller_says_so(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    with keep_report(path, b"paper") as give_name:
        assert not path.exists()
        give_name()
    assert path.read_bytes() == b"paper"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_left_when_the_record_fails(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"

    def fail_to_record(give_name: Callable[[], None]) -> None:
        give_name()
        raise LookupError

    with pytest.raises(LookupError), keep_report(path, b"paper") as give_name:
        fail_to_record(give_name)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"mine")
    with pytest.raises(DestinationExists), keep_report(path, b"paper"):
        pytest.fail("it must not come so far")
    assert path.read_bytes() == b"mine"


def test_what_came_there_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"

    def come_late(give_name: Callable[[], None]) -> None:
        path.write_bytes(b"mine")
        give_name()

    with pytest.raises(DestinationExists), keep_report(path, b"paper") as give_name:
        come_late(give_name)
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_crash_left_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.with_name(path.name + PART).write_bytes(b"half")
    with keep_report(path, b"paper") as give_name:
        give_name()
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(DestinationNotWritable),
        keep_report(tmp_path / "gone" / "report.pdf", b"paper"),
    ):
        pytest.fail("it must not come so far")


def test_a_full_disk_is_said_and_nothing_is_left(small_disk: Path) -> None:
    path = small_disk / "report.pdf"
    with pytest.raises(DiskFull), keep_report(path, bytes(65 << 20)):
        pytest.fail("it must not come so far")
    assert list(small_disk.iterdir()) == []


def test_a_disk_that_cannot_be_written_to_is_said(small_disk: Path) -> None:
    make_read_only(small_disk)
    with pytest.raises(DestinationNotWritable), keep_report(small_disk / "report.pdf", b"paper"):
        pytest.fail("it must not come so far")
