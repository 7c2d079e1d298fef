"""Today: what must be done now, what comes next, and how the log itself is."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import MONTHS, WEEKDAYS
from desktop.operations.show_today import TodayLine, TodayView, show_today
from desktop.ui.log_state_rows import LARGE, LogStateRows, align_rows
from desktop.ui.session import Session
from desktop.ui.theme import px
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chip import Chip, Tone
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, row_line, secondary, strong

SHOWN = 30
RELOAD_AFTER_MS = 150
EVERY_MINUTE_MS = 60_000
_TONES: dict[str, Tone] = {"late": "late", "stop": "late", "due": "due", "chase": "due"}
_BUTTONS = {
    "step": "Open the step",
    "contact": "Check and note",
    "item": "Fill in",
    "draft": "Go on writing",
    "worksheet": "Go on with it",
    "report": "Preview",
    "standing": "See what is left",
}


class TodayPage(Page):
    """Answers one question: what must be done now."""

    target_requested = Signal(str, str, str)
    reports_requested = Signal()
    log_section_requested = Signal(str)
    quick_log_requested = Signal()
    capture_requested = Signal(object)
    danger_requested = Signal()
    counted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Today", parent)
        self._session = session
        self._build_ui()
        self._soon = self._timer(RELOAD_AFTER_MS, once=True)
        self._minute = self._timer(EVERY_MINUTE_MS, once=False)
        session.changed.connect(self._on_changed)

    def _build_ui(self) -> None:
        danger = self._button("Someone in danger now", "todayDangerButton", "danger")
        danger.clicked.connect(self.danger_requested)
        capture = self._button("Capture", "todayCaptureButton", "plain")
        capture.setToolTip("Ctrl+Shift+C")
        capture.clicked.connect(self._on_capture_clicked)
        quick = self._button("Quick log  Ctrl+N", "todayQuickLogButton", "primary")
        quick.setAccessibleName("Quick log")
        quick.clicked.connect(self.quick_log_requested)
        self._first: QPushButton | None = quick
        self._late_card = Card("Late", self)
        self._next_card = Card("Next", self)
        self._state_card = Card("The log", self)
        for card in (self._late_card, self._next_card, self._state_card):
            card.hide()
            self.body.addWidget(card)

    def _button(self, words: str, name: str, role: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        set_role(button, role)
        self.buttons.addWidget(button)
        return button

    def _timer(self, milliseconds: int, *, once: bool) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(once)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.reload)
        return timer

    @Slot()
    def reload(self) -> None:
        """Look again what there is to do."""
        self._session.run(self, show_today, self._show)

    def _show(self, view: TodayView) -> None:
        today = self._session.clock.now().local
        month = MONTHS[today.month - 1]
        self.set_title("Today", f"{WEEKDAYS[today.weekday()]} {today.day} {month} {today.year}")
        late = [line for line in view.lines if line.state == "late"]
        coming = [line for line in view.lines if line.state != "late"]
        self._late_card.setVisible(bool(late))
        self._late_card.body.addWidget(_fresh(self._late_card, "late", self._rows(late)))
        self._next_card.show()
        self._next_card.set_hint("" if view.incident_count else _NOTHING_YET)
        rows = self._rows(coming) if coming or not view.incident_count else self._nothing_due()
        self._next_card.body.addWidget(_fresh(self._next_card, "next", rows))
        self._state_card.show()
        state = self._build_state(view)
        self._state_card.body.addWidget(_fresh(self._state_card, "state", state))
        self.counted.emit(sum(line.state != "quarter" for line in view.lines))

    def _rows(self, lines: Sequence[TodayLine]) -> QWidget:
        rows = QWidget(self)
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        align_rows(grid)
        for index, line in enumerate(lines[:SHOWN]):
            self._add_row(grid, index * 2, line)
            if index + 1 < min(len(lines), SHOWN):
                grid.addWidget(row_line(rows), index * 2 + 1, 0, 1, 3)
        if len(lines) > SHOWN:
            more = secondary(f"and {len(lines) - SHOWN} more; see Incidents", rows)
            grid.addWidget(more, SHOWN * 2, 1)
        return rows

    def _nothing_due(self) -> QWidget:
        return body("Nothing waits for you.", self)

    def _add_row(self, grid: QGridLayout, row: int, line: TodayLine) -> None:
        parent = grid.parentWidget()
        chip = Chip(line.chip, _TONES.get(line.state, "info"), parent)
        words = QVBoxLayout()
        words.setSpacing(0)
        stacked = px(100) >= LARGE
        if stacked:
            words.addWidget(chip)
        words.addWidget(strong(line.title, parent))
        words.addWidget(secondary(line.detail, parent))
        text = _BUTTONS.get(line.target, "Open")
        button = QPushButton(text, parent)
        button.setObjectName(f"todayLine{row // 2}Button")
        button.setAccessibleName(f"{text}: {line.chip}, {line.title}, {line.detail}")
        button.clicked.connect(lambda _on=False, line=line: self._on_line_clicked(line))
        centre = Qt.AlignmentFlag.AlignVCenter
        if not stacked:
            grid.addWidget(chip, row, 0, centre | Qt.AlignmentFlag.AlignLeft)
        grid.addLayout(words, row, 1)
        grid.addWidget(button, row, 2, centre | Qt.AlignmentFlag.AlignRight)

    def _build_state(self, view: TodayView) -> QWidget:
        notes: list[tuple[str, Tone, str]] = [
            ("Did not finish", "due", what) for what in view.unfinished_jobs
        ]
        if view.not_looked_through:
            older = (
                f"{view.not_looked_through:,} older open incidents are not looked through here."
            )
            notes.append(("Older", "info", older))
        return LogStateRows(view.log_state, notes, self.log_section_requested.emit, self)

    def _on_line_clicked(self, line: TodayLine) -> None:
        if line.target == "standing":
            self.log_section_requested.emit(line.target)
        elif line.incident_id is None:
            self.reports_requested.emit()
        else:
            self.target_requested.emit(line.incident_id, line.target, line.target_id)

    @Slot()
    def _on_capture_clicked(self) -> None:
        self.capture_requested.emit(None)

    @Slot(object)
    def _on_changed(self, _changes: object) -> None:
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again whenever the page comes up, and every minute while it is there."""
        super().showEvent(event)
        if self._first is not None:
            # The log was just opened: what is needed in haste is one key away.
            self._first.setFocus()
            self._first = None
        self._minute.start()
        self.reload()

    def changeEvent(self, event: QEvent) -> None:
        """Lay the lines out again in another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self.isVisible():
            self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._minute.stop()


_NOTHING_YET = (
    "No incident is logged yet. Press Ctrl+N and write what you are told: one question comes "
    "first, and it is kept as you type."
)


def _fresh(card: Card, name: str, widget: QWidget) -> QWidget:
    """Take away what the card showed, and name what it shows now."""
    old = card.findChild(QWidget, f"{name}Rows")
    if isinstance(old, QWidget):
        card.body.removeWidget(old)
        old.setObjectName("")
        old.hide()
        old.deleteLater()
    widget.setObjectName(f"{name}Rows")
    return widget
