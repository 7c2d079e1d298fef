"""Keeps a window out of captures and sharing, where the system lets a program ask for that."""

import sys
from collections.abc import Callable

# Takes the number that Qt gives a window, and whether it is to be hidden from captures; says
# whether the system did so.
GuardWindow = Callable[[int, bool], bool]


def screen_guard() -> GuardWindow | None:
    """Return what hides a window from captures; None where no program can ask for it."""
    if sys.platform == "win32":
        from desktop.system.guard_windows import guard_window  # noqa: PLC0415

        return guard_window
    elif sys.platform == "darwin":  # noqa: RET505 - mypy reads each branch only so
        from desktop.system.guard_macos import guard_window  # noqa: PLC0415

        return guard_window
    else:
        return None
