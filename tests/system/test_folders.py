from pathlib import Path

import pytest

from desktop.system import folders
from desktop.system.folders import (
    data_folder,
    is_on_network,
    is_synced,
    mount_type,
    program_log_folder,
    suggested_log_folder,
)

MOUNTS = """\
22 1 254:0 / / rw - ext4 /dev/sda rw
30 22 0:40 / /mnt/school rw,relatime shared:1 - cifs //server/school rw
31 22 0:41 / /mnt/school/local rw - ext4 /dev/sdb rw
32 22 0:42 / /mnt/with\\040space rw - nfs4 server:/ rw
33 22 0:43 / /mnt/usb rw - ext4 /dev/sdc rw
34 22 0:44 / /mnt/usb rw - fuse.sshfs host:/ rw
not a line
1 2 3 - short
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/pat", "ext4"),
        ("/mnt/school/safeguarding", "cifs"),
        ("/mnt/school/local/log", "ext4"),
        ("/mnt/schools", "ext4"),
        ("/mnt/with space/log", "nfs4"),
        ("/mnt/usb/log", "fuse.sshfs"),
    ],
)
def test_mount_type_is_that_of_the_nearest_mount(place: str, kind: str) -> None:
    assert mount_type(Path(place), MOUNTS) == kind


def test_share_is_noticed_before_the_folder_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 0 0:1 / {tmp_path.resolve()} rw - nfs4 server:/ rw\n")
    monkeypatch.setattr(folders, "_MOUNTS", mounts)
    assert is_on_network(tmp_path / "not" / "yet" / "made")
    monkeypatch.setattr(folders, "_MOUNTS", tmp_path / "missing")
    assert not is_on_network(tmp_path)


def test_own_disk_is_no_share(tmp_path: Path) -> None:
    assert not is_on_network(tmp_path / "Log")


@pytest.mark.parametrize(
    "name",
    ["OneDrive", "OneDrive - Example School", "Dropbox", "Google Drive", "Nextcloud", "My Drive"],
)
def test_folder_of_a_cloud_is_noticed_by_its_name(tmp_path: Path, name: str) -> None:
    assert is_synced(tmp_path / name / "Documents" / "Log")


@pytest.mark.parametrize("name", ["Documents", "Dropboxes", "Safeguarding", "One Drive shaft"])
def test_ordinary_folder_is_not_taken_for_one(tmp_path: Path, name: str) -> None:
    assert not is_synced(tmp_path / name / "Log")


def test_folder_of_a_cloud_is_noticed_by_its_mark(tmp_path: Path) -> None:
    (tmp_path / "work" / ".stfolder").mkdir(parents=True)
    assert is_synced(tmp_path / "work" / "Log")


def test_folder_of_a_cloud_is_noticed_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Example School"))
    assert is_synced(tmp_path / "Example School" / "Log")
    assert not is_synced(tmp_path / "Elsewhere" / "Log")


def test_link_into_a_cloud_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "innocent").symlink_to(tmp_path / "Dropbox")
    assert is_synced(tmp_path / "innocent" / "Log")


def test_own_folders_lie_in_the_home(home: Path) -> None:
    for folder in (data_folder(), suggested_log_folder(), program_log_folder()):
        assert folder.is_relative_to(home)
    assert suggested_log_folder().parent == data_folder()
