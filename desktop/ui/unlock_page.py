"""Opens the log: a passphrase, or the recovery key instead."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.domain.errors import AppError, LogMissing
from desktop.ui import file_choice, messages
from desktop.ui.entry import Entry
from desktop.ui.front_page import FrontPage
from desktop.ui.session import Session
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.secret_edit import SecretEdit
from desktop.ui.widgets.words import field_label, row_line

if TYPE_CHECKING:
    from desktop.operations.workspace import Workspace


class UnlockPage(FrontPage):
    """One field and one button; the wrong word gives one clear sentence."""

    new_log_requested = Signal()

    def __init__(
        self, session: Session, entry: Entry, folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self._folder = folder
        self._by_key = False
        self._build_ui()

    def _build_ui(self) -> None:
        self.card.set_title("Open the log")
        self.card.set_hint(f"In {self._folder}")
        self._passphrase_edit = SecretEdit("Passphrase", "passphraseEdit", self)
        self._passphrase_label = field_label("&Passphrase", self._passphrase_edit.edit, self)
        self._key_edit = QLineEdit(self)
        self._key_edit.setObjectName("recoveryKeyEdit")
        self._key_label = field_label("&Recovery key, as written on your paper", self._key_edit)
        self._key_label.setParent(self)
        self._passphrase_edit.return_pressed.connect(self._on_unlock_clicked)
        self._key_edit.returnPressed.connect(self._on_unlock_clicked)
        self._unlock_button = self._button("Unlock", "unlockButton", self._on_unlock_clicked)
        set_role(self._unlock_button, "primary")
        self._other_button = self._button("", "otherWayButton", self._on_other_way_clicked)
        self._folder_button = self._button(
            "A log in another folder", "otherFolderButton", self._on_folder_clicked
        )
        self._new_button = self._button("Start a new log", "newLogButton", self.new_log_requested)
        for quiet in (self._other_button, self._folder_button, self._new_button):
            set_role(quiet, "quiet")
        for each in (
            self._passphrase_label,
            self._passphrase_edit,
            self._key_label,
            self._key_edit,
        ):
            self.card.body.addWidget(each)
        first, second = FlowLayout(spacing=8), FlowLayout(spacing=8)
        self.card.body.addSpacing(8)
        self.card.body.addLayout(first)
        self.card.body.addSpacing(12)
        self.card.body.addWidget(row_line(self))
        self.card.body.addLayout(second)
        for row, button in (
            (first, self._unlock_button),
            (first, self._other_button),
            (second, self._folder_button),
            (second, self._new_button),
        ):
            row.addWidget(button)
        self._show_way()

    def _button(
        self, words: str, name: str, on_clicked: Callable[[], None] | SignalInstance
    ) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.clicked.connect(on_clicked)
        return button

    def focus_first(self) -> None:
        """Put the cursor where typing starts."""
        (self._key_edit if self._by_key else self._passphrase_edit.edit).setFocus()

    def _show_way(self) -> None:
        words = "Use the passphrase instead" if self._by_key else "Use the recovery key instead"
        self._other_button.setText(words)
        self._other_button.setAccessibleName(words)
        for passphrase_widget in (self._passphrase_label, self._passphrase_edit):
            passphrase_widget.setVisible(not self._by_key)
        for key_widget in (self._key_label, self._key_edit):
            key_widget.setVisible(self._by_key)
        self.focus_first()

    def _show_busy(self, *, busy: bool) -> None:
        self._unlock_button.setText("Opening…" if busy else "Unlock")
        for each in (
            self._unlock_button,
            self._other_button,
            self._folder_button,
            self._new_button,
            self._passphrase_edit,
            self._key_edit,
        ):
            each.setDisabled(busy)

    @Slot()
    def _on_unlock_clicked(self) -> None:
        typed = self._key_edit.text() if self._by_key else self._passphrase_edit.text()
        if not typed.strip() or not self._unlock_button.isEnabled():
            self.focus_first()
            return
        unlock = self._entry.unlock_with_recovery_key if self._by_key else self._entry.unlock
        opener: Callable[[], Workspace] = partial(unlock, self._folder, typed)
        self._entry.folder = self._folder
        self.banner.clear()
        self._show_busy(busy=True)
        self._session.open(self, opener, self._on_opened, self._on_failed)

    def _on_opened(self) -> None:
        self._passphrase_edit.clear()
        self._key_edit.clear()
        self._entry.remember_folder(self._folder)

    def _on_failed(self, error: AppError) -> None:
        self._show_busy(busy=False)
        messages.show(self, error)
        self._passphrase_edit.edit.selectAll()
        self._key_edit.selectAll()
        self.focus_first()

    @Slot()
    def _on_other_way_clicked(self) -> None:
        self._by_key = not self._by_key
        self.banner.clear()
        self._show_way()

    @Slot()
    def _on_folder_clicked(self) -> None:
        file_choice.ask_folder(
            self, "The folder that holds the log", self._folder, self._on_folder_chosen
        )

    def _on_folder_chosen(self, folder: Path) -> None:
        if not self._entry.log_exists(folder):
            messages.show(self, LogMissing(folder))
            return
        self.banner.clear()
        self._folder = folder
        self.card.set_hint(f"In {folder}")
        self.focus_first()
