"""The real window over a real log that holds the practice case, for walks and for pictures."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from desktop.domain.identifiers import IncidentId
from desktop.operations.practice_case import fill_case, finish_case
from desktop.operations.practice_evidence import add_practice_evidence
from desktop.operations.workspace import Workspace
from desktop.ui.background import Background
from desktop.ui.desk import Desk
from desktop.ui.entry import Entry
from desktop.ui.main_window import MainWindow
from desktop.ui.parting_bar import PartingBar
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.patience import PATIENCE, let_go
from tests.ui.entries import PASSPHRASE, Remembered, an_entry
from tests.workspaces import close_workspace, make_workspace, open_workspace, own_procedures

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
_WIDTH, _HEIGHT = 1280, 800


class Stage:
    """One program with one window. Call `close` at the end."""

    def __init__(self, application: QApplication, folder: Path, *, with_log: bool = True) -> None:
        self._application = application
        self.clock = FrozenClock()
        self.folder = folder
        self.incident_id = IncidentId("")
        self.closed_id = IncidentId("")
        if with_log:
            self._fill(folder / "log")
        self._background = Background(application)
        self.session = Session(self._background, self.clock, close_workspace, application)
        self.entry: Entry = an_entry(
            self.session,
            self.clock,
            Remembered(),
            folder=folder / "log" if with_log else None,
            suggested=folder / "new log",
            build_desk=Desk,
        )
        self.window = MainWindow(self.session, self.entry)
        self.window.resize(_WIDTH, _HEIGHT)
        self.window.show()
        self.window.activateWindow()
        self._start_threads()
        self.settle()

    def _start_threads(self) -> None:
        """Start both threads now: they belong to the stage, not to the scene that comes first."""
        self._background.on_log(_nothing)
        self.session.run_outside(self.window, _nothing)

    def _fill(self, folder: Path) -> None:
        """Log one closed case and, a day later, one in the middle that begins to be late."""
        workspace = make_workspace(folder, self.clock, own_procedures())
        self.closed_id = fill_case(workspace)
        finish_case(workspace, self.closed_id)
        self.clock.advance(days=2)
        self.incident_id = fill_case(workspace)
        add_practice_evidence(workspace, self.incident_id)
        self.clock.advance(hours=3)
        close_workspace(workspace)

    @property
    def desk(self) -> Desk:
        """The pages of the open log."""
        assert self.window.desk is not None
        return self.window.desk

    def open_log(self) -> None:
        """Unlock, unless it is open."""
        if self.session.is_restricted:
            self.lock_log()
        if not self.session.is_open:
            opener = partial(self.entry.unlock, self.folder / "log", PASSPHRASE)
            self.session.open(self.window, opener)
        self.settle()

    def open_restricted(self) -> Workspace:
        """Open the restricted log beside the usual one; call it on the log thread."""
        folder, on_log = self.folder / "restricted", self._background.on_log
        if folder.exists():
            return open_workspace(folder, self.clock, own_procedures(), on_log)
        return make_workspace(folder, self.clock, own_procedures(), on_log, restricted=True)

    def lock_log(self) -> None:
        """Lock, unless it is locked."""
        self.session.lock()
        self.settle()

    def perform(self, operation: Callable[[Workspace], T]) -> T:
        """Run an operation as a page would, and return its answer."""
        answers: list[T] = []
        self.session.run(self.window, operation, answers.append)
        self.wait_for(lambda: bool(answers))
        return answers[0]

    def settle(self) -> None:
        """Wait until no work is under way and everything that follows from it was drawn."""
        quiet = 0
        deadline = time.monotonic() + PATIENCE
        while quiet < 4:  # answers may ask for more work
            let_go()
            quiet = 0 if self._background.pending else quiet + 1
            if time.monotonic() > deadline:
                raise TimeoutError("the program does not come to rest")

    def wait_for(self, happened: Callable[[], bool]) -> None:
        """Wait until it is so."""
        deadline = time.monotonic() + PATIENCE
        while not happened():
            if time.monotonic() > deadline:
                raise TimeoutError("what was waited for did not happen")
            let_go()

    def find(self, kind: type[W], name: str, within: QWidget | None = None) -> W:
        """Return the first visible widget of that kind and object name."""
        for widget in (within or self.window).findChildren(kind, name):
            if widget.isVisible():
                return widget
        raise LookupError(f"no {kind.__name__} called {name} is to be seen")

    def press(self, name: str, within: QWidget | None = None) -> None:
        """Press a button by its object name."""
        self.find(QAbstractButton, name, within).click()
        self.settle()

    def dialog(self) -> QDialog:
        """Return the dialog in front."""
        shown = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        if not shown:
            raise LookupError("no dialog is to be seen")
        return shown[-1]

    def clear(self) -> None:
        """Close every dialog, go back to Today, and take back what made the window grow."""
        for one in self.window.findChildren(QDialog):
            if one.isVisible():
                one.reject()
        for top in self._application.topLevelWidgets():
            if top is not self.window and top.isVisible():
                top.close()
        self.window.danger_banner.hide()
        for bar in self.window.findChildren(PartingBar):
            bar.hide()
        if self.window.desk:
            self.desk.go("Today")
        self.settle()
        self.window.resize(_WIDTH, _HEIGHT)

    def close(self) -> None:
        """End the program: work first, then windows."""
        self.clear()
        self.session.close()
        self.window.close()
        self.window.deleteLater()
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _nothing() -> None:
    """Do nothing, on another thread."""
