"""Bringing a log back: from a backup, or out of a damaged one, by mouse and by keyboard."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.operations.entering.choose_folder import log_exists
from desktop.ui import file_choice
from desktop.ui.entering.assistant import Assistant
from desktop.ui.entering.rescue_page import RescuePage
from desktop.ui.entering.restore_page import RestorePage
from desktop.ui.entering.salvage_page import SalvagePage
from desktop.ui.entering.unlock_page import UnlockPage
from desktop.ui.main_window import MainWindow
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.logs_on_disk import PASSPHRASE, RECOVERY_KEY, bytes_of
from tests.ui.backups import BackedUpLog, make_backed_up_log
from tests.ui.entries import Remembered, an_entry
from tests.ui.handles import click, find

PAGE = 4096


def _no_desk(*_: object) -> None:
    raise AssertionError


@pytest.fixture
def backed_up(tmp_path: Path, clock: FrozenClock) -> BackedUpLog:
    return make_backed_up_log(tmp_path, clock)


@pytest.fixture
def make(
    locked_session: Session, clock: FrozenClock, backed_up: BackedUpLog, qtbot: QtBot
) -> Callable[..., RescuePage]:
    def build(kind: type[RescuePage], *, known: bool = True) -> RescuePage:
        entry = an_entry(
            locked_session, clock, Remembered(), folder=backed_up.folder if known else None,
            suggested=backed_up.folder.with_name("suggested"),
            build_desk=_no_desk,  # type: ignore[arg-type]
        )  # fmt: skip
        page = kind(locked_session, entry)  # type: ignore[call-arg]
        qtbot.addWidget(page)
        page.show()
        page.focus_first()
        return page

    return build


def _choose(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def choose(
        _owner: object, _title: str, _start: object, on_chosen: Callable[[Path], None]
    ) -> None:
        on_chosen(folder)

    monkeypatch.setattr(file_choice, "ask_folder", choose)


def _text(page: RescuePage, name: str) -> str:
    return find(page, QLabel, name).text()


def _find_backup(
    page: RescuePage, backed_up: BackedUpLog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    _choose(monkeypatch, backed_up.place)
    click(page, "lookForBackupsButton")
    qtbot.waitUntil(find(page, QComboBox, "backupBox").isVisible)


def _wait_for_result(page: RescuePage, qtbot: QtBot) -> str:
    qtbot.waitUntil(find(page, QPushButton, "openRescuedButton").isVisible, timeout=20_000)
    return _text(page, "rescueResultLabel")


def test_a_backup_comes_back_and_the_log_that_was_there_is_kept(
    make: Callable[..., RescuePage], backed_up: BackedUpLog, monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:  # fmt: skip
    page = make(RestorePage)
    assert "gets another name" in _text(page, "targetHintLabel")
    _find_backup(page, backed_up, monkeypatch, qtbot)
    assert find(page, QComboBox, "backupBox").itemText(0) == "20 Nov 2026, 09:30"
    QTest.keyClicks(find(page, QLineEdit, "passphraseEdit"), PASSPHRASE)
    click(page, "startRescueButton")
    assert _wait_for_result(page, qtbot)
    others = [path for path in backed_up.folder.parent.iterdir() if path.name.startswith("log")]
    assert len(others) == 2
    with qtbot.waitSignal(page.log_requested) as asked:
        click(page, "openRescuedButton")
    assert asked.args == [backed_up.folder]
    assert find(page, QLineEdit, "passphraseEdit").text() == ""


def test_the_recovery_key_and_another_folder_by_keyboard(
    make: Callable[..., RescuePage], backed_up: BackedUpLog, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    page = make(RestorePage, known=False)
    assert _text(page, "targetHintLabel") == "Nothing lies there yet."
    _choose(monkeypatch, backed_up.place)
    QTest.keyClick(find(page, QPushButton, "lookForBackupsButton"), Qt.Key.Key_Space)
    qtbot.waitUntil(find(page, QComboBox, "backupBox").isVisible)
    QTest.keyClick(find(page, QPushButton, "otherWayButton"), Qt.Key.Key_Space)
    edit = find(page, QLineEdit, "recoveryKeyEdit")
    assert edit.isVisible()
    QTest.keyClicks(edit, RECOVERY_KEY)
    target = tmp_path / "elsewhere"
    target.mkdir()
    (target / "something").write_text("")
    _choose(monkeypatch, target)
    QTest.keyClick(find(page, QPushButton, "otherTargetButton"), Qt.Key.Key_Space)
    assert _text(page, "targetLabel") == str(target / "Restored log")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    _wait_for_result(page, qtbot)
    assert log_exists(target / "Restored log")


def test_a_wrong_passphrase_is_said_and_nothing_changes(
    make: Callable[..., RescuePage], backed_up: BackedUpLog, monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:  # fmt: skip
    page = make(RestorePage)
    _find_backup(page, backed_up, monkeypatch, qtbot)
    before = bytes_of(backed_up.folder)
    click(page, "startRescueButton")
    assert page.focusWidget() is find(page, QLineEdit, "passphraseEdit")
    QTest.keyClicks(find(page, QLineEdit, "passphraseEdit"), "wrong words")
    click(page, "startRescueButton")
    assert find(page, QPushButton, "stopRescueButton").isVisible()
    qtbot.waitUntil(lambda: bool(page.banner.text))
    assert "does not open" in page.banner.text
    assert find(page, QPushButton, "startRescueButton").isEnabled()
    assert bytes_of(backed_up.folder) == before


def test_a_folder_without_backups_is_said(
    make: Callable[..., RescuePage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = make(RestorePage)
    empty = tmp_path / "empty"
    empty.mkdir()
    _choose(monkeypatch, empty)
    click(page, "startRescueButton")
    qtbot.waitUntil(lambda: bool(page.banner.text))
    assert find(page, QPushButton, "lookForBackupsButton").isEnabled()
    assert not find(page, QComboBox, "backupBox").isVisible()


def test_it_can_be_stopped_and_left(
    make: Callable[..., RescuePage], backed_up: BackedUpLog, monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:  # fmt: skip
    page = make(RestorePage)
    _find_backup(page, backed_up, monkeypatch, qtbot)
    before = bytes_of(backed_up.folder)
    QTest.keyClicks(find(page, QLineEdit, "passphraseEdit"), PASSPHRASE)
    click(page, "startRescueButton")
    click(page, "stopRescueButton")
    qtbot.waitUntil(lambda: bool(page.banner.text))
    assert page.banner.text == "Stopped. Nothing was changed."
    assert bytes_of(backed_up.folder) == before
    with qtbot.waitSignal(page.back_requested):
        click(page, "backButton")
    assert find(page, QLineEdit, "passphraseEdit").text() == ""


def test_what_can_be_read_is_saved_and_the_rest_is_listed(
    make: Callable[..., RescuePage], backed_up: BackedUpLog, qtbot: QtBot
) -> None:
    file = backed_up.folder / "log.db"
    content = bytearray(file.read_bytes())
    content[PAGE : 40 * PAGE] = random.Random(1).randbytes(39 * PAGE)
    file.write_bytes(content)
    before = bytes_of(backed_up.folder)
    page = make(SalvagePage)
    assert _text(page, "damagedLogLabel") == str(backed_up.folder)
    target = backed_up.folder.with_name("log saved")
    assert _text(page, "targetLabel") == str(target)
    edit = find(page, QLineEdit, "passphraseEdit")
    assert page.focusWidget() is edit
    QTest.keyClicks(edit, PASSPHRASE)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert _wait_for_result(page, qtbot).startswith("What could be read is in the new log.")
    assert "•" in _text(page, "lostLabel")
    assert find(page, QLabel, "lostLabel").isVisible()
    assert bytes_of(backed_up.folder) == before
    with qtbot.waitSignal(page.log_requested) as asked:
        QTest.keyClick(find(page, QPushButton, "openRescuedButton"), Qt.Key.Key_Space)
    assert asked.args == [target]


def test_the_damaged_log_and_the_target_can_be_chosen(
    make: Callable[..., RescuePage], backed_up: BackedUpLog, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = make(SalvagePage, known=False)
    assert page.focusWidget() is find(page, QPushButton, "otherSourceButton")
    _choose(monkeypatch, tmp_path / "nowhere")
    click(page, "otherSourceButton")
    assert "There is no log in" in page.banner.text
    _choose(monkeypatch, backed_up.folder)
    click(page, "startRescueButton")
    assert _text(page, "damagedLogLabel") == str(backed_up.folder)
    for name, there in (("empty", "empty"), ("stick", "stick/Saved log")):
        (tmp_path / name).mkdir(exist_ok=True)
        _choose(monkeypatch, tmp_path / name)
        click(page, "otherTargetButton")
        assert _text(page, "targetLabel") == str(tmp_path / there)


def test_the_way_there_and_back_in_the_window(
    locked_session: Session, clock: FrozenClock, backed_up: BackedUpLog, qtbot: QtBot
) -> None:
    entry = an_entry(
        locked_session, clock, Remembered(), folder=backed_up.folder, suggested=backed_up.folder,
        build_desk=_no_desk,  # type: ignore[arg-type]
    )  # fmt: skip
    window = MainWindow(locked_session, entry)
    qtbot.addWidget(window)
    window.show()
    for name, kind in (("restoreButton", RestorePage), ("salvageButton", SalvagePage)):
        assert window.front is not None
        click(window.front, name)
        assert isinstance(window.front, kind)
        assert not find(window.front, QPushButton, "restoreButton").isVisible()
        click(window.front, "backButton")
        assert isinstance(window.front, UnlockPage)
    assert window.front is not None
    click(window.front, "salvageButton")
    assert isinstance(window.front, SalvagePage)
    window.front.log_requested.emit(backed_up.folder)
    front = window.front
    assert isinstance(front, UnlockPage)
    assert entry.folder == backed_up.folder
    click(front, "newLogButton")
    assert isinstance(window.front, Assistant)
    assert find(window.front, QPushButton, "restoreButton").isVisible()


@pytest.mark.parametrize("kind", [RestorePage, SalvagePage])
def test_escape_goes_back(
    make: Callable[..., RescuePage], kind: type[RescuePage], qtbot: QtBot
) -> None:
    page = make(kind)
    with qtbot.waitSignal(page.back_requested):
        QTest.keyClick(page, Qt.Key.Key_Escape)
