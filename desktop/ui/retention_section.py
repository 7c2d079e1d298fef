"""Records to keep: which are due for review, held, or erased."""

from PySide6.QtWidgets import QWidget

from desktop.ui.entry import Entry
from desktop.ui.log_section import LogSection
from desktop.ui.session import Session
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.words import body, secondary


class RetentionSection(LogSection):
    """The review list."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        card = Card("Records due for review", self)
        card.body.addWidget(body("None yet.", card))
        card.body.addWidget(secondary("Nothing is ever deleted by itself.", card))
        self.body.addWidget(card)
