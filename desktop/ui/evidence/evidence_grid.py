"""Tiles side by side in rows, of which only those near the window are made."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QStyle, QWidget

from desktop.ui.theme import px
from desktop.ui.widgets.flow_layout import FlowLayout

WIDE = 172
SPACING = 12
ROWS_KEPT = 2
TRIES = 4

MakeTile = Callable[[int, QWidget], QWidget]
IsSame = Callable[[int], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """How tiles stand: `wide` 0 means one below the other, `around` rows are made unseen."""

    wide: int = WIDE
    guessed_high: int = 280
    spacing: int = SPACING
    around: int = 1


LINES = Measures(wide=0, guessed_high=70, spacing=0, around=8)


class EvidenceGrid(QWidget):
    """`make` is asked for the tile of a place once it comes near what can be seen."""

    def __init__(
        self,
        make: MakeTile,
        scroll: QScrollArea,
        parent: QWidget,
        measures: Measures | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._area = scroll
        self._settling = False
        self._measures = measures or Measures()
        self._places = _Places(self, self._measures)
        scroll.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def set_count(self, count: int, is_same: IsSame | None = None) -> None:
        """Show so many tiles now; those of places that are the same as before stay."""
        self._settling = True
        self._places.start(count, is_same or _is_other)
        self._arrange_now()
        # A layout would show it a moment later only, and what it holds with it.
        self.show()
        self._settling = False
        self._settle()

    def tile(self, place: int) -> QWidget | None:
        """Return the tile of a place, None while it is not made."""
        return self._places.made.get(place)

    @property
    def tiles(self) -> list[QWidget]:
        """The tiles that are made, in order."""
        return [self._places.made[place] for place in sorted(self._places.made)]

    def bring(self, place: int) -> QWidget | None:
        """Bring a place into view, and return its tile."""
        if not 0 <= place < self._places.all:
            return None
        row = self._places.row_of(place)
        self._make_rows(row, row)
        for _ in range(TRIES):
            if self._scroll_to(row):
                break
        tile = self.tile(place)
        layout = tile.layout() if tile is not None else None
        if layout is not None:
            layout.activate()
        return tile

    def _scroll_to(self, row: int) -> bool:
        """Scroll until a row is seen; say whether it was: what is made on the way may move it."""
        self._fit_height()
        self._arrange_now()
        top, high = self._above() + self._places.top(row), self._places.high(row)
        bar, window = self._area.verticalScrollBar(), self._area.viewport().height()
        seen = top >= bar.value() and top + high <= bar.value() + window
        if not seen:
            bar.setValue(max(0, min(top, top + high - window)))
        self._settle()
        return seen

    def hasHeightForWidth(self) -> bool:
        """Be as high as all rows, made or not."""
        return True

    def heightForWidth(self, _width: int) -> int:
        """Return the height of all rows, made or not."""
        return self._places.total_high()

    def sizeHint(self) -> QSize:
        """Want the height of all rows."""
        return QSize(px(WIDE), self._places.total_high())

    def minimumSizeHint(self) -> QSize:
        """Be content with one tile's width, so that it can become narrower again."""
        return QSize(px(WIDE), self._places.total_high())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many tiles side by side as fit now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._places.set_columns(self._fitting(), self.width())
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure again: the size of text may have changed meanwhile."""
        super().showEvent(event)
        self._places.set_columns(self._fitting(), self.width())
        self._settle()

    @Slot()
    def _on_scrolled(self) -> None:
        self._settle()

    def _fitting(self) -> int:
        if not self._measures.wide:
            return 1
        spacing = self._measures.spacing
        room, step = self.width() + spacing, px(self._measures.wide) + spacing
        # A further column must fit beside a scroll bar too: else fewer rows take the bar away,
        # more room brings the column, more rows bring the bar, and so on without end.
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return max(1, min(room // step, max(self._places.columns, (room - bar) // step)))

    def _arrange_now(self) -> None:
        """Let the area learn the present height before it is asked to scroll."""
        self.updateGeometry()
        inner = self._area.widget()
        layout = inner.layout() if inner is not None else None
        if layout is not None:
            layout.activate()
        self._area.setWidgetResizable(True)

    def _above(self) -> int:
        """Return how far below the top of what scrolls this begins."""
        inner = self._area.widget()
        return self.mapTo(inner, self.rect().topLeft()).y() if inner is not None else 0

    def _settle(self) -> None:
        """Make the tiles near the window, and let go of those far away."""
        if self._settling or not self.isVisible():
            return
        self._settling = True
        try:
            bar, window = self._area.verticalScrollBar(), self._area.viewport().height()
            seen_from = bar.value() - self._above()
            first = self._places.row_at(seen_from)
            before = self._places.top(first)
            around, end = self._measures.around, self._places.row_at(seen_from + window)
            last = self._make_rows(first - around, end)
            self._places.keep_only(first - around - ROWS_KEPT, last + around + ROWS_KEPT)
            self._fit_height()
            shifted = self._places.top(first) - before
            if shifted:
                bar.setValue(bar.value() + shifted)
        finally:
            self._settling = False

    def _make_rows(self, first: int, last: int) -> int:
        """Make these rows and a few more; the last row grows nearer while rows prove small."""
        columns = self._places.columns
        last = min(last + self._measures.around, self._places.rows - 1)
        for row in range(max(first, 0), last + 1):
            for place in range(row * columns, min((row + 1) * columns, self._places.all)):
                if place not in self._places.made:
                    self._places.put(place, self._make(place, self))
            self._places.measure_new(row)
        return last

    def _fit_height(self) -> None:
        self.updateGeometry()
        self.setMinimumHeight(self._places.total_high())
        self._places.place_all()


class _Places(FlowLayout):
    """Where each tile stands; in reading order, so that Tab goes through them as they are read."""

    def __init__(self, parent: QWidget, measures: Measures) -> None:
        super().__init__(parent, spacing=measures.spacing)
        self._guessed_high = measures.guessed_high
        self.all = 0
        self.columns = 1
        self.made: dict[int, QWidget] = {}
        self._wide = px(WIDE)
        self._high: dict[int, int] = {}

    @property
    def rows(self) -> int:
        return -(-self.all // self.columns)

    def row_of(self, place: int) -> int:
        return place // self.columns

    def start(self, count: int, is_same: IsSame) -> None:
        both = min(self.all, count)
        self.all = count
        for place in [*self.made]:
            if place >= both or not is_same(place):
                self._let_go(place)
        for row in [*self._high]:
            first, end = row * self.columns, (row + 1) * self.columns
            if end > both or not all(map(is_same, range(first, end))):
                del self._high[row]

    def set_columns(self, columns: int, width: int) -> None:
        self.columns = columns
        self._wide = (width - (columns - 1) * self.spacing()) // columns
        self._high.clear()
        for row in {self.row_of(place) for place in self.made}:
            self.measure(row)

    def put(self, place: int, tile: QWidget) -> None:
        self._high.pop(self.row_of(place), None)
        self.made[place] = tile
        self.addWidget(tile)
        made = self._items.pop()
        self._items.insert(sorted(self.made).index(place), made)
        tile.show()

    def measure_new(self, row: int) -> None:
        """Learn how high a row is, unless that is known."""
        if row not in self._high:
            self.measure(row)

    def measure(self, row: int) -> None:
        """Learn how high a row is: as high as its highest tile."""
        tiles = [
            self.made[place]
            for place in range(row * self.columns, (row + 1) * self.columns)
            if place in self.made
        ]
        self._high[row] = max((_height(tile, self._wide) for tile in tiles), default=0)

    def high(self, row: int) -> int:
        """Return the height of a row; guessed from the others while it is not made."""
        if row in self._high:
            return self._high[row]
        known = len(self._high)
        return sum(self._high.values()) // known if known else px(self._guessed_high)

    def top(self, row: int) -> int:
        known = [high for each, high in self._high.items() if each < row]
        return sum(known) + (row - len(known)) * self.high(self.rows) + row * self.spacing()

    def total_high(self) -> int:
        return max(self.top(self.rows) - self.spacing(), 0)

    def row_at(self, y: int) -> int:
        """Return the row that stands at this height."""
        low, high = 0, max(self.rows - 1, 0)
        while low < high:
            middle = (low + high + 1) // 2
            if self.top(middle) <= y:
                low = middle
            else:
                high = middle - 1
        return low

    def keep_only(self, first: int, last: int) -> None:
        """Let go of the tiles outside these rows; the one that has the focus stays."""
        for place in sorted(self.made):
            if first <= self.row_of(place) <= last:
                continue
            tile = self.made[place]
            focus: QWidget | None = tile.window().focusWidget()
            if focus is not None and tile.isAncestorOf(focus):
                continue
            self._let_go(place)

    def _let_go(self, place: int) -> None:
        tile = self.made.pop(place)
        self.removeWidget(tile)
        tile.hide()
        tile.deleteLater()

    def place_all(self) -> None:
        """Give every tile its place."""
        for place, tile in self.made.items():
            row, column = divmod(place, self.columns)
            tile.setGeometry(
                QRect(
                    column * (self._wide + self.spacing()),
                    self.top(row),
                    self._wide,
                    self.high(row),
                )
            )

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Place the tiles that are made."""
        QLayout.setGeometry(self, rect)
        self.place_all()

    def heightForWidth(self, _width: int) -> int:
        """Return the height of all rows."""
        return self.total_high()

    def minimumSize(self) -> QSize:  # noqa: N802
        """Return the room that the rows take."""
        return QSize(px(WIDE), self.total_high())

    def sizeHint(self) -> QSize:
        """Return the room that the rows take."""
        return self.minimumSize()

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """Want no more room than it needs."""
        return Qt.Orientation(0)


def _is_other(_place: int) -> bool:
    """Take every place for another one than before."""
    return False


def _height(tile: QWidget, width: int) -> int:
    return tile.heightForWidth(width) if tile.hasHeightForWidth() else tile.sizeHint().height()
