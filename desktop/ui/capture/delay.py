"""Counts down before a capture, so that a menu can be opened first."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

SECONDS = (0, 3, 10)
SECOND_MS = 1000


class Delay(QObject):
    """Tells each second that is left, then `over`; nothing comes after `stop`."""

    left = Signal(int)
    over = Signal()

    def __init__(self, parent: QObject, second_ms: int = SECOND_MS) -> None:
        super().__init__(parent)
        self._seconds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(second_ms)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_running(self) -> bool:
        """Whether it counts."""
        return self._timer.isActive()

    def start(self, seconds: int) -> None:
        """Count down from here; with no seconds it is over at once."""
        self.stop()
        self._seconds = seconds
        if not seconds:
            self.over.emit()
            return
        self.left.emit(seconds)
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self.left.emit(self._seconds)
            return
        self._timer.stop()
        self.over.emit()
