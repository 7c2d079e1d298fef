"""Shows a picture on which covers, marks and a crop are placed, by mouse or by keyboard."""

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.derivatives import MOST_MARKS, Area, Mark, PicturePlan, Shape
from desktop.ui.evidence.mark_painter import paint_mark
from desktop.ui.theme import px

STEP, SMALLEST, HANDLE = 10, 4, 10
FIRST_SHARE = 4
_SHADE = QColor(0, 0, 0, 140)
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Tool(StrEnum):
    """What the next stroke makes."""

    COVER = "cover"
    FRAME = "frame"
    ARROW = "arrow"
    NUMBER = "number"
    CROP = "crop"


class EditorCanvas(QWidget):
    """`changed` tells that the plan is another; the picture itself is never touched."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self._shown = QImage()
        self.zoom = 1.0
        self.tool = Tool.COVER
        self._marks: list[Mark] = []
        self._crop: Area | None = None
        self._chosen: int | None = None
        self._drag: tuple[str, QPoint] | None = None
        self._fresh = False
        self._before: list[PicturePlan] = []
        self.setObjectName("redactionCanvas")
        self.setAccessibleName("The picture to work on")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    # what it holds

    @property
    def plan(self) -> PicturePlan:
        """What is to be done, as it stands now."""
        size = self.image.size()
        wide, high = max(size.width(), 1), max(size.height(), 1)
        return PicturePlan(wide, high, tuple(self._marks), self._crop)

    @property
    def chosen(self) -> Mark | None:
        """The mark that keys move."""
        return None if self._chosen is None else self._marks[self._chosen]

    @property
    def can_undo(self) -> bool:
        """Whether something can be taken back."""
        return bool(self._before)

    def show_image(self, image: QImage, plan: PicturePlan | None = None) -> None:
        """Work on this picture, with what was planned for it before."""
        self.image = image
        self._take(plan or PicturePlan(max(image.width(), 1), max(image.height(), 1)))
        self._before.clear()
        self.show_at(self.zoom)

    def show_at(self, zoom: float) -> None:
        """Show it larger or smaller."""
        self.zoom = zoom
        size = self.image.size()
        wide, high = max(1, round(size.width() * zoom)), max(1, round(size.height() * zoom))
        # Made smaller once: doing it for every stroke is slow with a large photo.
        smooth = Qt.TransformationMode.SmoothTransformation
        keep = Qt.AspectRatioMode.IgnoreAspectRatio
        self._shown = self.image.scaled(wide, high, keep, smooth) if zoom < 1 else self.image
        self.setFixedSize(QSize(wide, high))
        self.update()

    def wipe(self) -> None:
        """Overwrite the pixels: the log locks."""
        for image in (self.image, self._shown):
            image.fill(0)
        self.image, self._shown = QImage(), QImage()

    # what buttons and keys do

    def add(self) -> None:
        """Put a new mark into the middle of what can be seen; keys bring it to its place."""
        seen = self.visibleRegion().boundingRect() if self.isVisible() else self.rect()
        middle = self._at(QPointF(seen.center()))
        wide = max(SMALLEST, round(seen.width() / self.zoom / FIRST_SHARE))
        high = max(SMALLEST, round(seen.height() / self.zoom / FIRST_SHARE))
        corner = QPoint(middle.x() - wide // 2, middle.y() - high // 2)
        self._begin(corner)
        self._finish(corner, QPoint(corner.x() + wide, corner.y() + high))

    def remove(self) -> None:
        """Take the chosen mark away; the crop, where that is the tool."""
        if self.tool is Tool.CROP and self._crop:
            self._remember()
            self._crop = None
        elif self._chosen is not None:
            self._remember()
            del self._marks[self._chosen]
            self._chosen = len(self._marks) - 1 if self._marks else None
        else:
            return
        self._tell()

    def undo(self) -> None:
        """Take back what was done last."""
        if self._before:
            self._take(self._before.pop())
            self._tell()

    def choose_next(self, step: int = 1) -> None:
        """Choose the next mark, round and round."""
        if self._marks:
            now = -1 if self._chosen is None else self._chosen
            self._chosen = (now + step) % len(self._marks)
            self.update()

    def move_by(self, wide: int, high: int, *, resize: bool = False) -> None:
        """Move the chosen mark, or its far corner, by so many pixels of the picture."""
        mark = self.chosen
        if self.tool is Tool.CROP and self._crop:
            self._remember()
            self._crop = self._inside(_moved(self._crop, wide, high, resize=resize))
        elif mark is not None and self._chosen is not None:
            spot = _moved(
                (mark.left, mark.top, mark.right, mark.bottom), wide, high, resize=resize
            )
            moved = _with(mark, spot)
            if not self._touches(moved):
                return
            self._remember()
            self._marks[self._chosen] = moved
        else:
            return
        self._tell()

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a mark, or take hold of the one that is there."""
        if event.button() != Qt.MouseButton.LeftButton or self.image.isNull():
            return
        self.setFocus()
        spot = self._at(event.position())
        held = self._handle_at(spot)
        if held:
            self._remember()
            self._drag = (held, spot)
            return
        self._begin(spot)
        self._drag = ("draw", spot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw it out, or bring it along."""
        if self._drag is None:
            return
        what, last = self._drag
        spot = self._at(event.position())
        if what == "draw":
            self._stretch(last, spot)
        else:
            mark = self.chosen
            if mark is not None and self._chosen is not None:
                moved = _moved(
                    (mark.left, mark.top, mark.right, mark.bottom),
                    spot.x() - last.x(), spot.y() - last.y(), resize=what == "corner",
                )  # fmt: skip
                self._marks[self._chosen] = _with(mark, moved)
            self._drag = (what, spot)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep what was drawn out; a mere click chooses what lies under it."""
        drag, self._drag = self._drag, None
        if drag is None:
            return
        what, start = drag
        if what == "draw":
            self._finish(start, self._at(event.position()))
        else:
            self._tell()

    # the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move, with Shift they change the size, with Ctrl in small steps."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in _ARROWS:
            step = 1 if held & Qt.KeyboardModifier.ControlModifier else STEP
            wide, high = _ARROWS[key]
            resize = bool(held & Qt.KeyboardModifier.ShiftModifier)
            self.move_by(wide * step, high * step, resize=resize)
        elif key in (Qt.Key.Key_Insert, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.add()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove()
        elif key == Qt.Key.Key_N:
            self.choose_next(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture and what will be done to it."""
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.drawImage(QRect(0, 0, self.width(), self.height()), self._shown)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = (self.image.width(), self.image.height())
        for place, mark in enumerate(self._marks):
            paint_mark(painter, mark, self.zoom, size, is_chosen=place == self._chosen)
        if self._crop:
            self._paint_crop(painter, self._crop)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().highlight().color(), px(3)))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def _paint_crop(self, painter: QPainter, crop: Area) -> None:
        left, top, right, bottom = (round(edge * self.zoom) for edge in crop)
        inner = QRect(left, top, right - left, bottom - top)
        for shade in (
            QRect(0, 0, self.width(), top),
            QRect(0, bottom, self.width(), self.height() - bottom),
            QRect(0, top, left, bottom - top),
            QRect(right, top, self.width() - right, bottom - top),
        ):
            painter.fillRect(shade, _SHADE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(Qt.GlobalColor.white, px(2), Qt.PenStyle.DashLine))
        painter.drawRect(inner)

    # how a mark comes to be

    def _begin(self, spot: QPoint) -> None:
        self._remember()
        self._fresh = True
        if self.tool is Tool.CROP:
            self._crop = self._inside((spot.x(), spot.y(), spot.x(), spot.y()))
            return
        shape = Shape(self.tool.value)
        number = 1 + max((one.number for one in self._marks), default=0)
        mark = Mark(
            shape, spot.x(), spot.y(), spot.x(), spot.y(), number if shape is Shape.NUMBER else 0
        )
        self._marks.append(mark)
        self._chosen = len(self._marks) - 1

    def _stretch(self, start: QPoint, spot: QPoint) -> None:
        area = (start.x(), start.y(), spot.x(), spot.y())
        if self.tool is Tool.CROP:
            self._crop = self._inside(area)
        elif self._chosen is not None:
            self._marks[self._chosen] = _with(self._marks[self._chosen], area)

    def _finish(self, start: QPoint, spot: QPoint) -> None:
        self._stretch(start, spot)
        size = max(abs(spot.x() - start.x()), abs(spot.y() - start.y()))
        too_small = size < SMALLEST and self.tool is not Tool.NUMBER
        if too_small or len(self._marks) > MOST_MARKS:
            self._take(self._before.pop())
            self._chosen = self._mark_at(start)
            self.update()
            return
        self._tell()

    def _remember(self) -> None:
        self._before.append(self.plan)
        del self._before[:-50]

    def _take(self, plan: PicturePlan) -> None:
        self._marks, self._crop = list(plan.marks), plan.crop
        self._chosen = len(self._marks) - 1 if self._marks else None

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    def _at(self, spot: QPointF) -> QPoint:
        wide, high = self.image.width(), self.image.height()
        return QPoint(
            min(max(round(spot.x() / self.zoom), 0), wide),
            min(max(round(spot.y() / self.zoom), 0), high),
        )

    def _inside(self, area: Area) -> Area:
        wide, high = self.image.width(), self.image.height()
        left, right = sorted(min(max(edge, 0), wide) for edge in (area[0], area[2]))
        top, bottom = sorted(min(max(edge, 0), high) for edge in (area[1], area[3]))
        return left, top, max(right, left + 1), max(bottom, top + 1)

    def _touches(self, mark: Mark) -> bool:
        """Say whether a mark is still on the picture, at least with a part of it."""
        left, top, right, bottom = mark.area
        across = left <= self.image.width() and right >= 0
        return across and top <= self.image.height() and bottom >= 0

    def _mark_at(self, spot: QPoint) -> int | None:
        for place in reversed(range(len(self._marks))):
            left, top, right, bottom = self._marks[place].area
            near = round(HANDLE / self.zoom)
            if left - near <= spot.x() <= right + near and top - near <= spot.y() <= bottom + near:
                return place
        return None

    def _handle_at(self, spot: QPoint) -> str:
        """Say what of the chosen mark is under the mouse: its far corner, itself, or nothing."""
        mark = self.chosen
        if mark is None or self.tool is Tool.CROP:
            return ""
        near = px(HANDLE) / self.zoom
        if abs(spot.x() - mark.right) <= near and abs(spot.y() - mark.bottom) <= near:
            return "move" if mark.shape is Shape.NUMBER else "corner"
        left, top, right, bottom = mark.area
        inside = left < spot.x() < right and top < spot.y() < bottom
        return "move" if inside and mark.shape is not Shape.ARROW else ""


def _with(mark: Mark, area: Area) -> Mark:
    left, top, right, bottom = area
    if mark.shape is Shape.NUMBER:
        left, top = right, bottom
    return replace(mark, left=left, top=top, right=right, bottom=bottom)


def _moved(area: Area, wide: int, high: int, *, resize: bool) -> Area:
    left, top, right, bottom = area
    if resize:
        return left, top, right + wide, bottom + high
    return left + wide, top + high, right + wide, bottom + high
