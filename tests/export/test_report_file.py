"""A report is there whole and under its name, or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import DestinationExists, DestinationNotWritable, DiskFull
from desktop.export.report_file import keep_report, report_part
from tests.small_disk import make_read_only, small_disk

__all__ = ["small_disk"]

Check = Callable[[], None]


def record(check_place: Check) -> None:
    check_place()


def not_so_far(_check_place: Check) -> None:
    pytest.fail("it must not come so far")


def test_it_is_on_record_before_it_has_its_name(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    seen: list[Path] = []
    keep_report(path, b"paper", lambda _check: seen.extend(tmp_path.iterdir()))
    assert seen == [report_part(path)]
    assert path.read_bytes() == b"paper"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_left_when_the_record_fails(tmp_path: Path) -> None:
    def fail_to_record(_check_place: Check) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        keep_report(tmp_path / "report.pdf", b"paper", fail_to_record)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"mine")
    with pytest.raises(DestinationExists):
        keep_report(path, b"paper", not_so_far)
    assert path.read_bytes() == b"mine"


def test_what_came_there_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"

    def come_late(check_place: Check) -> None:
        path.write_bytes(b"mine")
        check_place()

    with pytest.raises(DestinationExists):
        keep_report(path, b"paper", come_late)
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_crash_left_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    report_part(path).write_bytes(b"half")
    keep_report(path, b"paper", record)
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(DestinationNotWritable):
        keep_report(tmp_path / "gone" / "report.pdf", b"paper", not_so_far)


def test_a_full_disk_is_said_and_nothing_is_left(small_disk: Path) -> None:
    with pytest.raises(DiskFull):
        keep_report(small_disk / "report.pdf", bytes(65 << 20), not_so_far)
    assert list(small_disk.iterdir()) == []


def test_a_disk_that_cannot_be_written_to_is_said(small_disk: Path) -> None:
    make_read_only(small_disk)
    with pytest.raises(DestinationNotWritable):
        keep_report(small_disk / "report.pdf", b"paper", not_so_far)
