"""The numbers that the organisation entered for a recipient, beside the record of a contact."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.calendar.times import say_date
from desktop.domain.contacts import Recipient
from desktop.operations.organisation.show_own_copy import ContactLine, list_contacts
from desktop.ui.session import Session
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.words import secondary

# The same for everybody: nobody here has to check them.
_EVERYWHERE = frozenset({"999", "101"})


class KnownNumbers(QWidget):
    """One line for each number; `used` carries the one that was taken over."""

    used = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._known: Sequence[ContactLine] = ()
        self._recipient: Recipient | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        session.run(self, list_contacts, self._on_read)

    def show_recipient(self, recipient: Recipient) -> None:
        """Show the numbers of this recipient."""
        self._recipient = recipient
        self._empty()
        found = [one for one in self._known if one.contact.recipient is recipient and one.address]
        for number, line in enumerate(found, 1):
            self._column.addWidget(self._row(number, line))

    def _on_read(self, known: Sequence[ContactLine]) -> None:
        self._known = known
        if self._recipient is not None:
            self.show_recipient(self._recipient)

    def _row(self, number: int, line: ContactLine) -> QWidget:
        row = QWidget(self)
        flow = QHBoxLayout(row)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(8)
        flow.addWidget(secondary(_say(line), row), 1)
        said = f"Use {line.address}"
        button = plain_button(f"useNumber{number}Button", "Use it", row, said)
        button.clicked.connect(partial(self._on_clicked, line.address))
        flow.addWidget(button)
        return row

    def _on_clicked(self, address: str) -> None:
        self.used.emit(address)

    def _empty(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _say(line: ContactLine) -> str:
    """Say a number with what to know of it, and whether somebody checked it."""
    contact = line.contact
    hours = f"; out of hours {contact.out_of_hours}" if contact.out_of_hours else ""
    checked = f" Checked {say_date(contact.checked)}." if contact.checked else " Not checked yet."
    if line.address in _EVERYWHERE:
        checked = ""
    note = f" {contact.note}" if contact.note else ""
    return f"{contact.label}: {line.address}{hours}.{checked}{note}"
