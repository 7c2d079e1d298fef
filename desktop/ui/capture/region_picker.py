"""Shows a screen as it was and lets a part of it be chosen, by mouse or by keyboard."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from desktop.ui.capture.screen_grab import Shot
from desktop.ui.theme import px

STEP = 10
SMALLEST = 8
HELP = (
    "Drag over the part to keep. Or: arrow keys move the frame, Shift and arrow keys change its "
    "size, Ctrl makes small steps. Enter keeps it. Esc goes back, for a window, a whole screen, "
    "a delay, or a file."
)
_SHADE = QColor(0, 0, 0, 120)
_FRAME = QColor("#FFFFFF")
_FRAME_SHADOW = QColor("#0B5C66")
_ARROWS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


class RegionPicker(QWidget):
    """Covers one screen; `picked` gives the true pixels of a part, `left` that none was taken."""

    picked = Signal(QImage)
    left = Signal()

    help = HELP

    def __init__(
        self, shot: Shot, parent: QWidget | None = None, first: QRect | None = None
    ) -> None:
        kind = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint
        super().__init__(parent, kind | Qt.WindowType.WindowStaysOnTopHint)
        self._shot = shot
        self._start: QPoint | None = None
        self._answered = False
        self._rect = first.intersected(self._all()) if first else QRect()
        if self._rect.isEmpty():
            self._rect = _first(shot.place.size())
        self.setObjectName("regionPicker")
        self.setWindowTitle("Choose the part to keep")
        self.setAccessibleName("Choose the part of the screen to keep")
        self.setAccessibleDescription(self.help)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # Closing it while our own window is hidden must not end the program.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setGeometry(shot.place)

    @property
    def chosen(self) -> QRect:
        """The part chosen now, in units of the screen."""
        return self._rect

    def begin(self) -> None:
        """Cover the screen and take the keyboard."""
        self.showFullScreen()
        self.setGeometry(self._shot.place)
        self.activateWindow()
        self.setFocus()

    def wipe(self) -> None:
        """Overwrite what the screen showed: the log locks."""
        self._shot.image.fill(0)

    def take(self) -> None:
        """Give away the part that is chosen now."""
        if self._answered or min(self._rect.width(), self._rect.height()) < SMALLEST:
            return
        self._answered = True
        self.picked.emit(self._shot.part(self._rect))
        self.close()

    def _move(self, direction: QPoint, *, resize: bool, fine: bool) -> None:
        step = direction * (1 if fine else STEP)
        rect = QRect(self._rect)
        if resize:
            wide = max(SMALLEST, rect.width() + step.x())
            high = max(SMALLEST, rect.height() + step.y())
            rect.setSize(QSize(wide, high))
            self._rect = rect.intersected(self._all())
        else:
            rect.translate(step)
            rect.moveLeft(min(max(rect.left(), 0), self._all().width() - rect.width()))
            rect.moveTop(min(max(rect.top(), 0), self._all().height() - rect.height()))
            self._rect = rect
        self.update()

    def _all(self) -> QRect:
        return QRect(QPoint(0, 0), self._shot.place.size())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrow keys, keep with Enter, leave with Escape."""
        key = Qt.Key(event.key())
        held = event.modifiers()
        if key in _ARROWS:
            self._move(
                _ARROWS[key],
                resize=bool(held & Qt.KeyboardModifier.ShiftModifier),
                fine=bool(held & Qt.KeyboardModifier.ControlModifier),
            )
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a new part."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the part out."""
        if self._start is not None:
            self._rect = QRect(self._start, event.position().toPoint()).normalized()
            self._rect = self._rect.intersected(self._all())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep what was drawn out; a mere click only moves the frame."""
        start, self._start = self._start, None
        if start is None:
            return
        drawn = QRect(start, event.position().toPoint()).normalized()
        if min(drawn.width(), drawn.height()) >= SMALLEST:
            self._rect = drawn.intersected(self._all())
            self.take()
        else:
            self._rect = _first(self._all().size())
            self._rect.moveCenter(start)
            self._move(QPoint(0, 0), resize=False, fine=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the screen darker, the chosen part bright, and how to use the keys."""
        painter = QPainter(self)
        painter.drawImage(self._all(), self._shot.image)
        painter.fillRect(self._all(), _SHADE)
        ratio = self._shot.ratio
        source = QRect(self._rect.topLeft() * ratio, self._rect.size() * ratio)
        painter.drawImage(self._rect, self._shot.image, source)
        painter.setPen(QPen(_FRAME_SHADOW, px(5)))
        painter.drawRect(self._rect)
        painter.setPen(QPen(_FRAME, px(2)))
        painter.drawRect(self._rect)
        self._paint_help(painter)

    def _paint_help(self, painter: QPainter) -> None:
        margin = px(12)
        wide = min(self._all().width() - 4 * margin, px(760))
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        text = painter.fontMetrics().boundingRect(QRect(0, 0, wide, 1000), int(wrap), self.help)
        box = text.adjusted(-margin, -margin, margin, margin)
        box.moveCenter(self._all().center())
        top = self._rect.top() > box.height() + 3 * margin
        box.moveTop(margin if top else self._all().height() - box.height() - margin)
        painter.fillRect(box, QColor(18, 52, 58, 235))
        painter.setPen(_FRAME)
        painter.drawText(box, int(wrap), self.help)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that nothing was taken, however it was closed."""
        if not self._answered:
            self._answered = True
            self.left.emit()
        super().closeEvent(event)


def _first(size: QSize) -> QRect:
    """Return the part that stands there at the start: the middle of the screen."""
    rect = QRect(0, 0, round(size.width() * 0.6), round(size.height() * 0.6))
    rect.moveCenter(QRect(QPoint(0, 0), size).center())
    return rect
