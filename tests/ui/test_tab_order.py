"""Tab follows the layouts, goes round, and enters a group at what is chosen."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,  # noqa: TID251 (it makes buttons of its own)
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.tab_order import go_on, tab_stops


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """Make parts in one order and lay them out in another."""
    page = QWidget()
    qtbot.addWidget(page)
    last, first = QLineEdit(page), QLineEdit(page)
    one, two = QPushButton("one", page), QPushButton("two", page)
    group = QButtonGroup(page)
    for button in (one, two):
        button.setCheckable(True)
        group.addButton(button)
    row = QHBoxLayout()
    row.addWidget(one)
    row.addWidget(two)
    scroll = QScrollArea(page)
    inside = QWidget()
    column = QVBoxLayout(inside)
    hidden, off = QLineEdit(inside), QLineEdit(inside)
    hidden.hide()
    off.setEnabled(False)
    for widget in (hidden, off, last):
        column.addWidget(widget)
    scroll.setWidget(inside)
    stack = QStackedWidget(page)
    shown, behind = QLineEdit(), QLineEdit()
    stack.addWidget(shown)
    stack.addWidget(behind)
    outer = QVBoxLayout(page)
    outer.addWidget(first)
    outer.addLayout(row)
    outer.addWidget(stack)
    outer.addWidget(scroll)
    for name, each in {
        "first": first, "one": one, "two": two, "shown": shown, "behind": behind,
        "hidden": hidden, "off": off, "last": last, "scroll": scroll,
    }.items():  # fmt: skip
        each.setObjectName(name)
    page.show()
    return page


def names(page: QWidget) -> list[str]:
    return [widget.objectName() for widget in tab_stops(page)]


def test_stops_stand_in_reading_order(page: QWidget) -> None:
    assert names(page) == ["first", "one", "shown", "scroll", "last"]


def test_a_group_is_entered_at_what_is_chosen(page: QWidget) -> None:
    page.findChild(QPushButton, "two").setChecked(True)  # type: ignore[union-attr]
    assert names(page) == ["first", "two", "shown", "scroll", "last"]


def test_it_goes_round_both_ways(page: QWidget) -> None:
    page.findChild(QLineEdit, "last").setFocus()  # type: ignore[union-attr]
    go_on(page, following=True)
    assert page.focusWidget().objectName() == "first"
    go_on(page, following=False)
    assert page.focusWidget().objectName() == "last"


def test_it_begins_where_reading_begins(page: QWidget) -> None:
    focused = page.focusWidget()
    if focused is not None:
        focused.clearFocus()
    go_on(page, following=True)
    assert page.focusWidget().objectName() == "first"


def test_it_goes_on_from_within_a_group(page: QWidget) -> None:
    page.findChild(QPushButton, "two").setFocus()  # type: ignore[union-attr]
    go_on(page, following=True)
    assert page.focusWidget().objectName() == "shown"


def test_nothing_to_stop_at_is_said(qtbot: QtBot) -> None:
    empty = QWidget()
    qtbot.addWidget(empty)
    empty.show()
    assert not go_on(empty, following=True)


def test_what_is_made_after_a_walk_is_taken_for_what_it_is(page: QWidget) -> None:
    column = page.layout()
    assert column
    for _ in range(60):
        lines = [QLineEdit(page) for _ in range(6)]
        for line in lines:
            column.addWidget(line)
        list(tab_stops(page))
        for line in lines:
            line.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        box = QMessageBox(page)
        made = [box.addButton(word, QMessageBox.ButtonRole.AcceptRole) for word in "abcd"]
        assert {type(button) for button in made} == {QPushButton}
        box.deleteLater()


class Going(QWidget):
    """A window that goes on as it is read, like all of ours."""

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: N802
        return go_on(self, following=following)


@pytest.fixture
def going(qtbot: QtBot) -> Going:
    """Show a bar of two buttons beside a column with two cards of two."""
    window = Going()
    qtbot.addWidget(window)
    outer = QHBoxLayout(window)
    for part, names_in_it in (
        ("bar", ("bar1", "bar2")),
        ("card", ("one", "two")),
        ("other", ("three", "four")),
    ):
        widget = QWidget(window)
        widget.setObjectName(part)
        column = QVBoxLayout(widget)
        for name in names_in_it:
            button = QPushButton(name, widget)
            button.setObjectName(name)
            column.addWidget(button)
        outer.addWidget(widget)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def _part(window: Going, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found


@pytest.mark.parametrize(
    ("at", "goes", "comes"),
    [
        ("one", ("one",), "two"),
        # Nothing comes after it in its card: the card is not left.
        ("two", ("two",), "one"),
        ("two", ("card",), "three"),
        # Nothing comes after it at all: what stands nearest, so that the page does not jump.
        ("four", ("other",), "two"),
    ],
)
def test_the_caret_stays_near_what_is_hidden(
    going: Going, at: str, goes: tuple[str, ...], comes: str
) -> None:
    _part(going, at).setFocus()
    for name in goes:
        _part(going, name).hide()
    assert going.focusWidget() is _part(going, comes)


def test_the_caret_stays_in_its_card_though_its_place_is_gone(going: Going) -> None:
    gone, card = _part(going, "two"), _part(going, "card")
    gone.setFocus()
    column = card.layout()
    assert column is not None
    column.removeWidget(gone)
    gone.hide()
    assert going.focusWidget() is _part(going, "one")


def test_what_is_switched_off_gives_way_to_its_neighbour(going: Going) -> None:
    _part(going, "three").setFocus()
    _part(going, "three").setEnabled(False)
    assert going.focusWidget() is _part(going, "four")
