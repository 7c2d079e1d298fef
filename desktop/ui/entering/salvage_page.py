"""Saves what can be read of a damaged log into a new one, and lists what cannot."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.errors import LogMissing
from desktop.ui import file_choice, messages
from desktop.ui.entering.rescue_page import RescuePage
from desktop.ui.entry import Entry
from desktop.ui.rescue import Restored, Save
from desktop.ui.session import Session
from desktop.ui.widgets.words import body, strong

BESIDE = "A new log is made there, with the same passphrases and recovery key."
NAME = "Saved log"


class SalvagePage(RescuePage):
    """Choose the damaged log, type the passphrase, say where to."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(session, entry, "Save what can be read", parent)
        self.card.set_title("Save what can be read of a damaged log")
        self.card.set_hint(
            "If you have a backup, restore that first. What is newer than the backup can still be "
            "saved here. The damaged log is only read: keep it, somebody may get more out of it."
        )
        if entry.folder is not None:
            self._choose(entry.folder)

    def _build_source(self) -> None:
        column = self.card.body
        column.addWidget(strong("1. The damaged log", self))
        self.source_label: QLabel = body("No folder is chosen yet.", self)
        self.source_label.setObjectName("damagedLogLabel")
        column.addWidget(self.source_label)
        self.source_button = self.button(
            "A log in another folder…", "otherSourceButton", self._on_source_clicked
        )
        self._put(self.source_button)

    def _target_hint(self) -> str:
        return BESIDE

    def _work(self) -> Save:
        return self._rescue.salvage

    def _lost(self, answer: Restored) -> Sequence[str]:
        lost = getattr(answer, "lost", ())
        return [str(line) for line in lost]

    def focus_first(self) -> None:
        """Begin with the passphrase, if the log is known."""
        if self._source is None:
            self.source_button.setFocus()
        else:
            self.fields.focus_first()

    def _choose(self, folder: Path) -> None:
        self._source = folder
        self.source_label.setText(str(folder))
        self._target = self._rescue.place_beside(folder)
        self._show_target()

    @Slot()
    def _on_source_clicked(self) -> None:
        self._ask_source()

    def _ask_source(self) -> None:
        file_choice.ask_folder(
            self, "The folder of the damaged log", self._source, self._on_source_chosen
        )

    def _on_source_chosen(self, folder: Path) -> None:
        if not self._entry.log_exists(folder):
            messages.show(self, LogMissing(folder))
            return
        self.banner.clear()
        self._choose(folder)
        self.fields.focus_first()

    def _show_running(self, *, running: bool) -> None:
        super()._show_running(running=running)
        self.source_button.setDisabled(running)

    def _ask_target(self) -> None:
        file_choice.ask_folder(
            self, "The folder in which the new log is made", self._target.parent, self._on_chosen
        )

    def _on_chosen(self, folder: Path) -> None:
        self._target = folder / NAME if any(folder.iterdir()) else folder
        self._show_target()
