"""Shows a screen as it was and lets one window of it be chosen, by mouse or by keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.screens import Frame
from desktop.ui.capture.region_picker import RegionPicker
from desktop.ui.capture.screen_grab import Shot

_NEXT = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Tab)
_BEFORE = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Backtab)


class WindowPicker(RegionPicker):
    """Frames the window under the pointer; a click or Enter takes what can be seen of it."""

    help = (
        "Click on the window to keep. Or: arrow keys go from window to window. Enter keeps it, "
        "Esc goes back."
    )

    def __init__(
        self, shot: Shot, frames: Sequence[tuple[QRect, Frame]], parent: QWidget | None = None
    ) -> None:
        super().__init__(shot, parent, frames[0][0])
        self._frames = tuple(frames)
        self._index = 0
        self.setWindowTitle("Choose the window to keep")
        self.setAccessibleName(f"Choose the window to keep: {self.frame.named}")
        self.setMouseTracking(True)

    @property
    def frame(self) -> Frame:
        """The window chosen now."""
        return self._frames[self._index][1]

    def _choose(self, index: int) -> None:
        self._index = index % len(self._frames)
        self._rect = self._frames[self._index][0]
        self.setAccessibleName(f"Choose the window to keep: {self.frame.named}")
        self.update()

    def _choose_at(self, point: QPoint) -> bool:
        for index, (rect, _frame) in enumerate(self._frames):
            if rect.contains(point):
                self._choose(index)
                return True
        return False

    def focusNextPrevChild(self, _following: bool) -> bool:  # noqa: N802
        """Let Tab go from window to window."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another window with the arrow keys."""
        key = Qt.Key(event.key())
        if key in _NEXT:
            self._choose(self._index + 1)
        elif key in _BEFORE:
            self._choose(self._index - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the window under the pointer."""
        self._choose_at(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Frame the window under the pointer."""
        self._choose_at(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the window under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton and self._choose_at(
            event.position().toPoint()
        ):
            self.take()
