"""The system's file windows answer later, with paths."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QFileSystemModel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.ui import file_choice

KINDS = {"photo": "File", "folder": "Folder"}


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def _dialog(owner: QWidget) -> QDialog:
    found = owner.findChild(QDialog, "fileDialog")
    assert isinstance(found, QDialog)
    return found


def test_files_are_answered_as_paths(owner: QWidget) -> None:
    chosen: list[Sequence[Path]] = []
    file_choice.ask_files(owner, "Add files", chosen.append)
    _dialog(owner).filesSelected.emit(["/a/one.eml", "/a/two.pdf"])  # type: ignore[attr-defined]
    assert chosen == [[Path("/a/one.eml"), Path("/a/two.pdf")]]


@pytest.mark.parametrize("start", [None, Path("/")])
def test_a_folder_is_answered_as_a_path(owner: QWidget, start: Path | None) -> None:
    chosen: list[Path] = []
    file_choice.ask_folder(owner, "Where?", start, chosen.append)
    _dialog(owner).fileSelected.emit("/a/log")  # type: ignore[attr-defined]
    assert chosen == [Path("/a/log")]


def test_what_is_to_be_taken_in_is_shown_by_name_alone(
    qtbot: QtBot, owner: QWidget, tmp_path: Path
) -> None:
    """An icon by content would open it: no such icon, nor a name of its kind, is asked for."""
    (tmp_path / "photo").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "folder").mkdir()
    file_choice.ask_files(owner, "Add files", print)
    dialog = _dialog(owner)
    dialog.setDirectory(str(tmp_path))  # type: ignore[attr-defined]
    model = dialog.findChild(QFileSystemModel)
    assert isinstance(model, QFileSystemModel), "the system's own window would look into them"

    def kinds() -> dict[str, str]:
        return {name: model.type(model.index(str(tmp_path / name))) for name in KINDS}

    qtbot.waitUntil(lambda: kinds() == KINDS)
    dialog.reject()


def test_a_folder_to_take_in_is_answered_as_a_path(owner: QWidget) -> None:
    chosen: list[Path] = []
    file_choice.ask_folder_unread(owner, "Which?", chosen.append)
    _dialog(owner).fileSelected.emit("/a/phone")  # type: ignore[attr-defined]
    assert chosen == [Path("/a/phone")]


def test_a_place_to_save_is_answered_as_a_path(owner: QWidget) -> None:
    chosen: list[Path] = []
    file_choice.ask_save_path(owner, "Save", "report.pdf", "PDF (*.pdf)", chosen.append)
    _dialog(owner).fileSelected.emit("/a/report.pdf")  # type: ignore[attr-defined]
    assert chosen == [Path("/a/report.pdf")]


def test_a_window_that_is_closed_answers_nothing(owner: QWidget) -> None:
    chosen: list[Path] = []
    file_choice.ask_folder(owner, "Where?", None, chosen.append)
    _dialog(owner).reject()
    assert chosen == []


@pytest.mark.parametrize("unread", [True, False])
def test_no_name_of_a_folder_stays_behind(
    qtbot: QtBot, owner: QWidget, tmp_path: Path, *, unread: bool
) -> None:
    """Qt keeps a list of folders of its own, in plain text."""
    folder = tmp_path / "Robin Sample"
    folder.mkdir()
    (folder / "a.txt").write_text("a", "utf-8")
    if unread:
        file_choice.ask_files(owner, "Add files", lambda _paths: None)
    else:
        file_choice.ask_folder(owner, "Where?", folder, lambda _path: None)
    dialog = _dialog(owner)
    dialog.setDirectory(str(folder))  # type: ignore[attr-defined]
    dialog.selectFile("a.txt" if unread else str(folder))  # type: ignore[attr-defined]
    dialog.accept()
    qtbot.waitUntil(lambda: not isValid(dialog))
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    assert "FileDialog/lastVisited" in kept.allKeys()
    assert not [key for key in kept.allKeys() if "Robin" in str(kept.value(key))]
