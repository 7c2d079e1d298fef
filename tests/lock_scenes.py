"""The pages about locking: this computer, and the window while a locked log is put away."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.keeping.log_page import LogPage
from desktop.ui.parting_bar import PartingBar
from desktop.ui.window_guard import WindowGuard
from tests.stage import Stage

SHARE = 0.4


def _computer(stage: Stage) -> QWidget:
    stage.open_log()
    stage.desk.go("Log and keys")
    page = stage.desk.currentWidget()
    assert isinstance(page, LogPage)
    page.show_section("computer")
    stage.settle()
    return stage.window


def _guarded(stage: Stage) -> QWidget:
    """Show the page as it is where windows can be hidden; nothing is hidden here."""
    guard = WindowGuard(stage.session, lambda _window, _hidden: True)
    guard._on_ended()
    stage.lock_log()
    stage.entry.window_guard = guard
    shown = _computer(stage)
    stage.entry.window_guard = None
    return shown


def _parting(stage: Stage) -> QWidget:
    """Show the line at the foot of the window, as it is while a backup is made."""
    stage.open_log()
    stage.lock_log()
    bar = stage.window.findChild(PartingBar)
    assert isinstance(bar, PartingBar)
    bar._on_parting(SHARE)
    bar.show()
    stage.settle()
    return stage.window


LOCK_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("this-computer", _computer),
    ("this-computer-hidden", _guarded),
    ("parting", _parting),
)
