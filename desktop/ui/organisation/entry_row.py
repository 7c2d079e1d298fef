"""A row about one entry: how it stands, what it says, what can be done about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.theme import px
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.chip import Chip, Tone
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.words import body, quote, row_line, secondary, strong

LARGE = 150
ABREAST = 3


@dataclass(frozen=True, slots=True)
class RowAction:
    """A button of a row: its object name, its words, what it does."""

    name: str
    words: str
    act: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row says: details are quiet lines, quotes are words of a document."""

    title: str
    text: str = ""
    details: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    chips: tuple[tuple[str, Tone], ...] = ()
    actions: tuple[RowAction, ...] = ()


class EntryRow(QWidget):
    """Title with chips, lines below, buttons at the end; the line above parts it from others."""

    def __init__(self, row: Row, parent: QWidget, *, first: bool = False) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        if not first:
            column.addWidget(row_line(self))
        if px(100) >= LARGE:
            column.addLayout(self._build_words(row, row.chips))
            if row.actions:
                column.addWidget(action_bar(row.actions, self, row.title))
            return
        below = len(row.chips) + len(row.actions) > ABREAST
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addLayout(self._build_words(row, ()), 1)
        line.addLayout(self._build_end(row.chips, () if below else row.actions, row.title))
        column.addLayout(line)
        if below:
            column.addWidget(action_bar(row.actions, self, row.title))

    def _build_words(self, row: Row, chips: Sequence[tuple[str, Tone]]) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(strong(row.title, self))
        for text, tone in chips:
            words.addWidget(Chip(text, tone, self))
        if row.text:
            words.addWidget(body(row.text, self))
        for detail in filter(None, row.details):
            words.addWidget(secondary(detail, self))
        for said in row.quotes:
            words.addWidget(quote(said, self))
        words.addStretch(1)
        return words

    def _build_end(
        self, chips: Sequence[tuple[str, Tone]], actions: Sequence[RowAction], title: str
    ) -> QHBoxLayout:
        end = QHBoxLayout()
        end.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        for text, tone in chips:
            end.addWidget(Chip(text, tone, self), 0, top)
        for button in _buttons(actions, self, title):
            end.addWidget(button, 0, top)
        return end


def action_bar(actions: Sequence[RowAction], parent: QWidget, about: str = "") -> QWidget:
    """Return the buttons side by side, in as many lines as they need; `about` is read aloud."""
    bar = QWidget(parent)
    flow = FlowLayout(bar, spacing=8)
    for button in _buttons(actions, bar, about):
        flow.addWidget(button)
    return bar


def _buttons(actions: Sequence[RowAction], parent: QWidget, about: str) -> Iterator[QPushButton]:
    for action in actions:
        plain = action.words.replace("…", "")
        said = f"{plain}: {about}" if about else plain
        button = plain_button(action.name, action.words, parent, said)
        button.clicked.connect(lambda _on=False, act=action.act: act())
        yield button
