"""Asks Windows which drives are removable; elsewhere there are none."""

import ctypes
import string
import sys
from pathlib import Path

_REMOVABLE_DRIVE = 2

if sys.platform == "win32":

    def removable_drives() -> tuple[Path, ...]:
        """Return the roots of the removable drives."""
        kernel = ctypes.windll.kernel32
        drives = kernel.GetLogicalDrives()
        roots = [
            f"{letter}:\\"
            for number, letter in enumerate(string.ascii_uppercase)
            if drives & (1 << number)
        ]
        return tuple(
            Path(root) for root in roots if kernel.GetDriveTypeW(root) == _REMOVABLE_DRIVE
        )

else:

    def removable_drives() -> tuple[Path, ...]:
        """Return none: what is plugged in is mounted in a folder."""
        return ()
