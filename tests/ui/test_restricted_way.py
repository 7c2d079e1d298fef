"""A restricted log leaves no trace in the usual one nor on this computer; the way back holds."""

import io
import logging
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from desktop.app import Program, build_program, surroundings
from desktop.domain.log.custody import Action
from desktop.operations.browse_incidents import list_incidents
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.open_log import lock_log
from desktop.operations.workspace import Workspace
from desktop.store.connection import open_connection
from desktop.ui.desk import Desk
from desktop.ui.entering.assistant import Assistant
from desktop.ui.entering.restricted_front import RestrictedAssistant, RestrictedPlacePage
from desktop.ui.entering.restricted_page import RestrictedPage
from desktop.ui.entering.unlock_page import UnlockPage
from desktop.ui.incident.quick_log import QuickLogPage
from tests.logs_on_disk import PASSPHRASE, RECOVERY_KEY, new_log
from tests.ui.handles import click, find

OTHER = "violet harbour under seven lanterns"
NAME = "Quillon Unheardof"
TOLD = "A zanzibarquartz was told about the lead."

Row = tuple[object, ...]


class Hand:
    """Works the real program over a real log, and looks at what it leaves."""

    def __init__(self, program: Program, folder: Path, qtbot: QtBot) -> None:
        self.window = program.window
        self.session = program.session
        self.folder = folder
        self._background = program.background
        self._qtbot = qtbot
        self._keys: dict[Path, bytes] = {}

    def wait(self, ready: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(ready()), timeout=20_000)

    def rest(self) -> None:
        self.wait(lambda: self._background.pending == 0)

    def unlock(self, passphrase: str = PASSPHRASE) -> Desk:
        page = self.window.front
        assert isinstance(page, UnlockPage)
        self.rest()
        find(page, QLineEdit, "passphraseEdit").setText(passphrase)
        click(page, "unlockButton")
        return self.desk()

    def desk(self) -> Desk:
        self.wait(lambda: self.window.desk is not None)
        self.rest()
        workspace = self.session._workspace
        assert workspace
        self._keys[workspace.keys.folder.path] = workspace.keys.derive("log.db")
        desk = self.window.desk
        assert desk
        return desk

    def lock(self) -> None:
        with self._qtbot.waitSignal(self.session.closed, timeout=20_000):
            self.session.lock()
        self.rest()

    def guide(self) -> RestrictedPage:
        """Go to the guided page as somebody at the keyboard does."""
        QTest.keyClick(self.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        desk = self.desk()
        assert isinstance(desk.currentWidget(), QuickLogPage)
        click(self.window, "colleagueYesButton")
        page = desk.currentWidget()
        assert isinstance(page, RestrictedPage)
        return page

    def answer_the_assistant(self, place: Path) -> None:
        page = self.window.front
        assert isinstance(page, RestrictedAssistant)
        self.wait(lambda: page.recovery_key)
        typed = {
            "folderEdit": str(place),
            "nameEdit": NAME,
            "titleEdit": "Chair of governors",
            "organisationEdit": "Example Training",
            "newPassphraseEdit": OTHER,
            "passphraseAgainEdit": OTHER,
        }
        groups = page.recovery_key.split("-")
        typed |= {f"group{number}Edit": group for number, group in enumerate(groups, 1)}
        while self.window.front is page:
            self.rest()
            for edit in page.findChildren(QLineEdit):
                if edit.isVisible() and edit.objectName() in typed:
                    edit.setText(typed[edit.objectName()])
            self.rest()
            before = page.step
            click(page, "nextButton")
            self.wait(lambda: self.window.front is not page or page.step is not before)  # noqa: B023

    def rows(self, folder: Path) -> dict[str, set[Row]]:
        """Return every row of a locked log, decrypted, by table."""
        with open_connection(folder / "log.db", self._keys[folder]) as connection:
            named = connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = [str(name) for (name,) in named if not str(name).startswith("sqlite_")]
            return {table: set(connection.rows(f"SELECT * FROM {table}")) for table in tables}


@pytest.fixture
def hand(qapp: QApplication, home: Path, qtbot: QtBot) -> Iterator[Hand]:
    """Start the program as it starts on a computer: it keeps preferences and notes there."""
    folder = home / "Usual" / "Log"
    lock_log(create_log(surroundings(), new_log(folder)))
    notes = [*logging.getLogger().handlers]
    program = build_program(qapp, folder)
    program.window.show()
    qtbot.waitActive(program.window)
    yield Hand(program, folder, qtbot)
    program.session.lock()
    qtbot.waitUntil(lambda: program.background.pending == 0, timeout=20_000)
    program.session.close()
    program.window.close()
    program.window.deleteLater()
    qapp.processEvents()
    for handler in [each for each in logging.getLogger().handlers if each not in notes]:
        logging.getLogger().removeHandler(handler)
        handler.close()


def files_of(home: Path, log: Path) -> dict[str, bytes]:
    """Return every file of the home but those of the log itself."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.is_relative_to(log)
    }


def new_rows(before: dict[str, set[Row]], after: dict[str, set[Row]]) -> dict[str, int]:
    assert {table for table in before if before[table] - after[table]} <= {"setting"}
    changed = {table: len(after[table] - before.get(table, set())) for table in after}
    return {table: count for table, count in changed.items() if count}


def actions(workspace: Workspace) -> list[Action]:
    return [entry.action for entry, _detail in workspace.log.custody.walk()]


def perform(hand: Hand, operation: Callable[[Workspace], object]) -> object:
    answers: list[object] = []
    hand.session.run(hand.window, operation, answers.append)
    hand.wait(lambda: answers)
    return answers[0]


def test_a_restricted_log_leaves_no_trace(hand: Hand, home: Path, tmp_path: Path) -> None:
    hand.unlock()
    hand.lock()
    usual, files = hand.rows(hand.folder), files_of(home, hand.folder)
    assert any(str(hand.folder).encode() in content for content in files.values()), "preferences"
    hand.unlock()
    hand.lock()
    before = hand.rows(hand.folder)
    one_round = new_rows(usual, before)
    assert one_round == {"custody_entry": 2, "custody_detail": 2}, "opened and locked"
    assert files_of(home, hand.folder) == files

    hand.unlock()
    page = hand.guide()
    find(page, QRadioButton, "restrictedDslButton").click()
    assert "head or principal instead" in find(page, QLabel, "restrictedGoToLabel").text()
    click_far(page, "startRestrictedButton")
    restricted = tmp_path / "stick" / "Log"
    assert not hand.session.is_open
    hand.answer_the_assistant(restricted)
    desk = hand.desk()
    assert hand.session.is_restricted
    assert perform(hand, actions)[0] is Action.RESTRICTED_LOG_STARTED  # type: ignore[index]
    assert_said(hand, restricted=True)
    desk.start_quick_log()
    QTest.keyClicks(hand.window.focusWidget(), TOLD)
    hand.wait(lambda: perform(hand, list_incidents))
    hand.lock()

    after = hand.rows(hand.folder)
    assert new_rows(before, after) == one_round, "nothing but one usual round of open and lock"
    assert files_of(home, hand.folder) == files
    told = hand.rows(restricted)
    for table, rows in after.items():
        for word in (NAME, "zanzibarquartz", str(restricted), "restricted", "stick"):
            assert word not in repr(rows - usual.get(table, set())).casefold(), table
    assert "zanzibarquartz" in repr(told)

    assert isinstance(hand.window.front, UnlockPage)
    assert_said(hand, restricted=False)
    hand.unlock()
    assert_said(hand, restricted=False)
    assert perform(hand, list_incidents) == ()


def click_far(page: QObject, name: str) -> None:
    """Press a button that may lie below what is in view."""
    find(page, QPushButton, name).click()


def assert_said(hand: Hand, *, restricted: bool) -> None:
    window = hand.window
    assert window.windowTitle().startswith("Restricted log") is restricted
    assert window.restricted_label.isVisible() is restricted
    if restricted:
        assert window.side_bar.restricted_label.isVisible()
        assert window.side_bar.restricted_label.text() == "Restricted log"


def test_its_recovery_sheet_says_which_log_it_opens(hand: Hand) -> None:
    hand.unlock()
    click_far(hand.guide(), "startRestrictedButton")
    drawn = hand.window._entry.recovery_sheet("Example", Path("/stick/Log"), RECOVERY_KEY)
    text = PdfReader(io.BytesIO(drawn)).pages[0].extract_text()
    assert "Example (restricted log)" in text
    assert "/stick/Log" in text


def make_restricted(hand: Hand, place: Path) -> None:
    hand.unlock()
    click_far(hand.guide(), "startRestrictedButton")
    hand.answer_the_assistant(place)
    hand.desk()
    hand.lock()


def test_it_is_opened_again_by_its_place(hand: Hand, home: Path, tmp_path: Path) -> None:
    make_restricted(hand, tmp_path / "stick" / "Log")
    hand.unlock()
    files = files_of(home, hand.folder)
    click_far(hand.guide(), "openRestrictedButton")
    page = hand.window.front
    assert isinstance(page, RestrictedPlacePage)
    hand.rest()
    click(page, "restrictedNextButton")
    for wrong in ("stick", str(tmp_path)):
        find(page, QLineEdit, "restrictedFolderEdit").setText(wrong)
        click(page, "restrictedNextButton")
        assert page.banner.text
        assert hand.window.front is page
    find(page, QLineEdit, "restrictedFolderEdit").setText(str(tmp_path / "stick" / "Log"))
    click(page, "restrictedNextButton")
    hand.unlock(OTHER)
    assert hand.session.is_restricted
    hand.lock()
    assert hand.window._entry.folder == hand.folder
    assert files_of(home, hand.folder) == files


def test_one_opened_as_a_log_in_another_folder_is_not_remembered(
    hand: Hand, home: Path, tmp_path: Path
) -> None:
    make_restricted(hand, tmp_path / "stick" / "Log")
    files = files_of(home, hand.folder)
    hand.window._on_existing_log_requested(tmp_path / "stick" / "Log")
    hand.unlock(OTHER)
    assert_said(hand, restricted=True)
    hand.lock()
    assert hand.window._entry.folder == hand.folder
    assert files_of(home, hand.folder) == files


@pytest.mark.parametrize("button", ["startRestrictedButton", "openRestrictedButton"])
def test_the_way_back_leads_to_the_usual_log(hand: Hand, button: str) -> None:
    hand.unlock()
    click_far(hand.guide(), button)
    page = hand.window.front
    assert isinstance(page, RestrictedAssistant | RestrictedPlacePage)
    hand.rest()
    name = "existingLogButton" if isinstance(page, Assistant) else "usualLogButton"
    click(page, name)
    hand.unlock()
    assert not hand.session.is_restricted
    assert hand.window._entry.folder == hand.folder


def test_the_unlock_page_of_a_restricted_log_has_the_way_back(hand: Hand, tmp_path: Path) -> None:
    make_restricted(hand, tmp_path / "stick" / "Log")
    hand.unlock()
    click_far(hand.guide(), "openRestrictedButton")
    page = hand.window.front
    assert isinstance(page, RestrictedPlacePage)
    find(page, QLineEdit, "restrictedFolderEdit").setText(str(tmp_path / "stick" / "Log"))
    click(page, "restrictedNextButton")
    unlock = hand.window.front
    assert isinstance(unlock, UnlockPage)
    hand.rest()
    assert not find(unlock, QPushButton, "newLogButton").isVisible()
    assert not find(unlock, QPushButton, "otherFolderButton").isVisible()
    find(unlock, QLineEdit, "passphraseEdit").setText("not this one")
    click(unlock, "unlockButton")
    hand.rest()
    click(unlock, "usualLogButton")
    hand.unlock()
    assert not hand.session.is_restricted


def test_escape_leads_back_from_the_question_where_it_lies(hand: Hand) -> None:
    hand.unlock()
    click_far(hand.guide(), "openRestrictedButton")
    page = hand.window.front
    assert isinstance(page, RestrictedPlacePage)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert isinstance(hand.window.front, UnlockPage)


def test_it_was_about_somebody_else(hand: Hand) -> None:
    desk = hand.unlock()
    click_far(hand.guide(), "leaveRestrictedButton")
    assert isinstance(desk.currentWidget(), QuickLogPage)
    assert perform(hand, partial(list_incidents)) == ()


def test_a_capture_for_a_new_incident_is_asked_about_too(hand: Hand) -> None:
    desk = hand.unlock()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(hand.window, Qt.Key.Key_C, keys)
    hand.rest()
    click(hand.window, "colleagueNotSureButton")
    assert isinstance(desk.currentWidget(), RestrictedPage)
    assert perform(hand, list_incidents) == ()
