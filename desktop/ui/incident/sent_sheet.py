"""Shows the text of a worksheet as it was sent: it is never changed any more."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say
from desktop.domain.steps.worksheets import SubmittedSheet
from desktop.ui.clipboard import clipboard_minute
from desktop.ui.dialog import Dialog
from desktop.ui.incident.clipboard_label import ClipboardLabel
from desktop.ui.incident.worksheet_section import as_text
from desktop.ui.session import Session
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import body, breakable, heading, secondary, strong

LETTERS_WIDE = 72
OF_SCREEN = 0.9
NOT_ANSWERED = "Not answered."


class SentSheetDialog(Dialog):
    """Every question with the answer that was sent."""

    def __init__(
        self, session: Session, sheet: SubmittedSheet, title: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._sheet = sheet
        self._title = title
        self.setObjectName("sentSheetDialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_ui()
        session.about_to_lock.connect(self.close)

    def _build_ui(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(heading(self._title, self))
        outer.addWidget(secondary(f"{say_sent(self._sheet)} It cannot be changed.", self))
        self._scroll = Scroll(self)
        column = self._scroll.inner.column
        column.setContentsMargins(2, 2, 12, 2)
        column.setSpacing(4)
        for question, answer in self._sheet.texts:
            words = strong(question, self)
            words.setContentsMargins(0, 8, 0, 0)
            column.addWidget(words)
            told = body(breakable(answer), self) if answer else secondary(NOT_ANSWERED, self)
            column.addWidget(told)
        column.addStretch(1)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(ClipboardLabel(self._session, self))
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        self.copy_button: QPushButton = plain_button(
            "copySentButton", "Copy all", row, "Copy all of what was sent"
        )
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.close_button: QPushButton = plain_button("sentCloseButton", "Close", row)
        self.close_button.clicked.connect(self.close)
        flow.addWidget(self.close_button)
        flow.addWidget(self.copy_button)
        outer.addWidget(row)

    def show_form(self) -> None:
        """Open in front of the window."""
        screen = QGuiApplication.primaryScreen().availableSize()
        wide = self.fontMetrics().averageCharWidth() * LETTERS_WIDE
        self.resize(
            min(wide, round(screen.width() * OF_SCREEN)), round(screen.height() * OF_SCREEN)
        )
        self.open()
        self.close_button.setFocus()

    @Slot()
    def _on_copy_clicked(self) -> None:
        answered = ((question, answer) for question, answer in self._sheet.texts if answer)
        clipboard_minute(self._session).copy(as_text(self._title, answered))


def say_sent(sheet: SubmittedSheet) -> str:
    """Say when it was sent, and by whom."""
    return f"Sent {say(sheet.at)} by {sheet.by}."
