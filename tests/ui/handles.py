"""Finds a widget by its kind and name, as the tests of windows need it."""

from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

W = TypeVar("W", bound=QObject)


def find(parent: QObject, kind: type[W], name: str) -> W:
    """Return the one widget of this kind and name below another."""
    found = parent.findChild(kind, name)
    assert found is not None, f"there is no {kind.__name__} named {name}"
    return found


def click(parent: QWidget, name: str) -> None:
    """Press a button with the mouse."""
    button = find(parent, QPushButton, name)
    assert button.isVisible(), f"{name} cannot be seen"
    assert button.isEnabled(), f"{name} cannot be pressed"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
