"""Asks Windows to leave a window out of captures."""

import sys

# The names and numbers of WinUser.h.
_NONE, _MONITOR, _EXCLUDE_FROM_CAPTURE = 0x00, 0x01, 0x11

if sys.platform == "win32":
    from ctypes import c_uint32, c_void_p, windll

    def guard_window(window: int, hidden: bool) -> bool:
        """Leave the window out, or black where Windows is older than version 2004."""
        ask = windll.user32.SetWindowDisplayAffinity
        ask.argtypes = (c_void_p, c_uint32)
        if not hidden:
            return bool(ask(window, _NONE))
        return bool(ask(window, _EXCLUDE_FROM_CAPTURE) or ask(window, _MONITOR))
