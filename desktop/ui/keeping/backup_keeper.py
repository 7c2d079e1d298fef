"""Makes backups by itself: when the log is locked, and once a day while it is open."""

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.domain.errors import AppError
from desktop.operations.backups.back_up import BackedUp
from desktop.operations.backups.back_up_quietly import back_up_at_lock, back_up_daily
from desktop.ui.session import Job, Session

LOOK_EVERY_MS = 10 * 60 * 1000
FIRST_LOOK_MS = 60 * 1000


class BackupKeeper(QObject):
    """Never asks anything: what goes wrong is kept in the log, and Today says it."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent or session)
        self._session = session
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        session.unlocked.connect(self._on_unlocked)
        session.about_to_lock.connect(self._on_about_to_lock)
        session.set_parting_work(back_up_at_lock)
        if session.is_open:
            self._on_unlocked()

    @property
    def is_at_work(self) -> bool:
        """Whether a backup that nobody asked for is under way."""
        return self._job is not None

    @Slot()
    def look(self) -> None:
        """Back up to every place that is due, unless that is being done."""
        self._timer.start(LOOK_EVERY_MS)
        if self._session.is_open and self._job is None:
            self._job = self._session.run_long(
                self, back_up_daily, self._on_done, self._on_failed, name=""
            )

    @Slot()
    def _on_unlocked(self) -> None:
        self._timer.start(FIRST_LOOK_MS)

    @Slot()
    def _on_about_to_lock(self) -> None:
        """Make room for the backup that the lock itself makes."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()

    def _on_done(self, _answer: BackedUp | None) -> None:
        self._job = None

    def _on_failed(self, _error: AppError) -> None:
        """Say nothing: no backup was asked for, and Today says what went wrong."""
        self._job = None
