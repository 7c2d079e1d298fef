"""A row with an arrow: what stands below it is shut until somebody asks for it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.row_button import RowButton
from desktop.ui.widgets.words import label


class Fold(QWidget):
    """Put what opens into `column`; its parent is `list`."""

    def __init__(self, name: str, words: str, parent: QWidget, role: str = "body") -> None:
        super().__init__(parent)
        self.button = RowButton(self)
        self.button.setObjectName(name)
        self.button.setAccessibleName(words)
        self._arrow_label = label("▸", "secondary", self.button, wrap=False)
        self._words_label = label(words, role, self.button)
        self.button.row.addWidget(self._arrow_label)
        self.button.row.addWidget(self._words_label, 1)
        self.button.let_clicks_through()
        self.button.clicked.connect(self._on_clicked)
        self.list = QWidget(self)
        self.column = QVBoxLayout(self.list)
        self.column.setContentsMargins(12, 0, 12, 8)
        self.column.setSpacing(2)
        self.list.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.button)
        outer.addWidget(self.list)

    def set_words(self, words: str) -> None:
        """Say something else in the row."""
        self._words_label.setText(words)
        self.button.setAccessibleName(words)

    @Slot()
    def _on_clicked(self) -> None:
        opened = self.button.isChecked()
        self._arrow_label.setText("▾" if opened else "▸")
        self.list.setVisible(opened)
