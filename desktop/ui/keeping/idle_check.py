"""Checks the log in small parts while nobody works, so that a change is noticed within days."""

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.domain.errors import AppError
from desktop.operations.checking.check_in_parts import PartCheck, PartDone
from desktop.ui import messages
from desktop.ui.session import Session

LOOK_EVERY_MS = 1_000
QUIET_LOOKS = 15
RESTING_LOOKS = 600


class IdleCheck(QObject):
    """A part a second, once nothing was asked of the log for a while; any work comes first.

    What it finds is said on the nearest banner above its owner.
    """

    def __init__(self, session: Session, owner: QObject) -> None:
        super().__init__(owner)
        self._session = session
        self._part = PartCheck()
        self._quiet = 0
        self._wait = QUIET_LOOKS
        self._asked = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        session.unlocked.connect(self._on_unlocked)
        session.locked.connect(self._on_locked)
        session.ended.connect(self._timer.stop)
        if session.is_open:
            self._on_unlocked()

    @property
    def is_watching(self) -> bool:
        """Whether it looks for a quiet moment."""
        return self._timer.isActive()

    @Slot()
    def look(self) -> None:
        """Do a part if nothing was asked for since the last looks."""
        if self._session.asked != self._asked:
            self._asked, self._quiet = self._session.asked, 0
            return
        self._quiet += 1
        if self._quiet < self._wait:
            return
        self._session.run_idle(self, self._part.go_on, self._on_part_done, self._on_failed)
        self._asked = self._session.asked

    def _on_part_done(self, part: PartDone) -> None:
        self._wait = QUIET_LOOKS
        if part.resting:
            self._wait, self._quiet = RESTING_LOOKS, 0
        elif part.check is not None and not part.check.holds:
            messages.tell(self, part.check.sentence, "error")

    def _on_failed(self, _error: AppError) -> None:
        """Try again later: whoever works next hears of an error that stays."""
        self._wait, self._quiet = RESTING_LOOKS, 0

    @Slot()
    def _on_unlocked(self) -> None:
        self._wait, self._quiet, self._asked = QUIET_LOOKS, 0, self._session.asked
        self._timer.start()

    @Slot()
    def _on_locked(self) -> None:
        self._timer.stop()
        self._part = PartCheck()
