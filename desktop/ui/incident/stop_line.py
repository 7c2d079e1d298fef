"""The line above the steps that names every stop which is folded away, and leads to it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.row_button import RowButton
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.words import label

STOP = "Stop"


class StopLine(RowButton):
    """It stays in view while the steps scroll: nobody misses a stop that stands further up."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(False)
        self.setObjectName("stopLineButton")
        self._label = label("", "body", self)
        self.row.setContentsMargins(0, 4, 6, 4)
        self.row.addWidget(Chip(STOP, "late", self), 0, Qt.AlignmentFlag.AlignTop)
        self.row.addWidget(self._label, 1)
        self.let_clicks_through()
        self.hide()

    def show_titles(self, titles: Sequence[str]) -> None:
        """Name the procedures whose stop is folded away; no line where there is none."""
        self.setVisible(bool(titles))
        if titles:
            first = titles[0].removeprefix(f"{STOP}: ")
            more = f", and {len(titles) - 1} more" if titles[1:] else ""
            words = f"{first[:1].upper()}{first[1:]}{more}"
            self._label.setText(f"Read first: {words}")
            self.setAccessibleName(f"{STOP}. Read first: {words}")
