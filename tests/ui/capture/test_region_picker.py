"""A part of the screen is chosen by mouse or by keyboard, at true pixels."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.capture.region_picker import STEP, RegionPicker
from desktop.ui.capture.screen_grab import Shot

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def a_shot(ratio: int = 1) -> Shot:
    image = QImage(400 * ratio, 300 * ratio, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x in range(100 * ratio, 200 * ratio):
        for y in range(50 * ratio, 100 * ratio):
            image.setPixelColor(x, y, QColor("red"))
    return Shot("screen", image, QRect(0, 0, 400, 300), ratio)


@pytest.fixture
def picker(qtbot: QtBot) -> RegionPicker:
    return make(qtbot, a_shot())


def make(qtbot: QtBot, shot: Shot) -> RegionPicker:
    picker = RegionPicker(shot)
    picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(picker)
    picker.begin()
    return picker


@pytest.mark.parametrize("ratio", [1, 2])
def test_drag_takes_the_true_pixels(qtbot: QtBot, ratio: int) -> None:
    picker = make(qtbot, a_shot(ratio))
    QTest.mousePress(picker, Qt.MouseButton.LeftButton, pos=QPoint(100, 50))
    QTest.mouseMove(picker, QPoint(150, 80))
    with qtbot.waitSignal(picker.picked) as taken:
        QTest.mouseRelease(picker, Qt.MouseButton.LeftButton, pos=QPoint(199, 99))
    assert taken.args
    image = taken.args[0]
    assert (image.width(), image.height()) == (100 * ratio, 50 * ratio)
    assert image.pixelColor(0, 0) == QColor("red")
    assert image.pixelColor(image.width() - 1, image.height() - 1) == QColor("red")
    assert not picker.isVisible()


def test_arrow_keys_move_and_enter_takes(qtbot: QtBot, picker: RegionPicker) -> None:
    before = QRect(picker.chosen)
    QTest.keyClick(picker, Qt.Key.Key_Right)
    assert picker.chosen == before.translated(STEP, 0)
    QTest.keyClick(picker, Qt.Key.Key_Up, CONTROL)
    assert picker.chosen == before.translated(STEP, -1)
    QTest.keyClick(picker, Qt.Key.Key_Left, SHIFT)
    assert picker.chosen.width() == before.width() - STEP
    QTest.keyClick(picker, Qt.Key.Key_Down, SHIFT | CONTROL)
    assert picker.chosen.height() == before.height() + 1
    with qtbot.waitSignal(picker.picked) as taken:
        QTest.keyClick(picker, Qt.Key.Key_Return)
    assert taken.args
    image = taken.args[0]
    assert (image.width(), image.height()) == (before.width() - STEP, before.height() + 1)


def test_the_frame_stays_on_the_screen(qtbot: QtBot, picker: RegionPicker) -> None:
    for _ in range(60):
        QTest.keyClick(picker, Qt.Key.Key_Left)
        QTest.keyClick(picker, Qt.Key.Key_Up)
    assert picker.chosen.topLeft() == QPoint(0, 0)
    for _ in range(60):
        QTest.keyClick(picker, Qt.Key.Key_Right, SHIFT)
        QTest.keyClick(picker, Qt.Key.Key_Down, SHIFT)
    assert picker.chosen == QRect(0, 0, 400, 300)


def test_escape_takes_nothing(qtbot: QtBot, picker: RegionPicker) -> None:
    taken: list[QImage] = []
    picker.picked.connect(taken.append)
    with qtbot.waitSignal(picker.left):
        QTest.keyClick(picker, Qt.Key.Key_Escape)
    assert taken == []
    assert not picker.isVisible()


def test_a_click_only_moves_the_frame(qtbot: QtBot, picker: RegionPicker) -> None:
    taken: list[QImage] = []
    picker.picked.connect(taken.append)
    QTest.mouseClick(picker, Qt.MouseButton.LeftButton, pos=QPoint(390, 290))
    assert taken == []
    assert picker.chosen.right() == 399
    QTest.mouseClick(picker, Qt.MouseButton.RightButton, pos=QPoint(10, 10))
    assert picker.chosen.right() == 399


def test_other_keys_do_nothing_and_nothing_is_taken_twice(
    qtbot: QtBot, picker: RegionPicker
) -> None:
    taken: list[QImage] = []
    picker.picked.connect(taken.append)
    QTest.keyClick(picker, Qt.Key.Key_A)
    picker.take()
    picker.take()
    assert len(taken) == 1


def test_it_is_painted_with_the_help_where_the_frame_is_not(
    qtbot: QtBot, picker: RegionPicker
) -> None:
    inside = picker.chosen.center()
    assert picker.grab().toImage().pixelColor(inside) == QColor("white")
    assert picker.grab().toImage().pixelColor(2, 150) != QColor("white")
    assert "arrow keys" in picker.accessibleDescription()
