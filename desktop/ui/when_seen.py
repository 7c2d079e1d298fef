"""Lets what is seen read at once what changed; what nobody sees waits until somebody looks."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class WhenSeen(QObject):
    """`due`: it has to read when it is shown first."""

    def __init__(self, widget: QWidget, read: Callable[[], None], *, due: bool = True) -> None:
        super().__init__(widget)
        self._widget = widget
        self._read = read
        self._due = due
        widget.installEventFilter(self)

    def ask(self) -> None:
        """Read now, or once it can be seen."""
        self._due = not self._widget.isVisible()
        if not self._due:
            self._read()

    def note_read(self) -> None:
        """Take it that everything was read: for whoever reads without asking here."""
        self._due = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Read what changed while nobody looked; never takes an event away."""
        if event.type() is QEvent.Type.Show and self._due:
            self._due = False
            self._read()
        return False
