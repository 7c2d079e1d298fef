"""The keyholders as rows: who they are, what they may do, and what can be done about each."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say_date
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.keys.keep_keyholders import KeyholderLine
from desktop.ui.keeping.keyholder_form import ROLE_MEANS, ROLE_WORDS
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import row_line, secondary, strong

OnLine = Callable[[KeyholderLine], None]


class KeyholderRow(QWidget):
    """One keyholder; the buttons are those that the reader may use."""

    def __init__(
        self,
        line: KeyholderLine,
        actions: Sequence[tuple[str, str, OnLine]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addWidget(row_line(self))
        head = QHBoxLayout()
        head.setSpacing(8)
        name = f"{line.name} (you)" if line.is_you else line.name
        head.addWidget(strong(", ".join(filter(None, (name, line.title))), self), 1)
        head.addWidget(self._chip(line))
        column.addLayout(head)
        column.addWidget(secondary(_about(line), self))
        if actions:
            column.addWidget(self._build_buttons(line, actions))

    def _chip(self, line: KeyholderLine) -> Chip:
        if line.removed_at is not None:
            return Chip("Removed", "plain", self)
        tone = "info" if line.role is KeyholderRole.LEAD else "plain"
        return Chip(ROLE_WORDS[line.role], tone, self)  # type: ignore[arg-type]

    def _build_buttons(
        self, line: KeyholderLine, actions: Sequence[tuple[str, str, OnLine]]
    ) -> QWidget:
        bar = QWidget(self)
        flow = FlowLayout(bar, spacing=8)
        for name, words, on_line in actions:
            button = QPushButton(words, bar)
            button.setObjectName(f"{name}Button")
            button.setAccessibleName(f"{words.replace('…', '')}: {line.name}")
            button.clicked.connect(lambda _checked=False, act=on_line: act(line))
            flow.addWidget(button)
        return bar


def _about(line: KeyholderLine) -> str:
    """Say what they may do, since when, and how the unlock page calls them."""
    added = f"Keyholder since {say_date(line.added_at.local.date())}."
    if line.removed_at is not None:
        return (
            f"{added} Removed {say_date(line.removed_at.local.date())}. What they entered stays."
        )
    means = ROLE_MEANS[line.role]
    marks = f"Exhibits are marked {line.initials}/1 and so on."
    shown = f"Shown as “{line.shown_as}” on the unlock page." if line.shown_as else ""
    return f"{means[0].upper()}{means[1:]}. {added} {marks} {shown}".rstrip()
