"""Opening a log: the passphrase, the recovery key, one clear sentence when it is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui import file_choice
from desktop.ui.entering.unlock_page import UnlockPage
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.ui.entries import PASSPHRASE, RECOVERY_KEY, Remembered, an_entry
from tests.workspaces import close_workspace, make_workspace, own_procedures


def _no_desk(*_: object) -> None:
    raise AssertionError


@pytest.fixture
def remembered() -> Remembered:
    return Remembered()


@pytest.fixture
def page(
    locked_session: Session,
    clock: FrozenClock,
    remembered: Remembered,
    tmp_path: Path,
    qtbot: QtBot,
) -> UnlockPage:
    folder = tmp_path / "log"
    close_workspace(make_workspace(folder, clock, own_procedures()))
    entry = an_entry(
        locked_session, clock, remembered, folder=folder, suggested=tmp_path,
        build_desk=_no_desk,  # type: ignore[arg-type]
    )  # fmt: skip
    made = UnlockPage(locked_session, entry, folder)
    qtbot.addWidget(made)
    made.show()
    made.focus_first()
    return made


def _edit(page: UnlockPage, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def _button(page: UnlockPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def _choose(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def choose(
        _owner: object, _title: str, _start: object, on_chosen: Callable[[Path], None]
    ) -> None:
        on_chosen(folder)

    monkeypatch.setattr(file_choice, "ask_folder", choose)


def test_the_passphrase_and_return_open_it(
    page: UnlockPage, locked_session: Session, remembered: Remembered, qtbot: QtBot, tmp_path: Path
) -> None:
    edit = _edit(page, "passphraseEdit")
    QTest.keyClicks(edit, PASSPHRASE)
    with qtbot.waitSignal(locked_session.unlocked):
        QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: remembered.folders == [tmp_path / "log"])
    assert edit.text() == ""


def test_a_wrong_one_gives_one_clear_sentence_and_can_be_typed_again(
    page: UnlockPage, locked_session: Session, qtbot: QtBot
) -> None:
    edit = _edit(page, "passphraseEdit")
    QTest.keyClicks(edit, "wrong")
    _button(page, "unlockButton").click()
    assert not _button(page, "unlockButton").isEnabled()
    assert _button(page, "unlockButton").text() == "Opening…"
    assert not _button(page, "restoreButton").isEnabled()
    assert not _button(page, "salvageButton").isEnabled()
    qtbot.waitUntil(lambda: bool(page.banner.text))
    assert page.banner.text.startswith("That passphrase does not open this log.")
    assert _button(page, "unlockButton").isEnabled()
    assert edit.selectedText() != ""
    QTest.keyClicks(edit, PASSPHRASE)
    with qtbot.waitSignal(locked_session.unlocked):
        _button(page, "unlockButton").click()


def test_nothing_typed_asks_nobody(page: UnlockPage, locked_session: Session) -> None:
    _button(page, "unlockButton").click()
    assert locked_session._background.pending == 0


def test_the_recovery_key_opens_it_instead(
    page: UnlockPage, locked_session: Session, qtbot: QtBot
) -> None:
    _button(page, "otherWayButton").click()
    edit = _edit(page, "recoveryKeyEdit")
    assert edit.isVisible()
    assert not _edit(page, "passphraseEdit").isVisible()
    QTest.keyClicks(edit, "00000")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "mistyped" in page.banner.text)
    edit.setText(RECOVERY_KEY)
    with qtbot.waitSignal(locked_session.unlocked):
        QTest.keyClick(edit, Qt.Key.Key_Return)


def test_one_can_go_back_to_the_passphrase(page: UnlockPage) -> None:
    _button(page, "otherWayButton").click()
    assert _button(page, "otherWayButton").accessibleName() == "Use the passphrase instead"
    _button(page, "otherWayButton").click()
    assert _edit(page, "passphraseEdit").isVisible()


def test_a_folder_without_a_log_is_said(
    page: UnlockPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(monkeypatch, tmp_path / "elsewhere")
    _button(page, "otherFolderButton").click()
    assert "There is no log in" in page.banner.text


def test_a_log_in_another_folder_can_be_opened(
    page: UnlockPage,
    clock: FrozenClock,
    locked_session: Session,
    remembered: Remembered,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    other = tmp_path / "other"
    close_workspace(make_workspace(other, clock, own_procedures()))
    _choose(monkeypatch, other)
    _button(page, "otherFolderButton").click()
    assert any(str(other) in label.text() for label in page.findChildren(QLabel))
    QTest.keyClicks(_edit(page, "passphraseEdit"), PASSPHRASE)
    with qtbot.waitSignal(locked_session.unlocked):
        _button(page, "unlockButton").click()
    qtbot.waitUntil(lambda: remembered.folders == [other])


def test_a_new_log_and_help_in_danger_are_in_reach(page: UnlockPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.new_log_requested):
        _button(page, "newLogButton").click()
    with qtbot.waitSignal(page.danger_requested):
        _button(page, "dangerButton").click()
