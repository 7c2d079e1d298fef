"""This computer: when the log locks, who may see the window, and how it looks."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from desktop.domain.calendar.times import say
from desktop.operations.evidence.allow_capture import allow_capture
from desktop.ui.entry import Entry
from desktop.ui.keeping.log_section import LogSection, field_row
from desktop.ui.session import Session
from desktop.ui.theme import SCALES, Look
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.words import body, breakable, field_label, secondary
from desktop.ui.window_guard import MINUTES

_MINUTES = (2, 5, 10, 15, 30)
WHEN = (
    "When nobody touches this computer, whatever program is in front. Ctrl+L locks at once. The "
    "log also locks when the screen locks, when the computer goes to sleep and when somebody else "
    "signs in."
)
HIDDEN = (
    "Windows of this program are left out of screen captures, screen sharing and remote help. A "
    "camera still sees them, and so does whoever looks over your shoulder."
)
REFUSED = (
    "This computer did not agree to hide a window of this program. Take it that screen sharing "
    "shows everything: lock the log before you share the screen."
)
CANNOT = (
    "On this system a program cannot keep its windows out of screen captures and screen sharing. "
    "Lock the log before you share the screen or let somebody help you from afar."
)
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
        self.body.addWidget(self._build_seen_card())
        self.body.addWidget(self._build_look_card())
        self.body.addWidget(self._build_place_card())
        if entry.window_guard is not None:
            entry.window_guard.changed.connect(self._show_seen)
        self._show_seen()

    def _build_place_card(self) -> Card:
        card = Card("Where this log is", self)
        card.body.addWidget(body(breakable(str(self._entry.folder)), card))
        return card

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
        card.body.addWidget(secondary(WHEN, card))
        return card

    def _build_seen_card(self) -> Card:
        card = Card("Screen captures and sharing", self)
        self.seen_label = body("", card)
        self.seen_label.setObjectName("seenLabel")
        card.body.addWidget(self.seen_label)
        self.seen_button = QPushButton(card)
        self.seen_button.setObjectName("letOthersSeeButton")
        self.seen_button.clicked.connect(self._on_seen_clicked)
        card.buttons.addWidget(self.seen_button)
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
    def _show_seen(self) -> None:
        guard = self._entry.window_guard
        possible = guard is not None and guard.is_possible
        until = guard.open_until if guard is not None else None
        if guard is None or not possible:
            text = CANNOT
        elif until is not None:
            text = f"Others can see the windows of this program until {say(until)}."
        else:
            text = REFUSED if guard.refused else HIDDEN
        self.seen_label.setText(text)
        words = "Hide them again" if until else f"Let others see this window for {MINUTES} minutes"
        self.seen_button.setText(words)
        self.seen_button.setAccessibleName(words)
        self.seen_button.setToolTip("" if until else "It is recorded, and it ends by itself.")
        self.seen_button.setVisible(possible)

    @Slot()
    def _on_seen_clicked(self) -> None:
        guard = self._entry.window_guard
        if guard is None:
            return
        if guard.open_until is None:
            guard.let_others_see(self, partial(allow_capture, minutes=MINUTES))
        else:
            guard.hide_again()

    @Slot()
    def _on_minutes_changed(self) -> None:
        minutes = int(self.minutes_box.currentData())
        self._entry.prefer(replace(self._entry.preferences, lock_minutes=minutes))

    @Slot()
    def _on_look_changed(self) -> None:
        look, scale = Look(self.look_box.currentData()), int(self.scale_box.currentData())
        self._entry.prefer(replace(self._entry.preferences, look=look, scale=scale))
