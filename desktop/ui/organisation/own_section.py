"""The frame of every tab about the organisation: cards, made anew when something changes."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLayout, QWidget
from shiboken6 import invalidate

from desktop.operations.organisation.show_own_copy import OwnView
from desktop.operations.workspace import Workspace
from desktop.ui import messages
from desktop.ui.keeping.log_section import LogSection
from desktop.ui.organisation.entry_row import EntryRow, Row, RowAction, action_bar
from desktop.ui.session import Session
from desktop.ui.tab_order import tab_stops
from desktop.ui.widgets.card import Card


class OwnSection(LogSection):
    """Override `build` to show a view; it starts from an empty `body`."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.view: OwnView | None = None

    def show_view(self, view: OwnView) -> None:
        """Show what is entered now; the caret stays on the button where it was."""
        if view != self.view:
            self._show(view)

    def show_again(self) -> None:
        """Make the cards anew, of the same view."""
        if self.view is not None:
            self._show(self.view)

    def _show(self, view: OwnView) -> None:
        # Of this window: a form may still stand in front of it.
        focused: QWidget | None = self.window().focusWidget()
        here = focused is not None and self.isAncestorOf(focused)
        name = focused.objectName() if focused is not None and here else ""
        place = _place_of(focused, list(tab_stops(self))) if here else 0
        self.setUpdatesEnabled(False)
        self.forget()
        self.view = view
        self.build(view)
        self._come_up()
        self.setUpdatesEnabled(True)
        if name:
            self._focus(name, place)

    def _come_up(self) -> None:
        """Show the cards at once: Qt gives the caret to nothing that is shown a moment later."""
        for card in self._cards():
            card.show()

    def _cards(self) -> Iterator[QWidget]:
        for place in range(self.body.count()):
            item = self.body.itemAt(place)
            if item is None or (card := item.widget()) is None:
                continue
            # WORKAROUND PySide6 6.11, as in tab_order: Qt frees the item unbeknown to Python.
            invalidate(item)
            yield card

    def _focus(self, name: str, place: int) -> None:
        """Put the caret where it was, or beside what is gone: Qt would leave the page."""
        found = [card.findChild(QWidget, name) for card in self._cards()]
        again = next((one for one in found if one is not None), None)
        stops = list(tab_stops(self))
        if again is None and stops:
            again = stops[min(place, len(stops) - 1)]
        if again is not None:
            again.setFocus()
            QTimer.singleShot(0, again, partial(self.ensureWidgetVisible, again))

    def build(self, view: OwnView) -> None:
        """Make the cards."""
        raise NotImplementedError

    def add_card(
        self,
        title: str,
        rows: Sequence[Row],
        *,
        hint: str = "",
        actions: Sequence[RowAction] = (),
    ) -> Card:
        """Add a card of rows; its actions stand as buttons below its title."""
        card = Card(title, self, hint=hint)
        if actions:
            card.body.addWidget(action_bar(actions, card))
        for number, row in enumerate(rows):
            card.body.addWidget(EntryRow(row, card, first=number == 0 and not actions))
        self.body.addWidget(card)
        return card

    def forget(self) -> None:
        """Take everything away: what is shown must not outlive a change or the lock."""
        self.view = None
        _empty(self.body)

    def wipe(self) -> None:
        """Take everything away at the lock."""
        self.forget()

    def do(self, operation: Callable[[Workspace], object], done: str) -> None:
        """Do it and say so; what goes wrong is said on the page."""
        self.session.run(self, operation, lambda _changes: messages.tell(self, done))


def _place_of(focused: QWidget | None, stops: Sequence[QWidget]) -> int:
    return next((place for place, stop in enumerate(stops) if stop is focused), 0)


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
