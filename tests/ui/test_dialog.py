"""Enter presses the button that has the focus, in every dialog; Tab goes as it is read."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop.ui.dialog import Dialog
from desktop.ui.widgets.buttons import plain_button


class Asking(Dialog):
    """A field, a button that keeps, one that does not; made in another order than they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.cancel, self.keep = (plain_button(one, one, self) for one in ("cancel", "keep"))
        self.edit = QLineEdit(self)
        self.keep.setDefault(True)
        self.pressed: list[str] = []
        column = QVBoxLayout(self)
        for each in (self.edit, self.keep, self.cancel):
            column.addWidget(each)
        for button in (self.keep, self.cancel):
            button.clicked.connect(lambda _on=False, one=button: self._note(one))

    def _note(self, button: QPushButton) -> None:
        self.pressed.append(button.text())


@pytest.fixture
def asking(qtbot: QtBot) -> Asking:
    dialog = Asking()
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_on_cancel_does_not_keep(asking: Asking, key: Qt.Key) -> None:
    asking.cancel.setFocus()
    QTest.keyClick(asking.cancel, key)
    assert asking.pressed == ["cancel"]


def test_enter_in_a_field_presses_what_keeps(asking: Asking) -> None:
    asking.edit.setFocus()
    QTest.keyClick(asking.edit, Qt.Key.Key_Return)
    assert asking.pressed == ["keep"]


def test_a_key_held_down_presses_once(asking: Asking) -> None:
    asking.cancel.setFocus()
    QTest.keyClick(asking.cancel, Qt.Key.Key_Return)
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        held = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, autorep=True)
        QApplication.sendEvent(asking.cancel, held)
    assert asking.pressed == ["cancel"]


def test_a_field_that_moves_the_focus_presses_nothing_else(asking: Asking) -> None:
    asking.keep.setDefault(False)
    asking.edit.returnPressed.connect(asking.cancel.setFocus)
    asking.edit.setFocus()
    QTest.keyClick(asking.edit, Qt.Key.Key_Return)
    assert asking.cancel.hasFocus()
    assert asking.pressed == []


def test_enter_twice_does_not_cancel_what_is_under_way(asking: Asking) -> None:
    asking.keep.clicked.connect(lambda: asking.keep.setEnabled(False))
    asking.keep.setFocus()
    for _ in range(2):
        QTest.keyClick(asking.focusWidget(), Qt.Key.Key_Return)
    assert asking.pressed == ["keep"]
    asking.keep.setEnabled(True)
    assert asking.keep.hasFocus()


@pytest.mark.parametrize(("key", "comes"), [("Tab", "cancel"), ("Backtab", "edit")])
def test_tab_leaves_what_is_switched_off(asking: Asking, key: str, comes: str) -> None:
    asking.keep.clicked.connect(lambda: asking.keep.setEnabled(False))
    asking.keep.setFocus()
    QTest.keyClick(asking.keep, Qt.Key.Key_Return)
    assert asking.focusWidget() is asking.keep
    QTest.keyClick(asking.keep, Qt.Key[f"Key_{key}"])
    assert asking.focusWidget() is getattr(asking, comes)


def test_what_nobody_pressed_gives_way_when_it_is_switched_off(asking: Asking) -> None:
    asking.keep.setFocus()
    asking.keep.setEnabled(False)
    assert asking.focusWidget() is asking.cancel


def test_tab_goes_as_it_is_read(asking: Asking) -> None:
    asking.edit.setFocus()
    for expected in (asking.keep, asking.cancel, asking.edit):
        QTest.keyClick(asking.focusWidget(), Qt.Key.Key_Tab)
        assert expected.hasFocus()
