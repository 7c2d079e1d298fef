"""Backups under Log and keys: places, a backup at once, a trial restore, how each place stands."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.operations.backups.keep_backup_places import PlaceView, show_backups
from desktop.operations.incident.record_incident import start_incident
from desktop.ui import file_choice
from desktop.ui.keeping.backup_place_rows import BackupPlaceRows
from desktop.ui.keeping.backup_section import BackupSection
from desktop.ui.session import Session
from desktop.ui.theme import Look, Theme
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.ui.entries import Remembered, an_entry
from tests.ui.handles import click, find


def _no_desk(*_: object) -> None:
    raise AssertionError


@pytest.fixture
def section(session: Session, clock: FrozenClock, qtbot: QtBot, tmp_path: Path) -> BackupSection:
    entry = an_entry(
        session, clock, Remembered(), folder=tmp_path / "log", suggested=tmp_path,
        build_desk=_no_desk,  # type: ignore[arg-type]
    )  # fmt: skip
    made = BackupSection(session, entry)
    qtbot.addWidget(made)
    made.resize(1000, 1400)
    made.show()
    qtbot.waitUntil(lambda: bool(made.state_label.text()))
    return made


@pytest.fixture
def add(
    section: BackupSection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Callable[[str], Path]:
    def press(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)

        def choose(
            _owner: object, _title: str, _start: object, on_chosen: Callable[[Path], None]
        ) -> None:
            on_chosen(folder)

        monkeypatch.setattr(file_choice, "ask_folder", choose)
        click(section, "addBackupPlaceButton")
        qtbot.waitUntil(lambda: str(folder) in _words(section) or bool(_questions(section)))
        return folder

    return press


def _words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def _questions(section: BackupSection) -> list[QWidget]:
    return [box for box in section.findChildren(QWidget, "questionBox") if box.isVisible()]


def _ready(section: BackupSection) -> bool:
    return find(section, QPushButton, "backUpNowButton").isEnabled()


def test_without_a_place_there_is_nothing_to_press(section: BackupSection) -> None:
    assert section.state_label.text().startswith("No backup has been made yet.")
    assert not _ready(section)
    assert not find(section, QPushButton, "tryRestoreButton").isEnabled()
    assert any("READ ME.txt" in words for words in _words(section))


def test_a_place_is_added_a_backup_made_and_tried(
    section: BackupSection, add: Callable[[str], Path], qtbot: QtBot
) -> None:
    folder = add("stick")
    assert "No backup yet" in _words(section)
    assert section.state_label.text() == "No backup has been made yet. Press “Back up now”."
    click(section, "backUpNowButton")
    assert section.progress_bar.isVisible()
    assert section.focusWidget() is section.stop_button
    assert not _ready(section)
    qtbot.waitUntil(section.result_label.isVisible)
    assert section.focusWidget() is section.now_button
    assert section.result_label.text().startswith(f"{folder}: backed up and checked.")
    qtbot.waitUntil(lambda: "Ready" in _words(section))
    assert "None was ever tried" in section.state_label.text()
    QTest.keyClick(find(section, QPushButton, "tryRestoreButton"), Qt.Key.Key_Space)
    assert section.progress_bar.accessibleName() == "How far the trial restore is"
    qtbot.waitUntil(lambda: "tried and held: 20 Nov 2026" in section.state_label.text())
    assert section.result_label.property("role") == "good"
    assert not section.stop_button.isVisible()


def test_a_backup_that_is_missing_is_a_problem_in_words(
    section: BackupSection, add: Callable[[str], Path], qtbot: QtBot
) -> None:
    folder = add("stick")
    shutil.rmtree(folder)
    click(section, "tryRestoreButton")
    qtbot.waitUntil(section.result_label.isVisible)
    assert section.result_label.property("role") == "problem"
    click(section, "backUpNowButton")
    qtbot.waitUntil(lambda: "is not there" in section.result_label.text())
    section.reload()
    qtbot.waitUntil(lambda: "Not there now" in _words(section))


def test_a_backup_can_be_stopped(
    section: BackupSection, add: Callable[[str], Path], session: Session, qtbot: QtBot
) -> None:
    add("stick")
    click(section, "tryRestoreButton")
    click(section, "stopBackupButton")
    qtbot.waitUntil(lambda: not section.progress_bar.isVisible())
    click(section, "backUpNowButton")
    section.stop_button.click()
    qtbot.waitUntil(lambda: not section.progress_bar.isVisible())
    assert _ready(section)


def test_three_places_are_enough(
    section: BackupSection, add: Callable[[str], Path], qtbot: QtBot
) -> None:
    for name in ("one", "two", "three"):
        add(name)
    qtbot.waitUntil(lambda: not section.add_button.isEnabled())
    assert "Backups go to three places at most." in _words(section)


def test_a_place_is_taken_off_the_list_only_when_asked_again(
    section: BackupSection, add: Callable[[str], Path], perform: Perform, qtbot: QtBot
) -> None:
    folder = add("stick")
    click(section, "removeBackupPlace0Button")
    qtbot.waitUntil(lambda: bool(_questions(section)))
    QTest.mouseClick(find(section, QPushButton, "questionBackButton"), Qt.MouseButton.LeftButton)
    assert perform(show_backups).places
    click(section, "removeBackupPlace0Button")
    qtbot.waitUntil(lambda: len(_questions(section)) == 1)
    QTest.mouseClick(find(_questions(section)[0], QPushButton, "questionYesButton"), Qt.MouseButton.LeftButton)  # fmt: skip  # noqa: E501
    qtbot.waitUntil(lambda: str(folder) not in _words(section))
    assert perform(show_backups).places == ()
    assert any(folder.iterdir())


def test_a_place_that_cannot_be_used_is_refused_in_words(
    section: BackupSection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    inside = tmp_path / "log" / "here"
    inside.mkdir()

    def choose(
        _owner: object, _title: str, _start: object, on_chosen: Callable[[Path], None]
    ) -> None:
        on_chosen(inside)

    monkeypatch.setattr(file_choice, "ask_folder", choose)
    shown: list[object] = []
    monkeypatch.setattr("desktop.ui.messages.show", lambda _owner, error: shown.append(error))
    section._on_folder_chosen(inside)
    qtbot.waitUntil(lambda: bool(shown))
    assert not _ready(section)


def test_what_went_wrong_at_a_place_stands_there(
    section: BackupSection, clock: FrozenClock, qapp: object, qtbot: QtBot
) -> None:
    Theme(qapp).apply(Look.LIGHT, 200)  # type: ignore[arg-type]
    rows = section.findChild(BackupPlaceRows)
    assert rows is not None
    rows.show_places(
        [
            PlaceView(
                id="a", path="/media/stick", there=True, last_made=clock.now(),
                last_outcome="failed", last_detail="The disk is full.", proved_at=None,
            )
        ]
    )  # fmt: skip
    qtbot.waitUntil(lambda: "Did not work" in _words(rows))
    assert any("The disk is full." in words for words in _words(rows))


def test_it_reloads_when_a_backup_was_made_elsewhere(
    section: BackupSection, add: Callable[[str], Path], perform: Perform, qtbot: QtBot
) -> None:
    add("stick")
    perform(partial(start_incident, title="Something"))
    from desktop.operations.backups.back_up import back_up  # noqa: PLC0415

    section._session.run_long(section, back_up)
    qtbot.waitUntil(lambda: "Ready" in _words(section))
