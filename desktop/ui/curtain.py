"""What happens to our windows at a lock: off the screen at once, pictures wiped, then gone."""

from collections.abc import Iterable, Iterator

from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

from desktop.ui.crash_window import CrashWindow


def hide_other_windows(window: QWidget) -> list[QWidget]:
    """Take every other window of ours off the screen now; returns them.

    They are hidden rather than closed: one that is closed may ask to stay, or open another.
    """
    QToolTip.hideText()
    others = [each for each in QApplication.topLevelWidgets() if _goes(each, window)]
    for each in others:
        each.hide()
    return others


def wipe_pictures(roots: Iterable[QWidget]) -> None:
    """Overwrite the pixels of everything that is shown as a picture."""
    for root in roots:
        for widget in _all_in(root):
            wipe = getattr(widget, "wipe", None)
            if callable(wipe):
                wipe()
    QPixmapCache.clear()


def drop(windows: Iterable[QWidget]) -> None:
    """Let go of windows that were hidden and that nobody closed since."""
    for each in windows:
        if isValid(each) and not each.isVisible():
            each.blockSignals(True)
            each.deleteLater()


def _goes(each: QWidget, window: QWidget) -> bool:
    return each is not window and each.isVisible() and not isinstance(each, CrashWindow)


def _all_in(root: QWidget) -> Iterator[QWidget]:
    yield root
    yield from root.findChildren(QWidget)
