"""Finds the read-only files under resources/ in a checkout, a wheel and a frozen build."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resources_folder() -> Path:
    """Return the folder that holds procedures, policies, fonts and the rest."""
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [_PACKAGE / "_resources", _PACKAGE.parent / "resources"]
    if frozen:
        candidates.insert(0, Path(str(frozen)) / "resources")
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise FileNotFoundError("the program's resources are missing; install it again")


def resource_path(*parts: str) -> Path:
    """Return the path of one resource, named by its folder and file."""
    return resources_folder().joinpath(*parts)
