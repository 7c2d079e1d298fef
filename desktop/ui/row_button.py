"""A button that is a whole row: it holds labels that wrap, and is as high as they need."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.ui.widgets.roles import set_role


class RowMark(QLabel):
    """Stands before a row that can be chosen: a box, or a ring where only one of them can be."""

    def __init__(self, parent: QWidget, *, only_one: bool = False) -> None:
        super().__init__(parent)
        self._only_one = only_one
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_chosen(False)

    def show_chosen(self, chosen: bool) -> None:
        """Show whether the row is chosen."""
        self.setText(("●" if self._only_one else "✓") if chosen else "")
        set_role(self, f"{'ring' if self._only_one else 'box'}{'-on' if chosen else ''}")


class RowButton(QPushButton):
    """Put labels into `row`; clicks on them are clicks on the button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "row")
        self.setCheckable(True)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(6, 8, 6, 8)
        self.row.setSpacing(12)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def let_clicks_through(self) -> None:
        """Hand the clicks on everything inside to the button; call it once it is built."""
        for each in self.findChildren(QWidget):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Take the room of what stands in it."""
        return self.row.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Never cut what stands in it."""
        return self.row.totalMinimumSize()
