"""Locks the log when nobody is there: idle, screen locked, asleep, another user."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Slot

from desktop.domain.log.locking import LockReason, Presence, reason_to_lock
from desktop.ui.session import Session

DEFAULT_MINUTES = 10
LOOK_EVERY_MS = 3_000
# Looks come every few seconds: a gap like this means that the computer stood still.
GAP = timedelta(seconds=60)
# A computer that does not answer for so long cannot be asked.
PATIENCE = timedelta(seconds=10)
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
    """Asks the computer every few seconds, and watches this program's own events beside.

    `ask` may wait: it runs on a thread of its own. Without it, or when it owes an answer for too
    long, only this program's events count. The clock on the wall is read too, so that a computer
    that wakes from sleep locks at once.
    """

    def __init__(
        self,
        session: Session,
        minutes: int = DEFAULT_MINUTES,
        ask: Callable[[], Presence] | None = None,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._ask = ask
        self._limit = timedelta(minutes=minutes)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._touched = True
        self._asked_at: datetime | None = None
        self._asleep: timedelta | None = None
        self._last_touch = self._last_look = session.clock.now().utc
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
        """Lock if there is a reason to; else ask again."""
        now = self._session.clock.now().utc
        gap, self._last_look = now - self._last_look, now
        if gap >= GAP:
            self._session.lock(LockReason.SLEEP)
            return
        if self._touched or now < self._last_touch:
            self._touched = False
            self._last_touch = now
        if self._ask is None:
            self._decide(Presence(), timedelta())
        elif self._asked_at is None:
            self._asked_at = now
            self._session.ask_computer(self, self._ask, self._on_answer)
        elif now - self._asked_at >= PATIENCE:
            self._decide(Presence(), timedelta())

    def _on_answer(self, presence: Presence) -> None:
        self._asked_at = None
        before, self._asleep = self._asleep, presence.asleep
        slept = timedelta()
        if before is not None and presence.asleep is not None:
            slept = presence.asleep - before
        self._decide(presence, slept)

    def _decide(self, presence: Presence, slept: timedelta) -> None:
        quiet = self._session.clock.now().utc - self._last_touch
        reason = reason_to_lock(
            presence,
            own_idle=timedelta() if self._touched else quiet,
            slept=slept,
            limit=self._limit,
        )
        if reason is not None:
            self._session.lock(reason)

    @Slot()
    def _on_unlocked(self) -> None:
        self._touched = True
        self._asked_at = None
        self._asleep = None
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
