"""Finds text that is cut off and controls that lie on one another, in whatever is shown."""

import re
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QLineEdit, QWidget

_SLACK = 2
_SCREEN = (1280, 800)
_MARKUP = re.compile(r"<[a-z/!]", re.IGNORECASE)


def problems(root: QWidget) -> list[str]:
    """Return what a person would see as cut off or overlapping, one line each."""
    shown = [one for one in root.findChildren(QWidget) if one.isVisible() and _has_area(one)]
    found = [_cut_off(one) for one in shown]
    return [line for line in [_too_large(root), *found] if line] + list(_overlapping(root, shown))


def _too_large(root: QWidget) -> str:
    """Say whether the window is larger than the screen: its buttons would be out of reach."""
    wide, high = _size(root.window())
    if wide <= _SCREEN[0] and high <= _SCREEN[1]:
        return ""
    return f"larger than the screen: {(wide, high)}, the smallest promised one has {_SCREEN}"


def _has_area(widget: QWidget) -> bool:
    return widget.width() > 0 and widget.height() > 0


def _cut_off(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
        return _cut_off_label(widget)
    if isinstance(widget, QAbstractButton) and widget.text():
        needed = widget.minimumSizeHint().expandedTo(widget.sizeHint())
        if widget.width() + _SLACK < needed.width() or widget.height() + _SLACK < needed.height():
            return f"cut off: {_say(widget)} has {_size(widget)}, needs {needed.toTuple()}"
    return ""


def _cut_off_label(label: QLabel) -> str:
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if label.height() + _SLACK < needed:
            return f"cut off: {_say(label)} is {label.height()} high, needs {needed}"
        return ""
    if not _MARKUP.search(label.text()) and label.width() + _SLACK < label.sizeHint().width():
        return f"cut off: {_say(label)} is {label.width()} wide, needs {label.sizeHint().width()}"
    return ""


def _overlapping(root: QWidget, shown: list[QWidget]) -> Iterator[str]:
    """Compare what can be read or pressed: labels, buttons, fields; no frame, no parent."""
    leaves = [
        one
        for one in shown
        if isinstance(one, QLabel | QAbstractButton | QLineEdit)
        and one.window() is root.window()
        and not one.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    ]
    places = [(one, _place(one, root)) for one in leaves]
    for (one, here), (other, there) in combinations(places, 2):
        common = here.intersected(there)
        if common.width() <= _SLACK or common.height() <= _SLACK:
            continue
        if not (one.isAncestorOf(other) or other.isAncestorOf(one)):
            yield f"overlapping: {_say(one)} and {_say(other)}"


def _place(widget: QWidget, root: QWidget) -> QRect:
    """Return where a widget can be seen in the root: no more than its scroll areas show."""
    place = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not root:
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            place &= QRect(above.mapTo(root, QPoint(0, 0)), above.size())
        above = above.parentWidget()
    return place


def _size(widget: QWidget) -> tuple[int, int]:
    return widget.width(), widget.height()


def _say(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__} {widget.objectName()} “{text[:50]}”"
