"""A layout that sets its widgets in a line and goes on in the next when there is no more room."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lines of widgets; with `spread` the last of each line stands at the far edge."""

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 8, spread: bool = False
    ) -> None:
        if parent is None:
            super().__init__()
        else:
            super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._spread = spread
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Take one more item."""
        self._items.append(item)

    def count(self) -> int:
        """Count the items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Return one item, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Give one item away, None beyond the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """Want no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Grow in height as the width shrinks."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that all lines take at this width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the room that one line would take."""
        size = QSize()
        for item in self._shown():
            hint = item.sizeHint()
            size = QSize(
                size.width() + hint.width() + self.spacing(), max(size.height(), hint.height())
            )
        return size.grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:  # noqa: N802
        """Return the room of the widest item."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def clear(self) -> None:
        """Take out and delete every widget."""
        while (item := self.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._shown():
            size = item.sizeHint()
            if size.width() > width:
                size = QSize(width, max(size.height(), item.heightForWidth(width)))
            if lines and used + self.spacing() + size.width() <= width:
                lines[-1].append((item, size))
                used += self.spacing() + size.width()
            else:
                lines.append([(item, size)])
                used = size.width()
        return lines

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        inner = rect.marginsRemoved(self.contentsMargins())
        y = inner.y()
        for line in self._lines(inner.width()):
            height = max(size.height() for _item, size in line)
            if move:
                self._place(line, QRect(inner.x(), y, inner.width(), height))
            y += height + self.spacing()
        margins = self.contentsMargins()
        return max(y - self.spacing() - inner.y(), 0) + margins.top() + margins.bottom()

    def _place(self, line: list[tuple[QLayoutItem, QSize]], room: QRect) -> None:
        x = room.x()
        for number, (item, size) in enumerate(line):
            if self._spread and number and number == len(line) - 1:
                x = room.right() + 1 - size.width()
            top = room.y() + (room.height() - size.height()) // 2
            place, widget = QRect(QPoint(x, top), size), item.widget()
            if widget is not None:
                widget.setGeometry(place)  # an item would hold it to the height of one line
            else:
                item.setGeometry(place)
            x += size.width() + self.spacing()
