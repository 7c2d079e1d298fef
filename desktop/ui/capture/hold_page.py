"""Holding back: what of it, what it may be, and in words what it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.evidence.gate import Concern
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import AFTER_LAYOUT_MS, Scroll
from desktop.ui.widgets.words import body, breakable, heading, strong

CONCERN_WORDS = {
    Concern.CHILD_IMAGE: "A sexual image of someone who may be under 18",
    Concern.ADULT_IMAGE: "An intimate image of an adult",
    Concern.TERRORIST: "Terrorist material",
}
STAYS = (
    "It stays where it is, unread: it is not opened, not copied and not kept here. "
    "What you write below is kept instead."
)
WORDS = "In words: what is it, where is it, how do you know of it?"


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that is about to come in; `within` names the file that holds it."""

    name: str
    within: str = ""

    @property
    def shown(self) -> str:
        """The name as it stands in a list of its own."""
        return f"{self.name}, in {self.within}" if self.within else self.name


class GatePage(QWidget):
    """A page at the gate: words that scroll, and buttons that are always in view."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        scroll = Scroll(self)
        self.inside = scroll.inner
        self.column = scroll.inner.column
        self.column.setContentsMargins(2, 2, 12, 2)
        self.column.setSpacing(8)
        self._buttons = QWidget(self)
        self._flow = FlowLayout(self._buttons, spacing=8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._buttons)
        self._scroll = scroll

    def add_button(self, name: str, text: str, role: str = "") -> QPushButton:
        """Add a button to the row below; Enter presses it only while it has the focus."""
        button = QPushButton(text, self._buttons)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", ""))
        button.setAutoDefault(False)
        if role:
            set_role(button, role)
        self._flow.addWidget(button)
        return button


class TickList(QWidget):
    """Things by name, each with a box to tick."""

    def __init__(self, prefix: str, what: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._prefix = prefix
        self._what = what
        self._ticks: list[tuple[Coming, QCheckBox]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_things(self, coming: Sequence[Coming], ticked: Sequence[Coming] = ()) -> None:
        """List these instead; a file that holds several is named above them once."""
        if [thing for thing, _tick in self._ticks] != [*coming]:
            self._list(coming)
        for thing, tick in self._ticks:
            tick.setChecked(thing in ticked)

    def _list(self, coming: Sequence[Coming]) -> None:
        _empty(self._column)
        self._ticks = []
        above = ""
        for number, thing in enumerate(coming):
            if thing.within != above:
                above = thing.within
                self._column.addWidget(strong(breakable(f"In {above}"), self))
            self._ticks.append((thing, self._add_row(number, thing)))

    def _add_row(self, number: int, thing: Coming) -> QCheckBox:
        line = QWidget(self)
        tick = QCheckBox(self._what, line)
        tick.setObjectName(f"{self._prefix}{number}Box")
        tick.setAccessibleName(f"{self._what}: {thing.shown}")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(body(breakable(f"•  {thing.name}"), line), 1)
        row.addWidget(tick)
        self._column.addWidget(line)
        return tick

    def hide_boxes(self) -> None:
        """Show the names alone: there is nothing to choose between."""
        for _thing, tick in self._ticks:
            tick.hide()

    def ticked(self) -> tuple[Coming, ...]:
        """Return what is ticked."""
        return tuple(thing for thing, tick in self._ticks if tick.isChecked())


class HoldPage(GatePage):
    """Asks what is held back, what it may be, and for a description; the gate does the rest."""

    hold_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget, stays: str = STAYS) -> None:
        super().__init__(parent)
        column, inside = self.column, self.inside
        column.addWidget(heading("Hold it back", inside))
        column.addWidget(body(stays, inside))
        column.addWidget(strong("What is held back", inside))
        self.things = TickList("held", "Hold back", inside)
        column.addWidget(self.things)
        column.addWidget(strong("What it may be", inside))
        self._add_concerns()
        self._add_words()
        column.addStretch(1)
        hold = self.add_button("gateHoldBackButton", "&Hold it back", "primary")
        hold.clicked.connect(self.hold_requested)
        back = self.add_button("gateBackButton", "&Back to the question", "quiet")
        back.clicked.connect(self.back_requested)

    def _add_concerns(self) -> None:
        self._concerns = QButtonGroup(self)
        for number, (concern, words) in enumerate(CONCERN_WORDS.items()):
            button = QRadioButton(words, self.inside)
            button.setObjectName(f"concern{concern.name.title().replace('_', '')}Button")
            button.setAccessibleName(words)
            button.setChecked(number == 0)
            self._concerns.addButton(button, number)
            self.column.addWidget(button)

    def _add_words(self) -> None:
        label = strong(WORDS, self.inside)
        self.words_edit = QPlainTextEdit(self.inside)
        self.words_edit.setObjectName("heldBackWordsEdit")
        self.words_edit.setAccessibleName(WORDS)
        self.words_edit.setTabChangesFocus(True)
        self.words_edit.setMinimumHeight(self.fontMetrics().lineSpacing() * 5)
        label.setBuddy(self.words_edit)
        self.column.addWidget(label)
        self.column.addWidget(self.words_edit)

    def begin(self, coming: Sequence[Coming], ticked: Sequence[Coming]) -> None:
        """List what is coming; what was not ticked singly is all held back."""
        self.things.show_things(coming, ticked or coming)
        if len(coming) == 1:
            self.things.hide_boxes()
        self.words_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        # Its place is known once the page is laid out; nobody types where they cannot see it.
        QTimer.singleShot(AFTER_LAYOUT_MS, self, self._show_words)

    @Slot()
    def _show_words(self) -> None:
        edit = self.words_edit
        foot = edit.mapTo(self.inside, edit.rect().bottomLeft())
        self._scroll.ensureVisible(foot.x(), foot.y() + 1, 0, 0)

    def concern(self) -> Concern:
        """Return what it may be."""
        return tuple(CONCERN_WORDS)[self._concerns.checkedId()]

    def description(self) -> str:
        """Return what was written of it."""
        return self.words_edit.toPlainText()


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
