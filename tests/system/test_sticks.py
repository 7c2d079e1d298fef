from pathlib import Path

import pytest

from desktop.system.sticks import below, mount_folders, sticks, writable


def test_what_is_mounted_below_a_folder_is_found(tmp_path: Path) -> None:
    assert Path("/proc") in set(below((Path("/"), tmp_path / "not there")))


def test_a_folder_is_no_stick(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert list(below((tmp_path,))) == []


def test_only_what_can_be_written_counts_and_never_the_systems_own_disk(tmp_path: Path) -> None:
    assert writable((tmp_path, tmp_path / "not there", Path("/"))) == (tmp_path,)


@pytest.mark.parametrize(
    ("platform", "folders"),
    [
        ("linux", (Path("/run/media/pat"), Path("/media/pat"))),
        ("darwin", (Path("/Volumes"),)),
        ("win32", ()),
    ],
)
def test_each_system_mounts_elsewhere(platform: str, folders: tuple[Path, ...]) -> None:
    assert mount_folders(platform, "pat") == folders


def test_the_computer_is_asked() -> None:
    assert all(place.is_dir() for place in sticks())
