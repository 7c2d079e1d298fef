"""The pieces of a text to choose from: nothing stays in the copy that is not ticked."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.domain.evidence.text_choice import Piece
from desktop.ui.theme import px

LONGEST, BOX_WIDE = 2000, 36
Index = QModelIndex | QPersistentModelIndex


class PieceModel(QAbstractListModel):
    """Pieces with a tick each; nothing is ticked at the start."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: Sequence[Piece] = ()
        self.kept: set[int] = set()

    def show_pieces(self, pieces: Sequence[Piece], kept: Iterable[int] = ()) -> None:
        """Show other pieces."""
        self.beginResetModel()
        self._pieces = pieces
        self.kept = {place for place in kept if 0 <= place < len(pieces)}
        self.endResetModel()

    def rowCount(self, _parent: Index | None = None) -> int:
        """Return how many there are."""
        return len(self._pieces)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return tick and words of one."""
        place = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{'☑' if place in self.kept else '☐'}   {self._pieces[place].words[:LONGEST]}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self._pieces[place].words[:LONGEST]
            return f"{'stays' if place in self.kept else 'is left out'}: {words}"
        return None

    def tick(self, places: Iterable[int], *, stays: bool) -> None:
        """Let these stay, or leave them out."""
        if stays:
            self.kept |= set(places)
        else:
            self.kept -= set(places)
        if self._pieces:
            self.dataChanged.emit(self.index(0), self.index(len(self._pieces) - 1))
        self.ticked.emit()


class PieceList(QListView):
    """The list itself; Space ticks or unticks everything that is selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pieces = PieceModel(self)
        self.setModel(self.pieces)
        self.setObjectName("textPiecesList")
        self.setAccessibleName("What stays in the copy")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def tick_selected(self, *, stays: bool) -> None:
        """Let what is selected stay, or leave it out."""
        self.pieces.tick([index.row() for index in self.selectedIndexes()], stays=stays)

    def wipe(self) -> None:
        """Let go of the words: the log locks."""
        self.pieces.show_pieces(())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick or untick with a click on the box."""
        super().mouseReleaseEvent(event)
        spot = event.position().toPoint()
        index = self.indexAt(spot)
        if index.isValid() and spot.x() < px(BOX_WIDE):
            self.pieces.tick([index.row()], stays=index.row() not in self.pieces.kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space, all that is selected at once."""
        places = [index.row() for index in self.selectedIndexes()]
        if event.key() == Qt.Key.Key_Space and places:
            self.pieces.tick(places, stays=not all(one in self.pieces.kept for one in places))
        else:
            super().keyPressEvent(event)
