"""How long nobody touched keyboard or mouse, as the X server knows it."""

import os
from collections.abc import Mapping
from datetime import timedelta

from desktop.domain.log.locking import Presence
from desktop.system.xcb import Display, display_name


def ask_x11(environment: Mapping[str, str] = os.environ) -> Presence:
    """Return the idle time; nothing under Wayland, where the X server hears only a part.

    Through libxcb: libX11 can end the program where two threads open a connection at a time.
    """
    name = display_name(environment)
    if not name:
        return Presence()
    try:
        display = Display(name)
    except OSError:
        return Presence()
    try:
        idle = display.idle_milliseconds()
    finally:
        display.close()
    return Presence() if idle is None else Presence(idle=timedelta(milliseconds=idle))
