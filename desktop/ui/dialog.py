"""The frame of every dialog: Tab goes as it is read, Enter presses the button with the focus."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from desktop.ui.tab_order import go_on

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterKey:
    """Presses the button that had the focus when Enter went down, and no other.

    A field that takes Enter may move the focus, and lets the key through to the window: what has
    the focus then was not meant. Nor is the neighbour of a button that is switched off while
    what it began is under way: whoever presses Enter twice would cancel. The focus waits there.
    """

    def __init__(self) -> None:
        self._meant: QWidget | None = None
        self._pressed: QWidget | None = None

    def note(self, window: QWidget, event: QEvent) -> None:
        """Look where the focus is before anything takes the key."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            focus, is_enter = window.focusWidget(), event.key() in ENTER_KEYS
            self._meant = focus if is_enter else None
            self._pressed = focus if is_enter or event.key() == Qt.Key.Key_Space else None

    def stays(self, window: QWidget) -> bool:
        """Say whether the focus waits on what was pressed and is switched off; Tab leaves it."""
        focus: QWidget | None = window.focusWidget()
        if focus is None or focus is not self._pressed:
            return False
        return focus.isVisible() and not focus.isEnabled()

    def presses(self, window: QWidget, event: QKeyEvent) -> bool:
        """Press it, once for each time the key goes down; say if there was one to press."""
        meant, self._meant = self._meant, None
        if event.key() not in ENTER_KEYS or not isinstance(meant, QPushButton):
            return False
        if meant is window.focusWidget() and not event.isAutoRepeat():
            meant.click()
        return True


class Dialog(QDialog):
    """A window in front of the window."""

    def __init__(
        self, parent: QWidget | None = None, kind: Qt.WindowType = Qt.WindowType.Widget
    ) -> None:
        super().__init__(parent, kind)
        self._enter_key = EnterKey()

    def event(self, event: QEvent) -> bool:
        """Know what Enter was meant for."""
        self._enter_key.note(self, event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press what has the focus: Qt would press the default button, on Cancel too."""
        if not self._enter_key.presses(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: N802
        """Go on as it is read."""
        return self._enter_key.stays(self) or go_on(self, following=following)
