"""Lets what stands inside scroll where there is less room than it needs, and is not seen else."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_LEAST = 120


class TightScroll(QScrollArea):
    """Keeps a tall page from making the window taller than the screen.

    A layout gives a window at least what all its parts need together. A page under the emergency
    numbers, in large text, needs more than a small screen has: it scrolls instead.
    """

    def __init__(self, inner: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = inner
        self.setWidget(inner)

    def minimumSizeHint(self) -> QSize:
        """As wide as what stands inside, and hardly any height."""
        least = self._inner.minimumSizeHint()
        return QSize(least.width(), min(least.height(), _LEAST))

    def sizeHint(self) -> QSize:
        """As large as what stands inside would like to be."""
        return self._inner.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the layout around it when what stands inside needs another width."""
        if watched is self._inner and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
