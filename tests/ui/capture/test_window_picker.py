"""One window is chosen by a click, or with the arrow keys and Enter; the topmost counts."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.screens import Frame
from desktop.ui.capture.screen_grab import Shot
from desktop.ui.capture.window_picker import WindowPicker

ABOVE = Frame("Board", "Browser", 100, 50, 100, 100)
BELOW = Frame("Letter", "Editor", 0, 0, 300, 200)


def a_shot(ratio: int = 1) -> Shot:
    image = QImage(400 * ratio, 300 * ratio, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    return Shot("screen", image, QRect(0, 0, 400, 300), ratio)


@pytest.fixture
def picker(qtbot: QtBot) -> WindowPicker:
    shot = a_shot()
    picker = WindowPicker(shot, shot.frames_on((ABOVE, BELOW)))
    picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(picker)
    picker.begin()
    return picker


@pytest.mark.parametrize(("point", "frame"), [(QPoint(150, 100), ABOVE), (QPoint(20, 20), BELOW)])
def test_a_click_takes_the_topmost_under_it(
    qtbot: QtBot, picker: WindowPicker, point: QPoint, frame: Frame
) -> None:
    with qtbot.waitSignal(picker.picked):
        QTest.mouseClick(picker, Qt.MouseButton.LeftButton, pos=point)
    assert picker.frame is frame


def test_a_click_beside_all_windows_takes_nothing(picker: WindowPicker) -> None:
    taken: list[QImage] = []
    picker.picked.connect(taken.append)
    QTest.mouseClick(picker, Qt.MouseButton.LeftButton, pos=QPoint(390, 290))
    QTest.mouseClick(picker, Qt.MouseButton.RightButton, pos=QPoint(20, 20))
    assert taken == []


def test_keys_go_from_window_to_window(qtbot: QtBot, picker: WindowPicker) -> None:
    assert picker.frame is ABOVE
    QTest.keyClick(picker, Qt.Key.Key_Right)
    assert picker.frame is BELOW
    assert "Letter" in picker.accessibleName()
    QTest.keyClick(picker, Qt.Key.Key_Tab)
    assert picker.frame is ABOVE
    QTest.keyClick(picker, Qt.Key.Key_Left)
    assert picker.frame is BELOW
    with qtbot.waitSignal(picker.picked):
        QTest.keyClick(picker, Qt.Key.Key_Return)


def move(picker: WindowPicker, point: QPoint) -> None:
    """Move the pointer at once: QTest leaves it to the screen when the window hears of it."""
    none = Qt.MouseButton.NoButton
    place, on_screen = QPointF(point), QPointF(picker.mapToGlobal(point))
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, on_screen, none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(picker, event)


def test_the_pointer_frames_what_is_under_it(picker: WindowPicker) -> None:
    move(picker, QPoint(20, 20))
    assert picker.chosen == QRect(0, 0, 300, 200)
    move(picker, QPoint(150, 100))
    assert picker.chosen == QRect(100, 50, 100, 100)


def test_escape_takes_nothing(qtbot: QtBot, picker: WindowPicker) -> None:
    with qtbot.waitSignal(picker.left):
        QTest.keyClick(picker, Qt.Key.Key_Escape)


def test_frames_are_in_units_of_the_screen_and_end_at_its_edge() -> None:
    shot = a_shot(2)
    beyond = Frame("Far", "", 700, 500, 400, 400)
    outside = Frame("Off", "", 900, 0, 50, 50)
    found = shot.frames_on((beyond, outside))
    assert found == [(QRect(350, 250, 50, 50), beyond)]
    assert (shot.window(beyond).width(), shot.window(beyond).height()) == (100, 100)
