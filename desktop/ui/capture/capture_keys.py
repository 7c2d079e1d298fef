"""The keys that ask for a capture from any program: the first begins a session at the gate."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.evidence.screens import Shortcut
from desktop.ui.capture.capture_flow import CaptureFlow
from desktop.ui.session import Session


class CaptureKeys(QObject):
    """Listens while the log is open; `start` begins a session for what the window shows."""

    _pressed = Signal()

    def __init__(
        self,
        session: Session,
        shortcut: Shortcut | None,
        flow: CaptureFlow,
        start: Callable[[], None],
        window: QWidget,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._shortcut = shortcut
        self._flow = flow
        self._start = start
        self._window = window
        # Pressed is told on the thread that listens.
        self._pressed.connect(self._on_pressed, Qt.ConnectionType.QueuedConnection)
        session.about_to_lock.connect(self._on_about_to_lock)
        if shortcut is not None and shortcut.start(self._pressed.emit):
            flow.screen.set_keys(shortcut.keys)

    @Slot()
    def _on_pressed(self) -> None:
        if not self._session.is_open or self._flow.take_next():
            return
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.activateWindow()
        if QApplication.activeModalWidget() is None:
            self._start()

    @Slot()
    def _on_about_to_lock(self) -> None:
        if self._shortcut is not None:
            self._shortcut.stop()
