from pathlib import Path

from desktop.system.sticks import below, sticks


def test_what_is_mounted_below_a_folder_is_found(tmp_path: Path) -> None:
    assert Path("/proc") in set(below((Path("/"), tmp_path / "not there")))


def test_a_folder_is_no_stick(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert list(below((tmp_path,))) == []


def test_only_what_can_be_written_counts() -> None:
    assert all(place.is_dir() for place in sticks())
