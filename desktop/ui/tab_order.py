"""Lets Tab go through a window as it is read: along its layouts, whenever its parts were made."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLayout,
    QLayoutItem,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QWidget,
)
from shiboken6 import invalidate

from desktop.ui.widgets.flow_layout import FlowLayout


def go_on(root: QWidget, *, following: bool) -> bool:
    """Move the focus to the next stop in reading order, or back; round and round, no dead end.

    Qt's own focus chain follows the order in which widgets were made, and ours are made whenever
    their data arrives.
    """
    stops = list(tab_stops(root))
    if not stops:
        return False
    focus: QWidget | None = root.focusWidget()
    here = _position(stops, focus)
    if here is None:
        beside = _beside(root, stops, focus, following=following)
        target = beside or stops[0 if following else -1]
    else:
        target = stops[(here + (1 if following else -1)) % len(stops)]
    reason = Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason
    target.setFocus(reason)
    _bring_into_view(target)
    return True


def tab_stops(root: QWidget) -> Iterator[QWidget]:
    """Yield what Tab reaches, in the order in which it stands; of a group, what is chosen."""
    seen: set[int] = set()
    for widget in _stops(root):
        if not (widget.isVisible() and widget.isEnabled()):
            continue
        members = _group_of(widget)
        if members:
            chosen = next((one for one in members if one.isChecked()), widget)
            if id(chosen) in seen or any(id(one) in seen for one in members):
                continue
            seen.add(id(chosen))
            yield chosen
        else:
            yield widget


def _position(stops: list[QWidget], focus: QWidget | None) -> int | None:
    if focus is None:
        return None
    same = {id(one) for one in (focus, *_group_of(focus))}
    for place, stop in enumerate(stops):
        if id(stop) in same:
            return place
    around = [place for place, stop in enumerate(stops) if stop.isAncestorOf(focus)]
    return around[-1] if around else None


def _beside(
    root: QWidget, stops: list[QWidget], focus: QWidget | None, *, following: bool
) -> QWidget | None:
    """Return what stands beside something that is hidden or off: the first stop is far away."""
    if focus is None:
        return None
    known = {id(stop) for stop in stops}
    order = list(_stops(root))
    if not following:
        order.reverse()
    place = next((at for at, one in enumerate(order) if one is focus), len(order))
    after = [one for one in order[place:] if id(one) in known]
    around = focus.parentWidget()
    while around is not None:
        near = [stop for stop in stops if around.isAncestorOf(stop)]
        if near:
            return next((one for one in after if one in near), _nearest(around, near, focus))
        around = around.parentWidget()
    return None


def _nearest(around: QWidget, stops: list[QWidget], gone: QWidget) -> QWidget:
    """Return the stop that stands nearest to where something stood: the page must not jump."""

    def away(stop: QWidget) -> int:
        return (stop.mapTo(around, QPoint()) - gone.mapTo(around, QPoint())).manhattanLength()

    return min(stops, key=away)


def _group_of(widget: QWidget | None) -> list[QAbstractButton]:
    """Return the buttons of which one is chosen: arrow keys go among them."""
    if not isinstance(widget, QAbstractButton):
        return []
    group = widget.group()
    # The stub of PySide6 6.11 forgets that a button may have no group.
    if group is not None and group.exclusive():  # type: ignore[redundant-expr]
        return [one for one in group.buttons() if one.isVisible() and one.isEnabled()]
    return []


def _bring_into_view(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def _stops(widget: QWidget) -> Iterator[QWidget]:
    reached = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    if reached and widget.focusProxy() is None:
        yield widget
    yield from _inside(widget)


def _inside(widget: QWidget) -> Iterator[QWidget]:
    shown: QWidget | None = None
    if isinstance(widget, QScrollArea):
        shown = widget.widget()
    elif isinstance(widget, QStackedWidget | QTabWidget):
        shown = widget.currentWidget()
    elif isinstance(widget, QMainWindow):
        shown = widget.centralWidget()
    if shown is not None:
        yield from _stops(shown)
    elif widget.layout() is not None:
        yield from _stops_of(widget.layout())


def _stops_of(layout: QLayout | None) -> Iterator[QWidget]:
    for place in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(place) if layout is not None else None
        if item is None:
            continue
        widget, inside = item.widget(), item.layout()
        _let_go_of(item, layout)
        if widget is not None:
            yield from _stops(widget)
        elif inside is not None:
            yield from _stops_of(inside)


def _let_go_of(item: QLayoutItem, layout: QLayout | None) -> None:
    """Forget Python's handle of an item that belongs to Qt.

    WORKAROUND PySide6 6.11: Qt frees the item with its widget and Python is not told, so that
    whatever is made at its address later is taken for it. Our own layout keeps its items itself.
    """
    if not isinstance(item, QLayout) and not isinstance(layout, FlowLayout):
        invalidate(item)
