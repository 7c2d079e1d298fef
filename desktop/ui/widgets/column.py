"""A column of widgets that is filled anew."""

from PySide6.QtWidgets import QVBoxLayout


def empty(column: QVBoxLayout) -> None:
    """Take every widget out of a column, and let it go."""
    while (taken := column.takeAt(0)) is not None:
        widget = taken.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
