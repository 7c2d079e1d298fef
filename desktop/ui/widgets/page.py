"""The frame that every page shares: messages, a title with its buttons, a body that scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import label

MARGIN = 26


class Page(QWidget):
    """Put buttons into `buttons` (a row that wraps as one) and everything else into `body`."""

    def __init__(self, title: str, parent: QWidget | None = None, *, scrolls: bool = True) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.banner = Banner(self)
        self.title_label = label(title, "title", wrap=False)
        self.subtitle_label = label("", "subtitle", wrap=False)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(12)
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, 18, MARGIN, 0)
        outer.setSpacing(14)
        outer.addWidget(self._build_header())
        outer.addWidget(self.banner)
        if scrolls:
            outer.addWidget(self._build_scroll(), 1)
        else:
            self.body.setContentsMargins(0, 0, 0, MARGIN)
            outer.addLayout(self.body, 1)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change the title and the quiet words beside it."""
        self.title_label.setText(title)
        self.subtitle_label.setText(subtitle)

    def _build_header(self) -> QWidget:
        header = QWidget(self)
        flow = FlowLayout(header, spacing=12, spread=True)
        words = QWidget(header)
        row = QHBoxLayout(words)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for each in (self.title_label, self.subtitle_label):
            each.setParent(words)
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignBaseline)
        buttons = QWidget(header)
        buttons.setLayout(self.buttons)
        self.buttons.setContentsMargins(0, 0, 0, 0)
        flow.addWidget(words)
        flow.addWidget(buttons)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        header.setSizePolicy(policy)
        return header

    def _build_scroll(self) -> Scroll:
        scroll = Scroll(self)
        column = scroll.inner.column
        column.setContentsMargins(0, 0, 0, MARGIN)
        column.addLayout(self.body)
        column.addStretch(1)
        return scroll
