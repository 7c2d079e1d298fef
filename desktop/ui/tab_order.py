"""Lets Tab go through a page as it is read: along its layouts, whenever its parts were made."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QStackedWidget, QWidget


def follow_reading_order(root: QWidget) -> None:
    """Chain everything that Tab reaches in the order in which it stands in the layouts."""
    before: QWidget | None = None
    for widget in _stops(root):
        if before is not None:
            QWidget.setTabOrder(before, widget)
        before = widget


def _stops(widget: QWidget) -> Iterator[QWidget]:
    reached = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    if reached and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield from _stops(inner)
    elif isinstance(widget, QStackedWidget):
        current = widget.currentWidget()
        if current is not None:
            yield from _stops(current)
    elif widget.layout() is not None:
        yield from _stops_of(widget.layout())


def _stops_of(layout: QLayout | None) -> Iterator[QWidget]:
    for place in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(place) if layout is not None else None
        if item is None:
            continue
        widget, inside = item.widget(), item.layout()
        if widget is not None:
            yield from _stops(widget)
        elif inside is not None:
            yield from _stops_of(inside)
