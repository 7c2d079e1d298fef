"""Scrolls to a step, and keeps it in view while what stands around it still finds its room."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.incident.step_card import StepCard
from desktop.ui.widgets.scroll import AFTER_LAYOUT_MS, Scroll

SETTLED_MS = 600


class StepScroll(Scroll):
    """Follows one step at a time, found by `card`; whoever scrolls by hand ends that."""

    def __init__(self, card: Callable[[str], StepCard | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._card = card
        self._followed_id = ""
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLED_MS)
        self._settling.timeout.connect(self._show_followed)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._on_range_changed)
        bar.actionTriggered.connect(self._settling.stop)

    @Slot(str)
    def lead_to(self, step_id: str) -> None:
        """Bring a step into view, and follow it until everything around it has settled."""
        self._followed_id = step_id
        self._settling.start()
        QTimer.singleShot(AFTER_LAYOUT_MS, self, self._show_followed)

    def go_on_following(self, step_id: str) -> None:
        """Follow the step again if it is the one, and nobody has scrolled it out of view."""
        if step_id == self._followed_id and self.has_in_view(step_id):
            self._settling.start()

    def has_in_view(self, step_id: str) -> bool:
        """Say whether something of the step's row can be seen."""
        card = self._card(step_id)
        return card is not None and not card.header.visibleRegion().isEmpty()

    def show_from(self, widget: QWidget) -> None:
        """Scroll so that this stands at the top, as far as there is enough below it."""
        self.verticalScrollBar().setValue(self._top_of(widget))

    @Slot()
    def _on_range_changed(self) -> None:
        if self._settling.isActive():
            self._settling.start()
            QTimer.singleShot(0, self, self._show_followed)

    @Slot()
    def _show_followed(self) -> None:
        card = self._card(self._followed_id)
        if card is None:
            return
        top, bar = self._top_of(card), self.verticalScrollBar()
        room = self.viewport().height()
        need = min(card.height_to_see(), room)
        if not bar.value() <= top <= bar.value() + room - need:
            bar.setValue(max(0, top - min(room // 6, room - need)))

    def _top_of(self, widget: QWidget) -> int:
        return widget.mapTo(self.inner, widget.rect().topLeft()).y()
