"""The banner about sources that are past their review date."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.policy.sources import Source
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, strong

SHOWN = 6
WHY = (
    "What the program takes from there may no longer be right. Look whether there is a newer one, "
    "then note what you found under Sources."
)


def overdue_card(sources: Sequence[Source], parent: QWidget) -> QFrame:
    """Return a banner that names them; it stays until somebody looked."""
    card = QFrame(parent)
    card.setObjectName("overdueSourcesBanner")
    set_role(card, "banner-warn")
    title = "1 source is" if len(sources) == 1 else f"{len(sources)} sources are"
    names = "; ".join(one.name for one in sources[:SHOWN])
    more = " and others" if len(sources) > SHOWN else ""
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 10, 16, 10)
    column.setSpacing(2)
    heading = f"{title} past the review date"
    card.setAccessibleName(f"{heading}: {names}{more}")
    column.addWidget(strong(heading, card))
    column.addWidget(body(f"{names}{more}. {WHY}", card))
    return card
