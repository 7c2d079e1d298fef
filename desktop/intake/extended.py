"""Asks the system for an extended attribute of a file; the content is not opened."""

import ctypes
import os
import sys
from pathlib import Path

ATTRIBUTE_BYTES = 64 * 1024


def attribute(path: Path, name: str) -> bytes:
    """Return the value of an attribute; b'' where there is none or the system knows none."""
    try:
        return _read(path, name)[:ATTRIBUTE_BYTES]
    except (OSError, ValueError):
        return b""


if sys.platform == "linux":

    def _read(path: Path, name: str) -> bytes:
        return os.getxattr(path, name)

elif sys.platform == "darwin":

    def _read(path: Path, name: str) -> bytes:
        """Ask the C library: Python offers this on Linux only."""
        library = ctypes.CDLL(None, use_errno=True)
        library.getxattr.restype = ctypes.c_ssize_t
        library.getxattr.argtypes = (
            ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_size_t,
            ctypes.c_uint32, ctypes.c_int,
        )  # fmt: skip
        value = ctypes.create_string_buffer(ATTRIBUTE_BYTES)
        place, wanted = os.fsencode(path), name.encode()
        size = library.getxattr(place, wanted, value, ATTRIBUTE_BYTES, 0, 0)
        return value.raw[:size] if size > 0 else b""

else:

    def _read(path: Path, name: str) -> bytes:
        return b""
