"""A message on the page itself, instead of a box in front of it."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import label

BannerTone = Literal["info", "warn", "error", "done"]


class Banner(QFrame):
    """Hidden until it has something to say; the reader may put it away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: Callable[[], None] | None = None
        self._build_ui()
        self.hide()

    def _build_ui(self) -> None:
        self.setObjectName("messageBanner")
        self._title_label: QLabel = label("", "strong", self)
        self._text_label: QLabel = label("", "body", self)
        self._action_button = QPushButton(self)
        self._action_button.setObjectName("bannerActionButton")
        self._action_button.clicked.connect(self._on_action_clicked)
        self._close_button = QPushButton("Put away", self)
        self._close_button.setObjectName("bannerCloseButton")
        self._close_button.setAccessibleName("Put this message away")
        set_role(self._close_button, "quiet")
        self._close_button.clicked.connect(self.clear)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title_label)
        words.addWidget(self._text_label)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 10, 10)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self._action_button)
        row.addWidget(self._close_button)

    @property
    def text(self) -> str:
        """What it says now; nothing while it is away."""
        if self.isHidden():
            return ""
        return " ".join(filter(None, (self._title_label.text(), self._text_label.text())))

    def show_message(
        self,
        text: str,
        tone: BannerTone = "info",
        *,
        title: str = "",
        action: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        """Say something, with at most one thing to do about it."""
        set_role(self, f"banner-{tone}")
        self._title_label.setText(title)
        self._title_label.setVisible(bool(title))
        self._text_label.setText(text)
        self._text_label.setVisible(bool(text))
        self._action = action[1] if action else None
        self._action_button.setVisible(action is not None)
        if action:
            self._action_button.setText(action[0])
            self._action_button.setAccessibleName(action[0])
        self.show()
        self.setAccessibleName(self.text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    @Slot()
    def clear(self) -> None:
        """Put the message away."""
        self._action = None
        self.hide()

    @Slot()
    def _on_action_clicked(self) -> None:
        action = self._action
        self.clear()
        if action:
            action()
