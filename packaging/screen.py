"""Finds out whether there is a screen, and starts a virtual one with a window manager."""

import ctypes
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE = 20.0
_SIZE = "1280x800x24"


def is_promised() -> bool:
    """Say whether the surroundings name a screen at all."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)


def is_there() -> bool:
    """Say whether the screen that is promised takes a window."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    return bool(os.environ.get("DISPLAY")) and _answers()


def _answers() -> bool:
    """Say whether the X server named by DISPLAY takes a connection."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


@contextmanager
def virtual() -> Iterator[dict[str, str]]:
    """Start a virtual screen; yields the environment variables that lead to it."""
    if not sys.platform.startswith("linux"):
        yield {}
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SIZE, "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        variables = {"DISPLAY": f":{_display_number(reading)}", "XDG_SESSION_TYPE": "x11"}
        manager = subprocess.Popen(
            ["openbox", "--sm-disable"],
            env=_without_wayland() | variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield variables
        finally:
            _end(manager)
    finally:
        os.close(reading)
        _end(server)


def _display_number(reading: int) -> int:
    ready, _, _ = select.select([reading], [], [], _PATIENCE)
    text = os.read(reading, 16).decode() if ready else ""
    if not text.strip():
        raise OSError("the virtual screen (Xvfb) did not start")
    return int(text)


def _without_wayland() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
