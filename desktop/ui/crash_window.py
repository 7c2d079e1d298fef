"""What appears when something went wrong that nobody expected: what to do, and a text to copy."""

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import __version__
from desktop.ui.dialog import Dialog
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, heading, secondary


def describe(error: BaseException) -> str:
    """Say where a program error arose, without any of the data it was working on."""
    lines = [f"Safeguarding Log {__version__}, Python {platform.python_version()}"]
    lines += [platform.platform(terse=True), type(error).__qualname__]
    for frame in traceback.extract_tb(error.__traceback__):
        name = frame.filename.replace("\\", "/").rsplit("/", 1)[-1]
        lines.append(f"  {name}, line {frame.lineno}, in {frame.name}")
    return "\n".join(lines)


class CrashWindow(Dialog):
    """Nothing confirmed is lost; the keyholder can copy the report and end the program safely."""

    def __init__(self, error: BaseException, end: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._end = end
        self.setObjectName("crashWindow")
        self.setWindowTitle("Safeguarding Log")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading("The program made a mistake", self))
        column.addWidget(
            body(
                "It is not your fault. Everything that was confirmed is safe, and what you typed "
                "is kept up to the last second. End the program and start it again.",
                self,
            )
        )
        self.report_edit = QPlainTextEdit(describe(error), self)
        self.report_edit.setObjectName("crashReportEdit")
        self.report_edit.setAccessibleName("Report of the mistake")
        self.report_edit.setReadOnly(True)
        self.report_edit.setTabChangesFocus(True)
        column.addWidget(self.report_edit, 1)
        column.addWidget(
            secondary("The report holds no name and nothing from the log. Nothing is sent.", self)
        )
        column.addLayout(self._build_buttons())
        self.resize(self.sizeHint().expandedTo(self.minimumSizeHint()) * 1.2)

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, name, action in (
            ("Copy the report", "copyReportButton", self._on_copy_clicked),
            ("Go on", "goOnButton", self.reject),
            ("End the program", "endProgramButton", self._on_end_clicked),
        ):
            button = QPushButton(words, self)
            button.setObjectName(name)
            button.setAccessibleName(words)
            button.setAutoDefault(False)
            button.clicked.connect(action)
            row.addWidget(button)
            if action == self._on_end_clicked:
                set_role(button, "primary")
                button.setFocus()
        row.insertStretch(1, 1)
        return row

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.report_edit.toPlainText())

    @Slot()
    def _on_end_clicked(self) -> None:
        self.accept()
        self._end()


def install_crash_hook() -> None:
    """Show the crash window for every error that nobody caught on the UI thread."""
    sys.excepthook = _on_error


def _on_error(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:
    logging.getLogger(__name__).error("an error nobody expected", exc_info=(kind, error, where))
    window = _main_window()
    if issubclass(kind, KeyboardInterrupt) or window is None:
        sys.__excepthook__(kind, error, where)
        QCoreApplication.exit(1)
    elif window.findChild(CrashWindow) is None:
        CrashWindow(error, _end, window).open()


def _end() -> None:
    QCoreApplication.exit(1)


def _main_window() -> QMainWindow | None:
    windows = (each for each in QApplication.topLevelWidgets() if isinstance(each, QMainWindow))
    return next((each for each in windows if each.isVisible()), None)
