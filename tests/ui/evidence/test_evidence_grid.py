"""Of very many tiles only those near the window are made, wherever one goes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.evidence.evidence_grid import SPACING, WIDE, EvidenceGrid
from desktop.ui.tab_order import go_on, tab_stops
from desktop.ui.theme import px
from desktop.ui.widgets.scroll import Scroll


class Board:
    """A grid that scrolls; tile 7 is higher than the others."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.made: list[int] = []
        self.scroll = Scroll()
        qtbot.addWidget(self.scroll)
        self.grid = EvidenceGrid(self._make, self.scroll, self.scroll.inner)
        self.scroll.inner.column.addWidget(QLabel("above", self.scroll))
        self.scroll.inner.column.addWidget(self.grid)
        self.scroll.inner.column.addStretch(1)
        self.scroll.resize(2 * px(WIDE) + SPACING + 40, 500)
        self.scroll.show()

    def _make(self, place: int, parent: QWidget) -> QWidget:
        self.made.append(place)
        tile = QWidget(parent)
        button = QPushButton(str(place), tile)
        button.setFixedHeight(220 if place == 7 else 120)
        QVBoxLayout(tile).addWidget(button)
        return tile

    def shown(self) -> list[int]:
        return [int(button.text()) for button in self._buttons() if self._is_seen(button)]

    def _buttons(self) -> list[QPushButton]:
        found = [tile.findChild(QPushButton) for tile in self.grid.tiles]
        return [button for button in found if isinstance(button, QPushButton)]

    def _is_seen(self, button: QPushButton) -> bool:
        return not button.visibleRegion().isEmpty()


@pytest.fixture
def board(qtbot: QtBot, themed: None) -> Board:
    return Board(qtbot)


def test_only_what_is_near_is_made(board: Board) -> None:
    board.grid.set_count(1000)
    assert 0 < len(board.grid.tiles) < 20
    board.qtbot.waitUntil(lambda: board.shown()[:2] == [0, 1])
    assert board.grid.tile(999) is None


def test_scrolling_makes_what_comes_and_lets_go_of_the_rest(board: Board) -> None:
    board.grid.set_count(1000)
    bar = board.scroll.verticalScrollBar()
    board.qtbot.waitUntil(lambda: bar.maximum() > 10_000)
    bar.setValue(bar.maximum())
    board.qtbot.waitUntil(lambda: 999 in board.shown())
    assert board.grid.tile(0) is None
    assert len(board.grid.tiles) < 24
    bar.setValue(0)
    board.qtbot.waitUntil(lambda: board.shown()[:2] == [0, 1])


def test_every_tile_is_passed_on_the_way(board: Board) -> None:
    board.grid.set_count(101)
    bar = board.scroll.verticalScrollBar()
    board.qtbot.waitUntil(lambda: bar.maximum() > 1000)
    seen: set[int] = set()
    place = 0
    while place <= bar.maximum():
        bar.setValue(place)
        board.qtbot.wait(1)
        seen.update(board.shown())
        place += 200
    bar.setValue(bar.maximum())
    board.qtbot.wait(1)
    assert seen | set(board.shown()) == set(range(101))


def test_a_place_is_brought_at_once(board: Board) -> None:
    board.grid.set_count(1000)
    tile = board.grid.bring(640)
    assert tile is not None
    board.qtbot.waitUntil(lambda: 640 in board.shown())
    assert board.grid.bring(1000) is None
    assert board.grid.bring(-1) is None


def test_a_row_is_as_high_as_its_highest_tile(board: Board) -> None:
    board.grid.set_count(10)
    board.grid.bring(8)
    highest, beside = board.grid.tile(7), board.grid.tile(6)
    assert highest
    assert beside
    assert highest.height() == beside.height() >= 220
    after = board.grid.tile(8)
    assert after
    assert after.y() == beside.y() + beside.height() + SPACING


def test_the_tile_with_the_cursor_stays(board: Board) -> None:
    board.grid.set_count(1000)
    tile = board.grid.bring(2)
    assert tile
    button = tile.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    button.setFocus()
    board.scroll.verticalScrollBar().setValue(50_000)
    assert board.grid.tile(2) is tile
    assert board.grid.tile(3) is None
    board.grid.set_count(4)
    assert board.grid.tile(2) is not tile


def test_tiles_that_are_the_same_stay(board: Board) -> None:
    board.grid.set_count(10)
    board.grid.bring(8)
    before = {place: board.grid.tile(place) for place in (0, 1, 6, 8)}
    board.made.clear()
    board.grid.set_count(11, lambda place: place != 6)
    board.grid.bring(8)
    after = {place: board.grid.tile(place) for place in before}
    assert [place for place in before if after[place] is before[place]] == [0, 1, 8]
    assert 6 in board.made
    assert not {0, 1, 8} & set(board.made)
    below, beside = board.grid.tile(8), board.grid.tile(7)
    assert below
    assert beside
    assert below.y() == beside.y() + beside.height() + SPACING


def test_fewer_tiles_leave_the_first_where_they_are(board: Board) -> None:
    board.grid.set_count(10)
    first = board.grid.tile(0)
    board.grid.set_count(3, lambda _place: True)
    assert board.grid.tile(0) is first
    assert len(board.grid.tiles) == 3
    board.grid.set_count(0)
    assert board.grid.tiles == []


def test_a_row_that_grows_is_measured_again(board: Board) -> None:
    board.grid.set_count(7)
    low = board.grid.bring(6)
    assert low
    assert low.height() < 200
    board.grid.set_count(8, lambda _place: True)
    assert board.grid.bring(7)
    assert low.height() >= 220


def test_tab_goes_through_the_tiles_as_they_are_read(board: Board) -> None:
    board.grid.set_count(1000)
    board.grid.bring(500)
    board.grid.bring(490)
    stops = [one for one in tab_stops(board.scroll) if isinstance(one, QPushButton)]
    numbers = [int(stop.text()) for stop in stops]
    assert numbers == sorted(numbers)
    assert 490 in numbers


def test_tab_goes_on_beyond_what_was_made(board: Board) -> None:
    board.grid.set_count(1000)
    board.scroll.activateWindow()
    passed = []
    for _ in range(60):
        assert go_on(board.scroll, following=True)
        focused = board.scroll.focusWidget()
        assert isinstance(focused, QPushButton)
        passed.append(int(focused.text()))
        board.qtbot.wait(1)
    assert passed == list(range(60))
    for _ in range(30):
        go_on(board.scroll, following=False)
        board.qtbot.wait(1)
    focused = board.scroll.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "29"
    assert len(board.grid.tiles) < 24


def test_more_columns_where_there_is_room(board: Board) -> None:
    board.grid.set_count(12)
    board.scroll.resize(4 * (px(WIDE) + SPACING) + 40, 500)
    board.qtbot.waitUntil(lambda: len({tile.y() for tile in board.grid.tiles}) == 3)
    board.scroll.resize(px(WIDE) + 40, 500)
    board.qtbot.waitUntil(lambda: len({tile.x() for tile in board.grid.tiles}) == 1)


def test_nothing_is_made_while_nobody_looks(board: Board) -> None:
    board.scroll.hide()
    board.grid.set_count(50)
    assert board.grid.tiles == []
    board.scroll.show()
    board.qtbot.waitUntil(lambda: bool(board.grid.tiles))
    QTest.keyClick(board.scroll, Qt.Key.Key_Tab)
