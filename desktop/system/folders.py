"""Where a log should lie on this computer, and which folders are shares or synchronised."""

import ctypes
import os
import sys
from pathlib import Path

import platformdirs

_NAME = "safeguarding-log"
_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK_SYSTEMS = {
    "nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "webdav", "davfs",
    "9p", "ceph", "glusterfs", "lustre", "beegfs", "vboxsf", "prl_fs",
    "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.smbnetfs",
    "fuse.glusterfs", "fuse.vmhgfs-fuse", "fuse.davfs", "fuse.s3fs", "fuse.gcsfuse",
}  # fmt: skip
_SYNCED_NAMES = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud drive",
    "iclouddrive", "mobile documents", "cloudstorage", "nextcloud", "owncloud", "box sync",
    "pclouddrive", "megasync",
)  # fmt: skip
_SYNC_MARKERS = (
    ".dropbox",
    ".dropbox.cache",
    ".stfolder",
    ".nextcloudsync.log",
    ".owncloudsync.log",
)
_SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_REMOTE_DRIVE = 4


def data_folder() -> Path:
    """Return the folder for this program's data: on this computer, not roaming, not synced."""
    return platformdirs.user_data_path(_NAME, appauthor=False, roaming=False)


def suggested_log_folder() -> Path:
    """Return where a log goes unless the keyholder chooses another place."""
    return data_folder() / "Log"


def program_log_folder() -> Path:
    """Return where the program keeps its own notes for fault finding."""
    return platformdirs.user_log_path(_NAME, appauthor=False)


def is_on_network(folder: Path) -> bool:
    """Say whether a folder, or where it would be made, lies on a share; False when unknown."""
    return _is_remote(_existing(folder))


def is_synced(folder: Path) -> bool:
    """Say whether a program that copies folders to a cloud or another computer looks after it."""
    place = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    for candidate in (place, _existing(place).resolve()):
        for one in (candidate, *candidate.parents):
            if _looks_synced(one):
                return True
    return any(_is_below(place, os.environ.get(name, "")) for name in _SYNC_VARIABLES)


def mount_type(place: Path, mounts: str) -> str:
    """Return the kind of file system under a path, from the text of /proc/self/mountinfo."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields, _, tail = line.partition(" - ")
        words = fields.split(" ")
        if len(words) < 5 or not tail:  # noqa: PLR2004
            continue
        point = words[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        # The last mount on the same point is the one that is seen.
        if place.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), tail.split(" ")[0]
    return kind


def _existing(folder: Path) -> Path:
    place = Path(os.path.abspath(folder))  # noqa: PTH100
    while not place.exists() and place != place.parent:
        place = place.parent
    return place.resolve()


def _read_mounts() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _looks_synced(folder: Path) -> bool:
    name = folder.name.lower()
    if any(name == known or name.startswith(f"{known} -") for known in _SYNCED_NAMES):
        return True
    return any((folder / marker).exists() for marker in _SYNC_MARKERS)


def _is_below(place: Path, root: str) -> bool:
    return bool(root) and place.is_relative_to(root)


if sys.platform == "win32":

    def _is_remote(place: Path) -> bool:
        drive = place.drive
        if drive.startswith("\\\\"):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE)

elif sys.platform == "darwin":
    _LOCAL_MOUNT = 0x1000
    _STATFS_BYTES = 2168
    _FLAGS_AT = 64

    def _is_remote(place: Path) -> bool:
        answer = ctypes.create_string_buffer(_STATFS_BYTES)
        failed = ctypes.CDLL(None).statfs(os.fsencode(place), answer)
        flags = int.from_bytes(answer.raw[_FLAGS_AT : _FLAGS_AT + 4], sys.byteorder)
        return not failed and not flags & _LOCAL_MOUNT

else:

    def _is_remote(place: Path) -> bool:
        return mount_type(place, _read_mounts()) in _NETWORK_SYSTEMS
