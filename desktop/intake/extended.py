"""Asks the system for an extended attribute of a file; the content is not opened."""

import os
import sys
from pathlib import Path

from desktop.intake.extended_macos import read_attribute

ATTRIBUTE_BYTES = 64 * 1024


def attribute(path: Path, name: str) -> bytes:
    """Return the value of an attribute; b'' where there is none or the system knows none."""
    try:
        return _read(path, name)[:ATTRIBUTE_BYTES]
    except (OSError, ValueError):
        return b""


def _read(path: Path, name: str) -> bytes:
    if sys.platform == "linux":
        return os.getxattr(path, name)
    elif sys.platform == "darwin":  # noqa: RET505 - mypy reads each branch only so
        return read_attribute(path, name, ATTRIBUTE_BYTES)
    else:
        return b""
