"""How a dialog looks that says much and asks much: title, words that scroll, progress, buttons."""

from collections.abc import Iterable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from desktop.ui.widgets.scroll import Scroll

LETTERS_WIDE = 74
SCREEN_SHARE = 0.9


def size_tall(dialog: QDialog) -> None:
    """Make it as wide as its lines read well, and nearly as tall as the screen."""
    screen = QGuiApplication.primaryScreen().availableSize()
    wide = dialog.fontMetrics().averageCharWidth() * LETTERS_WIDE
    dialog.resize(
        min(wide, round(screen.width() * SCREEN_SHARE)), round(screen.height() * SCREEN_SHARE)
    )


def hidden_progress(words: str, dialog: QDialog, most: int = 100) -> QProgressBar:
    """Return a bar that is shown once the work is under way."""
    bar = QProgressBar(dialog)
    bar.setAccessibleName(words)
    bar.setRange(0, most)
    bar.setTextVisible(False)
    bar.hide()
    return bar


def arrange_tall(
    dialog: QDialog, heads: Iterable[QWidget], form: QWidget, feet: Iterable[QWidget]
) -> Scroll:
    """Put heads above and feet below; the form between them scrolls, also at 200 % text."""
    scroll = Scroll(dialog)
    scroll.inner.column.setContentsMargins(2, 2, 12, 2)
    scroll.inner.column.addWidget(form)
    scroll.inner.column.addStretch(1)
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(24, 20, 24, 20)
    outer.setSpacing(12)
    for widget in heads:
        outer.addWidget(widget)
    outer.addWidget(scroll, 1)
    for widget in feet:
        outer.addWidget(widget)
    return scroll
