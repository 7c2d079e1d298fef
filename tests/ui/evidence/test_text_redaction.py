"""Of a mail or text only what is ticked is in the copy; names that still stand are said."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.items import ItemKind
from desktop.ui.evidence.text_redaction import (
    LOOK,
    NOTHING,
    TextRedaction,
    has_words,
    start_text_redaction,
)
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.evidence_pieces import CHANGED, a_png, spoil
from tests.ui.copying import Bench
from tests.ui.handles import click, find

TEXT = b"Riley Example lives near.\nYou will see.\nThe last line."


@pytest.fixture
def bench(qtbot: QtBot, session: Session, perform: Perform, tmp_path: Path, themed: None) -> Bench:
    return Bench(qtbot, session, perform, tmp_path / "a.txt", TEXT)


def open_window(bench: Bench) -> TextRedaction:
    start_text_redaction(bench.session, bench.item, bench.window)
    return bench.see(TextRedaction)


def keep(bench: Bench, window: TextRedaction) -> None:
    find(window, QLineEdit, "textReasonEdit").setText("for the parents")
    click(window, "textKeepButton")
    bench.settle()


def test_with_the_keyboard_alone(bench: Bench) -> None:
    window = open_window(bench)
    assert window.list.hasFocus()
    QTest.keyClick(window.list, Qt.Key.Key_Down)
    QTest.keyClick(window.list, Qt.Key.Key_Space)
    assert window.list.pieces.kept == {1}
    assert window._count_label.text() == "1 of 3 stay"
    click(window, "textResultButton")
    assert window._hint_label.text() == LOOK
    assert window.banner.text == ""
    shown = window.preview.toPlainText()
    assert "[1 piece left out]\nYou will see.\n[1 piece left out]" in shown
    keep(bench, window)
    (copy,) = bench.copies()
    assert (str(copy.mark), copy.kind) == ("PXS/1A", ItemKind.REDACTED)
    assert bench.content(copy).decode() == shown
    assert "Kept as PXS/1A" in bench.window.banner.text
    assert bench.closed(TextRedaction)


def test_nothing_ticked_makes_no_copy(bench: Bench) -> None:
    window = open_window(bench)
    click(window, "textResultButton")
    assert window.banner.text == NOTHING


def test_a_name_that_still_stands_is_said_until_it_is_covered(bench: Bench) -> None:
    window = open_window(bench)
    window.list.selectAll()
    click(window, "textStayButton")
    click(window, "textResultButton")
    assert window.banner.text == "Still named in the copy: Riley Example (“Riley Example”)."
    click(window, "textBackButton")
    assert window.list.hasFocus()
    find(window, QLineEdit, "textCoveredEdit").setText("Riley Example")
    click(window, "textResultButton")
    assert window.banner.text == ""
    keep(bench, window)
    (copy,) = bench.copies()
    assert b"Riley" not in bench.content(copy)


def test_several_are_ticked_and_left_out_at_once(bench: Bench) -> None:
    window = open_window(bench)
    window.list.selectAll()
    QTest.keyClick(window.list, Qt.Key.Key_Space)
    assert window.list.pieces.kept == {0, 1, 2}
    QTest.keyClick(window.list, Qt.Key.Key_Space)
    assert window.list.pieces.kept == set()
    click(window, "textStayButton")
    click(window, "textLeaveButton")
    assert window.list.pieces.kept == set()
    window.list.clearSelection()
    QTest.keyClick(window.list, Qt.Key.Key_End)


def test_the_list_tells_what_stays(bench: Bench) -> None:
    pieces = open_window(bench).list.pieces
    first = pieces.index(0)
    pieces.tick([0], stays=True)
    told = pieces.data(first, Qt.ItemDataRole.AccessibleTextRole)
    assert told == "stays: Riley Example lives near."
    assert str(pieces.data(pieces.index(1), Qt.ItemDataRole.AccessibleTextRole))[:6] == "is lef"
    assert str(pieces.data(first)).startswith("☑   Riley")
    assert str(pieces.data(pieces.index(1))).startswith("☐   You")
    assert pieces.data(first, Qt.ItemDataRole.FontRole) is None
    assert pieces.rowCount(QModelIndex()) == 3


def test_a_click_on_the_box_ticks_and_one_on_the_words_selects(bench: Bench) -> None:
    window = open_window(bench)
    row = window.list.visualRect(window.list.pieces.index(2))
    box = QPoint(row.left() + 12, row.center().y())
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(window.list.viewport(), left, pos=box)
    assert window.list.pieces.kept == {2}
    QTest.mouseClick(window.list.viewport(), left, pos=QPoint(200, row.center().y()))
    assert window.list.pieces.kept == {2}
    QTest.mouseClick(window.list.viewport(), left, pos=box)
    assert window.list.pieces.kept == set()
    QTest.mouseClick(window.list.viewport(), left, pos=QPoint(12, window.list.height() - 20))


def test_what_was_ticked_outlasts_a_closed_window(bench: Bench) -> None:
    window = open_window(bench)
    window.list.pieces.tick([2], stays=True)
    window.reject()
    again = open_window(bench)
    assert again.list.pieces.kept == {2}
    assert "kept" in again.banner.text
    click(again, "textCancelButton")
    bench.settle()
    assert open_window(bench).list.pieces.kept == set()


def test_a_lock_lets_go_of_the_words(bench: Bench, session: Session) -> None:
    window = open_window(bench)
    window.list.pieces.tick([2], stays=True)
    click(window, "textResultButton")
    window.wipe()
    window.list.wipe()
    assert window.preview.toPlainText() == ""
    assert window.list.pieces.rowCount() == 0
    session.lock()
    bench.qtbot.waitUntil(lambda: not session.is_closing)
    assert bench.closed(TextRedaction)


def test_an_altered_original_is_said(bench: Bench, tmp_path: Path) -> None:
    spoil(tmp_path / "log", CHANGED)
    window = open_window(bench)
    assert "not what was entered" in window.banner.text
    click(window, "textCancelButton")


def test_it_is_offered_where_there_are_words(
    bench: Bench, perform: Perform, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    assert has_words(bench.item)
    other = Bench(qtbot, session, perform, tmp_path / "b.png", a_png())
    assert not has_words(other.item)
