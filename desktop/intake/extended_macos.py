"""Asks macOS for an extended attribute of a file: Python itself offers this on Linux only."""

import ctypes
import os
from pathlib import Path


def read_attribute(path: Path, name: str, limit: int) -> bytes:
    """Return the first bytes of an attribute; b'' where there is none."""
    library = ctypes.CDLL(None, use_errno=True)
    library.getxattr.restype = ctypes.c_ssize_t
    library.getxattr.argtypes = (
        ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_size_t,
        ctypes.c_uint32, ctypes.c_int,
    )  # fmt: skip
    value = ctypes.create_string_buffer(limit)
    size = library.getxattr(os.fsencode(path), name.encode(), value, limit, 0, 0)
    return value.raw[:size] if size > 0 else b""
