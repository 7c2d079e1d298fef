"""Keyholders and keys: who opens this log, and with what."""

from PySide6.QtWidgets import QWidget

from desktop.ui.entry import Entry
from desktop.ui.log_section import LogSection
from desktop.ui.session import Session
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.words import body, secondary


class KeysSection(LogSection):
    """The keyholders."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self.body.addWidget(self._build_keyholders_card())

    def _build_keyholders_card(self) -> Card:
        card = Card("Who opens this log", self)
        keyholder = self._session.keyholder
        who = ", ".join(filter(None, (keyholder.name, keyholder.title))) if keyholder else ""
        marks = f"Exhibits are marked {keyholder.initials}/1 and so on." if keyholder else ""
        card.body.addWidget(body(f"Keyholder: {who}", card))
        card.body.addWidget(secondary(marks, card))
        return card
