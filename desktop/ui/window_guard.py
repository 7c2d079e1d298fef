"""Keeps every window of ours out of captures and sharing, with a timed exception on record."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes
from desktop.domain.errors import AppError
from desktop.ui import messages
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.operations.workspace import Workspace

MINUTES = 15
GuardWindow = Callable[[int, bool], bool]


class WindowGuard(QObject):
    """Guards each window when it is shown; `changed` says that it opened, closed or failed.

    `guard` is None where the system cannot do it. The exception ends by itself after a quarter
    of an hour, and at a lock.
    """

    changed = Signal()

    def __init__(self, session: Session, guard: GuardWindow | None) -> None:
        super().__init__(session)
        self._session = session
        self._guard = guard
        self._open_until: Moment | None = None
        self._refused = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide_again)
        session.locked.connect(self.hide_again)
        session.ended.connect(self._on_ended)
        if guard is not None:
            self._watch(QCoreApplication.installEventFilter)

    @property
    def is_possible(self) -> bool:
        """Whether this computer lets a program ask for it."""
        return self._guard is not None

    @property
    def refused(self) -> bool:
        """Whether the system refused it for a window."""
        return self._refused

    @property
    def open_until(self) -> Moment | None:
        """Until when others may see the windows; None while they may not."""
        return self._open_until

    def let_others_see(self, owner: QWidget, record: "Callable[[Workspace], Changes]") -> None:
        """Allow it for a quarter of an hour, once that is on record; errors go to `owner`.

        What records it is handed in: this is there before a log is, and must not read the store.
        """
        self._session.run(owner, record, self._on_recorded, partial(self._on_error, owner))

    @Slot()
    def hide_again(self) -> None:
        """End the exception."""
        self._timer.stop()
        if self._open_until is not None:
            self._open_until = None
            self._guard_all()
            self.changed.emit()

    def _on_recorded(self, _changes: Changes) -> None:
        if not self._session.is_open:
            return
        now = self._session.clock.now()
        self._open_until = Moment(now.utc + timedelta(minutes=MINUTES), now.offset, now.zone)
        self._timer.start(MINUTES * 60_000)
        self._guard_all()
        self.changed.emit()

    def _on_error(self, owner: QWidget, error: AppError) -> None:
        messages.show(owner, error)

    def _guard_all(self) -> None:
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._guard_one(window)

    def _guard_one(self, window: QWidget) -> None:
        if self._guard is None:
            return
        hidden = self._open_until is None
        done = self._guard(int(window.winId()), hidden)
        if hidden and not done and not self._refused:
            self._refused = True
            self.changed.emit()

    @Slot()
    def _on_ended(self) -> None:
        self._timer.stop()
        self._watch(QCoreApplication.removeEventFilter)

    def _watch(self, act: Callable[[QCoreApplication, QObject], None]) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            act(application, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Guard a window just before it comes up; never takes an event away."""
        if (
            event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
        ):
            self._guard_one(watched)
        return False
