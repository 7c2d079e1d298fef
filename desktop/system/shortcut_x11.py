"""Hears Ctrl+Alt+K through the X server, with Caps Lock and Num Lock on or off."""

import os
import select
from collections.abc import Callable
from contextlib import suppress

from desktop.system.xcb import Display, display_name

_K = ord("k")
_CAPS, _CONTROL, _ALT, _NUM = 2, 4, 8, 16
_LOCKS = (0, _CAPS, _NUM, _CAPS | _NUM)
_KEY_PRESS = 2


class X11Listener:
    """Has the keys from the moment it says so until it is stopped."""

    def __init__(self, name: str = "") -> None:
        """Ask this X server; '' is the one of this session."""
        self._name = name or display_name()
        self._heard, self._told = os.pipe()

    def listen(self, ready: Callable[[bool], None], pressed: Callable[[], None]) -> None:
        """Say whether the keys could be had, then tell of every press."""
        try:
            display = Display(self._name)
        except OSError:
            self._give_up(ready)
            return
        try:
            if self._grab(display):
                ready(True)
                self._wait(display, pressed)
                os.close(self._heard)
            else:
                self._give_up(ready)
        finally:
            display.close()

    def stop(self) -> None:
        """Come back."""
        with suppress(OSError):
            os.write(self._told, b"!")
        os.close(self._told)

    def _give_up(self, ready: Callable[[bool], None]) -> None:
        """Nobody calls `stop` after this."""
        os.close(self._heard)
        os.close(self._told)
        ready(False)

    def _grab(self, display: Display) -> bool:
        code = display.code_of(_K)
        held = (_CONTROL | _ALT | locks for locks in _LOCKS)
        return bool(code) and all(display.grab_key(code, one) for one in held)

    def _wait(self, display: Display, pressed: Callable[[], None]) -> None:
        while not display.is_gone:
            while kind := display.next_event():
                if kind == _KEY_PRESS:
                    pressed()
            woken, _, _ = select.select([display.descriptor, self._heard], [], [])
            if self._heard in woken:
                return
