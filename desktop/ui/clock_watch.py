"""Notices that the clock of this computer is set back while the log is open; it blocks nothing."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.domain.calendar.times import Moment, is_behind, say
from desktop.domain.errors import AppError
from desktop.operations.checking.notice_clock import notice_clock
from desktop.ui import messages
from desktop.ui.session import Session

LOOK_EVERY_MS = 5_000


class ClockWatch(QObject):
    """Looks at the clock every few seconds; says what it finds on the banner above its owner."""

    def __init__(self, session: Session, owner: QObject) -> None:
        super().__init__(owner)
        self._session = session
        self._latest: Moment | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        session.unlocked.connect(self._on_unlocked)
        session.locked.connect(self._timer.stop)
        session.ended.connect(self._timer.stop)
        if session.is_open:
            self._on_unlocked()

    @Slot()
    def look(self) -> None:
        """Compare the clock with what it showed at the last look."""
        now, latest = self._session.clock.now(), self._latest
        self._latest = now
        if latest is None or not is_behind(now, latest):
            return
        self._session.run(self, partial(notice_clock, latest=latest), None, self._on_failed)
        messages.tell(
            self,
            f"This computer's clock was set back: it showed {say(latest)} and now shows "
            f"{say(now)}. Check the date and time of the computer. You can go on; it is recorded.",
            "warn",
        )

    def _on_failed(self, _error: AppError) -> None:
        """Leave it: the next entry puts it on record."""

    @Slot()
    def _on_unlocked(self) -> None:
        self._latest = self._session.clock.now()
        self._timer.start()
