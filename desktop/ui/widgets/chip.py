"""A chip: a state in two or three words; its colour only repeats them."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.widgets.roles import set_role

Tone = Literal["late", "due", "done", "info", "plain"]


class Chip(QLabel):
    """A short state in words."""

    def __init__(self, text: str, tone: Tone = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: Tone) -> None:
        """Say another state."""
        self.setText(text)
        set_role(self, f"chip-{tone}")
