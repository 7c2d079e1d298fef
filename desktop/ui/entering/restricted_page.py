"""Leads on when a concern is about a colleague: whom to go to, what not to do, where to write."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QRadioButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say_date
from desktop.ui.restricted_words import Subject, read_restricted_words
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, secondary, strong

NOTHING_KEPT = (
    "Nothing of this page is kept. The usual log is locked first, and nothing about a restricted "
    "log is written into it or into the settings of this computer."
)
HOW = (
    "A restricted log is a log of its own: another folder, other keyholders, another passphrase "
    "and recovery key. Keep it where the person it is about cannot get at it, best on a stick "
    "that is locked away. This program does not remember where it lies: note the place on its "
    "recovery sheet."
)


class RestrictedPage(Page):
    """Asks for nothing and keeps nothing; both ways on are open at once."""

    start_requested = Signal()
    open_requested = Signal()
    danger_requested = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("About a colleague", parent)
        self._words = read_restricted_words()
        self._build_ui()

    def _build_ui(self) -> None:
        danger = self._button("Someone in danger now", "restrictedDangerButton", "danger")
        danger.clicked.connect(self.danger_requested)
        self.buttons.addWidget(danger)
        self.body.addWidget(secondary(NOTHING_KEPT, self))
        self.body.addWidget(self._build_subjects())
        self.body.addWidget(self._build_advice())
        self.body.addWidget(self._build_ways_on())

    def _build_subjects(self) -> Card:
        card = Card(
            "Who is it about?", self, hint="Not sure? Choose what fits best, and take no risk."
        )
        self._subjects = QButtonGroup(self)
        for subject in self._words.subjects:
            button = QRadioButton(subject.label, card)
            button.setObjectName(f"restricted{subject.key.capitalize()}Button")
            button.setAccessibleName(subject.label)
            button.clicked.connect(partial(self._show_subject, subject))
            self._subjects.addButton(button)
            card.body.addWidget(button)
        self._go_to = strong("", card)
        self._go_to.setObjectName("restrictedGoToLabel")
        self._manager = body("", card)
        self._manager.setObjectName("restrictedManagerLabel")
        self._source = secondary("", card)
        for each in (self._go_to, self._manager, self._source):
            each.hide()
            card.body.addWidget(each)
        return card

    def _show_subject(self, subject: Subject, _on: bool = True) -> None:
        self._go_to.setText(subject.go_to)
        self._manager.setText(subject.text)
        self._source.setText(f"{subject.source}. Last checked {say_date(subject.checked)}")
        for each in (self._go_to, self._manager, self._source):
            each.show()
        self._go_to.setAccessibleName(f"{subject.go_to}. {subject.text}")

    def _build_advice(self) -> Card:
        card = Card("Whoever it is about", self)
        for advice in self._words.advice:
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(body(advice.text, card))
            words.addWidget(secondary(advice.source, card))
            card.body.addLayout(words)
        return card

    def _build_ways_on(self) -> Card:
        card = Card("Write it down in a restricted log", self)
        card.body.addWidget(body(HOW, card))
        row = FlowLayout(spacing=8)
        start = self._button("Start a restricted log", "startRestrictedButton", "primary")
        start.clicked.connect(self.start_requested)
        existing = self._button("Open the restricted log", "openRestrictedButton", "plain")
        existing.clicked.connect(self.open_requested)
        leave = self._button("It is about somebody else", "leaveRestrictedButton", "quiet")
        leave.clicked.connect(self.left)
        for button in (start, existing, leave):
            row.addWidget(button)
        card.body.addLayout(row)
        return card

    def _button(self, words: str, name: str, role: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        set_role(button, role)
        return button

    def begin(self) -> None:
        """Start with nobody chosen and the focus on the first answer."""
        self._subjects.setExclusive(False)
        for button in self._subjects.buttons():
            button.setChecked(False)
        self._subjects.setExclusive(True)
        for each in (self._go_to, self._manager, self._source):
            each.hide()
        self._subjects.buttons()[0].setFocus()
