"""A small disk for tests, and one that cannot be written to: mounted where root runs the tests."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

SIZE = "64m"


def _mount(place: Path, options: str) -> None:
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("a small disk can be mounted by root only")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk that is soon full."""
    place = tmp_path / "small"
    place.mkdir()
    _mount(place, f"size={SIZE}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def make_read_only(place: Path) -> None:
    """Turn a small disk into one that cannot be written to."""
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
