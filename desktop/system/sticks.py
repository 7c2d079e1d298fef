"""Finds the sticks and other disks that were plugged in and can be written to."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop.system.sticks_windows import removable_drives


def sticks() -> tuple[Path, ...]:
    """Return where they are mounted; none if the computer does not tell."""
    drives = removable_drives()
    return writable((*drives, *below(mount_folders(sys.platform, Path.home().name))))


def mount_folders(platform: str, user: str) -> tuple[Path, ...]:
    """Return the folders below which a system mounts what is plugged in."""
    if platform == "darwin":
        return (Path("/Volumes"),)
    if platform == "win32":
        return ()
    return (Path("/run/media") / user, Path("/media") / user)


def below(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield what is mounted right below one of these folders."""
    for folder in folders:
        try:
            inside = sorted(folder.iterdir())
        except OSError:
            continue
        yield from (place for place in inside if os.path.ismount(place))


def writable(places: Iterable[Path]) -> tuple[Path, ...]:
    """Keep the places in which this user may write; never the system's own disk."""
    return tuple(
        place for place in places if os.access(place, os.W_OK) and not place.samefile("/")
    )
