"""The notice that comes up when something was held back: what nobody may do, what to do now."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.domain.gate import STOP_NOTICE, STOP_NOTICE_TITLE
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, heading, secondary, strong

LETTERS_WIDE = 64
WHAT_NEXT = (
    "Only your description was kept. The steps for this are in the checklist of the incident. "
    "Everything else can still be captured, one thing at a time."
)


class StopNotice(QDialog):
    """Says stop, in words; one button, nothing to decide here."""

    def __init__(self, held: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("stopNotice")
        self.setWindowTitle(STOP_NOTICE_TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleDescription(STOP_NOTICE)
        self._build_ui(held)

    def _build_ui(self, held: Sequence[str]) -> None:
        panel = QFrame(self)
        set_role(panel, "danger-panel")
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(20, 18, 20, 18)
        inner.setSpacing(10)
        inner.addWidget(heading(STOP_NOTICE_TITLE, panel))
        paragraphs = STOP_NOTICE.split("\n\n")
        for paragraph in paragraphs:
            make = strong if paragraph is paragraphs[-1] else body
            inner.addWidget(make(paragraph, panel))
        if held:
            inner.addWidget(secondary("Held back: " + ", ".join(held), panel))
        inner.addWidget(secondary(WHAT_NEXT, panel))
        self._read_button = QPushButton("I have read this", self)
        self._read_button.setObjectName("stopReadButton")
        self._read_button.setAccessibleName("I have read this")
        set_role(self._read_button, "primary")
        self._read_button.setDefault(True)
        self._read_button.clicked.connect(self.accept)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 20)
        outer.setSpacing(16)
        outer.addWidget(panel)
        outer.addWidget(self._read_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * LETTERS_WIDE)
