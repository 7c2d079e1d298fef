"""The side bar: where to go, the count, danger, lock."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.places import Place
from desktop.ui.side_bar import SideBar
from desktop.ui.tab_order import tab_stops
from desktop.ui.theme import Look, Theme


@pytest.fixture
def side_bar(qtbot: QtBot) -> Iterator[SideBar]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = SideBar(holder)
    holder.show()
    yield made
    holder.close()


def _button(side_bar: SideBar, name: str) -> QPushButton:
    found = side_bar.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_every_entry_asks_for_its_place(side_bar: SideBar) -> None:
    places: list[str] = []
    side_bar.place_requested.connect(places.append)
    for place in Place:
        _button(side_bar, f"{place.name.lower()}PlaceButton").click()
    assert places == [place.value for place in Place]


def test_the_shown_place_pressed_again_is_gone_into(side_bar: SideBar, qtbot: QtBot) -> None:
    side_bar.show_place("Reports")
    with (
        qtbot.assertNotEmitted(side_bar.place_requested),
        qtbot.waitSignal(side_bar.place_entered) as entered,
    ):
        _button(side_bar, "reportsPlaceButton").click()
    assert entered.args == ["Reports"]


def test_the_shown_place_is_marked(side_bar: SideBar) -> None:
    side_bar.show_place("Reports")
    side_bar.show_place("Help")
    marked = [button.text() for button in side_bar.findChildren(QPushButton) if button.isChecked()]
    assert marked == ["Help"]


def test_tab_comes_to_the_place_that_is_shown(side_bar: SideBar) -> None:
    side_bar.show_place("Today")
    _button(side_bar, "todayPlaceButton").setFocus()
    side_bar.show_place("Organisation")
    stops = [stop.objectName() for stop in tab_stops(side_bar)]
    assert stops == ["organisationPlaceButton", "sideDangerButton", "lockButton"]


@pytest.mark.parametrize(
    ("count", "shown", "name"),
    [(0, "", "Today"), (1, "1", "Today, 1 thing to do"), (5, "5", "Today, 5 things to do")],
)
def test_the_count_is_shown_and_read_out(
    side_bar: SideBar, count: int, shown: str, name: str
) -> None:
    side_bar.show_count(count)
    today = side_bar._entries[Place.TODAY]
    assert today.end_label.text() == shown
    assert today.end_label.isHidden() is not bool(shown)
    assert today.accessibleName() == name


def test_danger_and_lock_are_always_there(side_bar: SideBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(side_bar.danger_requested):
        _button(side_bar, "sideDangerButton").click()
    with qtbot.waitSignal(side_bar.lock_requested):
        _button(side_bar, "lockButton").click()


def test_no_end_is_cut_off_at_any_size(side_bar: SideBar, qapp: object) -> None:
    theme = Theme(qapp)  # type: ignore[arg-type]
    side_bar.show_count(12)
    for scale in (100, 200):
        theme.apply(Look.LIGHT, scale)
        for button in side_bar.findChildren(QPushButton):
            assert button.minimumSizeHint().width() <= side_bar.sizeHint().width()
    assert "\n" in _button(side_bar, "sideDangerButton").text()
    theme.apply(Look.LIGHT, 100)
    assert "\n" not in _button(side_bar, "sideDangerButton").text()
