"""Lists the windows of other programs, topmost first, where the system tells."""

import sys

from desktop.domain.evidence.screens import ListFrames


def window_frames() -> ListFrames | None:
    """Return what lists the windows; None where no program can ask for it."""
    if sys.platform == "win32":
        from desktop.system.frames_windows import list_frames  # noqa: PLC0415

        return list_frames
    elif sys.platform == "darwin":  # noqa: RET505 - mypy reads each branch only so
        return None
    else:
        from desktop.system.frames_x11 import list_frames  # noqa: PLC0415
        from desktop.system.xcb import display_name  # noqa: PLC0415

        return list_frames if display_name() else None
