"""Makes backups by itself: when the log is locked, and once a day while it is open."""

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.domain.errors import AppError
from desktop.operations.back_up import BackedUp, back_up
from desktop.operations.keep_backup_places import changed_since_backup
from desktop.operations.workspace import Workspace
from desktop.ui.session import Cancelled, Job, Progress, Session

LOOK_EVERY_MS = 10 * 60 * 1000
FIRST_LOOK_MS = 60 * 1000


class BackupKeeper(QObject):
    """Never asks anything: what goes wrong is kept with the place, and Today says it."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent or session)
        self._session = session
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        session.unlocked.connect(self._on_unlocked)
        session.about_to_lock.connect(self._on_about_to_lock)
        session.set_parting_work(back_up_at_parting)
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
                self, back_up_if_due, self._on_done, self._on_failed, name=""
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
        """Say nothing: no backup was asked for, and Today says what every place lacks."""
        self._job = None


def back_up_if_due(
    workspace: Workspace, progress: Progress, cancelled: Cancelled
) -> BackedUp | None:
    """Back up to the places that lack something and had none today."""
    answer = back_up(workspace, progress, cancelled, only_due=True)
    return answer if answer.results else None


def back_up_at_parting(workspace: Workspace, progress: Progress, cancelled: Cancelled) -> object:
    """Back up when anything was entered since the last time."""
    if workspace.on_log(lambda: changed_since_backup(workspace)):
        return back_up(workspace, progress, cancelled)
    return None
