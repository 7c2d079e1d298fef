"""The window of a batch: what came of each file, one bar, and an end that can be asked for."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.capture.take_progress import LATER, LOOKING, FileState, TakeProgress
from tests.ui.capture_desk import words_of
from tests.ui.handles import click, find

NAMES = ("message.eml", "photo.jpg", "notice.pdf", "chat.zip")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def progress(window: QWidget, qapp: QApplication) -> Iterator[TakeProgress]:
    progress = TakeProgress("2026/001", NAMES, window)
    progress.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    progress.come_up()
    yield progress
    progress.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def listed(progress: TakeProgress) -> list[str]:
    model = find(progress, QListView, "takeFilesList").model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.data(model.index(row, 0), role)) for row in range(model.rowCount())]


def test_the_window_behind_stays_usable(progress: TakeProgress, window: QWidget) -> None:
    assert progress.isVisible()
    assert not progress.isModal()
    assert window.isEnabled()
    assert "Taking in 4 files for 2026/001" in words_of(progress)


def test_each_file_says_what_came_of_it(progress: TakeProgress) -> None:
    progress.put(0, FileState.KEPT, "PXS/1, kept, unchanged")
    progress.put(1, FileState.HELD_BACK)
    progress.put(2, FileState.READING)
    assert listed(progress) == [
        "✓  message.eml: PXS/1, kept, unchanged",
        "■  photo.jpg: held back, not copied",
        "→  notice.pdf: being kept",
        "·  chat.zip: waiting",
    ]
    assert "1 kept, 1 held back, 2 to come" in words_of(progress)


def test_looking_into_the_files_is_said(progress: TakeProgress) -> None:
    progress.show_looking()
    assert LOOKING in words_of(progress)
    progress.put(0, FileState.READING)
    assert LOOKING not in words_of(progress)


def test_the_bar_counts_files_and_the_share_of_the_one_under_way(progress: TakeProgress) -> None:
    bar = find(progress, QProgressBar, "takeProgressBar")
    progress.put(0, FileState.KEPT)
    progress.put(1, FileState.READING)
    assert bar.value() == 250
    progress.show_share(0.5)
    assert bar.value() == 375


def test_escape_closes_it_only_when_it_is_over(progress: TakeProgress) -> None:
    QTest.keyClick(progress, Qt.Key.Key_Escape)
    progress.close()
    assert progress.isVisible()
    for number in range(4):
        progress.put(number, FileState.KEPT)
    progress.show_over()
    assert "Every file was kept" in words_of(progress)
    assert LATER in words_of(progress)
    QTest.keyClick(progress, Qt.Key.Key_Escape)
    assert not progress.isVisible()


def test_stop_is_asked_for_and_the_close_button_comes_at_the_end(
    progress: TakeProgress, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(progress.stop_requested):
        click(progress, "takeStopButton")
    for number in range(4):
        progress.put(number, FileState.STOPPED)
    progress.show_over()
    assert "What came of it" in words_of(progress)
    assert "4 stopped" in words_of(progress)
    assert LATER not in words_of(progress)
    click(progress, "takeCloseButton")
    assert not progress.isVisible()


def test_the_first_file_that_was_not_kept_is_brought_into_view(progress: TakeProgress) -> None:
    for number in (0, 1, 3):
        progress.put(number, FileState.KEPT)
    progress.put(2, FileState.NOT_KEPT, "notice.pdf cannot be opened.")
    progress.show_over()
    view = find(progress, QListView, "takeFilesList")
    assert view.currentIndex().row() == 2


def test_at_a_lock_it_closes_and_no_name_is_left(progress: TakeProgress) -> None:
    progress.leave()
    assert not progress.isVisible()
    assert listed(progress) == []
    assert progress.lines.data(QModelIndex(), Qt.ItemDataRole.DecorationRole) is None
    progress.show_share(1.0)


def test_two_hundred_files_are_listed_at_once(window: QWidget, qapp: QApplication) -> None:
    names = [f"IMG_{number:04}.jpg" for number in range(200)]
    progress = TakeProgress("2026/001", names, window)
    progress.come_up()
    assert len(listed(progress)) == 200
    assert len(progress.findChildren(QWidget)) < 60
    progress.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_list_is_told_of_many_changes_together(
    window: QWidget, qapp: QApplication, qtbot: QtBot
) -> None:
    progress = TakeProgress("2026/001", [f"{number}.png" for number in range(200)], window)
    progress.come_up()
    told: list[tuple[int, int]] = []
    progress.lines.dataChanged.connect(lambda top, end: told.append((top.row(), end.row())))
    for number in range(150):
        progress.put(number, FileState.READING)
        progress.put(number, FileState.KEPT)
    progress.put(150, FileState.READING)
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(0, 150)]
    shown = find(progress, QListView, "takeFilesList")
    seen = shown.visualRect(progress.lines.index(150))
    assert shown.viewport().rect().intersects(seen)
    progress.put(150, FileState.NOT_KEPT, "150.png cannot be read")
    for number in range(151, 200):
        progress.put(number, FileState.STOPPED)
    progress.show_over()
    assert told == [(0, 150), (150, 199)]
    progress.reject()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
