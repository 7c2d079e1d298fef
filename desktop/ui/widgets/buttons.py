"""Buttons by name and words; what they say aloud is their words, without marks for keys."""

from PySide6.QtWidgets import QPushButton, QWidget


def plain_button(name: str, text: str, parent: QWidget, said: str = "") -> QPushButton:
    """Return a button that Enter presses only where it has the focus; `said` is read aloud."""
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setAccessibleName(said or text.replace("&", "").replace("…", ""))
    button.setAutoDefault(False)
    return button
