"""The steps of the first start: where, who, organisation, passphrase, recovery key, typed back."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.evidence.items import initials_of, tidy_initials
from desktop.ui import file_choice
from desktop.ui.entry import Entry
from desktop.ui.keeping.passphrase_fields import PassphraseFields
from desktop.ui.keeping.recovery_fields import GroupsTypedBack, RecoveryKeyShown
from desktop.ui.session import Session
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, field_label, secondary


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
            "Your &job title", "titleEdit", "for example Designated safeguarding lead"
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
        self.fields = PassphraseFields(session, entry.rate_passphrase, self)
        self.column.addWidget(self.fields)

    def know(self, words: Sequence[str]) -> None:
        """Take these as words that anybody would try first."""
        self.fields.words = words
        self.fields.rate_again()

    def problem(self) -> str:
        """Ask for one that is hard enough to guess, twice."""
        return self.fields.problem()

    def focus_first(self) -> None:
        """Start with the first field."""
        self.fields.focus_first()


class ShowKeyStep(Step):
    """The recovery key, for a sheet of paper."""

    sheet_requested = Signal()

    title = "Put the recovery key on paper"
    hint = (
        "It opens the log if the passphrase is forgotten. Without either, nobody can open it. "
        "Keep the paper locked away, not beside this computer."
    )

    def __init__(self, recovery_key: str, parent: QWidget) -> None:
        super().__init__(parent)
        shown = RecoveryKeyShown(recovery_key, self)
        shown.sheet_requested.connect(self.sheet_requested)
        self.column.addWidget(shown)
        self.column.addSpacing(8)
        self.column.addWidget(body("On the next page you type two of the groups back.", self))


class TypeKeyStep(Step):
    """Two groups of the recovery key, typed back from paper."""

    title = "Type two groups back"
    hint = "From your paper, so that we both know it is readable."

    def __init__(self, recovery_key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._typed = GroupsTypedBack(recovery_key, self)
        self.edits = self._typed.edits
        self.column.addWidget(self._typed)

    def problem(self) -> str:
        """Ask for both as shown."""
        return self._typed.problem()

    def focus_first(self) -> None:
        """Start with the first group."""
        self._typed.focus_first()


class OrganisationStep(Step):
    """Whose log it is."""

    title = "Which organisation is this for?"
    hint = "Its name stands on reports and on what you hand to the police."

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.edit = self.add_line("&Organisation", "organisationEdit")
        note = secondary(
            "You choose the policy you follow under Organisation. Until then, the strictest "
            "deadlines and stops of five policies apply.",
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
