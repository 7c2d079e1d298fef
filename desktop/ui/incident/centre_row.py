"""The organisation's centres as buttons below the field, so that one centre has one name."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes, Topic
from desktop.operations.organisation.show_own_copy import list_centres
from desktop.ui.session import Session
from desktop.ui.when_seen import WhenSeen
from desktop.ui.widgets.buttons import plain_button
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.roles import set_role


class CentreRow(QWidget):
    """`chosen` carries the name of a centre; nothing is shown where none was entered."""

    chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._when_seen = WhenSeen(self, self._read)
        self._names: tuple[str, ...] = ()
        self._flow = FlowLayout(self, spacing=8)
        session.changed.connect(self._on_changed)
        session.locked.connect(self.forget)

    def show_names(self, names: Sequence[str]) -> None:
        """Show a button for each."""
        if tuple(names) == self._names:
            return
        self.forget()
        self._names = tuple(names)
        for number, name in enumerate(names, 1):
            words = name.replace("&", "&&")
            button = plain_button(f"centre{number}Button", words, self, f"Centre: {name}")
            set_role(button, "tag")
            button.clicked.connect(partial(self._on_clicked, name))
            self._flow.addWidget(button)

    @Slot()
    def forget(self) -> None:
        """Take all buttons away."""
        self._names = ()
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _on_clicked(self, name: str) -> None:
        self.chosen.emit(name)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(None, Topic.ORGANISATION):
            self._when_seen.ask()

    def _read(self) -> None:
        self._when_seen.note_read()
        self._session.run(self, list_centres, self.show_names)
