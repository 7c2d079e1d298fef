import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.evidence.view_room import ViewRoom
from desktop.ui.evidence.viewer_chat import ChatContentView
from desktop.ui.widgets.flow_layout import FlowLayout
from tests.domain.evidence.test_chats import CHAT

HIGH = 240


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(ViewRoom(window))
    window.resize(400, HIGH)
    window.show()
    return window


@pytest.fixture
def room(window: QWidget) -> ViewRoom:
    found = window.findChild(ViewRoom)
    assert isinstance(found, ViewRoom)
    return found


def test_a_small_view_fills_the_room(qtbot: QtBot, room: ViewRoom) -> None:
    view = QPlainTextEdit()
    view.setMinimumHeight(40)
    room.show_view(view)
    qtbot.waitUntil(lambda: view.height() == HIGH)
    assert not room.verticalScrollBar().maximum()


def test_a_high_view_scrolls_and_leaves_the_window_as_it_is(
    qtbot: QtBot, window: QWidget, room: ViewRoom
) -> None:
    view = QWidget()
    column = QVBoxLayout(view)
    for _number in range(3):
        (line := QPlainTextEdit(view)).setMinimumHeight(HIGH)
        column.addWidget(line)
    room.show_view(view)
    qtbot.waitUntil(lambda: room.verticalScrollBar().maximum() > HIGH)
    assert view.height() >= 3 * HIGH
    assert window.height() == HIGH


def test_what_grows_later_gets_the_height_it_needs(qtbot: QtBot, room: ViewRoom) -> None:
    view = QWidget()
    flow = FlowLayout(view)
    room.show_view(view)
    for number in range(40):
        button = QPushButton(f"Button number {number}", view)
        flow.addWidget(button)
        button.show()
    qtbot.waitUntil(lambda: view.height() >= flow.heightForWidth(view.width()) > HIGH)


def test_it_holds_one_view_at_a_time(qtbot: QtBot, room: ViewRoom) -> None:
    first = QLabel("words that go on and on " * 60)
    first.setWordWrap(True)
    room.show_view(first)
    qtbot.waitUntil(lambda: first.height() > HIGH)
    room.take_out()
    assert first.isHidden()
    room.show_view(second := QLabel("few"))
    qtbot.waitUntil(lambda: second.height() == HIGH)
    assert room.verticalScrollBar().value() == 0


def test_a_chat_with_its_question_does_not_make_the_window_higher(
    qtbot: QtBot, window: QWidget, room: ViewRoom
) -> None:
    room.show_view(chat := ChatContentView(CHAT, "PXS/1", room))
    qtbot.waitUntil(lambda: chat.height() > HIGH)
    assert window.height() == HIGH
