"""No page makes the window taller than a small screen; what has no room scrolls."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.ui.places import Place
from desktop.ui.theme import Look
from desktop.ui.widgets.chip import Chip
from desktop.ui.widgets.tight_scroll import TightScroll
from tests import fits
from tests.scenes import SCENES
from tests.stage import Stage
from tests.ui.handles import find

TALL = ("evidence-many", "incident-laws", "people", "policy-lines", "restricted-today")
SIZE = (1280, 800)


@pytest.fixture(scope="module")
def large(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Keep one program for all tests of this module."""
    stage = Stage(qapp, tmp_path_factory.mktemp("large"))
    yield stage
    stage.close()


@pytest.fixture
def cleared(large: Stage) -> Iterator[Stage]:
    """Work in the largest text; leave nothing open for the next test."""
    large.entry.theme.apply(Look.LIGHT, 200)
    yield large
    large.clear()
    large.entry.theme.apply(Look.LIGHT, 100)


def seen_of(widget: QWidget) -> QRect:
    """Return what can be seen of a widget."""
    return widget.visibleRegion().boundingRect()


def around_of(stage: Stage, widget: QWidget) -> TightScroll:
    """Return what scrolls a widget where there is little room."""
    frames = stage.window.findChildren(TightScroll)
    return next(one for one in frames if one.isAncestorOf(widget))


@pytest.mark.parametrize("name", TALL)
def test_the_emergency_numbers_fit_above_any_page_in_large_text(cleared: Stage, name: str) -> None:
    next(scene for scene in SCENES if scene.name == name).show(cleared)
    cleared.window.danger_banner.toggle()
    cleared.settle()
    assert cleared.window.size().toTuple() == SIZE
    assert fits.problems(cleared.window) == []
    assert seen_of(find(cleared.window, QPushButton, "dangerCloseButton")).height() > 20


def test_the_foot_of_a_tall_page_is_reached_under_the_emergency_numbers(cleared: Stage) -> None:
    next(scene for scene in SCENES if scene.name == "people").show(cleared)
    cleared.window.danger_banner.toggle()
    cleared.settle()
    around = around_of(cleared, cleared.desk)
    bar = around.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    cleared.settle()
    desk = cleared.desk
    foot = desk.mapTo(around.viewport(), QPoint(0, desk.height()))
    assert foot.y() <= around.viewport().height()
    cleared.window.danger_banner.toggle()
    cleared.settle()
    assert bar.maximum() == 0


def test_every_place_is_reached_in_a_window_of_little_height(cleared: Stage) -> None:
    cleared.open_log()
    cleared.window.resize(1280, 560)
    cleared.settle()
    assert cleared.window.height() == 560
    for number, place in enumerate(Place):
        entry = find(cleared.window, QPushButton, f"{place.name.lower()}PlaceButton")
        entry.setFocus()
        around_of(cleared, entry).ensureWidgetVisible(entry, 0, 0)
        assert seen_of(entry).height() >= entry.height() - 1, number
    for name in ("sideDangerButton", "lockButton"):
        button = find(cleared.window, QPushButton, name)
        assert seen_of(button).height() == button.height()
    cleared.window.resize(*SIZE)


def test_a_long_state_goes_on_in_the_next_line(cleared: Stage) -> None:
    next(scene for scene in SCENES if scene.name == "incident").show(cleared)
    cleared.settle()
    chip = next(one for one in cleared.window.findChildren(Chip) if one.isVisible())
    line = chip.height()
    chip.show_state("A deadline of our own with a name that nobody kept short " * 3, "late")
    cleared.settle()
    assert chip.height() > line
    assert cleared.window.size().toTuple() == SIZE
    assert fits.problems(cleared.window) == []
