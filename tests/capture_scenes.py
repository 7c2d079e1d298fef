"""The windows of a capture in front of the browser."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.capture.capture_bar import CaptureBar
from desktop.ui.capture.clock_dialog import ClockDialog
from tests.stage import Stage


def _bar(stage: Stage) -> QWidget:
    stage.open_log()
    bar = CaptureBar("2026/0001", windows=True, keys="Ctrl+Alt+K")
    bar.show_set("PXS/1")
    bar.show_same_part()
    bar.show_words("✓  PXS/2 is kept, unchanged.")
    bar.come_up()
    bar.activateWindow()
    stage.settle()
    return bar


def _counting(stage: Stage) -> QWidget:
    bar = _bar(stage)
    assert isinstance(bar, CaptureBar)
    bar.show_counting(3)
    stage.settle()
    return bar


def _clock(stage: Stage) -> QWidget:
    stage.open_log()
    dialog = ClockDialog(stage.session, stage.window)
    dialog.ask()
    stage.settle()
    return dialog


CAPTURE_SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("capture-bar", _bar),
    ("capture-bar-counting", _counting),
    ("clock", _clock),
)
