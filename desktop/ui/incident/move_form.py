"""What moves and what stays, where the restricted log lies, who moves it: the fields for it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.identifiers import KeyholderId
from desktop.operations.move_incident import Moved, RestrictedPlace
from desktop.operations.open_log import WayIn
from desktop.operations.plan_move import MovePlan
from desktop.operations.second_person import SecondPerson
from desktop.ui.choice_row import ChoiceRow
from desktop.ui.incident.move_words import (
    ANYBODY,
    HOW,
    NO_LOG_YET,
    NO_SECOND,
    SEALED,
    say_going,
    say_moved,
    say_staying,
)
from desktop.ui.widgets.draft_edit import DraftTextEdit
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import body, card_heading, field_label, secondary

_KEYHOLDER, _WITNESS, _ALONE = "keyholder", "witness", "alone"


class MoveForm(QWidget):
    """`edits` are the fields whose words outlast a lock; where the log lies is kept nowhere."""

    folder_named = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._named: Path | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._going_title, self._going = self._part("What goes along", "moveGoingLabel")
        self._staying_title, self._staying = self._part("What stays behind", "moveStayingLabel")
        self._fields = QWidget(self)
        self._column.addWidget(self._fields)
        self._build_fields()

    def _part(self, title: str, name: str) -> tuple[QLabel, QLabel]:
        heading, words = card_heading(title, self), body("", self)
        words.setObjectName(name)
        self._column.addWidget(heading)
        self._column.addWidget(words)
        self._column.addSpacing(6)
        return heading, words

    def _build_fields(self) -> None:
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(card_heading("The restricted log", self._fields))
        column.addWidget(secondary(HOW, self._fields))
        self._build_place(column)
        column.addSpacing(6)
        column.addWidget(card_heading("Who moves it, and why", self._fields))
        self._reason = DraftTextEdit("Why it is moved", self._fields, lines=2)
        self._reason.setObjectName("moveReasonEdit")
        column.addWidget(field_label("Why it is moved", self._reason, self._fields))
        column.addWidget(secondary("Kept in the restricted log only.", self._fields))
        column.addWidget(self._reason)
        column.addWidget(self._build_police())
        self._choice = ChoiceRow(
            "moveSecond",
            "Who is the second person?",
            (
                (_KEYHOLDER, "Another keyholder of the restricted log"),
                (_WITNESS, "A witness"),
                (_ALONE, "Nobody: I am on my own"),
            ),
            self._fields,
        )
        self._choice.chosen.connect(self._on_choice)
        column.addWidget(field_label("Who is the second person?", self._choice, self._fields))
        column.addWidget(self._choice)
        column.addWidget(self._build_keyholder())
        column.addWidget(self._build_witness())
        column.addWidget(self._build_alone())

    def _build_place(self, column: QVBoxLayout) -> None:
        self._second = self._box("moveSecondBox", "Second keyholder")
        self._folder = QLineEdit(self._fields)
        self._folder.setObjectName("moveFolderEdit")
        self._folder.editingFinished.connect(self._on_folder_named)
        self._who = self._box("moveKeyholderBox", "Who opens the restricted log")
        self._who.currentIndexChanged.connect(self._on_who_chosen)
        self._passphrase = SecretEdit(
            "Passphrase of the restricted log", "movePassphraseEdit", self._fields
        )
        column.addWidget(field_label("Folder of the restricted log", self._folder, self._fields))
        column.addWidget(self._folder)
        column.addWidget(
            secondary(
                "The whole path, as on its recovery sheet, for example E:\\Log", self._fields
            )
        )
        column.addWidget(secondary(NO_LOG_YET, self._fields))
        column.addWidget(field_label("Who opens the restricted log", self._who, self._fields))
        column.addWidget(self._who)
        column.addWidget(field_label("Your passphrase there", self._passphrase.edit, self._fields))
        column.addWidget(self._passphrase)
        self.show_ways(())

    def _box(self, name: str, words: str) -> QComboBox:
        box = QComboBox(self._fields)
        box.setObjectName(name)
        box.setAccessibleName(words)
        return box

    def _build_police(self) -> QWidget:
        self._sealed = QWidget(self._fields)
        column = QVBoxLayout(self._sealed)
        column.setContentsMargins(0, 0, 0, 0)
        self._police = self._line("movePoliceEdit")
        column.addWidget(
            field_label("What the police said about the sealed files", self._police, self._sealed)
        )
        column.addWidget(secondary(SEALED, self._sealed))
        column.addWidget(self._police)
        self._sealed.hide()
        return self._sealed

    def _build_keyholder(self) -> QWidget:
        self._keyholder = QWidget(self._fields)
        column = QVBoxLayout(self._keyholder)
        column.setContentsMargins(0, 0, 0, 0)
        self._second_passphrase = SecretEdit(
            "Passphrase of the second keyholder", "moveSecondPassphraseEdit", self._keyholder
        )
        column.addWidget(field_label("Second keyholder", self._second, self._keyholder))
        column.addWidget(self._second)
        column.addWidget(
            field_label(
                "Their passphrase, typed by them", self._second_passphrase.edit, self._keyholder
            )
        )
        column.addWidget(self._second_passphrase)
        self._keyholder.hide()
        return self._keyholder

    def _build_witness(self) -> QWidget:
        self._witness = QWidget(self._fields)
        column = QVBoxLayout(self._witness)
        column.setContentsMargins(0, 0, 0, 0)
        self._witness_name = self._line("moveWitnessEdit")
        self._witness_reason = self._line("moveWitnessReasonEdit")
        for words, edit in (
            ("Name and title of the witness", self._witness_name),
            ("Why there is no second keyholder", self._witness_reason),
        ):
            column.addWidget(field_label(words, edit, self._witness))
            column.addWidget(edit)
        self._witness.hide()
        return self._witness

    def _build_alone(self) -> QWidget:
        self._alone = QWidget(self._fields)
        column = QVBoxLayout(self._alone)
        column.setContentsMargins(0, 0, 0, 0)
        self._alone_reason = self._line("moveAloneReasonEdit")
        column.addWidget(
            field_label("Why nobody else can be there", self._alone_reason, self._alone)
        )
        column.addWidget(self._alone_reason)
        self._alone.hide()
        return self._alone

    def _line(self, name: str) -> QLineEdit:
        edit = QLineEdit(self._fields)
        edit.setObjectName(name)
        return edit

    def show_plan(self, plan: MovePlan) -> None:
        """Say what goes along and what stays behind."""
        self._going.setText(say_going(plan))
        self._staying.setText(say_staying(plan))
        self._fields.setVisible(plan.in_the_way is None)
        self._sealed.setVisible(bool(plan.sealed))

    def show_ways(self, ways: Sequence[WayIn]) -> None:
        """Offer those who can open the log in the folder that was named."""
        self._who.clear()
        for way in ways:
            self._who.addItem(way.shown_as, way.keyholder_id)
        if not ways:
            self._who.addItem(ANYBODY, "")
        self._on_who_chosen()

    def show_moved(self, moved: Moved) -> None:
        """Say where it is now, and once more what stayed behind."""
        self._fields.hide()
        self._going_title.setText("Where it is now")
        self._going.setText(say_moved(moved))
        self._staying_title.setText("What stayed behind")

    @property
    def edits(self) -> dict[str, QLineEdit | QPlainTextEdit]:
        """The fields that hold words."""
        return {
            "reason": self._reason,
            "police": self._police,
            "witness": self._witness_name,
            "witness_reason": self._witness_reason,
            "alone": self._alone_reason,
        }

    @property
    def reason(self) -> str:
        """Why it is moved."""
        return self._reason.toPlainText().strip()

    @property
    def police(self) -> str:
        """What the police said about what is sealed."""
        return self._police.text().strip()

    def place(self) -> RestrictedPlace:
        """Return where the restricted log lies and what opens it."""
        return RestrictedPlace(
            folder=Path(self._folder.text().strip()).expanduser(),
            passphrase=self._passphrase.text(),
            keyholder_id=str(self._who.currentData() or ""),
        )

    def second(self) -> SecondPerson:
        """Return who moves it with the keyholder."""
        if self._choice.value() == _KEYHOLDER:
            return SecondPerson(
                keyholder_id=KeyholderId(str(self._second.currentData())),
                passphrase=self._second_passphrase.text(),
            )
        if self._choice.value() == _ALONE:
            return SecondPerson(witness_reason=self._alone_reason.text())
        return SecondPerson(
            witness=self._witness_name.text(), witness_reason=self._witness_reason.text()
        )

    def missing(self) -> str:
        """Say what still has to be filled in; '' if nothing."""
        choice = self._choice.value()
        folder = self._folder.text().strip()
        second = {
            _KEYHOLDER: (
                (self._second.count(), NO_SECOND),
                (self._second_passphrase.text(), "The second keyholder types their passphrase."),
            ),
            _WITNESS: (
                (self._witness_name.text().strip(), "Write the name of the witness."),
                (self._witness_reason.text().strip(), "Write why there is no second keyholder."),
            ),
            _ALONE: ((self._alone_reason.text().strip(), "Write why nobody else can be there."),),
        }
        for is_there, words in (
            (folder, "Write where the restricted log lies."),
            (
                folder and Path(folder).expanduser().is_absolute(),
                "Write the whole path of the restricted log, from its beginning.",
            ),
            (self._passphrase.text(), "Type your passphrase for the restricted log."),
            (self.reason, "Write why it is moved. One sentence is enough."),
            (
                self.police or self._sealed.isHidden(),
                "Write what the police said about the sealed files.",
            ),
            (choice, "Choose who the second person is."),
            *second.get(choice, ()),
        ):
            if not is_there:
                return words
        return ""

    def forget_passphrases(self) -> None:
        """Clear what nobody else may read."""
        self._passphrase.clear()
        self._second_passphrase.clear()

    @Slot()
    def _on_folder_named(self) -> None:
        folder = Path(self._folder.text().strip()).expanduser()
        if folder.is_absolute() and folder != self._named:
            self._named = folder
            self.folder_named.emit(folder)

    @Slot()
    def _on_who_chosen(self) -> None:
        """Offer all the others as the second person."""
        self._second.clear()
        for row in range(self._who.count()):
            if row != self._who.currentIndex():
                self._second.addItem(self._who.itemText(row), self._who.itemData(row))

    @Slot(str)
    def _on_choice(self, value: str) -> None:
        self._keyholder.setVisible(value == _KEYHOLDER)
        self._witness.setVisible(value == _WITNESS)
        self._alone.setVisible(value == _ALONE)
