"""What moves and what stays, where the restricted log lies, who moves it: the fields for it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.operations.entering.open_log import WayIn
from desktop.operations.keys.second_person import SecondPerson
from desktop.operations.moving.move_incident import Moved, RestrictedPlace
from desktop.operations.moving.plan_move import MovePlan
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
from desktop.ui.kept_words import Field
from desktop.ui.second_person import SecondNames, SecondPersonFields
from desktop.ui.widgets.draft_edit import DraftTextEdit
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import card_heading, field_label, secondary
from desktop.ui.working_dialog import Lack, WorkingForm

_SECOND = SecondNames(
    choice="moveSecond",
    keyholder="moveSecondBox",
    typed="moveSecondPassphraseEdit",
    witness="moveWitnessEdit",
    reason="moveWitnessReasonEdit",
    alone="moveAloneReasonEdit",
    keyholder_words="Another keyholder of the restricted log",
    none_there=NO_SECOND,
)


class MoveForm(WorkingForm):
    """`edits` are the fields whose words outlast a lock; where the log lies is kept nowhere."""

    folder_named = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._named: Path | None = None
        self._going_title, self._going = self._part("What goes along", "moveGoingLabel")
        self._staying_title, self._staying = self._part("What stays behind", "moveStayingLabel")
        self._fields = QWidget(self)
        self._column.addWidget(self._fields)
        self._build_fields()

    def _build_fields(self) -> None:
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._second = SecondPersonFields(_SECOND, self._fields)
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
        column.addWidget(self._second)

    def _build_place(self, column: QVBoxLayout) -> None:
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
    def edits(self) -> dict[str, Field]:
        """The fields that hold words."""
        return {
            "reason": self._reason,
            "police": self._police,
            **self._second.edits,
        }

    @property
    def first(self) -> QLineEdit:
        """Where filling in begins."""
        return self._folder

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
        return self._second.second()

    def lack(self) -> Lack | None:
        """Return what still has to be filled in, in words, and its field; None if nothing."""
        folder = self._folder.text().strip()
        asked: tuple[tuple[object, str, QWidget], ...] = (
            (folder, "Write where the restricted log is.", self._folder),
            (
                folder and Path(folder).expanduser().is_absolute(),
                "Write the whole path of the restricted log, from its beginning.",
                self._folder,
            ),
            (
                self._passphrase.text(),
                "Type your passphrase for the restricted log.",
                self._passphrase.edit,
            ),
            (self.reason, "Write why it is moved. One sentence is enough.", self._reason),
            (
                self._sealed.isHidden() or self.police,
                "Write what the police said about the sealed files.",
                self._police,
            ),
        )
        lack = next(((words, field) for is_there, words, field in asked if not is_there), None)
        return lack or self._second.lack()

    def forget_passphrases(self) -> None:
        """Clear what nobody else may read."""
        self._passphrase.clear()
        self._second.forget_passphrase()

    @Slot()
    def _on_folder_named(self) -> None:
        folder = Path(self._folder.text().strip()).expanduser()
        if folder.is_absolute() and folder != self._named:
            self._named = folder
            self.folder_named.emit(folder)

    @Slot()
    def _on_who_chosen(self) -> None:
        """Offer all the others as the second person."""
        self._second.offer(
            [
                (self._who.itemData(row), self._who.itemText(row))
                for row in range(self._who.count())
                if row != self._who.currentIndex()
            ]
        )
