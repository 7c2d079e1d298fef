"""The frame of the pages before a log is open: one card in the middle, help in danger above it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.theme import px
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import label

CARD_WIDTH = 620


class FrontPage(QWidget):
    """Put everything into `card`; messages stand in `banner` right above it."""

    danger_requested = Signal()
    restore_requested = Signal()
    salvage_requested = Signal()
    # Whether a log can be brought back from here at all.
    offers_rescue = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(26, 18, 26, 18)
        outer.addLayout(self._build_head())
        self.banner = Banner(self)
        self.card = Card("", self)
        self.card.set_roomy()
        scroll = Scroll(self)
        self._column_widget = QWidget(scroll.inner)
        column = QVBoxLayout(self._column_widget)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(self.banner)
        column.addWidget(self.card)
        column.addWidget(self._build_rescue())
        column.addStretch(3)
        self._fit()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._column_widget, 20)
        row.addStretch(1)
        scroll.inner.column.addLayout(row)
        outer.addWidget(scroll, 1)

    def focus_first(self) -> None:
        """Put the cursor where typing starts; the danger button if there is nowhere."""
        self.danger_button.setFocus()

    def show_rescue(self, *, shown: bool) -> None:
        """Offer to bring a log back, or leave that out."""
        self._rescue_row.setVisible(shown and self.offers_rescue)

    def enable_rescue(self, *, enabled: bool) -> None:
        """Let nobody leave for another page while a log is being opened."""
        self._rescue_row.setEnabled(enabled)

    def _build_rescue(self) -> QWidget:
        self._rescue_row = QWidget(self)
        row = FlowLayout(self._rescue_row, spacing=8)
        for words, name, signal in (
            ("Restore from a backup", "restoreButton", self.restore_requested),
            ("A log is damaged: save what can be read", "salvageButton", self.salvage_requested),
        ):
            button = QPushButton(words, self._rescue_row)
            button.setObjectName(name)
            button.setAccessibleName(words)
            set_role(button, "quiet")
            button.clicked.connect(signal)
            row.addWidget(button)
        self.show_rescue(shown=True)
        return self._rescue_row

    def _fit(self) -> None:
        self._column_widget.setMaximumWidth(px(CARD_WIDTH))

    def changeEvent(self, event: QEvent) -> None:
        """Keep the lines as long as before when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(label("Safeguarding Log", "product", self, wrap=False))
        head.addStretch(1)
        self.danger_button = QPushButton("Someone in danger now", self)
        self.danger_button.setObjectName("dangerButton")
        self.danger_button.setAccessibleName("Someone in danger now: whom to call")
        set_role(self.danger_button, "danger")
        self.danger_button.clicked.connect(self.danger_requested)
        head.addWidget(self.danger_button)
        return head
