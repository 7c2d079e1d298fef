"""A program error is shown without data, and the way out is safe."""

import logging
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import crash_window
from desktop.ui.crash_window import CrashWindow


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def _own_hook(qapp: QApplication, log_records: list[logging.LogRecord]) -> Iterator[None]:
    """Put back the hook, and the program that was told to end: later loops would end at once."""
    before = sys.excepthook
    yield
    sys.excepthook = before
    QTimer.singleShot(0, qapp.quit)
    qapp.exec()
    assert [record.getMessage() for record in log_records] == ["an error nobody expected"] * len(
        log_records
    )
    assert log_records
    log_records.clear()


def _fail() -> None:
    raise ValueError("Jamie Private, 16")


def _error() -> Exception:
    try:
        _fail()
    except ValueError as error:
        return error
    raise AssertionError


def _button(window: QWidget, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_the_report_names_the_place_and_no_data() -> None:
    report = crash_window.describe(_error())
    assert "ValueError" in report
    assert "test_crash_window.py" in report
    assert "Jamie" not in report
    assert "/" not in report.split("ValueError", 1)[1]


def test_the_report_can_be_copied(window: QWidget) -> None:
    crash = CrashWindow(_error(), lambda: None, window)
    crash.open()
    _button(crash, "copyReportButton").click()
    assert "ValueError" in QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()


def test_the_program_can_be_ended_or_gone_on_with(window: QWidget) -> None:
    ended: list[str] = []
    crash = CrashWindow(_error(), lambda: ended.append("ended"), window)
    crash.open()
    _button(crash, "goOnButton").click()
    assert ended == []
    again = CrashWindow(_error(), lambda: ended.append("ended"), window)
    again.open()
    _button(again, "endProgramButton").click()
    assert ended == ["ended"]


@pytest.mark.usefixtures("_own_hook")
def test_an_uncaught_error_opens_one_window(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    crash_window.install_crash_hook()
    for _ in range(2):
        error = _error()
        sys.excepthook(type(error), error, error.__traceback__)
    found = window.findChildren(CrashWindow)
    assert len(found) == 1
    _button(found[0], "endProgramButton").click()


@pytest.mark.usefixtures("_own_hook")
def test_without_a_window_the_error_goes_to_the_terminal(
    qapp: object, capsys: pytest.CaptureFixture[str]
) -> None:
    crash_window.install_crash_hook()
    error = _error()
    sys.excepthook(type(error), error, error.__traceback__)
    assert "ValueError" in capsys.readouterr().err
