"""The way from the usual log to a restricted one and back; nothing on this computer recalls it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.log.restricted import named_on_paper
from desktop.operations.entering.start_restricted import suggest_restricted_folder
from desktop.ui.entering.restricted_front import (
    RestrictedAssistant,
    RestrictedPlacePage,
    add_way_back,
)
from desktop.ui.entering.unlock_page import UnlockPage
from desktop.ui.entry import Answers, Entry
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.operations.workspace import Workspace

RESTRICTED_TITLE = "Restricted log"
RESTRICTED_STRIP = (
    "Restricted log. Nothing in here is in the usual log. Lock it to come back to that one."
)


class RestrictedWay(QObject):
    """Keeps which log is the usual one; emits `front_changed` with the page to show, or None.

    None stands for the front page of the usual log. While a restricted log is on its way or open,
    the entry names its folder; from the lock on it names the usual one again.
    """

    front_changed = Signal(object)

    def __init__(self, session: Session, entry: Entry, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self._usual = entry.folder
        self._was_restricted = False
        self._create = entry.create
        self._suggested_folder = entry.suggested_folder
        self._recovery_sheet = entry.recovery_sheet
        entry.remember_folder = partial(_remember_usual, session, entry.remember_folder)
        session.unlocked.connect(self._on_unlocked)
        session.locked.connect(self._on_locked)

    def start_new(self, parent: QWidget) -> None:
        """Lock the log that is open and ask the questions for a restricted one."""
        self._session.lock()
        self._entry.suggested_folder = partial(suggest_restricted_folder, self._usual)
        self._entry.create = partial(_create_restricted, self._create)
        self._entry.recovery_sheet = partial(_restricted_sheet, self._recovery_sheet)
        page = RestrictedAssistant(self._session, self._entry, parent)
        page.left.connect(self.go_back)
        self.front_changed.emit(page)

    def open_existing(self, parent: QWidget) -> None:
        """Lock the log that is open and ask where the restricted one lies."""
        self._session.lock()
        page = RestrictedPlacePage(self._entry, parent)
        page.left.connect(self.go_back)
        page.folder_named.connect(partial(self._unlock, parent))
        self.front_changed.emit(page)

    def _unlock(self, parent: QWidget, folder: Path) -> None:
        page = UnlockPage(self._session, self._entry, folder, parent)
        page.card.set_title("Open the restricted log")
        add_way_back(page, self.go_back)
        self.front_changed.emit(page)

    @Slot()
    def go_back(self) -> None:
        """Offer the usual log again."""
        self._restore()
        self._entry.folder = self._usual
        self.front_changed.emit(None)

    @Slot()
    def _on_unlocked(self) -> None:
        self._was_restricted = self._session.is_restricted
        if not self._was_restricted:
            self._restore()
            self._usual = self._entry.folder

    @Slot()
    def _on_locked(self) -> None:
        if self._was_restricted:
            self._restore()
            self._entry.folder = self._usual

    def _restore(self) -> None:
        self._entry.create = self._create
        self._entry.suggested_folder = self._suggested_folder
        self._entry.recovery_sheet = self._recovery_sheet


def _remember_usual(session: Session, remember: Callable[[Path], None], folder: Path) -> None:
    """Remember a folder for the next start, unless a restricted log lies in it."""
    if not session.is_restricted:
        remember(folder)


def _create_restricted(create: "Callable[[Answers], Workspace]", answers: Answers) -> "Workspace":
    return create(replace(answers, restricted=True))


def _restricted_sheet(
    draw: Callable[[str, Path, str], bytes], organisation: str, folder: Path, recovery_key: str
) -> bytes:
    return draw(named_on_paper(organisation, restricted=True), folder, recovery_key)
