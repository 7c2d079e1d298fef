"""Opens the log: a passphrase, a computer that is remembered, or the recovery key instead."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.errors import AppError, LogMissing, TryAgainLater, WrongPassphrase
from desktop.ui import file_choice, messages
from desktop.ui.entering.front_page import FrontPage
from desktop.ui.entering.unlock_fields import UnlockFields
from desktop.ui.entry import Entry
from desktop.ui.session import Session
from desktop.ui.wait_label import WaitLabel
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role
from desktop.ui.widgets.words import body, row_line

if TYPE_CHECKING:
    from desktop.operations.entering.open_log import WayIn
    from desktop.operations.workspace import Workspace

_FORGOTTEN = (
    "Use the recovery key from your paper: you then set a new passphrase at once. Or ask a "
    "keyholder who is lead: they open the log and set a new passphrase for you under Log and "
    "keys. Without a passphrase or the recovery key nobody can open the log, the makers of this "
    "program included."
)


class UnlockPage(FrontPage):
    """As few fields as will do, and one button; the wrong word gives one clear sentence."""

    new_log_requested = Signal()

    def __init__(
        self, session: Session, entry: Entry, folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self._folder = folder
        self._build_ui()
        self._read_ways()

    def _build_ui(self) -> None:
        self.card.set_title("Open the log")
        self.card.set_hint(f"In {self._folder}")
        self.fields = UnlockFields(self)
        self.fields.return_pressed.connect(self._on_unlock_clicked)
        self.fields.shown.connect(self._on_fields_shown)
        self.fields.remembered_clicked.connect(self._on_remembered_clicked)
        self.wait_label = WaitLabel(self)
        self.wait_label.ended.connect(self._on_wait_ended)
        self._unlock_button = self._button("Unlock", "unlockButton", self._on_unlock_clicked)
        set_role(self._unlock_button, "primary")
        self._other_button = self._button("", "otherWayButton", self._on_other_way_clicked)
        self._forgotten_button = self._button(
            "Forgotten passphrase?", "forgottenButton", self._on_forgotten_clicked
        )
        self._forgotten_label = body(_FORGOTTEN, self)
        self._forgotten_label.setObjectName("forgottenLabel")
        self._forgotten_label.hide()
        self._folder_button = self._button(
            "A log in another folder", "otherFolderButton", self._on_folder_clicked
        )
        self._new_button = self._button("Start a new log", "newLogButton", self.new_log_requested)
        self._arrange()
        self._show_way()

    def _arrange(self) -> None:
        quiet = (self._other_button, self._forgotten_button, self._folder_button)
        for button in (*quiet, self._new_button):
            set_role(button, "quiet")
        first, second = FlowLayout(spacing=8), FlowLayout(spacing=8)
        for button in (self._unlock_button, self._other_button, self._forgotten_button):
            first.addWidget(button)
        for button in (self._folder_button, self._new_button):
            second.addWidget(button)
        column = self.card.body
        column.addWidget(self.fields)
        column.addWidget(self.wait_label)
        column.addSpacing(8)
        column.addLayout(first)
        column.addWidget(self._forgotten_label)
        column.addSpacing(12)
        column.addWidget(row_line(self))
        column.addLayout(second)

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
        self.fields.focus_first()

    def _read_ways(self) -> None:
        """Ask who may open the log; the page is there at once and does not wait for it."""
        ways = partial(self._entry.ways_in, self._folder)
        self._session.run_outside(
            self, ways, partial(self._show_ways, self._folder), self._on_ways_unknown
        )

    def _show_ways(self, folder: Path, ways: "Sequence[WayIn]") -> None:
        if folder != self._folder:
            return
        self.fields.set_ways(ways)
        if not self.fields.typed() and self.isVisible():
            self.focus_first()

    def _on_ways_unknown(self, _error: AppError) -> None:
        """Ask for the passphrase alone: what is wrong with the log is said when it is opened."""
        self.fields.set_ways(())

    def _show_way(self) -> None:
        words = (
            "Use the passphrase instead" if self.fields.by_key else "Use the recovery key instead"
        )
        self._other_button.setText(words)
        self._other_button.setAccessibleName(words)
        self._show_busy(busy=False)
        self.focus_first()

    @Slot()
    def _on_fields_shown(self) -> None:
        """Let one button stand out: the one that opens with a click, where there is one."""
        set_role(self._unlock_button, "plain" if self.fields.opens_with_click else "primary")

    def _show_busy(self, *, busy: bool) -> None:
        self._unlock_button.setText("Opening…" if busy else "Unlock")
        for each in (
            self._other_button,
            self._folder_button,
            self._new_button,
            self.fields,
        ):
            each.setDisabled(busy)
        self.enable_rescue(enabled=not busy)
        for each in (self._unlock_button, self.fields.remembered_button):
            each.setDisabled(busy or self.wait_label.is_waiting)

    @Slot()
    def _on_unlock_clicked(self) -> None:
        typed = self.fields.typed()
        if not typed.strip() or not self._unlock_button.isEnabled():
            self.focus_first()
            return
        by_key = self.fields.by_key
        unlock = self._entry.unlock_with_recovery_key if by_key else self._entry.unlock
        who = self.fields.keyholder_id
        self._open(partial(unlock, self._folder, typed, who), by_key=by_key)

    @Slot()
    def _on_remembered_clicked(self) -> None:
        who = self.fields.keyholder_id
        self._open(partial(self._entry.unlock_remembered, self._folder, who), by_key=False)

    def _open(self, opener: "Callable[[], Workspace]", *, by_key: bool) -> None:
        self._entry.folder = self._folder
        self._entry.by_recovery_key = by_key
        self.banner.clear()
        self._show_busy(busy=True)
        self._session.open(self, opener, self._on_opened, self._on_failed)

    def _on_opened(self) -> None:
        self.fields.clear()
        self._entry.remember_folder(self._folder)

    def _on_failed(self, error: AppError) -> None:
        if isinstance(error, TryAgainLater):
            self.wait_label.start(error.seconds)
        else:
            self._say(error)
        self._show_busy(busy=False)
        self.fields.select_typed()
        self.fields.passphrase_edit.edit.setFocus()
        if self.fields.by_key:
            self.focus_first()

    def _say(self, error: AppError) -> None:
        """Say what went wrong; where several may open the log, who was chosen may be it."""
        who = self.fields.chosen_of_several
        if isinstance(error, WrongPassphrase) and who:
            happened = messages.message_for(error).happened
            to_do = f"Is “{who}” right? {messages.message_for(error).to_do}"
            self.banner.show_message(to_do, "error", title=happened)
        else:
            messages.show(self, error)

    @Slot()
    def _on_wait_ended(self) -> None:
        self.banner.clear()
        self._show_busy(busy=False)

    @Slot()
    def _on_forgotten_clicked(self) -> None:
        self._forgotten_label.setVisible(self._forgotten_label.isHidden())

    @Slot()
    def _on_other_way_clicked(self) -> None:
        self.fields.ask_for_key(by_key=not self.fields.by_key)
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
        self.wait_label.stop()
        self._folder = folder
        self.card.set_hint(f"In {folder}")
        self.fields.set_ways(())
        self._show_busy(busy=False)
        self._read_ways()
        self.focus_first()
