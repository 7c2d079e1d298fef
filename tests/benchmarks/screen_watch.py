"""Watches the whole screen from outside, to tell when a program that starts has drawn itself."""

import time
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

EVERY = 8
_BYTES_A_PIXEL = 4
_SETTLED_FOR = 0.6
_SAME = 0.01  # a blinking cursor is less, a line of text is more
_PAUSE = 0.003

Frame = bytes


def look() -> Frame:
    """Return every eighth pixel of the screen, both ways."""
    image = QGuiApplication.primaryScreen().grabWindow(0).toImage()
    bits, line = image.constBits(), image.bytesPerLine()
    step = EVERY * _BYTES_A_PIXEL
    rows = range(0, image.height(), EVERY)
    return b"".join(bytes(bits[row * line : (row + 1) * line : step]) for row in rows)


def differ(one: Frame, other: Frame) -> bool:
    """Say whether two looks at the screen show different things."""
    different = sum(a != b for a, b in zip(one, other, strict=True))
    return different > _SAME * len(one)


def until_drawn(start: Callable[[], None], still_runs: Callable[[], bool], limit: float) -> float:
    """Start something; returns after how many seconds the screen looked as it then stayed."""
    empty = look()
    started = time.perf_counter()
    start()
    frames: list[tuple[float, Frame]] = []
    changed_at = 0.0
    while True:
        frame = look()
        now = time.perf_counter() - started
        last = frames[-1][1] if frames else empty
        if differ(frame, last):
            frames.append((now, frame))
            changed_at = now
        if frames and differ(frame, empty) and now - changed_at > _SETTLED_FOR:
            return changed_at
        if now > limit or not still_runs():
            raise TimeoutError("no window was drawn")
        time.sleep(_PAUSE)


def until_gone(empty: Frame, limit: float) -> None:
    """Wait until the screen looks as it did before."""
    deadline = time.perf_counter() + limit
    while differ(look(), empty):
        if time.perf_counter() > deadline:
            raise TimeoutError("the window stayed")
        time.sleep(_PAUSE)
