"""A person at the desk: finds controls by name and works them by mouse, or by keyboard alone."""

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from tests.patience import PATIENCE, let_go

T = TypeVar("T")
TABS = 400
MADE_ANEW = 5
ASK_AGAIN = 0.5


class Hands(QObject):
    """Works the windows of this program; `by_mouse` False touches the keyboard only."""

    def __init__(self, *, by_mouse: bool) -> None:
        super().__init__()
        self.by_mouse = by_mouse
        self.pressed = 0

    def wait(self, what: str, ready: Callable[[], T | None]) -> T:
        """Let the program go on until something is there; fails in words after 20 s."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            QApplication.processEvents()
            found = ready()
            if found:
                return found
            let_go(10)
        raise AssertionError(f"waited in vain for: {what}; on screen: {self.on_screen()}")

    def on_screen(self) -> str:
        """Say what controls are to be seen, for the message of a failed wait."""
        names = []
        for window in self._windows():
            names.append(f"[{window.objectName() or type(window).__name__}]")
            names += [
                widget.objectName()
                for widget in window.findChildren(QWidget)
                if widget.isVisible() and widget.objectName() and _is_control(widget)
            ]
        return " ".join(names)

    def find(self, name: str, inside: QWidget | None = None) -> QWidget:
        """Return the control of this name that can be seen and used."""
        return self.wait(name, lambda: self._look_for(name, inside))

    def sees(self, name: str) -> bool:
        """Whether a control of this name can be seen and used now."""
        QApplication.processEvents()
        return self._look_for(name, None) is not None

    def press(self, name: str, inside: QWidget | None = None) -> None:
        """Press a button, by click or by Tab and Space."""
        self.pressed += 1
        if self.by_mouse:
            self._click(name, inside)
        else:
            QTest.keyClick(self._reach(name, inside), Qt.Key.Key_Space)
        QApplication.processEvents()

    def write(self, name: str, text: str, inside: QWidget | None = None) -> None:
        """Put the caret into a field and type; what stood there is replaced."""
        widget = self._click(name, inside) if self.by_mouse else self._reach(name, inside)
        target = QApplication.focusWidget() or widget
        QTest.keySequence(target, QKeySequence.StandardKey.SelectAll)
        QTest.keyClicks(target, text)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type where the caret is."""
        QTest.keyClicks(self.focus(), text)
        QApplication.processEvents()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the caret is."""
        self._come_to(QApplication.activeModalWidget() or self._windows()[-1])
        target = QApplication.focusWidget() or self._windows()[-1]
        QTest.keyClick(target, key, held or Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()

    def choose(self, name: str, text: str, inside: QWidget | None = None) -> None:
        """Choose a line of a list box by its text, with the keyboard (as most people do)."""
        box = self.find(name, inside)
        assert isinstance(box, QComboBox)
        if self.by_mouse:
            self._scroll_to(box)
            box.setFocus()
        else:
            self.tab_to(box)
        wanted = box.findText(text, Qt.MatchFlag.MatchStartsWith)
        assert wanted >= 0, f"{name} offers no {text!r}"
        while box.currentIndex() != wanted:
            down = box.currentIndex() < wanted
            QTest.keyClick(box, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        QApplication.processEvents()

    def pick(self, name: str, entry: str, inside: QWidget | None = None) -> None:
        """Unfold a menu by its button, and choose the entry of this name from it."""
        self.press(name, inside)
        menu = self.wait(f"the menu of {name}", _open_menu)
        (wanted,) = [one for one in menu.actions() if one.objectName() == entry]
        if self.by_mouse:
            spot = menu.actionGeometry(wanted).center()
            QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=spot)
        else:
            while menu.activeAction() is not wanted:
                QTest.keyClick(menu, Qt.Key.Key_Down)
            QTest.keyClick(menu, Qt.Key.Key_Return)
        QApplication.processEvents()

    def reads(self, words: str) -> QWidget:
        """Wait until these words can be read somewhere."""
        return self.wait(f"the words {words!r}", lambda: self._label_with(words))

    def _click(self, name: str, inside: QWidget | None) -> QWidget:
        widget = self.find(name, inside)
        self._come_to(widget)
        self._scroll_to(widget)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=_spot(widget))
        return widget

    def _reach(self, name: str, inside: QWidget | None) -> QWidget:
        """Come to a control by Tab; one that the page makes anew meanwhile is looked for again."""
        for _ in range(MADE_ANEW):
            widget = self.find(name, inside)
            try:
                self.tab_to(widget)
            except RuntimeError:
                if isValid(widget):
                    raise
            else:
                return widget
        raise AssertionError(f"{name} does not stay")

    def tab_to(self, widget: QWidget) -> None:
        """Press Tab until the control has the focus: everything can be reached like that."""
        self._come_to(widget)
        window = widget.window()
        passed: list[str] = []
        for _ in range(TABS):
            focus = QApplication.focusWidget()
            passed.append(focus.objectName() or type(focus).__name__ if focus else "nothing")
            if focus is widget or (focus and widget.focusProxy() is focus):
                return
            if focus and widget.isAncestorOf(focus):
                return
            if focus in _group_of(widget):
                self._arrow_to(widget)
                return
            QTest.keyClick(focus or window, Qt.Key.Key_Tab)
            QApplication.processEvents()
        raise AssertionError(f"{widget.objectName()} is not reached by Tab: {passed[-60:]}")

    def _come_to(self, widget: QWidget) -> None:
        """Wait until its window has the keyboard, as a person does before typing."""
        window = widget.window()
        asked = 0.0

        def is_active() -> bool:
            nonlocal asked
            if not window.isActiveWindow() and time.monotonic() > asked + ASK_AGAIN:
                # The window manager may not hear of a window that is just being shown again.
                asked = time.monotonic()
                window.activateWindow()
            return window.isActiveWindow()

        self.wait("the window to be active", is_active)

    def _arrow_to(self, widget: QWidget) -> None:
        """Move within a group of which one is chosen: Tab enters it, arrow keys go on."""
        members: list[QWidget] = [*_group_of(widget)]
        for _ in members:
            focus = self.focus()
            if focus is widget or not isinstance(focus, QAbstractButton):
                break
            on = members.index(focus) < members.index(widget)
            across = focus.geometry().top() == widget.geometry().top()
            keys = (
                (Qt.Key.Key_Left, Qt.Key.Key_Right) if across else (Qt.Key.Key_Up, Qt.Key.Key_Down)
            )
            QTest.keyClick(focus, keys[on])
            QApplication.processEvents()
        assert self.focus() is widget, f"{widget.objectName()} is not reached by arrow keys"

    def focus(self) -> QWidget:
        """Return the control that has the caret."""
        return self.wait("a caret", QApplication.focusWidget)

    def _windows(self) -> list[QWidget]:
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        modal = QApplication.activeModalWidget()
        return [one for one in shown if one is not modal] + ([modal] if modal else [])

    def _look_for(self, name: str, inside: QWidget | None) -> QWidget | None:
        modal = QApplication.activeModalWidget()
        roots = [inside] if inside else [modal] if modal else self._windows()
        for root in roots:
            found = [root] if root.objectName() == name else root.findChildren(QWidget, name)
            for widget in found:
                if widget.isVisible() and widget.isEnabled():
                    return widget
        return None

    def _label_with(self, words: str) -> QWidget | None:
        for window in self._windows():
            for widget in window.findChildren(QWidget):
                said = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
                if widget.isVisible() and words in _as_read(said):
                    return widget
        return None

    def _scroll_to(self, widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()
        QApplication.processEvents()


def _as_read(said: str) -> str:
    return said.replace("&", "").replace("\u200b", "")


def _open_menu() -> QMenu | None:
    menu = QApplication.activePopupWidget()
    return menu if isinstance(menu, QMenu) and menu.actions() else None


def _group_of(widget: QWidget) -> list[QAbstractButton]:
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group.buttons() if group and group.exclusive() else []


def _is_control(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def _spot(widget: QWidget) -> QPoint:
    if isinstance(widget, QAbstractButton) and widget.width() > 3 * widget.height():
        return QPoint(widget.height() // 2, widget.height() // 2)
    return widget.rect().center()
