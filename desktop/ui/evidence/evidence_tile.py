"""One evidence item as a tile: the thing itself, its mark, what it is, its state in words."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import Moment, say
from desktop.domain.evidence.items import DERIVATIVES, EvidenceItem, ItemKind, ItemState
from desktop.operations.evidence.show_evidence import ItemLine
from desktop.ui.evidence.action_menu import ActionButton
from desktop.ui.evidence.cover import times
from desktop.ui.evidence.evidence_grid import WIDE
from desktop.ui.evidence.item_actions import actions_for
from desktop.ui.theme import colour, px
from desktop.ui.widgets.chip import Chip, Tone
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import secondary, strong

LOOK_HIGH = 104
COVERED = "Covered. Press to read what it shows"
NOT_CONFIRMED = "no second person has confirmed it yet"
_SCREENS = (ItemKind.SCREEN, ItemKind.SCREEN_REGION)
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class LookButton(QAbstractButton):
    """The thing itself, small; opening it is one press away. Arrow keys go to the next tile."""

    moved = Signal(int)

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._words = words
        self.setObjectName("itemOpenButton")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(px(LOOK_HIGH))

    @property
    def words(self) -> str:
        """What it says where it shows no picture."""
        return self._words

    @property
    def has_picture(self) -> bool:
        """Whether it shows the thing itself."""
        return not self._image.isNull()

    def show_image(self, image: QImage) -> None:
        """Show the thing itself."""
        self._image = image
        self.update()

    def wipe(self) -> None:
        """Overwrite the pixels: the log locks."""
        self._image.fill(0)
        self._image = QImage()

    def sizeHint(self) -> QSize:
        """Be as wide as a tile."""
        return QSize(px(WIDE), px(LOOK_HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, go to the next tile with the arrow keys."""
        key = Qt.Key(event.key())
        if key in _MOVES:
            self.moved.emit(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture from its top, or say in words what it is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(self.rect().adjusted(1, 1, -1, 8), 9, 9)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), colour("ground"))
        if self.has_picture:
            painter.drawImage(self._target(), self._image)
        else:
            painter.setPen(colour("soft"))
            inside = self.rect().adjusted(px(10), px(6), -px(10), -px(6))
            wrap = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(inside, wrap, self._words)
        painter.setClipping(False)
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), px(3)))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 8, 8)

    def _target(self) -> QRect:
        size = self._image.size().scaled(
            self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding
        )
        left = (self.width() - size.width()) // 2
        return QRect(left, 0, size.width(), size.height())


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a tile stands among the others.

    `fold` are the words of the button that shows what lies under it, `part_of` says what it came
    from, `covered` that nothing of it is shown before somebody asks.
    """

    fold: str = ""
    unfolded: bool = False
    part_of: str = ""
    covered: bool = False


class EvidenceTile(QFrame):
    """A card with the look on top; every signal but `act_requested` gives the item."""

    open_requested = Signal(object)
    details_requested = Signal(object)
    check_requested = Signal(object)
    fold_requested = Signal(object)
    act_requested = Signal(object, object)

    def __init__(
        self, line: ItemLine, now: Moment, parent: QWidget, standing: Standing | None = None
    ) -> None:
        super().__init__(parent)
        self.item = line.item
        self._line = line
        self._standing = standing or Standing()
        set_role(self, "card")
        self.setObjectName("evidenceTile")
        self._build_ui(now)

    def _build_ui(self, now: Moment) -> None:
        item = self.item
        named = f"{item.mark}, {item.label}"
        behind = COVERED if self._standing.covered else _cover_words(item)
        self.look_button = LookButton(behind, self)
        self.look_button.setAccessibleName(f"Open {named}")
        self.look_button.setAccessibleDescription("; ".join(self.state_words(now)))
        self.look_button.setToolTip(f"Open {item.mark}")
        self.look_button.clicked.connect(lambda: self.open_requested.emit(self.item))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 10)
        outer.setSpacing(4)
        outer.addWidget(self.look_button)
        words = QVBoxLayout()
        words.setContentsMargins(11, 4, 11, 0)
        words.setSpacing(3)
        words.addWidget(strong(f"{item.mark}  {item.label}", self))
        if self._standing.part_of:
            words.addWidget(secondary(self._standing.part_of, self))
        self._add_chips(words)
        for text in self.state_words(now):
            words.addWidget(secondary(text, self))
        words.addStretch(1)
        self._add_buttons(words)
        outer.addLayout(words, 1)
        if item.state is not ItemState.KEPT:
            self.look_button.setEnabled(False)
            self.look_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _add_chips(self, words: QVBoxLayout) -> None:
        chips = self.chips()
        if chips:
            row = QWidget(self)
            flow = FlowLayout(row, spacing=4)
            for text, tone in chips:
                flow.addWidget(Chip(text, tone, row))
            words.addWidget(row)

    def _add_buttons(self, words: QVBoxLayout) -> None:
        item = self.item
        row = QWidget(self)
        flow = FlowLayout(row, spacing=2)
        self.details_button = self._button("itemDetailsButton", "Details…", "Details of", row)
        self.details_button.clicked.connect(lambda: self.details_requested.emit(self.item))
        flow.addWidget(self.details_button)
        self.check_button = self._button(
            "itemCheckButton", "Check", "Check now that nothing changed in", row
        )
        self.check_button.clicked.connect(lambda: self.check_requested.emit(self.item))
        self.check_button.setVisible(self.item.state is ItemState.KEPT)
        flow.addWidget(self.check_button)
        self.more_button = ActionButton("itemMoreButton", "More", row)
        self.more_button.setAccessibleName(f"More to do with {item.mark}")
        set_role(self.more_button, "quiet")
        self.more_button.offer(actions_for(item, in_viewer=False))
        self.more_button.chosen.connect(lambda action: self.act_requested.emit(action, item))
        flow.addWidget(self.more_button)
        self.fold_button = self._button("itemFoldButton", "", "", row)
        self.fold_button.setText(self._standing.fold)
        self.fold_button.setAccessibleName(f"{self._standing.fold} {item.mark}".strip())
        self.fold_button.setVisible(bool(self._standing.fold))
        self.fold_button.clicked.connect(lambda: self.fold_requested.emit(item))
        flow.addWidget(self.fold_button)
        words.addWidget(row)

    @property
    def buttons(self) -> tuple[QAbstractButton, ...]:
        """Everything that can be pressed, in order."""
        return (
            self.look_button,
            self.details_button,
            self.check_button,
            self.more_button,
            self.fold_button,
        )

    def _button(self, name: str, text: str, does: str, parent: QWidget) -> QPushButton:
        button = QPushButton(text, parent)
        button.setObjectName(name)
        button.setAccessibleName(f"{does} {self.item.mark}")
        set_role(button, "quiet")
        return button

    def chips(self) -> list[tuple[str, Tone]]:
        """Return what stands out, in two or three words each, with its tone."""
        item = self.item
        if item.state is not ItemState.KEPT:
            return [(item.state.value, "info")]
        chips: list[tuple[str, Tone]] = []
        if self._line.altered:
            chips.append(("changed since it was entered", "late"))
        if item.kind in _SCREENS and not item.origin.source_url:
            chips.append(("address missing", "due"))
        elif item.details_missing:
            chips.append(("details missing", "due"))
        return chips

    def state_words(self, now: Moment) -> list[str]:
        """Return the quiet lines: when shown, when taken in, whether unchanged."""
        item, lines = self.item, []
        if item.origin.time_as_shown:
            lines.append(f"shown “{item.origin.time_as_shown}”")
        kept = "made" if item.kind in DERIVATIVES else "taken in"
        if item.kind in _SCREENS:
            kept = "captured"
        verb = kept if item.state in (ItemState.KEPT, ItemState.SEALED) else "described"
        lines.append(f"{verb} {say(item.captured_at)}")
        if item.state is ItemState.KEPT and self._line.checked_at and not self._line.altered:
            lines.append(f"unchanged, checked {_short(self._line.checked_at, now)}")
        if item.kind in DERIVATIVES:
            confirmed = self._line.confirmed
            lines.append(f"confirmed by {confirmed.by}" if confirmed else NOT_CONFIRMED)
        if self._line.views.own:
            lines.append(f"you have opened this {times(self._line.views.own)}")
        return lines


def _short(moment: Moment, now: Moment) -> str:
    local = moment.local
    return f"{local:%H:%M}" if local.date() == now.local.date() else say(moment)


def _cover_words(item: EvidenceItem) -> str:
    if item.state is ItemState.SEALED:
        return "sealed, not shown"
    if item.state is not ItemState.KEPT:
        return "described, not copied"
    return item.original_name or item.kind.value
