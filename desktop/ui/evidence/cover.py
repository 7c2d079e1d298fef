"""Stands in front of an item until somebody asks to see it: the description comes first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.evidence.covering import Sensitivity
from desktop.domain.evidence.items import EvidenceItem
from desktop.operations.evidence.show_evidence import Views
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import body, quote, secondary, strong

_WHY = {
    Sensitivity.DISTRESSING: "It is marked as distressing.",
    Sensitivity.SENSITIVE: "It is marked as sensitive.",
    Sensitivity.OTHER_CHILDREN: "It shows or names other children.",
    Sensitivity.ORDINARY: "You have set every item to be covered.",
}
NOT_DESCRIBED = "It has not been described yet."
NOTED = "Nothing of it is read until you do. Each look is recorded."


class Cover(QWidget):
    """Says what is behind it; `lifted` once the keyholder wants to see it."""

    lifted = Signal()

    def __init__(self, item: EvidenceItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._build_ui(item)

    def _build_ui(self, item: EvidenceItem) -> None:
        scroll = Scroll(self)
        card = Card(f"{item.mark} is covered", scroll)
        card.body.addWidget(body(why_covered(item), card))
        card.body.addWidget(strong("What it shows", card))
        card.body.addWidget(quote(item.origin.description or NOT_DESCRIBED, card))
        self._views_label = body("", card)
        self._views_label.setObjectName("coverViewsLabel")
        self._views_label.hide()
        card.body.addWidget(self._views_label)
        self.show_button = QPushButton("&Show it", card)
        self.show_button.setObjectName("coverShowButton")
        self.show_button.setAccessibleName(f"Show {item.mark}")
        self.show_button.clicked.connect(self.lifted)
        card.body.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(secondary(NOTED, card))
        self.setFocusProxy(self.show_button)
        scroll.inner.column.addWidget(card)
        scroll.inner.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(scroll)

    def show_views(self, views: Views) -> None:
        """Say how often it was opened before."""
        self._views_label.setText(say_views(views))
        self._views_label.setVisible(bool(views.all))


def why_covered(item: EvidenceItem) -> str:
    """Say why an item is covered."""
    marked = item.origin.sensitivity.strip().lower()
    for sensitivity, words in _WHY.items():
        if marked == sensitivity.value:
            return words
    return f"It is marked as: {marked}." if marked else _WHY[Sensitivity.ORDINARY]


def say_views(views: Views) -> str:
    """Say how often the reader and others have opened it; nothing where nobody has."""
    if not views.all:
        return ""
    own = f"You have opened this {times(views.own)}." if views.own else ""
    others = views.all - views.own
    if not others:
        return own
    if not own:
        return f"Others have opened this {times(others)}, you have not."
    return f"{own} Others have opened it {times(others)}."


def times(count: int) -> str:
    """Say a number of times in words."""
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")
