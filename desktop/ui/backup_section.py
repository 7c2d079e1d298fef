"""Backups: where they go, when the last one was proved."""

from PySide6.QtWidgets import QWidget

from desktop.ui.entry import Entry
from desktop.ui.log_section import LogSection
from desktop.ui.session import Session
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.words import body, secondary


class BackupSection(LogSection):
    """The places for backups."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self.body.addWidget(self._build_hint_card())

    def _build_hint_card(self) -> Card:
        card = Card("Backups", self)
        card.body.addWidget(
            body(
                "To back up: lock the log, then copy the whole folder to an encrypted disk or a "
                "share only you can open.",
                card,
            )
        )
        card.body.addWidget(secondary("It opens only with your passphrase or recovery key.", card))
        return card
