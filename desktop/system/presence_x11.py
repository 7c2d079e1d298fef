"""How long nobody touched keyboard or mouse, as the X server knows it, through libXss."""

import os
from collections.abc import Mapping
from ctypes import CDLL, POINTER, Structure, byref, c_char_p, c_int, c_uint, c_ulong, c_void_p
from datetime import timedelta
from functools import cache

from desktop.domain.locking import Presence


class _Info(Structure):
    _fields_ = (
        ("window", c_ulong),
        ("state", c_int),
        ("kind", c_int),
        ("til_or_since", c_ulong),
        ("idle", c_ulong),
        ("event_mask", c_ulong),
    )


def ask_x11(environment: Mapping[str, str] = os.environ) -> Presence:
    """Return the idle time; nothing under Wayland, where the X server hears only a part."""
    display = environment.get("DISPLAY", "")
    wayland = "WAYLAND_DISPLAY" in environment or environment.get("XDG_SESSION_TYPE") == "wayland"
    if not display or wayland:
        return Presence()
    libraries = _libraries()
    if libraries is None:
        return Presence()
    x11, xss = libraries
    connection = x11.XOpenDisplay(display.encode())
    if not connection:
        return Presence()
    try:
        return _ask(x11, xss, connection)
    finally:
        x11.XCloseDisplay(connection)


def _ask(x11: CDLL, xss: CDLL, connection: int) -> Presence:
    info, event, error = _Info(), c_int(), c_int()
    # A request to an extension that is not there would end the program.
    if not xss.XScreenSaverQueryExtension(connection, byref(event), byref(error)):
        return Presence()
    if not xss.XScreenSaverQueryInfo(connection, x11.XDefaultRootWindow(connection), byref(info)):
        return Presence()
    return Presence(idle=timedelta(milliseconds=info.idle))


@cache
def _libraries() -> tuple[CDLL, CDLL] | None:
    try:
        x11, xss = CDLL("libX11.so.6"), CDLL("libXss.so.1")
    except OSError:
        return None
    x11.XOpenDisplay.argtypes, x11.XOpenDisplay.restype = (c_char_p,), c_void_p
    x11.XCloseDisplay.argtypes = (c_void_p,)
    x11.XDefaultRootWindow.argtypes, x11.XDefaultRootWindow.restype = (c_void_p,), c_ulong
    xss.XScreenSaverQueryExtension.argtypes = (c_void_p, POINTER(c_int), POINTER(c_int))
    xss.XScreenSaverQueryInfo.argtypes = (c_void_p, c_ulong, POINTER(_Info))
    xss.XScreenSaverQueryInfo.restype = c_uint
    return x11, xss
