"""Compares the clock of this computer with another one, at the press of a button."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.clock_checks import ClockCheck, read_clock
from desktop.domain.calendar.times import say
from desktop.domain.errors import AppError
from desktop.operations.checking.compare_clock import compare_clock, latest_check
from desktop.ui import messages
from desktop.ui.dialog import Dialog
from desktop.ui.session import Session
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, heading, secondary, strong

LETTERS_WIDE = 60
TICK_MS = 250
WHY = (
    "Each capture carries the time of this computer. Find a clock that is sure to be right, such "
    "as a phone. Type a time that it is about to show, and press the button at that moment."
)
UNREADABLE = "Write the other clock's time with its seconds, such as 14:05:30."


class ClockDialog(Dialog):
    """The moment of the press is what counts, not the moment at which it is kept."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("clockDialog")
        self.setWindowTitle("Compare the clock")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_ui()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._show_clock)
        self._show_clock()
        self.finished.connect(self._timer.stop)
        session.about_to_lock.connect(self.reject)

    def _build_ui(self) -> None:
        self.banner = Banner(self)
        self._own_label = strong("", self)
        self._own_label.setObjectName("clockOwnLabel")
        self._last_label = secondary("", self)
        self._source_edit = self._edit("clockSourceEdit", "a phone, a radio clock …")
        self._reference_edit = self._edit("clockReferenceEdit", "14:05:30")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(heading("Compare the clock", self))
        outer.addWidget(body(WHY, self))
        outer.addWidget(self._own_label)
        outer.addWidget(self._last_label)
        outer.addWidget(self.banner)
        for text, edit in (
            ("&Which clock you compare it with", self._source_edit),
            ("&Time that it is about to show", self._reference_edit),
        ):
            label = strong(text, self)
            label.setBuddy(edit)
            edit.setAccessibleName(text.replace("&", ""))
            field = QVBoxLayout()
            field.setSpacing(4)
            field.addWidget(label)
            field.addWidget(edit)
            outer.addLayout(field)
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        self._now_button = QPushButton("It shows that &now", row)
        self._now_button.setObjectName("clockNowButton")
        self._now_button.setAccessibleName("It shows that now")
        self._now_button.setDefault(True)
        set_role(self._now_button, "primary")
        self._now_button.clicked.connect(self._on_now_clicked)
        self._close_button = QPushButton("&Close", row)
        self._close_button.setObjectName("clockCloseButton")
        self._close_button.setAccessibleName("Close")
        self._close_button.setAutoDefault(False)
        self._close_button.clicked.connect(self.reject)
        flow.addWidget(self._now_button)
        flow.addWidget(self._close_button)
        outer.addWidget(row)
        room = QGuiApplication.primaryScreen().availableSize().width()
        wide = self.fontMetrics().averageCharWidth() * LETTERS_WIDE
        self.setMinimumWidth(min(wide, round(room * 0.9)))

    def _edit(self, name: str, hint: str) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setObjectName(name)
        edit.setPlaceholderText(hint)
        return edit

    def ask(self) -> None:
        """Open it, and read how the clock stood the last time."""
        self.open()
        self._timer.start()
        self._source_edit.setFocus()
        self._session.run(self, latest_check, self._show_last)

    @Slot()
    def _show_clock(self) -> None:
        self._own_label.setText(f"This computer: {self._session.clock.now().local:%H:%M:%S}")

    def _show_last(self, check: ClockCheck | None) -> None:
        if check is None:
            self._last_label.setText("It has not been compared yet.")
            return
        self._source_edit.setText(self._source_edit.text() or check.source)
        self._last_label.setText(
            f"Compared last {say(check.at)} with {check.source}: {check.said}."
        )

    @Slot()
    def _on_now_clicked(self) -> None:
        at = self._session.clock.now()
        reference = read_clock(self._reference_edit.text())
        if reference is None:
            self.banner.show_message(UNREADABLE, "warn")
            self._reference_edit.setFocus()
            return
        self._now_button.setEnabled(False)
        source = self._source_edit.text()
        operation = partial(compare_clock, at=at, reference=reference, source=source)
        self._session.run(self, operation, self._on_compared, self._on_error)

    def _on_compared(self, check: ClockCheck) -> None:
        self._now_button.setEnabled(True)
        self._reference_edit.clear()
        self._show_last(check)
        self.banner.show_message(f"Kept. This computer is {check.said}.", "done")

    def _on_error(self, error: AppError) -> None:
        self._now_button.setEnabled(True)
        messages.show(self, error)
