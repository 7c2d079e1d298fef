"""Labelled fields, one below another, whose texts can be kept as a draft and brought back."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.calendar.times import Clock, Moment
from desktop.ui.choice_row import ChoiceRow, camel
from desktop.ui.pick_list import PickList
from desktop.ui.widgets.draft_edit import DraftTextEdit
from desktop.ui.widgets.tag_row import TagRow
from desktop.ui.widgets.when_edit import WhenEdit
from desktop.ui.widgets.words import label as word_label
from desktop.ui.widgets.words import secondary

Field = QLineEdit | DraftTextEdit | QComboBox | ChoiceRow | TagRow | PickList | WhenEdit
LINES = 2
LIST_LETTERS = 14
SHORT = 24
ROOM_ABOVE = 8
JOINED_BY = "+"


class FieldsForm(QWidget):
    """A column of labelled fields; each is reached by its name."""

    edited = Signal()

    def __init__(self, clock: Clock, prefix: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._prefix = prefix
        self._fields: dict[str, Field] = {}
        self._labels: dict[str, QLabel] = {}
        self._left_out: set[str] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def add_line(self, name: str, label: str, hint: str = "") -> QLineEdit:
        """Add a field for a few words."""
        edit = QLineEdit(self)
        edit.setPlaceholderText(hint)
        edit.textEdited.connect(self.edited)
        self._name(edit, name, label, "Edit")
        self._add(name, label, edit)
        return edit

    def add_text(
        self, name: str, label: str, hint: str = "", *, lines: int = LINES
    ) -> DraftTextEdit:
        """Add a field for several lines."""
        edit = DraftTextEdit(label, self, lines=lines, hint=hint)
        edit.textChanged.connect(self.edited)
        self._name(edit, name, label, "Edit")
        self._add(name, label, edit)
        return edit

    def add_list(self, name: str, label: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
        """Add a list of which one entry is chosen; the first one is, at the start."""
        box = QComboBox(self)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(LIST_LETTERS)
        for value, words in choices:
            box.addItem(words, value)
        box.activated.connect(self.edited)
        self._name(box, name, label, "Box")
        self._add(name, label, box)
        return box

    def add_choice(
        self, name: str, label: str, choices: Sequence[tuple[str, str]], hint: str = ""
    ) -> ChoiceRow:
        """Add answers side by side, of which one can be chosen."""
        row = ChoiceRow(f"{self._prefix}{camel(name)}", label, choices, self)
        row.chosen.connect(self.edited)
        self._add(name, label, row, hint)
        return row

    def add_tags(
        self, name: str, label: str, choices: Sequence[tuple[str, str]], hint: str = ""
    ) -> TagRow | PickList:
        """Add answers of which several can be chosen; as text they are joined by '+'."""
        named = f"{self._prefix}{camel(name)}"
        made: TagRow | PickList
        if max(len(words) for _value, words in choices) > SHORT:
            made = PickList(named, label, choices, self, always_open=True)
        else:
            made = TagRow(choices, self, name=label)
            made.setObjectName(f"{named}Row")
        made.chosen.connect(self.edited)
        self._add(name, label, made, hint)
        return made

    def add_when(self, name: str, label: str) -> WhenEdit:
        """Add a field for a time as people write it."""
        edit = WhenEdit(self._clock, label, self)
        edit.edit.setObjectName(f"{self._prefix}{camel(name)}Edit")
        edit.edit.textEdited.connect(self.edited)
        edit.entered.connect(self.edited)
        self._add(name, label, edit)
        return edit

    def add_widget(self, widget: QWidget) -> None:
        """Put something else between the fields."""
        self._column.addWidget(widget)

    def add_space(self) -> None:
        """Leave room before what comes next."""
        self._column.addSpacing(12)

    def focus_first(self) -> None:
        """Put the caret into the first field that is shown: on a hidden one it would be lost."""
        first = next((name for name in self._fields if name not in self._left_out), "")
        if first:
            self.focus(first)

    def field(self, name: str) -> Field:
        """Return the widget of a field."""
        return self._fields[name]

    def has(self, name: str) -> bool:
        """Say whether there is a field of this name."""
        return name in self._fields

    def focus(self, name: str) -> None:
        """Put the caret into a field."""
        field = self._fields[name]
        if isinstance(field, WhenEdit):
            field.edit.setFocus()
        elif isinstance(field, ChoiceRow | TagRow | PickList):
            field.findChildren(QPushButton)[0].setFocus()
        else:
            field.setFocus()

    def text(self, name: str) -> str:
        """Return what a field holds, as text without spaces around it."""
        field = self._fields[name]
        if isinstance(field, DraftTextEdit):
            return field.toPlainText().strip()
        if isinstance(field, QComboBox):
            return str(field.currentData())
        if isinstance(field, ChoiceRow):
            return field.value()
        if isinstance(field, TagRow | PickList):
            return JOINED_BY.join(field.value())
        if isinstance(field, WhenEdit):
            return field.edit.text().strip()
        return field.text().strip()

    def texts(self) -> dict[str, str]:
        """Return what every field holds."""
        return {name: self.text(name) for name in self._fields}

    def when(self, name: str) -> Moment | None:
        """Return the time a field holds; None while it is empty or cannot be read."""
        field = self._fields[name]
        return field.value() if isinstance(field, WhenEdit) else None

    def set_when(self, name: str, moment: Moment | None) -> None:
        """Fill a field with a time."""
        field = self._fields[name]
        if isinstance(field, WhenEdit):
            field.set_value(moment)

    def set_text(self, name: str, text: str) -> None:
        """Fill a field."""
        field = self._fields[name]
        if isinstance(field, DraftTextEdit):
            field.setPlainText(text)
        elif isinstance(field, QComboBox):
            field.setCurrentIndex(max(field.findData(text), 0))
        elif isinstance(field, ChoiceRow):
            field.set_value(text)
        elif isinstance(field, TagRow | PickList):
            field.set_value(text.split(JOINED_BY))
        elif isinstance(field, WhenEdit):
            field.edit.setText(text)
            field.edit.textEdited.emit(text)
        else:
            field.setText(text)

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Fill the fields that are named; other names are passed over."""
        for name, text in texts.items():
            if name in self._fields:
                self.set_text(name, text)

    def set_shown(self, name: str, shown: bool) -> None:
        """Show or hide a field with its label."""
        self._fields[name].setVisible(shown)
        self._labels[name].setVisible(shown)
        (self._left_out.discard if shown else self._left_out.add)(name)

    def _name(self, field: QWidget, name: str, label: str, kind: str) -> None:
        field.setObjectName(f"{self._prefix}{camel(name)}{kind}")
        field.setAccessibleName(label)

    def _add(self, name: str, label: str, field: Field, hint: str = "") -> None:
        words = word_label(label, "strong", self)
        words.setBuddy(field)
        if self._fields:
            words.setContentsMargins(0, ROOM_ABOVE, 0, 0)
        self._column.addWidget(words)
        if hint:
            self._column.addWidget(secondary(hint, self))
        self._column.addWidget(field)
        self._fields[name] = field
        self._labels[name] = words
