"""The unlock page over real key slots: who it is, a remembered computer, the wait, forgetting."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.operations.entering.remember_computer import remember_computer
from desktop.operations.workspace import Workspace
from desktop.system.keychain import SystemKeychain
from desktop.ui.entering.unlock_page import UnlockPage
from desktop.ui.keeping.passphrase_dialogs import SetPassphraseDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.wait_label import WaitLabel, say_seconds
from tests.keyrings import DesktopKeyring, desktop_keyring
from tests.ui.keyholding import (
    ADAS,
    PASSPHRASE,
    RECOVERY_KEY,
    KeyRoom,
    click,
    find,
    locked_room,
    press_return,
    room,
    write,
    write_here,
)

__all__ = ["desktop_keyring", "locked_room", "room"]
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
NEW = "five lanterns over the marsh"


@pytest.fixture
def window(room: KeyRoom, qtbot: QtBot) -> Iterator[MainWindow]:
    """Show the window before a log of two keyholders that is locked."""
    room.add_ada()
    room.lock()
    made = MainWindow(room.session, room.entry)
    qtbot.addWidget(made)
    made.show()
    assert QTest.qWaitForWindowActive(made)
    room.settle()
    yield made
    room.lock()


def _page(window: MainWindow) -> UnlockPage:
    assert isinstance(window.front, UnlockPage)
    return window.front


def _remember(workspace: Workspace) -> None:
    remember_computer(workspace, SystemKeychain())


def _waits(page: UnlockPage) -> bool:
    return page.wait_label.is_waiting


def _choose(page: UnlockPage, name: str) -> None:
    box = find(page, QComboBox, "whoBox")
    assert box.isVisible()
    box.setFocus()
    QTest.keyClicks(box, name[0])
    assert box.currentText() == name


def _wait_for_desk(window: MainWindow, room: KeyRoom) -> None:
    room.qtbot.waitUntil(lambda: window.desk is not None, timeout=20_000)
    room.settle()


def test_one_keyholder_is_not_asked_who_it_is(locked_room: KeyRoom, qtbot: QtBot) -> None:
    page = UnlockPage(locked_room.session, locked_room.entry, locked_room.folder)
    qtbot.addWidget(page)
    page.show()
    locked_room.settle()
    assert not find(page, QComboBox, "whoBox").isVisible()
    assert not find(page, QPushButton, "openRememberedButton").isVisible()
    write(page, "passphraseEdit", PASSPHRASE)
    with qtbot.waitSignal(locked_room.session.unlocked, timeout=20_000):
        press_return()


def test_a_log_whose_keys_cannot_be_read_still_asks(locked_room: KeyRoom, qtbot: QtBot) -> None:
    for name in ("keys.json", "keys-copy.json"):
        (locked_room.folder / name).write_bytes(b"{")
    page = UnlockPage(locked_room.session, locked_room.entry, locked_room.folder)
    qtbot.addWidget(page)
    page.show()
    locked_room.settle()
    assert find(page, QLineEdit, "passphraseEdit").isVisible()
    write(page, "passphraseEdit", PASSPHRASE)
    press_return()
    locked_room.settle()
    assert "cannot be read" in page.banner.text


def test_several_keyholders_say_who_they_are(window: MainWindow, room: KeyRoom) -> None:
    page = _page(window)
    _choose(page, "Deputy")
    write(page, "passphraseEdit", ADAS)
    press_return()
    _wait_for_desk(window, room)
    assert room.session.keyholder is not None
    assert room.session.keyholder.name == "Ada Reed"


def test_the_passphrase_of_another_is_wrong(window: MainWindow, room: KeyRoom) -> None:
    page = _page(window)
    _choose(page, "Deputy")
    write(page, "passphraseEdit", PASSPHRASE)
    press_return()
    room.settle()
    assert "does not open this log" in page.banner.text
    assert "Is “Deputy” right?" in page.banner.text


def test_wrong_attempts_are_slowed_and_the_wait_is_counted_in_words(
    window: MainWindow, room: KeyRoom
) -> None:
    page = _page(window)
    unlock = find(page, QPushButton, "unlockButton")
    for _ in range(30):
        write(page, "passphraseEdit", "wrong")
        press_return()
        room.settle()
        if _waits(page):
            break
    assert _waits(page)
    assert page.wait_label.text.startswith("That was wrong several times. Wait ")
    assert page.banner.text == ""
    assert not unlock.isEnabled()
    click(page, "otherWayButton")
    assert not unlock.isEnabled()
    click(page, "otherWayButton")
    while _waits(page):
        page.wait_label._timer.timeout.emit()
    assert page.wait_label.text == "You can try again now."
    assert unlock.isEnabled()
    assert page.banner.text == ""


def test_forgetting_is_helped(window: MainWindow) -> None:
    page = _page(window)
    words = find(page, QLabel, "forgottenLabel")
    assert not words.isVisible()
    QTest.keyClick(find(page, QPushButton, "forgottenButton"), Qt.Key.Key_Space)
    assert words.isVisible()
    assert "Or ask a keyholder who is lead" in words.text()
    click(page, "forgottenButton")
    assert not words.isVisible()


def test_after_the_recovery_key_a_new_passphrase_is_offered_at_once(
    window: MainWindow, room: KeyRoom
) -> None:
    page = _page(window)
    click(page, "otherWayButton")
    _choose(page, "Deputy")
    write(page, "recoveryKeyEdit", RECOVERY_KEY)
    press_return()
    _wait_for_desk(window, room)
    dialogs = window.findChildren(SetPassphraseDialog)
    assert [one.isVisible() for one in dialogs] == [True]
    assert dialogs[0].cancel_button.text() == "Later"
    write_here(NEW)
    write(dialogs[0], "passphraseAgainEdit", NEW)
    room.settle()
    press_return()
    room.settle()
    assert window.banner is not None
    assert window.banner.text == "Your new passphrase opens the log from now on."
    assert not room.opens_with(ADAS)
    assert room.opens_with(NEW)
    assert room.session.keyholder is not None
    assert room.session.keyholder.name == "Ada Reed"


def test_a_passphrase_offers_no_other(window: MainWindow, room: KeyRoom) -> None:
    write(_page(window), "passphraseEdit", PASSPHRASE)
    press_return()
    _wait_for_desk(window, room)
    assert window.findChildren(SetPassphraseDialog) == []


def _remembered_page(room: KeyRoom) -> UnlockPage:
    room.add_ada()
    room.perform(_remember)
    room.lock()
    page = UnlockPage(room.session, room.entry, room.folder)
    room.qtbot.addWidget(page)
    page.show()
    assert QTest.qWaitForWindowActive(page)
    room.settle()
    return page


@pytest.mark.usefixtures("desktop_keyring")
def test_a_remembered_computer_opens_with_one_key(room: KeyRoom, qtbot: QtBot) -> None:
    page = _remembered_page(room)
    button = find(page, QPushButton, "openRememberedButton")
    assert button.text() == "Open as Safeguarding lead"
    roles = (button.property("role"), find(page, QPushButton, "unlockButton").property("role"))
    assert roles == ("primary", "plain")
    assert QApplication.focusWidget() is button
    with qtbot.waitSignal(room.session.unlocked, timeout=20_000):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_a_keychain_that_is_gone_leaves_the_passphrase(
    desktop_keyring: DesktopKeyring, room: KeyRoom, qtbot: QtBot
) -> None:
    page = _remembered_page(room)
    desktop_keyring.end()
    click(page, "openRememberedButton")
    room.settle()
    assert "no keychain that can be used" in page.banner.text
    assert QApplication.focusWidget() is find(page, QLineEdit, "passphraseEdit")
    write_here(PASSPHRASE)
    with qtbot.waitSignal(room.session.unlocked, timeout=20_000):
        press_return()


def test_who_is_not_remembered_types(
    desktop_keyring: DesktopKeyring, window: MainWindow, room: KeyRoom
) -> None:
    assert desktop_keyring.address
    page = _page(window)
    assert not find(page, QPushButton, "openRememberedButton").isVisible()
    _choose(page, "Deputy")
    assert not find(page, QPushButton, "openRememberedButton").isVisible()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (42, "42 seconds"), (60, "1 minute"), (125, "2 minutes 5 seconds")],
)
def test_seconds_are_said_as_people_say_them(seconds: int, words: str) -> None:
    assert say_seconds(seconds) == words


def test_the_wait_can_be_stopped(qtbot: QtBot) -> None:
    label = WaitLabel()
    qtbot.addWidget(label)
    label.start(0)
    assert label.text == "That was wrong several times. Wait 1 second, then try again."
    label.stop()
    assert not label.is_waiting
