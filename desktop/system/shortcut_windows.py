"""Hears Ctrl+Alt+K through Windows, on the thread that asked for it."""

import ctypes
import sys
from collections.abc import Callable

# The names and numbers of WinUser.h.
_ALT, _CONTROL, _NO_REPEAT = 0x0001, 0x0002, 0x4000
_QUIT, _HOTKEY = 0x0012, 0x0312
_K = ord("K")
_NUMBER = 1


class _Message(ctypes.Structure):
    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("first", ctypes.c_size_t),
        ("second", ctypes.c_ssize_t),
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_long),
        ("y", ctypes.c_long),
    )


if sys.platform == "win32":

    class WindowsListener:
        """Has the keys from the moment it says so until it is stopped."""

        def __init__(self) -> None:
            """Know no thread yet."""
            self._thread = 0

        def listen(self, ready: Callable[[bool], None], pressed: Callable[[], None]) -> None:
            """Say whether the keys could be had, then tell of every press."""
            user, message = ctypes.windll.user32, _Message()
            self._thread = ctypes.windll.kernel32.GetCurrentThreadId()
            # Looking for a message makes the queue that `stop` posts to.
            user.PeekMessageW(ctypes.byref(message), None, 0, 0, 0)
            held = _CONTROL | _ALT | _NO_REPEAT
            had = bool(user.RegisterHotKey(None, _NUMBER, held, _K))
            ready(had)
            if not had:
                return
            try:
                while user.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
                    if message.message == _HOTKEY:
                        pressed()
            finally:
                user.UnregisterHotKey(None, _NUMBER)

        def stop(self) -> None:
            """Come back."""
            ctypes.windll.user32.PostThreadMessageW(self._thread, _QUIT, 0, 0)
