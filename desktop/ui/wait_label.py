"""Counts down in words until the next attempt is taken."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.ui.widgets.words import label

_EVERY_MS = 1000
_MINUTE = 60


class WaitLabel(QWidget):
    """Hidden while there is nothing to wait for; says so once when the wait is over."""

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left = 0
        self._label: QLabel = label("", "strong", self)
        self._label.setObjectName("waitLabel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._label)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._on_second)
        self.hide()

    @property
    def is_waiting(self) -> bool:
        """Whether the next attempt is not taken yet."""
        return self._left > 0

    @property
    def text(self) -> str:
        """What it says now."""
        return self._label.text()

    def start(self, seconds: int) -> None:
        """Count down from so many seconds."""
        self._left = max(seconds, 1)
        self._say()
        self.show()
        self._timer.start()

    def stop(self) -> None:
        """Count no further, and say nothing."""
        self._left = 0
        self._timer.stop()
        self.hide()

    @Slot()
    def _on_second(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._say()
            return
        self._timer.stop()
        self._label.setText("You can try again now.")
        self.ended.emit()

    def _say(self) -> None:
        self._label.setText(
            f"That was wrong several times. Wait {say_seconds(self._left)}, then try again."
        )


def say_seconds(seconds: int) -> str:
    """Write a number of seconds as people say it: 1 minute 5 seconds."""
    minutes, rest = divmod(seconds, _MINUTE)
    parts = [(minutes, "minute"), (rest, "second")]
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count)
