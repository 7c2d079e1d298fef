"""A card: a white sheet with a title that holds what belongs together."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import card_heading, secondary

MARGIN = 18


class Card(QFrame):
    """Put widgets into `body`; buttons that belong to the whole card into `buttons`."""

    def __init__(self, title: str = "", parent: QWidget | None = None, *, hint: str = "") -> None:
        super().__init__(parent)
        set_role(self, "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, 16, MARGIN, 16)
        outer.setSpacing(8)
        self.title_label: QLabel = card_heading(title, self)
        self.hint_label: QLabel = secondary(hint, self)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title_label)
        words.addWidget(self.hint_label)
        head.addLayout(words, 1)
        head.addLayout(self.buttons)
        outer.addLayout(head)
        outer.addLayout(self.body)
        self.title_label.setVisible(bool(title))
        self.hint_label.setVisible(bool(hint))

    def set_roomy(self) -> None:
        """Stand alone on a page: a page title, and more room at the edges."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(32, 28, 32, 28)
            layout.setSpacing(16)
        set_role(self.title_label, "title")

    def set_title(self, title: str) -> None:
        """Change the title; none hides it."""
        self.title_label.setText(title)
        self.title_label.setVisible(bool(title))

    def set_hint(self, hint: str) -> None:
        """Change the quiet line under the title; none hides it."""
        self.hint_label.setText(hint)
        self.hint_label.setVisible(bool(hint))
