"""The windows on the desktop of Windows, with the frames that can be seen."""

import ctypes
import os
import sys
from pathlib import PureWindowsPath

from desktop.domain.evidence.screens import Frame

# The names and numbers of WinUser.h, dwmapi.h and WinNT.h.
_EXTENDED_FRAME, _CLOAKED = 9, 14
_STYLE_EX, _TOOL_WINDOW = -20, 0x80
_QUERY_LIMITED = 0x1000
_LONGEST = 1024
SMALLEST = 8


class _Rect(ctypes.Structure):
    _fields_ = (
        ("left", ctypes.c_long),
        ("top", ctypes.c_long),
        ("right", ctypes.c_long),
        ("bottom", ctypes.c_long),
    )


if sys.platform == "win32":
    _EACH = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)

    def list_frames() -> tuple[Frame, ...]:
        """Return the windows on the screens, topmost first, without our own."""
        found: list[Frame] = []

        def look(window: int, _given: int) -> int:
            frame = _frame(window)
            if frame is not None:
                found.append(frame)
            return 1

        ctypes.windll.user32.EnumWindows(_EACH(look), None)
        return tuple(found)

    def _frame(window: int) -> Frame | None:
        user, handle = ctypes.windll.user32, ctypes.c_void_p(window)
        process = ctypes.c_uint32()
        user.GetWindowThreadProcessId(handle, ctypes.byref(process))
        shown = user.IsWindowVisible(handle) and not user.IsIconic(handle)
        tool = user.GetWindowLongW(handle, _STYLE_EX) & _TOOL_WINDOW
        if process.value == os.getpid() or not shown or tool or _is_cloaked(handle):
            return None
        rect = _rect(handle)
        width, height = rect.right - rect.left, rect.bottom - rect.top
        title = ctypes.create_unicode_buffer(_LONGEST)
        user.GetWindowTextW(handle, title, _LONGEST)
        if min(width, height) < SMALLEST or not title.value:
            return None
        return Frame(title.value, _program(process.value), rect.left, rect.top, width, height)

    def _rect(handle: ctypes.c_void_p) -> _Rect:
        """Ask for the frame that can be seen: the plain one has an unseen edge."""
        rect = _Rect()
        size = ctypes.sizeof(rect)
        asked = ctypes.windll.dwmapi.DwmGetWindowAttribute
        if asked(handle, _EXTENDED_FRAME, ctypes.byref(rect), size):
            ctypes.windll.user32.GetWindowRect(handle, ctypes.byref(rect))
        return rect

    def _is_cloaked(handle: ctypes.c_void_p) -> bool:
        """Say whether it is kept out of sight: on another desktop, or an app that waits."""
        cloaked = ctypes.c_int()
        size = ctypes.sizeof(cloaked)
        ctypes.windll.dwmapi.DwmGetWindowAttribute(handle, _CLOAKED, ctypes.byref(cloaked), size)
        return bool(cloaked.value)

    def _program(process: int) -> str:
        kernel = ctypes.windll.kernel32
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(kernel.OpenProcess(_QUERY_LIMITED, 0, process))
        if not handle.value:
            return ""
        name, size = ctypes.create_unicode_buffer(_LONGEST), ctypes.c_uint32(_LONGEST)
        try:
            kernel.QueryFullProcessImageNameW(handle, 0, name, ctypes.byref(size))
        finally:
            kernel.CloseHandle(handle)
        return PureWindowsPath(name.value).name
