"""A log with real key slots behind the real pages, and somebody who works them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.changes import Changes
from desktop.domain.log.recovery import groups_of
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.entering.choose_folder import log_exists
from desktop.operations.entering.create_log import new_recovery_key
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import (
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
    ways_in,
)
from desktop.operations.entering.remember_computer import unlock_remembered
from desktop.operations.keys.keep_keyholders import add_keyholder
from desktop.operations.keys.rate_passphrase import passphrase_strength
from desktop.operations.workspace import Workspace
from desktop.ui.background import Background
from desktop.ui.desk import Desk
from desktop.ui.entry import Entry
from desktop.ui.keeping.log_page import LogPage
from desktop.ui.keeping.recovery_fields import GroupsTypedBack
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.logs_on_disk import PASSPHRASE, RECOVERY_KEY, make_log
from tests.ui.entries import Remembered, an_entry
from tests.ui.handles import click, find
from tests.workspaces import own_procedures

T = TypeVar("T")
D = TypeVar("D", bound=QDialog)
_ROUNDS = 3  # answers may ask for more work
ADAS = "nine oranges under a ladder"


class KeyRoom:
    """One program over one real log; `person` opens it, works it, locks it."""

    def __init__(self, qtbot: QtBot, clock: FrozenClock, folder: Path) -> None:
        self.qtbot = qtbot
        self.clock = clock
        self.folder = folder
        self.background = Background()
        self.session = Session(self.background, clock, lock_log)
        self.environment = Environment(
            clock=clock,
            procedures=own_procedures(),
            machine="a test computer",
            on_log=self.background.on_log,
        )
        make_log(self.environment_here(), folder)
        self.entry = self._entry()
        self.page: LogPage | None = None

    def environment_here(self) -> Environment:
        """Return the same surroundings for work on this thread."""
        one = self.environment
        return Environment(clock=one.clock, procedures=one.procedures, machine=one.machine)

    def _entry(self) -> Entry:
        where = self.environment
        plain = an_entry(
            self.session,
            self.clock,
            Remembered(),
            folder=self.folder,
            suggested=self.folder,
            build_desk=Desk,
        )
        return replace(
            plain,
            log_exists=log_exists,
            new_recovery_key=new_recovery_key,
            rate_passphrase=passphrase_strength,
            ways_in=ways_in,
            unlock=partial(unlock_with_passphrase, where),
            unlock_with_recovery_key=partial(unlock_with_recovery_key, where),
            unlock_remembered=partial(unlock_remembered, where),
        )

    def open(self, opener: Callable[[], Workspace]) -> None:
        """Open the log, and wait until it is."""
        with self.qtbot.waitSignal(self.session.unlocked, timeout=20_000):
            self.session.open(self.background, opener)
        self.settle()

    def open_with(self, passphrase: str = PASSPHRASE) -> None:
        """Open the log with a passphrase."""
        self.open(partial(self.entry.unlock, self.folder, passphrase))

    def opens_with(self, passphrase: str) -> bool:
        """Say whether a locked log opens with a passphrase, trying it as the program would."""
        return self._tries(partial(self.entry.unlock, self.folder, passphrase))

    def opens_with_key(self, recovery_key: str) -> bool:
        """Say whether a locked log opens with a recovery key."""
        return self._tries(partial(self.entry.unlock_with_recovery_key, self.folder, recovery_key))

    def _tries(self, opener: Callable[[], Workspace]) -> bool:
        self.lock()
        failed: list[object] = []
        self.session.open(self.background, opener, None, failed.append)
        self.qtbot.waitUntil(lambda: self.session.is_open or bool(failed), timeout=20_000)
        return self.session.is_open

    def lock(self) -> None:
        """Lock the log, and wait until it is put away."""
        self.session.lock()
        self.settle()

    def settle(self) -> None:
        """Wait until no work is under way, and what follows from it is drawn."""
        for _ in range(_ROUNDS):
            self.qtbot.waitUntil(lambda: self.background.pending == 0, timeout=20_000)
            QApplication.processEvents()

    def perform(self, operation: Callable[[Workspace], T]) -> T:
        """Run an operation as a page would, and return its answer."""
        answers: list[T] = []
        self.session.run(self.background, operation, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
        return answers[0]

    def add_ada(self, role: KeyholderRole = KeyholderRole.DEPUTY) -> Changes:
        """Add a second keyholder, a little later."""
        self.clock.advance(minutes=1)
        return self.perform(
            partial(
                add_keyholder,
                name="Ada Reed",
                title="Deputy",
                initials="AXR",
                role=role,
                shown_as="Deputy",
                passphrase=ADAS,
            )
        )

    def show_page(self) -> LogPage:
        """Show Log and keys at the tab of keyholders, and wait until it is filled."""
        self.page = LogPage(self.session, self.entry)
        self.qtbot.addWidget(self.page)
        self.page.resize(1100, 900)
        self.page.show_section("keys")
        self.page.show()
        assert QTest.qWaitForWindowActive(self.page)
        self.settle()
        return self.page

    def dialog(self, kind: type[D]) -> D:
        """Return the dialog of this kind that is to be seen."""
        assert self.page is not None
        shown = [one for one in self.page.findChildren(kind) if one.isVisible()]
        assert len(shown) == 1, f"{len(shown)} dialogs {kind.__name__}"
        shown[0].activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is shown[0])
        return shown[0]

    def said(self) -> str:
        """Return what the page says at the top."""
        assert self.page is not None
        return self.page.banner.text


def write(parent: QWidget, name: str, text: str) -> None:
    """Type into a field, instead of what stands there."""
    edit = find(parent, QLineEdit, name)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def write_here(text: str) -> None:
    """Type where the caret is."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, QLineEdit), widget
    QTest.keyClicks(widget, text)


def press_return() -> None:
    """Press Return where the caret is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, Qt.Key.Key_Return)


def type_groups_back(dialog: QDialog, recovery_key: str) -> None:
    """Type the two groups that are asked for from the paper."""
    typed = dialog.findChild(GroupsTypedBack)
    assert isinstance(typed, GroupsTypedBack)
    for index, edit in typed.edits.items():
        edit.clear()
        QTest.keyClicks(edit, groups_of(recovery_key)[index].lower())


@pytest.fixture
def locked_room(qtbot: QtBot, clock: FrozenClock, tmp_path: Path) -> Iterator[KeyRoom]:
    """Return a program over a log of one lead that is locked."""
    made = KeyRoom(qtbot, clock, tmp_path / "here" / "Log")
    yield made
    made.settle()
    made.session.close()


@pytest.fixture
def room(locked_room: KeyRoom) -> KeyRoom:
    """Return the same, opened by its lead."""
    locked_room.open_with()
    return locked_room


__all__ = ["ADAS", "PASSPHRASE", "RECOVERY_KEY", "KeyRoom", "click", "find", "locked_room", "room"]
