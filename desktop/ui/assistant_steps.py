"""The steps of the first start: where, who, passphrase, recovery key, typed back, organisation."""

import secrets
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.evidence import initials_of, tidy_initials
from desktop.domain.recovery import groups_of, groups_to_confirm, is_same_group
from desktop.ui import file_choice
from desktop.ui.entry import Entry, Strength
from desktop.ui.session import Session
from desktop.ui.widgets.chip import Tone
from desktop.ui.widgets.roles import set_property, set_role
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import body, field_label, label, secondary

GOOD_ENOUGH = 2
GROUPS_TYPED_BACK = 2
_RATINGS: tuple[tuple[str, Tone], ...] = (
    ("Guessed at once", "late"),
    ("Guessed in hours", "late"),
    ("Fair", "due"),
    ("Hard to guess", "done"),
    ("Very hard to guess", "done"),
)


class Step(QWidget):
    """One question of the assistant; `problem` is empty when it is answered well enough."""

    title = ""
    hint = ""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    def problem(self) -> str:
        """Say what is still missing."""
        return ""

    def focus_first(self) -> None:
        """Put the cursor where typing starts."""

    def add_line(self, words: str, object_name: str, hint: str = "") -> QLineEdit:
        """Add a labelled field of one line."""
        edit = QLineEdit(self)
        edit.setObjectName(object_name)
        self.column.addWidget(field_label(words, edit, self))
        self.column.addWidget(edit)
        if hint:
            self.column.addWidget(secondary(hint, self))
            edit.setAccessibleDescription(hint)
        self.column.addSpacing(8)
        return edit


