"""Lines that break when there is no more room."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.flow_layout import FlowLayout


def _filled(qtbot: QtBot, *, spread: bool = False, count: int = 4) -> tuple[QWidget, FlowLayout]:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, spacing=10, spread=spread)
    for _ in range(count):
        button = QPushButton(holder)
        button.setFixedSize(100, 30)
        layout.addWidget(button)
    return holder, layout


def test_it_breaks_where_the_line_is_full(qtbot: QtBot) -> None:
    _holder, layout = _filled(qtbot)
    assert layout.hasHeightForWidth()
    assert layout.heightForWidth(430) == 30
    assert layout.heightForWidth(429) == 70
    assert layout.heightForWidth(100) == 150
    assert layout.minimumSize().width() == 100
    assert layout.sizeHint().width() >= 430


def test_it_places_in_reading_order(qtbot: QtBot) -> None:
    holder, layout = _filled(qtbot)
    layout.setGeometry(QRect(0, 0, 220, 200))
    places = [button.pos().toTuple() for button in holder.findChildren(QPushButton)]
    assert places == [(0, 0), (110, 0), (0, 40), (110, 40)]


def test_spread_puts_the_last_at_the_far_edge(qtbot: QtBot) -> None:
    holder, layout = _filled(qtbot, spread=True, count=2)
    layout.setGeometry(QRect(0, 0, 500, 40))
    assert [button.x() for button in holder.findChildren(QPushButton)] == [0, 400]


def test_what_is_too_wide_gets_a_line_of_its_own(qtbot: QtBot) -> None:
    holder, layout = _filled(qtbot, count=1)
    layout.setGeometry(QRect(0, 0, 60, 40))
    assert holder.findChildren(QPushButton)[0].x() == 0


def test_items_can_be_taken_out(qtbot: QtBot) -> None:
    holder, layout = _filled(qtbot)
    assert layout.count() == 4
    assert layout.itemAt(9) is None
    assert layout.takeAt(9) is None
    layout.clear()
    assert layout.count() == 0
    assert layout.heightForWidth(100) == 0
    assert all(button.isHidden() for button in holder.findChildren(QPushButton))


def test_hidden_items_take_no_room(qtbot: QtBot) -> None:
    holder, layout = _filled(qtbot)
    for button in holder.findChildren(QPushButton)[1:]:
        button.hide()
    assert layout.heightForWidth(100) == 30


def test_it_can_stand_inside_another_layout(qapp: object) -> None:
    layout = FlowLayout()
    assert layout.count() == 0
    assert not layout.expandingDirections()
