"""An X server of our own for one test, with a window manager where windows are listed."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CDLL, c_char_p, c_int, c_uint, c_ulong, c_void_p
from shutil import which

import pytest

PATIENCE_SECONDS = 20.0


@contextmanager
def x_server(size: str = "640x400", manager: str = "") -> Iterator[str]:
    """Yield the name of the server; it chooses a free number and says which."""
    if which("Xvfb") is None or (manager and which(manager) is None):
        pytest.skip("needs Xvfb and a window manager")
    reading, writing = os.pipe()
    screen = ("-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset")
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), *screen],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as said:
        name = f":{said.readline().strip()}"
    environment = without_display() | {"DISPLAY": name}
    managing = subprocess.Popen([manager, "--sm-disable"], env=environment) if manager else None
    try:
        yield name
    finally:
        for process in filter(None, (managing, server)):
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def without_display() -> dict[str, str]:
    """Return the environment without what leads to a screen."""
    left_out = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM")
    return {name: value for name, value in os.environ.items() if name not in left_out}


def press_keys(display: str, *codes: int) -> None:
    """Press keys together and let them go, as a hand does."""
    x11, xtest = CDLL("libX11.so.6"), CDLL("libXtst.so.6")
    x11.XOpenDisplay.argtypes, x11.XOpenDisplay.restype = (c_char_p,), c_void_p
    x11.XSync.argtypes, x11.XCloseDisplay.argtypes = (c_void_p, c_int), (c_void_p,)
    xtest.XTestFakeKeyEvent.argtypes = (c_void_p, c_uint, c_int, c_ulong)
    connection = x11.XOpenDisplay(display.encode())
    for code in codes:
        xtest.XTestFakeKeyEvent(connection, code, 1, 0)
    for code in reversed(codes):
        xtest.XTestFakeKeyEvent(connection, code, 0, 0)
    x11.XSync(connection, 0)
    x11.XCloseDisplay(connection)


def deadline() -> float:
    """Return until when something may take."""
    return time.monotonic() + PATIENCE_SECONDS
