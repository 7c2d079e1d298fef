"""A part of a page that scrolls up and down, no taller than its words need at their width."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.widgets.roles import set_role

# Until what was just shown or made anew has found its room.
AFTER_LAYOUT_MS = 40


class ScrollBody(QWidget):
    """What stands in the scroll area; put everything into `column`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "ground")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def minimumSizeHint(self) -> QSize:
        """Leave the height to heightForWidth: wrapped words would ask for far too much."""
        return QSize(super().minimumSizeHint().width(), 0)


class Scroll(QScrollArea):
    """Scrolls its `inner` body; takes no focus, Tab goes through what stands inside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inner = ScrollBody(self)
        self.setWidget(self.inner)
