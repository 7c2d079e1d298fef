"""Copies words of the log for one minute, then empties the clipboard if it still holds them."""

import sys

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from desktop.ui.session import Session

KEPT_SECONDS = 60
_EVERY_MS = 1000
# What asks a clipboard history to leave this out: Windows (by Qt's way of naming its formats) and
# the clipboard of KDE. A history that does not ask keeps it all the same (packaging/RELEASING.md).
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_WINDOWS_NAMES = (
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
)
_NO = bytes(4)


class ClipboardMinute(QObject):
    """Counts down the minute of what was copied last; it outlives the window that copied.

    `ticked` carries the seconds that are left, 0 when the clipboard was emptied or taken over.
    """

    ticked = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._text = ""
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.count_down)
        session.about_to_lock.connect(self.wipe)

    @property
    def left(self) -> int:
        """How many seconds are left of what was copied here; 0 where nothing waits."""
        return self._left

    def is_ours(self, text: str) -> bool:
        """Say whether this is what was copied here and waits to be wiped.

        A clipboard manager may hand it on with other line ends, or without the last one.
        """
        return bool(self._text) and text.split() == self._text.split()

    def copy(self, text: str) -> None:
        """Put words on the clipboard; the minute begins anew."""
        self._text = text
        data = QMimeData()
        data.setText(text)
        for name, value in not_for_history(sys.platform):
            data.setData(name, value)
        QGuiApplication.clipboard().setMimeData(data)
        self._left = KEPT_SECONDS
        self._timer.start()
        self.ticked.emit(self._left)

    @Slot()
    def count_down(self) -> None:
        """Count one second; at the end, or once something else was copied, it is over."""
        if not self.is_ours(QGuiApplication.clipboard().text()):
            self._stop()
        elif self._left > 1:
            self._left -= 1
            self.ticked.emit(self._left)
        else:
            self.wipe()

    @Slot()
    def wipe(self) -> None:
        """Empty the clipboard now, unless it holds something else by now."""
        clipboard = QGuiApplication.clipboard()
        if self.is_ours(clipboard.text()):
            clipboard.clear()
        self._stop()

    def _stop(self) -> None:
        self._timer.stop()
        self._text = ""
        if self._left:
            self._left = 0
            self.ticked.emit(0)


def clipboard_minute(session: Session) -> ClipboardMinute:
    """Return the one minute of this session."""
    found = session.findChild(ClipboardMinute)
    return found if found is not None else ClipboardMinute(session)


def not_for_history(platform: str) -> tuple[tuple[str, bytes], ...]:
    """Return what to lay beside the words, so that a clipboard history leaves them out."""
    if platform == "win32":
        return tuple((_WINDOWS.format(name), _NO) for name in _WINDOWS_NAMES)
    return (("x-kde-passwordManagerHint", b"secret"),) if platform == "linux" else ()
