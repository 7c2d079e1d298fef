"""A field for a time, typed as people say it, with what was understood under it."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.calendar.times import (
    WEEKDAYS,
    Certainty,
    Clock,
    Moment,
    read_wall_time,
    say,
    say_date,
)
from desktop.ui.widgets.roles import set_property, set_role
from desktop.ui.widgets.words import secondary

EXAMPLES = "for example 14:05, yesterday 16:00, Mon 9:30, 20 Nov"
LATER = "for example 16:00, tomorrow 9:00, 20 Nov"


class WhenEdit(QWidget):
    """`entered` gives a Moment, or None when it was emptied; nothing when it cannot be read."""

    entered = Signal(object)

    def __init__(
        self, clock: Clock, name: str, parent: QWidget | None = None, *, now: bool = True
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._value: Moment | None = None
        self._told: Moment | None = None
        self._day = ""
        self._examples = EXAMPLES
        self._ahead = False
        self._build_ui(name, now)

    def _build_ui(self, name: str, now: bool) -> None:
        self.edit = QLineEdit(self)
        self.edit.setObjectName("whenEdit")
        self.edit.setAccessibleName(name)
        self.edit.setAccessibleDescription(EXAMPLES)
        self.edit.setPlaceholderText("14:05, yesterday 16:00, 20 Nov …")
        self.edit.textEdited.connect(self._on_text_edited)
        self.edit.editingFinished.connect(self._on_editing_finished)
        self._now_button = QPushButton("Now", self)
        self._now_button.setObjectName("whenNowButton")
        self._now_button.setAccessibleName(f"{name}: now")
        self._now_button.clicked.connect(self._on_now_clicked)
        self._now_button.setVisible(now)
        self._understood_label: QLabel = secondary("", self)
        self._understood_label.setObjectName("understoodLabel")
        self._understood_label.hide()
        self.setFocusProxy(self.edit)
        self.setAccessibleName(name)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self._now_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._understood_label)

    def ask_for_day(self, example: str, *, ahead: bool = False) -> None:
        """Ask for a whole day: no button for the present moment, and no time in the answer.

        With `ahead` it is one to come: a day without its year is the next one of that date.
        """
        self._day = example
        self._ahead = ahead
        self._now_button.hide()
        self.edit.setPlaceholderText(example)
        self.edit.setAccessibleDescription(f"for example {example}")

    def ask_for_later(self) -> None:
        """Ask for a time to come: no button for now, and examples that lie ahead."""
        self._now_button.hide()
        self._ahead = True
        self._examples = LATER
        self.edit.setPlaceholderText("16:00, tomorrow 9:00, 20 Nov …")
        self.edit.setAccessibleDescription(LATER)

    def value(self) -> Moment | None:
        """Return the moment that was understood; None if nothing was, or nothing stands there."""
        return self._value

    def has_problem(self) -> bool:
        """Say whether something stands there that cannot be read as a time."""
        return self._value is None and bool(self.edit.text().strip())

    def set_value(self, moment: Moment | None) -> None:
        """Show a moment that is kept already; what is being typed is never overwritten."""
        if self.edit.hasFocus() and self.edit.isModified():
            return
        self._value = self._told = moment
        self.edit.setText(say(moment) if moment else "")
        self._show_understood("")

    @Slot()
    def _on_text_edited(self) -> None:
        self._value = self._read()
        if self._value:
            self._show_understood(self._say(self._value))
        elif self.has_problem():
            wanted = (
                f"date yet: for example {self._day}"
                if self._day
                else f"time yet: {self._examples}"
            )
            self._show_understood(f"This is no {wanted}.", problem=True)
        else:
            self._show_understood("")

    @Slot()
    def _on_editing_finished(self) -> None:
        if self.has_problem() or self._value == self._told:
            return
        self._told = self._value
        self.edit.setModified(False)
        self.entered.emit(self._value)

    @Slot()
    def _on_now_clicked(self) -> None:
        self._value = self._told = self._clock.now()
        self.edit.setText(say(self._value))
        self._show_understood("")
        self.entered.emit(self._value)

    def _say(self, moment: Moment) -> str:
        if not self._day:
            return say(moment)
        day = moment.local.date()
        return f"{WEEKDAYS[day.weekday()]} {say_date(day)}"

    def _read(self) -> Moment | None:
        today = self._clock.now().local.date()
        found = read_wall_time(self.edit.text(), today, ahead=self._ahead)
        if found is None:
            return None
        wall, certainty = found
        moment = self._clock.at_local(wall)
        return replace(moment, certainty=certainty) if certainty is Certainty.ABOUT else moment

    def _show_understood(self, text: str, *, problem: bool = False) -> None:
        self._understood_label.setText(text)
        self._understood_label.setVisible(bool(text))
        set_role(self._understood_label, "problem" if problem else "secondary")
        set_property(self.edit, "state", "problem" if problem else "")
