"""Walks the whole job in the real window on an invented case: proves that a build is whole."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import AppError
from desktop.operations.browse_incidents import IncidentLine, list_incidents
from desktop.operations.checking.check_log import LogCheck, check_log
from desktop.operations.leaving.verify_bundle import BundleCheck, verify_bundle
from desktop.operations.practice import PASSPHRASE, Practised, practise_long
from desktop.ui.places import Place
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.operations.workspace import Workspace
    from desktop.ui.main_window import MainWindow

PATIENCE_SECONDS = 120


class SelfTest(QObject):
    """Emits `ended` with 0 when every step held, else 1; `lines` say what happened."""

    ended = Signal(int)

    def __init__(
        self,
        window: "MainWindow",
        session: Session,
        folder: Path,
        create: "Callable[[], Workspace]",
        unlock: "Callable[[str], Workspace]",
    ) -> None:
        super().__init__(window)
        self.lines: list[str] = []
        self._window = window
        self._session = session
        self._folder = folder
        self._create = create
        self._unlock = unlock
        self._made: Practised | None = None
        self._over = False

    def start(self) -> None:
        """Begin; everything else follows from answers."""
        QTimer.singleShot(PATIENCE_SECONDS * 1000, self, self._on_too_late)
        self._session.open(self, self._create, self._on_created, self._on_failed)

    def _on_created(self) -> None:
        self._say("log created and open")
        work = partial(practise_long, self._folder)
        self._session.run_long(self, work, self._on_practised, self._on_failed)

    def _on_practised(self, made: Practised) -> None:
        self._made = made
        self._say("incident logged, followed, closed; bundle and report written")
        self._session.run(self, list_incidents, self._on_listed, self._on_failed)

    def _on_listed(self, lines: tuple[IncidentLine, ...]) -> None:
        desk = self._window.desk
        if desk is None or not lines:
            self._end("the window shows no incident", 1)
            return
        for place in Place:
            desk.go(place.value)
        desk.open_incident(lines[0].id)
        self._say("every page shown")
        self._session.closed.connect(self._on_locked)
        QTimer.singleShot(0, self, self._session.lock)

    def _on_locked(self, error: object) -> None:
        self._session.closed.disconnect(self._on_locked)
        if error is not None:
            self._end(f"locking failed: {error!r}", 1)
            return
        self._say("locked")
        opener = partial(self._unlock, PASSPHRASE)
        self._session.open(self, opener, self._on_unlocked, self._on_failed)

    def _on_unlocked(self) -> None:
        self._say("unlocked")
        self._session.run_long(self, check_log, self._on_checked, self._on_failed)

    def _on_checked(self, check: LogCheck) -> None:
        if not check.holds or self._made is None:
            self._end(check.sentence, 1)
            return
        self._say(check.sentence)
        work = partial(verify_bundle, self._made.bundle)
        self._session.run_outside(self, work, self._on_verified, self._on_failed)

    def _on_verified(self, check: BundleCheck) -> None:
        if check.problems:
            self._end("; ".join(check.problems), 1)
        else:
            self._end("the bundle holds: the self-test passed", 0)

    def _on_failed(self, error: AppError) -> None:
        self._end(f"the self-test failed: {error!r}", 1)

    def _on_too_late(self) -> None:
        self._end(f"the self-test took longer than {PATIENCE_SECONDS} seconds", 1)

    def _say(self, line: str) -> None:
        self.lines.append(line)

    def _end(self, line: str, code: int) -> None:
        if not self._over:
            self._over = True
            self._say(line)
            self.ended.emit(code)
