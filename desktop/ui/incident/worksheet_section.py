"""A part of a worksheet: its questions, each with the answer, and what copies it."""

from collections.abc import Iterator

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.steps.worksheets import Entry, Section
from desktop.ui.choice_row import camel
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.draft_edit import DraftTextEdit
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import label, secondary, strong

CHOOSE = "Choose…"
FROM_RECORD = "From the record"
CHANGED = "Not as in the record"
COPIED = "Copied"
LONG, SHORT = 3, 1
LIST_LETTERS = 14


class WorksheetEntry(QWidget):
    """One question of the form with its answer; `edited` soon after typing."""

    edited = Signal()
    copy_asked = Signal(str)

    def __init__(self, entry: Entry, filled: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self._filled = filled
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 6)
        column.setSpacing(3)
        words = strong(entry.label, self)
        column.addWidget(words)
        if entry.hint:
            column.addWidget(secondary(entry.hint, self))
        self.field = self._build_field(text)
        self.field.setAccessibleDescription(entry.hint)
        words.setBuddy(self.field)
        column.addWidget(self.field)
        column.addWidget(self._build_row())
        self._show_state()

    def _build_field(self, text: str) -> "DraftTextEdit | QComboBox":
        name = camel(self.entry.name)
        if self.entry.choices:
            return self._build_list(name, text)
        lines = LONG if self.entry.long else SHORT
        edit = DraftTextEdit(self.entry.label, self, lines=lines)
        edit.setObjectName(f"worksheet{name}Edit")
        edit.set_text(text)
        edit.textChanged.connect(self._show_state)
        edit.draft.connect(self._on_draft)
        return edit

    def _build_list(self, name: str, text: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(f"worksheet{name}Box")
        box.setAccessibleName(self.entry.label)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(LIST_LETTERS)
        box.addItem(CHOOSE, "")
        for choice in self.entry.choices:
            box.addItem(choice, choice)
        box.setCurrentIndex(max(box.findData(text), 0))
        box.activated.connect(self._on_chosen)
        return box

    def _build_row(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, spacing=8)
        name = camel(self.entry.name)
        said = f"Copy the answer: {self.entry.label}"
        self.copy_button: QPushButton = plain_button(f"copy{name}Button", "Copy", row, said)
        self.copy_button.clicked.connect(self._on_copy_clicked)
        said = f"Put back the words of the record: {self.entry.label}"
        self.again_button: QPushButton = plain_button(
            f"again{name}Button", "Put back the record's words", row, said
        )
        set_role(self.again_button, "quiet")
        self.again_button.clicked.connect(self._on_again_clicked)
        self.copied_label: QLabel = label("", "good", row, wrap=False)
        self.state_label: QLabel = label("", "secondary", row, wrap=False)
        for widget in (self.copy_button, self.copied_label, self.state_label, self.again_button):
            flow.addWidget(widget)
        self.copied_label.hide()
        return row

    @property
    def text(self) -> str:
        """What stands in the answer."""
        if isinstance(self.field, QComboBox):
            return str(self.field.currentData())
        return self.field.text().strip()

    @property
    def is_typed(self) -> bool:
        """Whether the answer is not what the record gives."""
        return self.text != self._filled.strip()

    def flush(self) -> None:
        """Give away at once what was typed."""
        if isinstance(self.field, DraftTextEdit):
            self.field.flush()

    def mark_copied(self) -> None:
        """Show that this answer was copied: a long form is easier with a tick at each."""
        self.copied_label.setText(COPIED)
        self.copied_label.show()

    def set_text(self, text: str) -> None:
        """Put another answer there, as if it were typed."""
        if isinstance(self.field, DraftTextEdit):
            self.field.setPlainText(text)
            self.field.flush()

    @Slot()
    def _show_state(self) -> None:
        text = self.text
        changed = bool(self._filled) and self.is_typed
        self.state_label.setText(CHANGED if changed else FROM_RECORD if self._filled else "")
        self.state_label.setVisible(bool(self._filled))
        self.again_button.setVisible(changed)
        self.copy_button.setEnabled(bool(text))
        self.copied_label.hide()

    @Slot(str)
    def _on_draft(self, _text: str) -> None:
        self.edited.emit()

    @Slot()
    def _on_chosen(self) -> None:
        self._show_state()
        self.edited.emit()

    @Slot()
    def _on_copy_clicked(self) -> None:
        self.copy_asked.emit(self.text)
        self.mark_copied()

    @Slot()
    def _on_again_clicked(self) -> None:
        self.set_text(self._filled)
        self.field.setFocus()


class WorksheetSection(Card):
    """Questions that stand together on the form."""

    edited = Signal()
    copy_asked = Signal(str)

    def __init__(
        self,
        section: Section,
        number: int,
        filled: dict[str, str],
        texts: dict[str, str],
        parent: QWidget,
    ) -> None:
        super().__init__(section.heading, parent)
        self.section = section
        self.entries = [
            WorksheetEntry(entry, filled[entry.name], texts[entry.name], self)
            for entry in section.entries
        ]
        said = f"Copy this part: {section.heading}"
        self.copy_button = plain_button(f"copySection{number}Button", "Copy this part", self, said)
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.buttons.addWidget(self.copy_button)
        for entry in self.entries:
            entry.edited.connect(self._on_edited)
            entry.copy_asked.connect(self.copy_asked)
            self.body.addWidget(entry)
        self._show_state()

    def answered(self) -> Iterator[tuple[str, str]]:
        """Yield question and answer, in order, of what is answered."""
        return ((one.entry.label, one.text) for one in self.entries if one.text)

    def as_text(self) -> str:
        """Write the answers with their questions; '' where there are none."""
        return as_text(self.section.heading, self.answered())

    @Slot()
    def _on_edited(self) -> None:
        self._show_state()
        self.edited.emit()

    def _show_state(self) -> None:
        self.copy_button.setEnabled(any(one.text for one in self.entries))

    @Slot()
    def _on_copy_clicked(self) -> None:
        self.copy_asked.emit(self.as_text())
        for entry in self.entries:
            if entry.text:
                entry.mark_copied()


def as_text(title: str, answered: Iterator[tuple[str, str]]) -> str:
    """Write questions with their answers under a title; '' where nothing is answered."""
    parts = [f"{question}\n{text}" for question, text in answered]
    return "\n\n".join([title, *parts]) if parts else ""
