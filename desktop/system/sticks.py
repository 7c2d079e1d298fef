"""Finds the sticks and other disks that were plugged in and can be written to."""

import ctypes
import getpass
import os
import string
import sys
from collections.abc import Iterator
from pathlib import Path

_REMOVABLE_DRIVE = 2


def sticks() -> tuple[Path, ...]:
    """Return where they are mounted; none if the computer does not tell."""
    return tuple(place for place in _mounted() if _can_write(place))


def below(folders: tuple[Path, ...]) -> Iterator[Path]:
    """Yield what is mounted right below one of these folders."""
    for folder in folders:
        try:
            inside = sorted(folder.iterdir())
        except OSError:
            continue
        yield from (place for place in inside if os.path.ismount(place))


def _can_write(place: Path) -> bool:
    return os.access(place, os.W_OK)


if sys.platform == "win32":

    def _mounted() -> Iterator[Path]:
        drives = ctypes.windll.kernel32.GetLogicalDrives()
        for number, letter in enumerate(string.ascii_uppercase):
            root = f"{letter}:\\"
            if drives & (1 << number):
                kind = ctypes.windll.kernel32.GetDriveTypeW(root)
                if kind == _REMOVABLE_DRIVE:
                    yield Path(root)

elif sys.platform == "darwin":

    def _mounted() -> Iterator[Path]:
        yield from (place for place in below((Path("/Volumes"),)) if not place.samefile("/"))

else:

    def _mounted() -> Iterator[Path]:
        try:
            user = getpass.getuser()
        except (KeyError, OSError):
            return
        yield from below((Path("/run/media") / user, Path("/media") / user))