class FolderStep(Step):
    """Where the log is kept."""

    title = "Where should the log be kept?"
    hint = (
        "A folder of its own, on this computer's own disk. Not on a network drive, and not in a "
        "folder that is copied to the cloud."
    )

    def __init__(self, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(str(entry.suggested_folder()), self)
        self.edit.setObjectName("folderEdit")
        choose = QPushButton("Choose…", self)
        choose.setObjectName("chooseFolderButton")
        choose.setAccessibleName("Choose the folder")
        choose.clicked.connect(self._on_choose_clicked)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(choose)
        self.column.addWidget(field_label("&Folder", self.edit, self))
        self.column.addLayout(row)

    @property
    def folder(self) -> Path:
        """The folder that was chosen."""
        return Path(self.edit.text().strip()).expanduser()

    def problem(self) -> str:
        """Ask for a whole path."""
        return "" if self.folder.is_absolute() else "Write the whole path of the folder."

    def focus_first(self) -> None:
        """Start in the path."""
        self.edit.setFocus()

    @Slot()
    def _on_choose_clicked(self) -> None:
        file_choice.ask_folder(self, "Where should the log be kept?", None, self._on_chosen)

    def _on_chosen(self, folder: Path) -> None:
        self.edit.setText(str(folder))


class KeyholderStep(Step):
    """Who keeps the log."""

    title = "Who are you?"
    hint = "This stands beside everything you enter. More keyholders can be added later."

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name_edit = self.add_line("Your &name", "nameEdit")
        self.title_edit = self.add_line(
            "Your &role", "titleEdit", "for example Designated safeguarding lead"
        )
        self.initials_edit = self.add_line(
            "&Initials for exhibit marks",
            "initialsEdit",
            "Evidence is numbered with them, for example PXS/1. X stands for no middle name.",
        )
        self._suggested = ""
        self.name_edit.textChanged.connect(self._on_name_changed)

    @property
    def initials(self) -> str:
        """The initials, tidied."""
        return tidy_initials(self.initials_edit.text())

    def problem(self) -> str:
        """Ask for a name and two letters."""
        if not self.name_edit.text().strip():
            return "Write your name."
        return "" if self.initials else "Write two to four letters for the exhibit marks."

    def focus_first(self) -> None:
        """Start with the name."""
        self.name_edit.setFocus()

    @Slot(str)
    def _on_name_changed(self, name: str) -> None:
        if self.initials_edit.text() == self._suggested:
            self._suggested = initials_of(name)
            self.initials_edit.setText(self._suggested)


class PassphraseStep(Step):
    """The passphrase, twice, with how hard it is to guess."""

    title = "Choose a passphrase"
    hint = (
        "It opens the log on this computer. Three or four words that do not belong together are "
        "easy to remember and hard to guess. Any characters, any length."
    )

    def __init__(self, session: Session, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self._score: int | None = None
        self.words: Sequence[str] = ()
        self.edit = SecretEdit("Passphrase", "newPassphraseEdit", self)
        self.again_edit = SecretEdit("Passphrase again", "passphraseAgainEdit", self)
        self._meter = QProgressBar(self)
        self._meter.setObjectName("strengthMeter")
        self._meter.setAccessibleName("How hard it is to guess")
        self._meter.setRange(0, 4)
        self._meter.setTextVisible(False)
        self._rating_label = secondary(" ", self)
        self._rating_label.setObjectName("ratingLabel")
        self.column.addWidget(field_label("&Passphrase", self.edit.edit, self))
        self.column.addWidget(self.edit)
        self.column.addWidget(self._meter)
        self.column.addWidget(self._rating_label)
        self.column.addSpacing(8)
        self.column.addWidget(field_label("The same &again", self.again_edit.edit, self))
        self.column.addWidget(self.again_edit)
        self.edit.typed.connect(self._on_typed)

    def problem(self) -> str:
        """Ask for one that is hard enough to guess, twice."""
        if not self.edit.text():
            return "Type a passphrase."
        if self._score is not None and self._score < GOOD_ENOUGH:
            return "That would be guessed soon. Add one or two more words."
        if self.edit.text() != self.again_edit.text():
            return "The two are not the same."
        return ""

    def focus_first(self) -> None:
        """Start with the first field."""
        self.edit.edit.setFocus()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if not text:
            self._show_rating(None, "", 0)
            return
        rate = partial(self._entry.rate_passphrase, text, tuple(self.words))
        self._session.run_outside(self, rate, partial(self._on_rated, text))

    def _on_rated(self, text: str, strength: Strength) -> None:
        if text == self.edit.text():
            self._show_rating(strength.score, strength.advice, max(strength.score, 1))

    def _show_rating(self, score: int | None, advice: str, length: int) -> None:
        self._score = score
        words, tone = _RATINGS[score] if score is not None else (" ", "due")
        self._meter.setValue(length)
        set_property(self._meter, "tone", tone)
        self._rating_label.setText(f"{words}. {advice}".rstrip() if score is not None else " ")


class ShowKeyStep(Step):
    """The recovery key, to write down."""

    title = "Write down the recovery key"
    hint = (
        "It opens the log if the passphrase is forgotten. Without either, nobody can open it. "
        "Write it on paper, and keep the paper locked away, not beside this computer."
    )

    def __init__(self, recovery_key: str, parent: QWidget) -> None:
        super().__init__(parent)
        groups = groups_of(recovery_key)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for index, group in enumerate(groups):
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(secondary(str(index + 1), self))
            shown = label(group, "key", self, wrap=False)
            shown.setAccessibleName(f"Group {index + 1}: {' '.join(group)}")
            cell.addWidget(shown)
            grid.addLayout(cell, index // 4, index % 4)
        self.column.addLayout(grid)
        self.column.addSpacing(8)
        self.column.addWidget(body("On the next page you type two of the groups back.", self))


class TypeKeyStep(Step):
    """Two groups of the recovery key, typed back from paper."""

    title = "Type two groups back"
    hint = "From your paper, so that we both know it is readable."

    def __init__(self, recovery_key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._groups = groups_of(recovery_key)
        chosen = groups_to_confirm(secrets.token_bytes(GROUPS_TYPED_BACK))
        self.edits = {
            index: self.add_line(f"Group &{index + 1}", f"group{index + 1}Edit")
            for index in chosen
        }

    def problem(self) -> str:
        """Ask for both as shown."""
        for index, edit in self.edits.items():
            if not is_same_group(edit.text(), self._groups[index]):
                return f"Group {index + 1} is not the one shown. Go back to see the key again."
        return ""

    def focus_first(self) -> None:
        """Start with the first group."""
        next(iter(self.edits.values())).setFocus()


class OrganisationStep(Step):
    """Whose log it is."""

    title = "Which organisation is this for?"
    hint = "Its name stands on reports and on what you hand to the police."

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.edit = self.add_line("&Organisation", "organisationEdit")
        note = secondary(
            "The program follows the policy of a training provider. Other policies come later.",
            self,
        )
        set_role(note, "secondary")
        self.column.addWidget(note)

    def problem(self) -> str:
        """Ask for a name."""
        return "" if self.edit.text().strip() else "Write the name of the organisation."

    def focus_first(self) -> None:
        """Start with the name."""
        self.edit.setFocus()
