"""The bar on the left: where to go, what to do in danger, and the lock."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.places import Place
from desktop.ui.theme import px
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.tight_scroll import TightScroll
from desktop.ui.widgets.words import label

LARGE = 150


class SideEntry(QPushButton):
    """A line of the side bar with something quiet at its far end."""

    def __init__(self, words: str, end: str, role: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self._words = words
        set_role(self, "side-entry")
        self.end_label: QLabel = label(end, role, self, wrap=False)
        self.end_label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.end_label.setVisible(bool(end))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 10, 0)
        row.addStretch(1)
        row.addWidget(self.end_label, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_end(self, text: str, name: str) -> None:
        """Change what stands at the far end; none hides it."""
        self.end_label.setText(text)
        self.end_label.setVisible(bool(text))
        self.setAccessibleName(name)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Leave room for both ends."""
        hint = super().sizeHint()
        if not self.end_label.isHidden():
            hint.setWidth(hint.width() + self.end_label.sizeHint().width() + 14)
        return hint

    def minimumSizeHint(self) -> QSize:
        """Never cut either end."""
        return self.sizeHint()


class SideBar(QWidget):
    """Always there while the log is open; every entry has a key."""

    place_requested = Signal(str)
    place_entered = Signal(str)
    danger_requested = Signal()
    lock_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: dict[Place, SideEntry] = {}
        # Tab enters a group at what is chosen: at the page that is shown, not at the last focus.
        self._group = QButtonGroup(self)
        self._shown: Place | None = None
        self._build_ui()

    def _build_ui(self) -> None:
        set_role(self, "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Places")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 18, 12, 16)
        column.setSpacing(4)
        product = label("Safeguarding Log", "product", self, wrap=False)
        column.addWidget(product)
        self.restricted_label = label("Restricted log", "restricted", self, wrap=False)
        self.restricted_label.setObjectName("sideRestrictedLabel")
        self.restricted_label.hide()
        column.addWidget(self.restricted_label)
        column.addWidget(TightScroll(self._build_places(), self), 1)
        column.addWidget(self._build_danger_button())
        column.addSpacing(8)
        lock = SideEntry("Lock", "Ctrl+L", "side-hint", self)
        lock.setObjectName("lockButton")
        lock.setAccessibleName("Lock the log")
        lock.clicked.connect(self.lock_requested)
        column.addWidget(lock)

    def _build_places(self) -> QWidget:
        places = QWidget(self)
        set_role(places, "side")
        column = QVBoxLayout(places)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for number, place in enumerate(Place, start=1):
            entry = SideEntry(place.value, "", "badge", places)
            entry.setObjectName(f"{place.name.lower()}PlaceButton")
            entry.setAccessibleName(place.value)
            entry.setToolTip(f"Ctrl+{number}")
            entry.setCheckable(True)
            self._group.addButton(entry)
            entry.clicked.connect(lambda _on=False, place=place: self._on_entry_clicked(place))
            self._entries[place] = entry
            column.addWidget(entry)
        column.addStretch(1)
        return places

    def _build_danger_button(self) -> QPushButton:
        danger = QPushButton("Someone in danger now", self)
        danger.setObjectName("sideDangerButton")
        danger.setAccessibleName("Someone in danger now: whom to call")
        danger.setToolTip("Ctrl+Shift+D")
        set_role(danger, "side-danger")
        danger.clicked.connect(self.danger_requested)
        self._danger_button = danger
        return danger

    @Slot(str)
    def show_place(self, place: str) -> None:
        """Mark the entry of the page that is shown."""
        self._shown = Place(place)
        self._entries[self._shown].setChecked(True)

    @Slot(int)
    def show_count(self, count: int) -> None:
        """Show how many things wait on Today."""
        entry = self._entries[Place.TODAY]
        things = "1 thing to do" if count == 1 else f"{count} things to do"
        entry.show_end(str(count) if count else "", f"Today, {things}" if count else "Today")

    def changeEvent(self, event: QEvent) -> None:
        """Break the long line when the text is large."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            large = px(100) >= LARGE
            self._danger_button.setText(f"Someone in{chr(10) if large else ' '}danger now")

    def _on_entry_clicked(self, place: Place) -> None:
        """Show a place; pressed again, go into it: arrow keys only come past."""
        (self.place_entered if place is self._shown else self.place_requested).emit(place.value)
