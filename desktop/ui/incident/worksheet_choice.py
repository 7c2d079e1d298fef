"""Lets the keyholder take up any worksheet, also where no step asks for it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say
from desktop.domain.identifiers import IncidentId
from desktop.operations.incident.keep_worksheets import WorksheetLine, list_worksheets
from desktop.ui.dialog import Dialog
from desktop.ui.incident.worksheet_dialog import WorksheetDialog
from desktop.ui.session import Session
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.scroll import Scroll
from desktop.ui.widgets.words import body, heading, secondary

LETTERS_WIDE = 62
LINES_HIGH = 36
HINT = (
    "Each holds your words in the order in which that agency's form asks for them. The steps open "
    "the one they need; here are all of them."
)


class WorksheetChoice(Dialog):
    """One button for each worksheet, with how far it got in this incident."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._incident_id = incident_id
        self._above = parent
        self.setObjectName("worksheetChoice")
        self.setWindowTitle("Worksheets")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(heading("Worksheets", self))
        outer.addWidget(body(HINT, self))
        scroll = Scroll(self)
        self._column = scroll.inner.column
        self._column.setContentsMargins(2, 2, 12, 2)
        outer.addWidget(scroll, 1)
        self.close_button: QPushButton = plain_button("choiceCloseButton", "Close", self)
        self.close_button.clicked.connect(self.close)
        row = QWidget(self)
        FlowLayout(row).addWidget(self.close_button)
        outer.addWidget(row)
        session.about_to_lock.connect(self.close)

    def show_form(self) -> None:
        """Open in front of the window."""
        metrics = self.fontMetrics()
        screen = self.screen().availableSize()
        wide, high = metrics.averageCharWidth() * LETTERS_WIDE, metrics.height() * LINES_HIGH
        self.resize(
            min(wide, round(screen.width() * 0.9)), min(high, round(screen.height() * 0.9))
        )
        self.open()
        operation = partial(list_worksheets, incident_id=self._incident_id)
        self._session.run(self, operation, self._on_read)

    def _on_read(self, lines: tuple[WorksheetLine, ...]) -> None:
        for line in lines:
            button = plain_button(
                f"open{line.id.title().replace('-', '')}Button", line.title, self
            )
            button.clicked.connect(partial(self._open, line.id))
            row = QWidget(self)
            FlowLayout(row).addWidget(button)
            self._column.addWidget(row)
            row.show()  # only what is visible can take the focus
            if line is lines[0]:
                button.setFocus()
            told = f"{line.purpose}. {say_state(line)}".strip()
            button.setAccessibleDescription(told)
            self._column.addWidget(secondary(told, self))
            self._column.addSpacing(8)
        self._column.addStretch(1)

    def _open(self, worksheet_id: str) -> None:
        dialog = WorksheetDialog(self._session, self._incident_id, worksheet_id, None, self._above)
        self.close()
        dialog.show_form()


def say_state(line: WorksheetLine) -> str:
    """Say how far a worksheet got, '' where nobody touched it."""
    sent = f"Sent {say(line.sent_at)}." if line.sent_at else ""
    begun = "Begun, and not yet sent." if line.begun else ""
    return " ".join(filter(None, (sent, begun)))
