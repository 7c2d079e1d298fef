"""The rows of a conversation: each of one height, so that a hundred thousand stay quick."""

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.evidence.chat_rows import ChatRows, RowKind, lay_out
from desktop.domain.evidence.chats import ChatView
from desktop.ui.theme import colour, px

MESSAGE_ROLE = Qt.ItemDataRole.UserRole
KIND_ROLE = Qt.ItemDataRole.UserRole + 1
OWN_ROLE = Qt.ItemDataRole.UserRole + 2
FEWEST_COLUMNS, MOST_COLUMNS, STEP = 24, 96, 8
SHARE = 0.66
FEWEST_ROWS = 6
_EMPTY = ChatRows([], [], [], [], [])
_Index = QModelIndex | QPersistentModelIndex


class ChatModel(QAbstractListModel):
    """The rows of a chat; `own` is the person whose messages stand on the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view: ChatView | None = None
        self.rows = _EMPTY
        self.own = ""

    def show_chat(self, view: ChatView | None, columns: int) -> None:
        """Lay out a chat anew, None for none."""
        self.beginResetModel()
        self._view = view
        self.rows = lay_out(view, columns) if view else _EMPTY
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows.texts)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what stands in a row."""
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows.texts[row]
        if role == MESSAGE_ROLE:
            return self.rows.messages[row]
        if role == KIND_ROLE:
            return int(self.rows.kinds[row])
        if role == OWN_ROLE and self._view:
            return self._view.writers[self.rows.messages[row]] == self.own
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def _spoken(self, row: int) -> str:
        number = self.rows.messages[row]
        if self._view is None or self.rows.kinds[row] is RowKind.DAY:
            return self.rows.texts[row]
        view = self._view
        return f"{view.writers[number]} {view.times[number][11:16]} {self.rows.texts[row]}".strip()


class ChatDelegate(QStyledItemDelegate):
    """Paints a row: days in the middle, one person on the right, everybody else on the left."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row with the colours of the look."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        palette: QPalette = option.palette
        kind, own = RowKind(index.data(KIND_ROLE)), bool(index.data(OWN_ROLE))
        font = option.font
        font.setBold(kind in (RowKind.DAY, RowKind.WRITER))
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ink = palette.highlightedText().color() if chosen else colour(_INKS[kind])
        text = str(index.data())
        box = _box(rect, QFontMetrics(font).horizontalAdvance(text), kind, own=own)
        if chosen:
            painter.fillRect(box, palette.highlight())
            painter.fillRect(QRect(box.topLeft(), QSize(px(4), box.height())), colour("accent"))
        elif kind is RowKind.WORDS:
            painter.fillRect(box, colour("tint" if own else "hover"))
        painter.setFont(font)
        painter.setPen(ink)
        inner = box.adjusted(px(8), 0, -px(8), 0)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | _SIDE[kind], shown)
        painter.restore()


_INKS = {
    RowKind.DAY: "ink",
    RowKind.WRITER: "soft",
    RowKind.WORDS: "ink",
    RowKind.APP: "soft",
}
_SIDE = {
    RowKind.DAY: Qt.AlignmentFlag.AlignHCenter,
    RowKind.WRITER: Qt.AlignmentFlag.AlignLeft,
    RowKind.WORDS: Qt.AlignmentFlag.AlignLeft,
    RowKind.APP: Qt.AlignmentFlag.AlignHCenter,
}


def _box(rect: QRect, text_width: int, kind: RowKind, *, own: bool) -> QRect:
    """Return where the words of a row stand."""
    if kind in (RowKind.DAY, RowKind.APP):
        return rect
    most = max(1, rect.width() - px(8))
    wide = min(most, max(round(rect.width() * SHARE), text_width + px(16)))
    left = rect.right() - wide if own else rect.left() + px(4)
    return QRect(left, rect.top(), wide, rect.height())


class ChatList(QTableView):
    """The conversation: a table of one column, which asks for the rows in view alone."""

    resized = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chatList")
        self.setAccessibleName(f"{name}, the conversation")
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.chat = ChatModel(self)
        self.setItemDelegate(ChatDelegate(self))
        self.setModel(self.chat)
        self._set_heights()

    def changeEvent(self, event: QEvent) -> None:
        """Give the rows another height when the size of text changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._set_heights()

    def _set_heights(self) -> None:
        height = self.fontMetrics().height() + px(4)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setMinimumHeight(height * FEWEST_ROWS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that lines may break elsewhere."""
        super().resizeEvent(event)
        self.resized.emit()

    def columns(self) -> int:
        """Return how many characters a line has room for."""
        letter = max(1, self.fontMetrics().averageCharWidth())
        fits = round(self.viewport().width() * SHARE) // letter // STEP * STEP
        return max(FEWEST_COLUMNS, min(MOST_COLUMNS, fits))

    def go_to_message(self, number: int) -> None:
        """Choose a message and bring it to the middle."""
        self._go_to_row(self.chat.rows.first[number] + 1)
        if self.message() != number:
            self._go_to_row(self.chat.rows.first[number])

    def go_to_day(self, place: int) -> None:
        """Bring the day of this place to the top."""
        index = self.chat.index(self.chat.rows.days[place][1])
        self.setCurrentIndex(index)
        self.scrollTo(index, QTableView.ScrollHint.PositionAtTop)

    def message(self) -> int:
        """Return the place of the chosen message, -1 if none is."""
        index = self.currentIndex()
        return int(index.data(MESSAGE_ROLE)) if index.isValid() else -1

    def _go_to_row(self, row: int) -> None:
        index = self.chat.index(min(row, self.chat.rowCount() - 1))
        self.setCurrentIndex(index)
        self.scrollTo(index, QTableView.ScrollHint.PositionAtCenter)
