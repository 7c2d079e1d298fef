"""What to capture where something came by e-mail, phone or a platform; shut until asked for."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.procedures import Medium
from desktop.ui.row_button import RowButton
from desktop.ui.widgets.words import body, label, secondary, strong


class MediaList(QWidget):
    """A row that opens a list: for each medium what identifies it, what to capture, the traps."""

    def __init__(self, media: tuple[Medium, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.button = RowButton(self)
        self.button.setObjectName("mediaButton")
        self.button.setAccessibleName("What to capture, by medium")
        self._arrow_label = label("▸", "secondary", self.button, wrap=False)
        self.button.row.addWidget(self._arrow_label)
        self.button.row.addWidget(body("What to capture, by medium", self.button), 1)
        self.button.let_clicks_through()
        self.button.clicked.connect(self._on_clicked)
        self.list = QWidget(self)
        column = QVBoxLayout(self.list)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(2)
        for medium in media:
            column.addSpacing(6)
            column.addWidget(strong(medium.name, self.list))
            column.addWidget(body(f"Identified by: {medium.identifier}", self.list))
            column.addWidget(body(f"Capture: {medium.capture}", self.list))
            column.addWidget(secondary(f"Take care: {medium.traps}", self.list))
        self.list.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.button)
        outer.addWidget(self.list)

    @Slot()
    def _on_clicked(self) -> None:
        opened = self.button.isChecked()
        self._arrow_label.setText("▾" if opened else "▸")
        self.list.setVisible(opened)
