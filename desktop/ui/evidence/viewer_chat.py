"""Shows a chat as a conversation with search; asks which number of a date is the day."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.evidence.chat_rows import say_day
from desktop.domain.evidence.chats import (
    ChatSearch,
    ChatView,
    DayOrder,
    OrderKnown,
    Phone,
    with_order,
)
from desktop.ui.evidence.chat_list import ChatList
from desktop.ui.evidence.opened import Opened
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import body, field_label, secondary

NOBODY = "Nobody"
_WIDTH_DELAY_MS = 0
_LINES_BELOW = 2


class ChatContentView(QWidget):
    """The messages of a chat export, to be searched and read; nothing in them can be clicked."""

    def __init__(self, view: ChatView, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("viewerChatView")
        self._given: ChatView | None = view
        self._view: ChatView | None = view
        self._search: ChatSearch | None = None
        self._found: tuple[int, ...] = ()
        self.laid_out_for = 0
        self._later = QTimer(self, singleShot=True, interval=_WIDTH_DELAY_MS)
        self._later.timeout.connect(self._on_width_settled)
        self.list = ChatList(name, self)
        self.list.resized.connect(self._later.start)
        self._build_ui()
        self._lay_out()
        self.setFocusProxy(self.list)

    # what is on it

    def _build_ui(self) -> None:
        self.about_label = secondary("", self)
        self.about_label.setObjectName("chatAboutLabel")
        self.message_edit = QPlainTextEdit(self)
        self.message_edit.setObjectName("chatMessageEdit")
        self.message_edit.setAccessibleName("The chosen message in full")
        self.message_edit.setReadOnly(True)
        self.message_edit.setTabChangesFocus(True)
        self.message_edit.setPlaceholderText("Choose a message to see it here in full.")
        height = self.message_edit.fontMetrics().lineSpacing() * _LINES_BELOW
        self.message_edit.setMaximumHeight(height + 24)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.about_label)
        column.addWidget(self._order_bar())
        column.addWidget(self._search_bar())
        column.addWidget(self.list, 1)
        column.addWidget(self.message_edit)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)

    def _order_bar(self) -> QWidget:
        self.order_bar = QWidget(self)
        flow = FlowLayout(self.order_bar)
        self.order_label = body("", self.order_bar)
        self.day_button = plain_button("chatDayFirstButton", "&Day first", self.order_bar)
        self.month_button = plain_button("chatMonthFirstButton", "&Month first", self.order_bar)
        self.day_button.clicked.connect(self._on_day_clicked)
        self.month_button.clicked.connect(self._on_month_clicked)
        flow.addWidget(self.day_button)
        flow.addWidget(self.month_button)
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.order_label)
        column.addWidget(self.order_bar)
        self._order_box = box
        return box

    def _search_bar(self) -> QWidget:
        bar = QWidget(self)
        flow = FlowLayout(bar)
        self.search_edit = QLineEdit(bar)
        self.search_edit.setObjectName("chatSearchEdit")
        self.search_edit.setAccessibleName("Search the messages")
        self.search_edit.setPlaceholderText("Search")
        self.search_edit.textChanged.connect(self._on_words_changed)
        self.search_edit.returnPressed.connect(self._on_next_clicked)
        self.before_button = plain_button("chatBeforeButton", "Find &previous", bar)
        self.next_button = plain_button("chatNextButton", "Find &next", bar)
        self.before_button.clicked.connect(self._on_before_clicked)
        self.next_button.clicked.connect(self._on_next_clicked)
        self.count_label: QLabel = secondary("", bar)
        self.count_label.setObjectName("chatCountLabel")
        self.count_label.setWordWrap(False)
        self.day_combo = self._combo("chatDayCombo", "Go to a day", bar)
        self.day_combo.activated.connect(self._on_day_chosen)
        self.own_combo = self._combo("chatOwnCombo", "Whose messages stand on the right", bar)
        self.own_combo.currentTextChanged.connect(self._on_own_changed)
        for each in (
            self.search_edit, self.before_button, self.next_button, self.count_label,
            self._labelled("Da&y", self.day_combo, bar),
            self._labelled("On the &right", self.own_combo, bar),
        ):  # fmt: skip
            flow.addWidget(each)
        for keys, act in (
            ("Ctrl+F", self._on_find_asked),
            ("F3", self._on_next_clicked),
            ("Shift+F3", self._on_before_clicked),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        return bar

    def _labelled(self, text: str, combo: QComboBox, parent: QWidget) -> QWidget:
        """Keep a list and its label on one line."""
        pair = QWidget(parent)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(field_label(text, combo, pair))
        row.addWidget(combo)
        return pair

    def _combo(self, name: str, spoken: str, parent: QWidget) -> QComboBox:
        combo = QComboBox(parent)
        combo.setObjectName(name)
        combo.setAccessibleName(spoken)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(16)
        return combo

    # what it shows

    @Slot()
    def _on_width_settled(self) -> None:
        if self.list.columns() != self.laid_out_for:
            self._lay_out()

    def _lay_out(self) -> None:
        view = self._view
        if view is None:
            return
        chosen, self.laid_out_for = self.list.message(), self.list.columns()
        self.list.chat.show_chat(view, self.laid_out_for)
        self.about_label.setText(about(view))
        self._order_box.setVisible(view.order is DayOrder.AMBIGUOUS or self._was_asked)
        self.order_label.setText(ask_order(view) if view.times else "")
        self._fill(self.day_combo, [day for day, _row in self.list.chat.rows.days])
        if not self.own_combo.count():
            self._fill(self.own_combo, [NOBODY, *view.people])
            self.own_combo.setCurrentIndex(min(1, len(view.people)))
        if chosen >= 0:
            self.list.go_to_message(chosen)

    @property
    def _was_asked(self) -> bool:
        return self._given is not None and self._given.order is DayOrder.AMBIGUOUS

    def _fill(self, combo: QComboBox, texts: list[str]) -> None:
        place = max(0, combo.currentIndex())
        combo.blockSignals(True)
        combo.clear()
        combo.addItems(texts)
        combo.setCurrentIndex(min(place, len(texts) - 1))
        combo.blockSignals(False)

    @Slot()
    def _on_day_clicked(self) -> None:
        self._read_as(DayOrder.DAY_FIRST)

    @Slot()
    def _on_month_clicked(self) -> None:
        self._read_as(DayOrder.MONTH_FIRST)

    def _read_as(self, order: DayOrder) -> None:
        if self._given is not None:
            self._view = with_order(self._given, order)
            self._lay_out()

    @Slot(str)
    def _on_own_changed(self, name: str) -> None:
        self.list.chat.own = "" if name == NOBODY else name
        self.list.viewport().update()

    @Slot(int)
    def _on_day_chosen(self, place: int) -> None:
        self.list.go_to_day(place)

    @Slot()
    def _on_current_changed(self) -> None:
        number, view = self.list.message(), self._view
        if view is None or number < 0:
            self.message_edit.clear()
            return
        at, writer = view.times[number], view.writers[number] or "Written by the app"
        head = f"{writer}, {say_day(at[:10])}, {at[11:]}"
        self.message_edit.setPlainText(f"{head}\n{view.texts[number]}")

    # search

    @Slot()
    def _on_find_asked(self) -> None:
        self.search_edit.setFocus()
        self.search_edit.selectAll()

    @Slot(str)
    def _on_words_changed(self, words: str) -> None:
        if self._view is None:
            return
        self._search = self._search or ChatSearch(self._view)
        self._found = self._search.find(words)
        self._say_count()

    @Slot()
    def _on_next_clicked(self) -> None:
        here = self.list.message()
        self._go_to(next((one for one in self._found if one > here), None), first=0)

    @Slot()
    def _on_before_clicked(self) -> None:
        here = self.list.message()
        self._go_to(next((one for one in reversed(self._found) if one < here), None), first=-1)

    def _go_to(self, number: int | None, first: int) -> None:
        """Go to a message that was found; at the end begin again from the other one."""
        if self._found:
            self.list.go_to_message(self._found[first] if number is None else number)
        self._say_count()

    def _say_count(self) -> None:
        if not self.search_edit.text().strip():
            self.count_label.setText("")
            return
        here = self.list.message()
        place = f"{self._found.index(here) + 1:,} of " if here in self._found else ""
        words = "message" if len(self._found) == 1 else "messages"
        self.count_label.setText(
            f"{place}{len(self._found):,} {words}" if self._found else "Not found"
        )

    def wipe(self) -> None:
        """Leave no words of the chat: the log locks."""
        self._later.stop()
        self._given = self._view = self._search = None
        self._found = ()
        self.list.chat.show_chat(None, self.laid_out_for)
        self.day_combo.clear()
        self.own_combo.clear()
        self.search_edit.clear()
        self.message_edit.clear()
        self.about_label.setText("")
        self.order_label.setText("")


def make_chat_view(opened: Opened, parent: QWidget) -> QWidget:
    """Make the view of a chat."""
    shown = opened.shown
    if isinstance(shown, ChatView):
        return ChatContentView(shown, opened.name, parent)
    return body("This is no chat.", parent)


def about(view: ChatView) -> str:
    """Say what this is, what is not in it, and how its dates were read."""
    phone = "iPhone" if view.phone is Phone.IPHONE else "Android phone"
    parts = [f"{len(view.times):,} messages, written out by an {phone}"]
    if view.left_out:
        parts.append(f"{view.left_out:,} pictures, sounds or files were left out of the export")
    if view.media:
        parts.append(f"{len(view.media):,} files came with it, kept and not opened")
    if view.order is not DayOrder.AMBIGUOUS:
        parts.append(f"dates read {view.order.value}, {view.known.value}")
    if view.shortened:
        parts.append("it goes on: only the beginning is shown here, the whole is kept")
    parts.append("times are those of the phone, which wrote no time zone")
    return ".  ".join(part[:1].upper() + part[1:] for part in parts) + "."


def ask_order(view: ChatView) -> str:
    """Ask which of the two readings of the first date is right, or say which was chosen."""
    first = view.times[0][:10]
    if view.known is OrderKnown.SAID:
        return f"Read {view.order.value}, as you said: the first message is of {say_day(first)}."
    other = f"{first[:5]}{first[8:10]}-{first[5:7]}"
    return (
        "Day and month cannot be told apart in this chat. Is the first message of "
        f"{say_day(first)} (day first) or of {say_day(other)} (month first)? "
        "The settings of the phone that wrote it say which."
    )
