"""The top of an incident: number, state, title, what can be done from here, and its clocks."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say
from desktop.domain.steps.clocks import ClockView
from desktop.domain.steps.procedure_checks import OWN_WORDS
from desktop.domain.steps.procedures import Basis
from desktop.operations.browse_incidents import IncidentView
from desktop.ui.widgets.chip import Chip, Tone
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import heading, plain_tip, secondary

CHIPS, CHIPS_NARROW = 3, 1
TONES: dict[str, Tone] = {"late": "late", "due": "due", "done": "done", "info": "info"}


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
        self._is_narrow = False
        self._shows_all = False
        self._more_button: QPushButton | None = None
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
        self._buttons: dict[str, QPushButton] = {}
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
            self._buttons[name] = button
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addLayout(words, 1)
        top.addWidget(buttons)
        self._chips = QWidget(self)
        self._chip_flow = FlowLayout(self._chips, spacing=10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._chips)

    def show_incident(self, view: IncidentView | None) -> None:
        """Show another incident, or none."""
        if view is None:
            self.line_label.setText("")
            self.title_label.setText("")
            self.show_kept("")
            self._vanishing = ""
            self._shows_all = False
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
        self._more_button = None
        if self._careful:
            chip = Chip("Careful: a question before each item", "due", self._chips)
            chip.setToolTip(
                "Something was held back here, so each thing comes in with an answer of its own."
            )
            self._chip_flow.addWidget(chip)
        room = CHIPS_NARROW if self._is_narrow else CHIPS
        if self._shows_all or (len(clocks) == CHIPS + 1 and not self._is_narrow):
            room = len(clocks)
        for clock in clocks[:room]:
            self._chip_flow.addWidget(self._build_chip(clock))
        words = f"May vanish first: {self._vanishing}" if self._vanishing else ""
        aside = bool(words and clocks and self._is_narrow and not self._shows_all)
        if words and not aside:
            chip = Chip(words, "info", self._chips)
            chip.setToolTip(
                "Nothing is kept yet. The step for capturing says what to do about each."
            )
            self._chip_flow.addWidget(chip)
        rest = [clock_words(clock) for clock in clocks[room:]] + ([words] if aside else [])
        if rest or self._shows_all:
            self._chip_flow.addWidget(self._build_more(rest))
        self._chips.setVisible(self._chip_flow.count() > 0)
        self._chips.updateGeometry()

    def _build_chip(self, clock: ClockView) -> Chip:
        words = clock.sentence + (
            f" ({clock.basis_words})" if clock.basis is not Basis.DOCUMENTED else ""
        )
        chip = Chip(words, TONES.get(clock.tone, "info"), self._chips)
        chip.setToolTip(plain_tip(clock_words(clock)))
        chip.setAccessibleDescription(clock_words(clock))
        return chip

    def _build_more(self, rest: list[str]) -> QPushButton:
        """Make the button that shows what there was no room for, and folds it again."""
        button = QPushButton("Fewer" if self._shows_all else f"{len(rest)} more", self._chips)
        button.setObjectName("moreClocksButton")
        button.setAccessibleName(f"{button.text()}: deadlines of this incident")
        button.setToolTip(plain_tip("\n".join(rest)))
        set_role(button, "tag")
        self._more_button = button
        button.clicked.connect(self._on_more_clicked)
        return button

    @Slot()
    def _on_more_clicked(self) -> None:
        self._shows_all = not self._shows_all
        self.show_clocks(self._clocks)
        if self._more_button is not None:
            self._more_button.show()
            self._more_button.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the room to the steps: smaller title; the side bar has the call for danger too."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            set_role(self.title_label, "card-title" if narrow else "title")
            self._buttons["dangerButton"].setVisible(not narrow)
            self.show_clocks(self._clocks)


def clock_words(clock: ClockView) -> str:
    """Say a clock whole: how it stands, on what it rests, why it was late."""
    source = "" if clock.reference in OWN_WORDS else f", {clock.reference}"
    parts = [f"{clock.sentence} ({clock.basis_words}{source})"]
    if clock.since_logged:
        parts.append("nobody has entered when it became known")
    if clock.due_at:
        parts.append(f"due {say(clock.due_at)}")
    if clock.met_at:
        parts.append(f"done {say(clock.met_at)}")
    if clock.reason:
        parts.append(f"reason: {clock.reason}")
    elif clock.reason_needed:
        parts.append("nobody has said why yet")
    return "; ".join(parts)
