"""Suggests where a restricted log could lie: on a stick, or at least not beside the usual log."""

from collections.abc import Sequence
from pathlib import Path

from desktop.system.sticks import sticks

FOLDER = "Log"
PRIVATE = "Private"


def suggest_restricted_folder(
    usual: Path | None, places: Sequence[Path] | None = None, home: Path | None = None
) -> Path:
    """Return a place for it that does not exist yet; its name says nothing of what it is."""
    found = sticks() if places is None else places
    base = (home or Path.home()) / PRIVATE
    for place in (*found, base):
        folder = _free(place)
        if not _is_beside(folder, usual):
            return folder
    return _free(base.with_name(f"{PRIVATE} 2"))


def _free(place: Path) -> Path:
    folder, number = place / FOLDER, 2
    while folder.exists():
        folder, number = place / f"{FOLDER} {number}", number + 1
    return folder


def _is_beside(folder: Path, usual: Path | None) -> bool:
    if usual is None:
        return False
    around = usual.absolute().parent
    return folder.parent == around or folder.is_relative_to(usual.absolute())
