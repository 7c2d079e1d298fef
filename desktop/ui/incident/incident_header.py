"""The top of an incident: number, state, title, what can be done from here, and its clocks."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.clocks import ClockView
from desktop.domain.procedures import Basis
from desktop.domain.times import say
from desktop.operations.browse_incidents import IncidentView
from desktop.ui.widgets.chip import Chip, Tone
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import heading, secondary

CHIPS, CHIPS_NARROW = 6, 1
TONES: dict[str, Tone] = {"late": "late", "due": "due", "done": "done", "info": "info"}
BASIS_WORDS: dict[Basis, str] = {
    Basis.DOCUMENTED: "",
    Basis.LOCAL: " (our own deadline)",
    Basis.BY_ANALOGY: " (by analogy)",
}


class IncidentHeader(QWidget):
    """Says which incident this is; its buttons only ask."""

    danger_requested = Signal()
    export_requested = Signal()
    capture_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._clocks: tuple[ClockView, ...] = ()
        self._careful = False
        self._vanishing = ""
        self._chips_shown = CHIPS
        self._build_ui()

    def _build_ui(self) -> None:
        self.line_label = secondary("", self)
        self.title_label = heading("", self)
        self.kept_label = secondary("", self)
        self.kept_label.setObjectName("keptLabel")
        self.kept_label.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self.line_label, self.title_label, self.kept_label):
            words.addWidget(label)
        buttons = QWidget(self)
        self._flow = FlowLayout(buttons, spacing=12)
        for name, text, accessible, role, signal in (
            ("dangerButton", "Someone in danger now", "Someone is in danger now: whom to call",
             "danger", self.danger_requested),
            ("exportButton", "Export…", "Export for the police or others", "",
             self.export_requested),
            ("captureButton", "Capture", "Capture evidence for this incident", "primary",
             self.capture_requested),
        ):  # fmt: skip
            button = QPushButton(text, buttons)
            button.setObjectName(name)
            button.setAccessibleName(accessible)
            if role:
                set_role(button, role)
            button.clicked.connect(signal)
            self._flow.addWidget(button)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(12)
        self._top.addLayout(words, 1)
        self._top.addWidget(buttons)
        self._chips = QWidget(self)
        self._chip_flow = FlowLayout(self._chips, spacing=10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._top)
        column.addWidget(self._chips)

    def show_incident(self, view: IncidentView | None) -> None:
        """Show another incident, or none."""
        if view is None:
            self.line_label.setText("")
            self.title_label.setText("")
            self.show_kept("")
            self._vanishing = ""
            self.show_clocks(())
            return
        incident = view.incident
        self.line_label.setText(
            f"{incident.number} · {incident.status.value} · logged {say(incident.logged_at)}"
        )
        self.title_label.setText(view.title)
        self._careful = incident.careful
        self.show_clocks(self._clocks)

    def show_kept(self, words: str) -> None:
        """Say how long the record is kept, and what holds it; nothing while nobody said so."""
        self.kept_label.setText(words)
        self.kept_label.setVisible(bool(words))

    def show_vanishing(self, words: str) -> None:
        """Say what may be gone first, while nothing is kept; '' where something is."""
        if words != self._vanishing:
            self._vanishing = words
            self.show_clocks(self._clocks)

    def show_clocks(self, clocks: tuple[ClockView, ...]) -> None:
        """Show the clocks that run, what is late first."""
        self._clocks = clocks
        self._chip_flow.clear()
        if self._careful:
            chip = Chip("Careful: a question before each item", "due", self._chips)
            chip.setToolTip(
                "Something was held back here, so each thing comes in with an answer of its own."
            )
            self._chip_flow.addWidget(chip)
        for clock in clocks[: self._chips_shown]:
            chip = Chip(
                clock.sentence + BASIS_WORDS[clock.basis],
                TONES.get(clock.tone, "info"),
                self._chips,
            )
            chip.setToolTip(clock_words(clock))
            chip.setAccessibleDescription(clock_words(clock))
            self._chip_flow.addWidget(chip)
        if self._vanishing:
            chip = Chip(f"May vanish first: {self._vanishing}", "info", self._chips)
            chip.setToolTip("Nothing is kept yet. Capture it before it is gone.")
            self._chip_flow.addWidget(chip)
        if len(clocks) > self._chips_shown:
            rest = clocks[self._chips_shown :]
            chip = Chip(f"{len(rest)} more", "plain", self._chips)
            chip.setToolTip("\n".join(clock_words(clock) for clock in rest))
            chip.setAccessibleDescription(chip.toolTip())
            self._chip_flow.addWidget(chip)
        self._chips.setVisible(self._chip_flow.count() > 0)
        self._chips.updateGeometry()

    def set_narrow(self, narrow: bool) -> None:
        """Put the buttons below the title where there is no room beside it."""
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        shown = CHIPS_NARROW if narrow else CHIPS
        if shown != self._chips_shown:
            self._chips_shown = shown
            self.show_clocks(self._clocks)


def clock_words(clock: ClockView) -> str:
    """Say a clock whole: how it stands, on what it rests, why it was late."""
    parts = [f"{clock.sentence} ({clock.basis.value}, {clock.reference})"]
    if clock.due_at:
        parts.append(f"due {say(clock.due_at)}")
    if clock.met_at:
        parts.append(f"done {say(clock.met_at)}")
    if clock.reason:
        parts.append(f"reason: {clock.reason}")
    elif clock.reason_needed:
        parts.append("nobody has said why yet")
    return "; ".join(parts)
