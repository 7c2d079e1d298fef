"""Hears one key combination whatever program is in front, where the system lets a program ask."""

import sys
from collections.abc import Callable
from threading import Event, Thread
from typing import Protocol

from desktop.domain.evidence.screens import Shortcut

KEYS = "Ctrl+Alt+K"
PATIENCE_SECONDS = 2.0


class Listener(Protocol):
    """Listens on a thread of its own until it is told to stop."""

    def listen(self, ready: Callable[[bool], None], pressed: Callable[[], None]) -> None:
        """Say whether the keys could be had, then tell of every press; comes back when stopped."""
        ...

    def stop(self) -> None:
        """Come back; called from another thread, once, after `ready` was told yes."""
        ...


class HeardKeys:
    """The thread of a listener; it costs nothing while nobody presses the keys."""

    keys = KEYS

    def __init__(self, make: Callable[[], Listener]) -> None:
        """Make a listener whenever it is started."""
        self._make = make
        self._listener: Listener | None = None
        self._thread: Thread | None = None

    def start(self, pressed: Callable[[], None]) -> bool:
        """Begin to listen; False where another program has the keys."""
        if self._thread is not None:
            return True
        listener, answered, got = self._make(), Event(), Event()

        def ready(had: bool) -> None:
            if had:
                got.set()
            answered.set()

        thread = Thread(
            target=listener.listen, args=(ready, pressed), name="shortcut", daemon=True
        )
        thread.start()
        answered.wait(PATIENCE_SECONDS)
        if not got.is_set():
            thread.join(PATIENCE_SECONDS)
            return False
        self._listener, self._thread = listener, thread
        return True

    def stop(self) -> None:
        """Listen no more; the keys are free again when this comes back."""
        listener, self._listener = self._listener, None
        thread, self._thread = self._thread, None
        if listener is not None and thread is not None:
            listener.stop()
            thread.join(PATIENCE_SECONDS)


def capture_shortcut() -> Shortcut | None:
    """Return the keys for a capture; None where no program can ask for them."""
    if sys.platform == "win32":
        from desktop.system.shortcut_windows import WindowsListener  # noqa: PLC0415

        return HeardKeys(WindowsListener)
    elif sys.platform == "darwin":  # noqa: RET505 - mypy reads each branch only so
        return None
    else:
        from desktop.system.shortcut_x11 import X11Listener  # noqa: PLC0415
        from desktop.system.xcb import display_name  # noqa: PLC0415

        return HeardKeys(X11Listener) if display_name() else None
