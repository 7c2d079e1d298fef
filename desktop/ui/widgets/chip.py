"""A chip: a state in two or three words; its colour only repeats them."""

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.widgets.roles import set_role

LEAST = 120
Tone = Literal["late", "due", "done", "info", "plain"]


class Chip(QLabel):
    """A short state in words, in one line; where there is no room for it, in several."""

    def __init__(self, text: str, tone: Tone = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: Tone) -> None:
        """Say another state."""
        self.setText(text)
        set_role(self, f"chip-{tone}")

    def sizeHint(self) -> QSize:
        """Be as wide as its words in one line."""
        self.ensurePolished()
        line = self.fontMetrics().size(Qt.TextFlag.TextSingleLine, self.text())
        indent = QSize(self.fontMetrics().horizontalAdvance("x"), 0)  # Qt's own, beside a frame
        return line + indent + self.size() - self.contentsRect().size()

    def minimumSizeHint(self) -> QSize:
        """Let no long state, such as a deadline of our own, make the window wider."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), LEAST), hint.height())
