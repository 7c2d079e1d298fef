from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.chat_rows import RowKind
from desktop.domain.evidence.chats import DayOrder
from desktop.ui.evidence.chat_list import FEWEST_COLUMNS, KIND_ROLE, OWN_ROLE
from desktop.ui.evidence.viewer import ItemViewer
from desktop.ui.evidence.viewer_chat import NOBODY, ChatContentView, about
from desktop.ui.evidence.viewer_words import WordsView
from tests.domain.evidence.test_chats import CHAT, a_chat
from tests.intake.test_chat import ANDROID, IPHONE
from tests.ui.handles import click
from tests.ui.looks import Look, of


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ChatContentView]:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(found := ChatContentView(CHAT, "PXS/1 chat", window))
    window.resize(900, 600)
    window.show()
    yield found
    window.close()


def shown(view: ChatContentView) -> list[str]:
    model = view.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_conversation_has_days_writers_and_sides(view: ChatContentView) -> None:
    assert shown(view)[0] == "Sat 11 Apr 2026"
    assert "Straße 5" in shown(view)
    model = view.list.model()
    row = shown(view).index("Straße 5")
    assert model.index(row, 0).data(OWN_ROLE)
    assert model.index(row, 0).data(KIND_ROLE) == RowKind.WORDS
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(row, 0).data(spoken) == "Ann 21:04 Straße 5"
    assert model.index(0, 0).data(spoken) == "Sat 11 Apr 2026"
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert view.list.chat.rowCount(model.index(0, 0)) == 0
    assert view.list.chat.rowCount(QModelIndex()) > 0
    view.own_combo.setCurrentText("Bo")
    assert not model.index(row, 0).data(OWN_ROLE)
    view.own_combo.setCurrentText(NOBODY)
    assert view.list.chat.own == ""
    assert not view.grab().isNull()


def test_search_counts_and_goes_round(view: ChatContentView) -> None:
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(view.search_edit, "ann")
    assert view.count_label.text() == "2 messages"
    QTest.keyClick(view.search_edit, Qt.Key.Key_Return)
    assert view.list.message() == 1
    assert view.count_label.text() == "1 of 2 messages"
    assert view.message_edit.toPlainText() == "Ann, Sat 11 Apr 2026, 21:04:00\nStraße 5"
    click(view, "chatNextButton")
    assert view.list.message() == 2
    click(view, "chatNextButton")
    assert view.list.message() == 1
    click(view, "chatBeforeButton")
    assert view.list.message() == 2
    view.search_edit.setText("nobody")
    assert view.count_label.text() == "Not found"
    click(view, "chatNextButton")
    assert view.list.message() == 2
    view.search_edit.setText("home")
    assert view.count_label.text() == "1 message"
    view.search_edit.clear()
    assert view.count_label.text() == ""


def test_order_is_asked_and_can_be_changed(view: ChatContentView) -> None:
    assert "Sat 11 Apr 2026 (day first) or of Wed 4 Nov 2026 (month first)" in (
        view.order_label.text()
    )
    view.list.go_to_message(3)
    click(view, "chatMonthFirstButton")
    assert shown(view)[0] == "Wed 4 Nov 2026"
    assert view.list.message() == 3
    assert "as you said: the first message is of Wed 4 Nov 2026" in view.order_label.text()
    click(view, "chatDayFirstButton")
    assert shown(view)[0] == "Sat 11 Apr 2026"


def test_day_can_be_gone_to(view: ChatContentView) -> None:
    view.day_combo.setCurrentIndex(1)
    view.day_combo.activated.emit(1)
    assert str(view.list.currentIndex().data()) == "Mon 11 May 2026"


def test_lines_are_laid_out_anew_for_another_width(view: ChatContentView, qtbot: QtBot) -> None:
    before = view.list.columns()
    view.window().resize(420, 600)
    qtbot.waitUntil(lambda: view.laid_out_for == view.list.columns() != before)


def test_nothing_is_left_when_the_log_locks(view: ChatContentView) -> None:
    view.search_edit.setText("ann")
    view.list.go_to_message(1)
    view.wipe()
    assert shown(view) == []
    assert view.search_edit.text() == view.message_edit.toPlainText() == ""
    assert view.about_label.text() == view.order_label.text() == ""
    assert view.own_combo.count() == view.day_combo.count() == 0
    view._lay_out()
    click(view, "chatDayFirstButton")
    view._on_words_changed("ann")
    assert shown(view) == []


def test_about_says_what_is_not_in_it() -> None:
    assert "dates" not in about(CHAT)
    said = about(a_chat(*[("2026-04-11T21:03:00", "", "x")], order=DayOrder.DAY_FIRST, left_out=2))
    assert "2 pictures, sounds or files were left out" in said
    assert "Dates read day first" in said


@of("chat.txt", ANDROID.encode())
def test_chat_opens_as_a_conversation(look: Look) -> None:
    view = look.open().view
    assert isinstance(view, ChatContentView)
    assert "Android phone" in view.about_label.text()


@of("chat.txt", ANDROID.encode())
def test_lines_are_as_long_as_the_window_has_room_for(look: Look, qtbot: QtBot) -> None:
    view = look.open().view
    assert isinstance(view, ChatContentView)
    fits = view.list.columns()
    assert fits > FEWEST_COLUMNS
    qtbot.waitUntil(lambda: view.laid_out_for == fits)


@of("chat.txt", IPHONE.encode())
def test_known_order_is_not_asked(look: Look) -> None:
    view = look.open().view
    assert isinstance(view, ChatContentView)
    assert not view.order_bar.isVisible()
    assert "iPhone" in view.about_label.text()


@of("notes.txt", b"just words")
def test_other_text_is_no_chat(look: Look) -> None:
    viewer: ItemViewer = look.open()
    assert isinstance(viewer.view, WordsView)


def test_large_chat_stays_quick(qtbot: QtBot) -> None:
    days = [f"2026-04-{n // 5000 + 1:02d}T21:03:00" for n in range(100_000)]
    many = a_chat(*[(day, "A", "x") for day in days])
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(found := ChatContentView(many, "large", window))
    window.show()
    found.list.go_to_message(99_999)
    assert found.list.message() == 99_999
