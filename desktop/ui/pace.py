"""Keeps a page from reading anew at each of very many changes: now and then is enough."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.ui.session import Session

EVERY_SECONDS = 0.3
AT_ONCE = 3


class Pace:
    """Lets a few go at once, as somebody at work makes them; a flood of them goes at a pace.

    What was asked for last is always done, if only after a moment.
    """

    def __init__(self, session: Session, owner: QObject, work: Callable[[], None]) -> None:
        self._session = session
        self._owner = owner
        self._work = work
        self._due = 0.0
        self._waiting = False

    def ask(self) -> None:
        """Do it now, or as soon as it is its turn; asked for again meanwhile, it is done once."""
        if self._waiting:
            return
        now = time.monotonic()
        self._due = max(self._due + EVERY_SECONDS, now - (AT_ONCE - 1) * EVERY_SECONDS)
        if self._due <= now:
            self._work()
            return
        self._waiting = True
        self._session.later(self._owner, round((self._due - now) * 1000), self._go)

    def _go(self) -> None:
        self._waiting = False
        self._work()
