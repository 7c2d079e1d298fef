"""Asks who the second person is: another keyholder by passphrase, a witness, or nobody and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.identifiers import KeyholderId
from desktop.operations.keys.second_person import SecondPerson
from desktop.ui.choice_row import ChoiceRow
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import field_label

_KEYHOLDER, _WITNESS, _ALONE = "keyholder", "witness", "alone"
_QUESTION = "Who is the second person?"
_WHY_WITNESS = "Write why there is no second keyholder."
_WHY_ALONE = "Write why nobody else can be there."


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondNames:
    """The object names of the fields, and what a keyholder is called; '' for `alone`: not offered.

    `none_there` is said where a keyholder is chosen and none can be.
    """

    choice: str
    keyholder: str
    typed: str
    witness: str
    reason: str
    alone: str = ""
    keyholder_words: str = "Another keyholder"
    none_there: str = ""


class SecondPersonFields(QWidget):
    """`edits` are the fields whose words outlast a lock; the passphrase is used, or gone."""

    def __init__(self, names: SecondNames, parent: QWidget) -> None:
        super().__init__(parent)
        self._names = names
        choices = [(_KEYHOLDER, names.keyholder_words), (_WITNESS, "A witness")]
        if names.alone:
            choices.append((_ALONE, "Nobody: I am on my own"))
        self._choice = ChoiceRow(names.choice, _QUESTION, choices, self)
        self._choice.chosen.connect(self._on_choice)
        self._box = QComboBox(self)
        self._box.setObjectName(names.keyholder)
        self._box.setAccessibleName("Second keyholder")
        self._passphrase = SecretEdit("Passphrase of the second keyholder", names.typed, self)
        self._witness, self._reason, self._why_alone = (
            self._line(name) for name in (names.witness, names.reason, names.alone)
        )
        self._parts = {
            _KEYHOLDER: self._part(
                ("Second keyholder", self._box, self._box),
                ("Their passphrase, typed by them", self._passphrase.edit, self._passphrase),
            ),
            _WITNESS: self._part(
                ("Name and title of the witness", self._witness, self._witness),
                ("Why there is no second keyholder", self._reason, self._reason),
            ),
            _ALONE: self._part(("Why nobody else can be there", self._why_alone, self._why_alone)),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(field_label(_QUESTION, self._choice, self))
        for widget in (self._choice, *self._parts.values()):
            column.addWidget(widget)

    def _line(self, name: str) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setObjectName(name)
        return edit

    def _part(self, *fields: tuple[str, QWidget, QWidget]) -> QWidget:
        part = QWidget(self)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        for words, edit, shown in fields:
            column.addWidget(field_label(words, edit, part))
            column.addWidget(shown)
        part.hide()
        return part

    def offer(self, seconds: Sequence[tuple[str, str]]) -> None:
        """Offer these keyholders, as id and name."""
        self._choice.button(_KEYHOLDER).setEnabled(True)
        self._box.clear()
        for keyholder_id, words in seconds:
            self._box.addItem(words, keyholder_id)

    def leave_witness_only(self) -> None:
        """Nobody else has a key: it is a witness, or nobody."""
        self._choice.button(_KEYHOLDER).setEnabled(False)
        self._choice.set_value(_WITNESS)
        self._on_choice(_WITNESS)

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """The fields that hold words."""
        edits = {"witness": self._witness, "witness_reason": self._reason}
        return edits | ({"alone": self._why_alone} if self._names.alone else {})

    def second(self) -> SecondPerson:
        """Return who it is."""
        if self._choice.value() == _KEYHOLDER:
            return SecondPerson(
                keyholder_id=KeyholderId(str(self._box.currentData())),
                passphrase=self._passphrase.text(),
            )
        if self._choice.value() == _ALONE:
            return SecondPerson(witness_reason=self._why_alone.text())
        return SecondPerson(witness=self._witness.text(), witness_reason=self._reason.text())

    def lack(self) -> tuple[str, QWidget] | None:
        """Return what still has to be filled in, in words, and its field; None if nothing."""
        choice = self._choice.value()
        first = next(one for one in self._parts if self._choice.button(one).isEnabled())
        wanted = {
            _KEYHOLDER: (
                (self._box.count(), self._names.none_there, self._box),
                (
                    self._passphrase.text(),
                    "The second keyholder types their passphrase.",
                    self._passphrase.edit,
                ),
            ),
            _WITNESS: (
                (self._witness.text().strip(), "Write the name of the witness.", self._witness),
                (self._reason.text().strip(), _WHY_WITNESS, self._reason),
            ),
            _ALONE: ((self._why_alone.text().strip(), _WHY_ALONE, self._why_alone),),
        }
        chosen = (choice, "Choose who the second person is.", self._choice.button(first))
        asked = (chosen, *wanted.get(choice, ()))
        return next(((words, field) for is_there, words, field in asked if not is_there), None)

    def forget_passphrase(self) -> None:
        """Clear what nobody else may read."""
        self._passphrase.clear()

    @Slot(str)
    def _on_choice(self, value: str) -> None:
        for name, part in self._parts.items():
            part.setVisible(name == value)
