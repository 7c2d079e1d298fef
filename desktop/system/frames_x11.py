"""The windows that the window manager of an X server knows, with their frames."""

import os
from contextlib import suppress

from desktop.domain.evidence.screens import Frame
from desktop.system.xcb import Display, display_name

SMALLEST = 8
_LISTS = ("_NET_CLIENT_LIST_STACKING", "_NET_CLIENT_LIST")


def list_frames(name: str = "") -> tuple[Frame, ...]:
    """Return the windows on the screens, topmost first, without our own."""
    with suppress(OSError):
        display = Display(name or display_name())
        try:
            return _read(display)
        finally:
            display.close()
    return ()


def _read(display: Display) -> tuple[Frame, ...]:
    known = (display.numbers(display.root, one) for one in _LISTS)
    windows = next((found for found in known if found), ())
    frames = (_frame(display, window) for window in reversed(windows))
    return tuple(frame for frame in frames if frame is not None)


def _frame(display: Display, window: int) -> Frame | None:
    own = display.numbers(window, "_NET_WM_PID") == (os.getpid(),)
    place = display.place(window)
    if own or place is None or not display.is_shown(window):
        return None
    left, top, width, height = place
    if min(width, height) < SMALLEST:
        return None
    edges = display.numbers(window, "_NET_FRAME_EXTENTS")
    before, after, above, below = edges if len(edges) == 4 else (0, 0, 0, 0)  # noqa: PLR2004
    title = display.property(window, "_NET_WM_NAME") or display.property(window, "WM_NAME")
    names = display.property(window, "WM_CLASS").split(b"\0")
    return Frame(
        title.decode("utf-8", "replace"),
        (names[1] if len(names) > 1 else names[0]).decode("utf-8", "replace"),
        left - before,
        top - above,
        width + before + after,
        height + above + below,
    )
