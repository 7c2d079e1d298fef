"""The frame of every tab of Log and keys: cards in a column that scrolls."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.widgets.page import MARGIN
from desktop.ui.widgets.scroll import Scroll


class LogSection(Scroll):
    """Put cards into `body`; override `reload` to read again what they show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        column = self.inner.column
        column.setContentsMargins(0, 14, 0, MARGIN)
        column.addLayout(self.body)
        column.addStretch(1)

    def reload(self) -> None:
        """Read again what is shown."""


def field_row(label: QLabel, field: QWidget) -> QHBoxLayout:
    """Put a label before its field."""
    label.setWordWrap(False)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(label)
    row.addWidget(field)
    row.addStretch(1)
    return row
