"""A picture is turned and enlarged for the look alone."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.shown import Picture
from desktop.ui.evidence.viewer_picture import PictureView, note_of
from tests.ui.handles import click

RED, BLUE = b"\xff\x00\x00\xff", b"\x00\x00\xff\xff"


@pytest.fixture
def view(qtbot: QtBot, themed: None) -> PictureView:
    """Show a picture that is red on the left and blue on the right."""
    view = PictureView("PXS/1")
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.show()
    view.show_picture(Picture(200, 100, (RED * 100 + BLUE * 100) * 100, 200, 100))
    return view


def corners(view: PictureView) -> tuple[str, str]:
    """Return the colours in the top left and bottom right corners."""
    seen = view.canvas.grab().toImage()
    last = QPoint(seen.width() - 3, seen.height() - 3)
    return seen.pixelColor(2, 2).name(), seen.pixelColor(last).name()


def test_each_turn_is_a_quarter_clockwise(view: PictureView) -> None:
    red, blue = "#ff0000", "#0000ff"
    assert corners(view) == (red, blue)
    sizes, seen = [], []
    for _ in range(4):
        click(view, "viewerTurnButton")
        sizes.append(view.canvas.size())
        seen.append(corners(view))
    assert sizes == [QSize(100, 200), QSize(200, 100)] * 2
    assert seen == [(red, blue), (blue, red), (blue, red), (red, blue)]


def test_turning_by_keyboard_fits_again(view: PictureView) -> None:
    view.resize(500, 180)
    QApplication.processEvents()
    assert view.zoom == 1 or view.zoom < 1
    before = view.zoom
    QTest.keyClick(view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom < before
    click(view, "viewerActualButton")
    QTest.keyClick(view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == 1


def wheel(view: PictureView, delta: int, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(10, 10), QPointF(10, 10), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
        modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view._scroll.viewport(), event)


def test_the_wheel_enlarges_with_ctrl_alone(view: PictureView) -> None:
    click(view, "viewerActualButton")
    wheel(view, 120, Qt.KeyboardModifier.NoModifier)
    assert view.zoom == 1
    wheel(view, 120, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == 1.25
    wheel(view, 0, Qt.KeyboardModifier.ControlModifier)
    wheel(view, -120, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == 1


def test_what_is_not_seen_is_said() -> None:
    one = b"\0" * 4
    assert note_of(Picture(1, 1, one)) == "1 by 1 pixels"
    assert note_of(Picture(1, 1, one, 4000, 3000)) == "4,000 by 3,000 pixels, shown smaller"
    assert note_of(Picture(1, 1, one, frames=12)) == (
        "1 by 1 pixels, the first of 12 pictures in it"
    )


def test_wiping_leaves_no_pixel(view: PictureView) -> None:
    image = view.canvas.image
    view.canvas.wipe()
    assert not any(bytes(image.constBits()))
    assert view.canvas.image == QImage()
