"""Locks the log after some minutes in which nobody touched keyboard, mouse or screen."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Slot

from desktop.ui.session import Session

DEFAULT_MINUTES = 10
LOOK_EVERY_MS = 5_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.Drop,
        QEvent.Type.InputMethod,
    }
)


class IdleLock(QObject):
    """Watches the whole program's events and locks when there were none for too long.

    It reads the clock on the wall, so that a computer waking from sleep locks at once.
    """

    def __init__(self, session: Session, minutes: int = DEFAULT_MINUTES) -> None:
        super().__init__(session)
        self._session = session
        self._limit = timedelta(minutes=minutes)
        self._touched = True
        self._last_touch = self._last_look = session.clock.now().utc
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        session.unlocked.connect(self._on_unlocked)
        session.locked.connect(self._timer.stop)
        session.ended.connect(self._on_ended)
        self._watch(QCoreApplication.installEventFilter)

    @property
    def minutes(self) -> int:
        """After how many quiet minutes the log locks."""
        return round(self._limit.total_seconds() / 60)

    def set_minutes(self, minutes: int) -> None:
        """Change the limit from now on."""
        self._limit = timedelta(minutes=minutes)

    @Slot()
    def look(self) -> None:
        """Lock if the limit has passed since somebody was there."""
        now = self._session.clock.now().utc
        asleep = now - self._last_look >= self._limit
        self._last_look = now
        if asleep or (not self._touched and now - self._last_touch >= self._limit):
            self._session.lock()
        elif self._touched or now < self._last_touch:
            self._touched = False
            self._last_touch = now

    @Slot()
    def _on_unlocked(self) -> None:
        self._touched = True
        self._last_touch = self._last_look = self._session.clock.now().utc
        self._timer.start()

    @Slot()
    def _on_ended(self) -> None:
        self._timer.stop()
        self._watch(QCoreApplication.removeEventFilter)

    def _watch(self, act: Callable[[QCoreApplication, QObject], None]) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            act(application, self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is there; never takes an event away."""
        if event.type() in _TOUCHES:
            self._touched = True
        return False
