"""Says how long what was copied stays on the clipboard."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.ui.clipboard import KEPT_SECONDS, clipboard_minute
from desktop.ui.session import Session
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import label


class ClipboardLabel(QWidget):
    """Hidden while nothing was copied; read aloud once, and not again at every second."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._minute = clipboard_minute(session)
        self.words: QLabel = label("", "good", self, wrap=False)
        self.words.setObjectName("clipboardLabel")
        self.wipe_button: QPushButton = plain_button(
            "wipeClipboardButton", "Empty it now", self, "Empty the clipboard now"
        )
        set_role(self.wipe_button, "quiet")
        self.wipe_button.clicked.connect(self._minute.wipe)
        flow = FlowLayout(self, spacing=8)
        flow.addWidget(self.words)
        flow.addWidget(self.wipe_button)
        self._minute.ticked.connect(self._on_ticked)
        self._on_ticked(self._minute.left)

    @Slot(int)
    def _on_ticked(self, left: int) -> None:
        self.setVisible(bool(left))
        self.words.setText(f"Copied. The clipboard is emptied in {left} s.")
        if left == KEPT_SECONDS:
            self.words.setAccessibleName(self.words.text())
            QAccessible.updateAccessibility(QAccessibleEvent(self.words, QAccessible.Event.Alert))
