"""Restores a log from a backup; a log that is in the way is kept under another name."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.domain.errors import AppError, BackupMissing
from desktop.ui import file_choice, messages
from desktop.ui.entering.rescue_page import RescuePage
from desktop.ui.entry import Entry
from desktop.ui.rescue import Bring, FoundBackup
from desktop.ui.session import Session
from desktop.ui.widgets.words import field_label, secondary, strong

LIST_LETTERS = 24
KEPT = (
    "A log lies there now. It is not deleted and not changed: its folder gets another name, and "
    "the restored log takes its place."
)
NAME = "Restored log"
FREE = "Nothing lies there yet."


class RestorePage(RescuePage):
    """Choose the backup, type the passphrase of that day, say where to."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(session, entry, "Restore", parent)
        self._found: Sequence[FoundBackup] = ()
        self.card.set_title("Restore from a backup")
        self.card.set_hint(
            "Choose the stick, share or folder to which the backups went. The backup itself stays "
            "as it is. It opens with a passphrase, or the recovery key, of the day it was made."
        )

    def _build_source(self) -> None:
        column = self.card.body
        column.addWidget(strong("1. The backup", self))
        self.look_button = self.button(
            "Look for backups in a folder…", "lookForBackupsButton", self._on_look_clicked
        )
        self.backup_box = QComboBox(self)
        self.backup_box.setObjectName("backupBox")
        self.backup_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.backup_box.setMinimumContentsLength(LIST_LETTERS)
        self.backup_box.currentIndexChanged.connect(self._on_backup_chosen)
        self.backup_label = field_label("&Made on", self.backup_box, self)
        self.path_label = secondary("", self)
        self.path_label.setObjectName("backupPathLabel")
        self._put(self.look_button)
        for widget in (self.backup_label, self.backup_box, self.path_label):
            widget.hide()
            column.addWidget(widget)

    def _target_hint(self) -> str:
        return KEPT if self._entry.log_exists(self._target) else FREE

    def _work(self) -> Bring:
        return self._rescue.restore

    def focus_first(self) -> None:
        """Begin with the backup."""
        self.look_button.setFocus()

    @Slot()
    def _on_look_clicked(self) -> None:
        self._ask_source()

    def _ask_source(self) -> None:
        file_choice.ask_folder(
            self, "The folder to which the backups went", None, self._on_folder_chosen
        )

    def _on_folder_chosen(self, folder: Path) -> None:
        self.banner.clear()
        self.look_button.setDisabled(True)
        self._session.run_outside(
            self,
            partial(self._rescue.find_backups, folder),
            partial(self._show_found, folder),
            self._on_not_found,
        )

    def _show_found(self, folder: Path, found: Sequence[FoundBackup]) -> None:
        if not found:
            self._on_not_found(BackupMissing(folder))
            return
        self.look_button.setDisabled(False)
        self._found = found
        self.backup_box.clear()
        several = len({each.log_id for each in found}) > 1
        for each in found:
            log = f" · log {each.log_id[:8]}" if several else ""
            self.backup_box.addItem(f"{each.made_at}{log}")
        for widget in (self.backup_label, self.backup_box, self.path_label):
            widget.show()
        self.backup_box.setCurrentIndex(0)
        self._on_backup_chosen(0)
        self.backup_box.setFocus()

    def _on_not_found(self, error: AppError) -> None:
        self.look_button.setDisabled(False)
        self.look_button.setFocus()
        messages.show(self, error)

    @Slot(int)
    def _on_backup_chosen(self, index: int) -> None:
        if 0 <= index < len(self._found):
            self._source = self._found[index].path
            self.path_label.setText(str(self._source))

    def _show_running(self, *, running: bool) -> None:
        super()._show_running(running=running)
        self.look_button.setDisabled(running)
        self.backup_box.setDisabled(running)

    def _ask_target(self) -> None:
        file_choice.ask_folder(
            self, "The folder for the restored log", self._target.parent, self._on_target_chosen
        )

    def _on_target_chosen(self, folder: Path) -> None:
        free = self._entry.log_exists(folder) or not any(folder.iterdir())
        self._target = folder if free else folder / NAME
        self._show_target()
