"""The lines of Today about the log itself: how it is, and a way to where that can be changed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop.operations.log_state import LogStateLine
from desktop.ui.theme import px
from desktop.ui.widgets.chip import Chip, Tone
from desktop.ui.widgets.words import row_line, secondary, strong

LARGE = 150
CHIPS_WIDE = 130
_CHIPS: dict[str, tuple[str, Tone]] = {
    "late": ("Look at this", "late"),
    "due": ("To do", "due"),
    "good": ("Good", "done"),
}
_BUTTONS = {
    "keys": "Open keys",
    "backup": "Open backups",
    "check": "Check the log",
    "retention": "Open the review list",
    "computer": "Open settings",
    "policy": "Choose a policy",
    "contacts": "Open the contacts",
    "steps": "Open your own steps",
    "sources": "Open the sources",
}


def align_rows(grid: QGridLayout) -> None:
    """Give the rows of Today one rhythm: the words of all cards begin at the same place."""
    stacked = px(100) >= LARGE
    grid.setHorizontalSpacing(0 if stacked else 14)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, 0 if stacked else px(CHIPS_WIDE))


class LogStateRows(QWidget):
    """One row for each line, and below them what did not finish, without a button."""

    def __init__(
        self,
        lines: Sequence[LogStateLine],
        notes: Sequence[tuple[str, Tone, str]],
        on_section: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        align_rows(self._grid)
        named: set[str] = set()
        for line in lines:
            words, tone = _CHIPS[line.state]
            button = self._button(line, on_section, first=line.section not in named)
            named.add(line.section)
            self._add(words, tone, line.title, line.detail, button)
        for words, tone, text in notes:
            self._add(words, tone, "", text, None)

    def _button(
        self, line: LogStateLine, on_section: Callable[[str], None], *, first: bool
    ) -> QPushButton:
        words = _BUTTONS[line.section]
        button = QPushButton(words, self)
        name = f"today{line.section.capitalize()}Button"
        button.setObjectName(name if first else f"{name}{self._grid.rowCount()}")
        button.setAccessibleName(f"{words}: {line.title}, {line.detail}")
        button.clicked.connect(lambda _on=False: on_section(line.section))
        return button

    def _add(
        self, words: str, tone: Tone, title: str, detail: str, button: QPushButton | None
    ) -> None:
        row = self._grid.rowCount()
        if self._grid.count():
            self._grid.addWidget(row_line(self), row, 0, 1, 3)
            row += 1
        chip = Chip(words, tone, self)
        text = QVBoxLayout()
        text.setSpacing(0)
        stacked = px(100) >= LARGE
        if stacked:
            text.addWidget(chip)
        if title:
            text.addWidget(strong(title, self))
        text.addWidget(secondary(detail, self))
        centre = Qt.AlignmentFlag.AlignVCenter
        if not stacked:
            self._grid.addWidget(chip, row, 0, centre | Qt.AlignmentFlag.AlignLeft)
        self._grid.addLayout(text, row, 1)
        if button:
            self._grid.addWidget(button, row, 2, centre | Qt.AlignmentFlag.AlignRight)
