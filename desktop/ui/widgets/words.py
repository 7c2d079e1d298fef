"""Labels for words: titles, card titles, body, secondary text, quotes, lines between rows."""

import re
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from desktop.ui.widgets.roles import set_role


def label(text: str, role: str, parent: QWidget | None = None, *, wrap: bool = True) -> QLabel:
    """Return a label in this role; its text is always shown as it is, never as markup."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    set_role(made, role)
    return made


def plain_tip(text: str) -> str:
    """Return a text for a tool tip, which is shown as it is, never as markup.

    Qt takes whatever looks like a tag for markup, and markup opens files and shares by their name.
    """
    return f"<p>{escape(text)}</p>".replace("\n", "<br>") if "<" in text else text


def heading(text: str, parent: QWidget | None = None) -> QLabel:
    """Return a page title."""
    return label(text, "title", parent)


def card_heading(text: str, parent: QWidget | None = None) -> QLabel:
    """Return the title of a card."""
    return label(text, "card-title", parent)


def body(text: str, parent: QWidget | None = None) -> QLabel:
    """Return running text."""
    return label(text, "body", parent)


def strong(text: str, parent: QWidget | None = None) -> QLabel:
    """Return running text that stands out."""
    return label(text, "strong", parent)


def secondary(text: str, parent: QWidget | None = None) -> QLabel:
    """Return small quiet text."""
    return label(text, "secondary", parent)


def quote(text: str, parent: QWidget | None = None) -> QLabel:
    """Return words of a document, set apart."""
    return label(text, "quote", parent)


def field_label(text: str, buddy: QWidget, parent: QWidget | None = None) -> QLabel:
    """Return the label of a field; `&` marks its key, and the field gets its name from it."""
    made = label(text, "strong", parent)
    made.setBuddy(buddy)
    if not buddy.accessibleName():
        buddy.setAccessibleName(text.replace("&", ""))
    return made


def row_line(parent: QWidget | None = None) -> QFrame:
    """Return a thin line between two rows."""
    made = QFrame(parent)
    made.setFixedHeight(1)
    set_role(made, "row-line")
    return made


def breakable(text: str) -> str:
    """Let a long address or file name break into lines where it is shown."""
    return re.sub(r"(?<=[/?&=._-])", "\u200b", text)
