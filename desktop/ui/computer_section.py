"""This computer: when the log locks, and how it looks."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.ui.entry import Entry
from desktop.ui.log_section import LogSection, field_row
from desktop.ui.session import Session
from desktop.ui.theme import SCALES, Look
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.words import field_label, secondary

_MINUTES = (2, 5, 10, 15, 30)
_LOOKS = {
    Look.SYSTEM: "As the computer is set",
    Look.LIGHT: "Light",
    Look.DARK: "Dark",
    Look.CONTRAST: "High contrast",
}


class ComputerSection(LogSection):
    """What belongs to this computer rather than to the log."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self.body.addWidget(self._build_lock_card())
        self.body.addWidget(self._build_look_card())

    def _build_lock_card(self) -> Card:
        card = Card("Locking", self)
        self.minutes_box = QComboBox(card)
        self.minutes_box.setObjectName("lockMinutesBox")
        present = self._entry.preferences.lock_minutes
        for minutes in sorted({*_MINUTES, present}):
            self.minutes_box.addItem(f"{minutes} minutes", minutes)
        self.minutes_box.setCurrentIndex(self.minutes_box.findData(present))
        self.minutes_box.currentIndexChanged.connect(self._on_minutes_changed)
        card.body.addLayout(
            field_row(field_label("Lock &after", self.minutes_box, card), self.minutes_box)
        )
        card.body.addWidget(
            secondary("When nobody touches keyboard or mouse. Ctrl+L locks at once.", card)
        )
        return card

    def _build_look_card(self) -> Card:
        card = Card("How it looks", self)
        self.look_box = QComboBox(card)
        self.look_box.setObjectName("lookBox")
        for look, words in _LOOKS.items():
            self.look_box.addItem(words, look.value)
        self.look_box.setCurrentIndex(list(_LOOKS).index(self._entry.preferences.look))
        self.scale_box = QComboBox(card)
        self.scale_box.setObjectName("textSizeBox")
        for scale in SCALES:
            self.scale_box.addItem(f"{scale} %", scale)
        self.scale_box.setCurrentIndex(self.scale_box.findData(self._entry.preferences.scale))
        self.look_box.currentIndexChanged.connect(self._on_look_changed)
        self.scale_box.currentIndexChanged.connect(self._on_look_changed)
        card.body.addLayout(field_row(field_label("&Colours", self.look_box, card), self.look_box))
        card.body.addLayout(
            field_row(field_label("Text &size", self.scale_box, card), self.scale_box)
        )
        return card

    @Slot()
    def _on_minutes_changed(self) -> None:
        minutes = int(self.minutes_box.currentData())
        self._entry.prefer(replace(self._entry.preferences, lock_minutes=minutes))

    @Slot()
    def _on_look_changed(self) -> None:
        look, scale = Look(self.look_box.currentData()), int(self.scale_box.currentData())
        self._entry.prefer(replace(self._entry.preferences, look=look, scale=scale))
