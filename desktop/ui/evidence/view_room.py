"""The room for one view: it fills the room, and scrolls where it would be squeezed."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.widgets.roles import set_role


class ViewRoom(QScrollArea):
    """Holds one view at a time, so that no view makes the window higher than the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = _Inside(self)
        self.setWidget(self._inside)

    def show_view(self, view: QWidget) -> None:
        """Show a view from its top; the one before was taken out."""
        self._inside.hold(view)
        self.verticalScrollBar().setValue(0)

    def take_out(self) -> None:
        """Let go of the view; it is hidden, and its maker deletes it."""
        self._inside.hold(None)

    def minimumSizeHint(self) -> QSize:
        """Ask for a few lines only: what stands in here scrolls."""
        return QSize(0, self.fontMetrics().lineSpacing() * 4)


class _Inside(QWidget):
    """As high as the room, or as the least that the view needs at this width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "ground")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._view: QWidget | None = None

    def hold(self, view: QWidget | None) -> None:
        if self._view is not None:
            self._column.removeWidget(self._view)
            self._view.hide()
        self._view = view
        if view is not None:
            self._column.addWidget(view)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._column.totalMinimumSize().height() if not self._wraps() else 0)

    def heightForWidth(self, width: int) -> int:
        return self._column.totalMinimumHeightForWidth(width) if self._wraps() else -1

    def _wraps(self) -> bool:
        return self._column.hasHeightForWidth()
