"""What the panels of an incident share: a line of buttons, rows that scroll, when to reload."""

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.changes import Changes, Topic
from desktop.domain.identifiers import IncidentId
from desktop.ui.pace import Pace
from desktop.ui.session import Session
from desktop.ui.when_seen import WhenSeen
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.flow_layout import FlowLayout
from desktop.ui.widgets.scroll import AFTER_LAYOUT_MS, Scroll


class Panel(QWidget):
    """Shows one incident; reloads when one of its topics changed, once it can be seen."""

    def __init__(self, session: Session, parent: QWidget | None, *topics: Topic) -> None:
        super().__init__(parent)
        self.session = session
        self.incident_id: IncidentId | None = None
        self._topics = topics
        self._when_seen = WhenSeen(self, self.reload, due=False)
        self.banner = Banner(self)
        self.bar = QWidget(self)
        self.bar_layout = FlowLayout(self.bar, spacing=8)
        self.rows = QVBoxLayout()
        self._pace = Pace(session, self, self._when_seen.ask)
        self._build_frame()
        session.changed.connect(self._on_changed)
        session.locked.connect(self._on_locked)

    def _build_frame(self) -> None:
        self.rows_scroll = Scroll(self)
        column = self.rows_scroll.inner.column
        column.setContentsMargins(0, 0, 8, 16)
        column.setSpacing(0)
        column.addLayout(self.rows)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 10, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.bar)
        outer.addWidget(self.banner)
        outer.addWidget(self.rows_scroll, 1)

    def add_panel_button(self, name: str, text: str) -> QPushButton:
        """Add a button to the line at the top."""
        button = QPushButton(text, self.bar)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("…", ""))
        self.bar_layout.addWidget(button)
        return button

    def show_incident(self, incident_id: IncidentId | None) -> None:
        """Show another incident."""
        if incident_id != self.incident_id:
            self.start_rows()
            self.banner.clear()
        self.incident_id = incident_id
        self._when_seen.ask()

    def reload(self) -> None:
        """Read again what is shown."""
        raise NotImplementedError

    def start_rows(self) -> None:
        """Take all rows away."""
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def renew_rows(self) -> None:
        """Take all rows away to make them anew; the keyboard comes back to where it was.

        Else Qt would leave it at some button far from here, also behind a form that was just kept.
        """
        holder: QWidget | None = self.window().focusWidget()
        mates = self._named(holder.objectName()) if holder is not None else []
        if holder in mates:
            name, number = holder.objectName(), mates.index(holder)
            QTimer.singleShot(AFTER_LAYOUT_MS, self, partial(self._give_back, name, number))
        self.start_rows()

    def _named(self, name: str) -> list[QWidget]:
        found = self.rows_scroll.findChildren(QWidget, name)
        return [one for one in found if one.isVisible()]

    def _give_back(self, name: str, number: int) -> None:
        found = self._named(name) or self.bar.findChildren(QPushButton)
        if found:
            found[min(number, len(found) - 1)].setFocus()

    def add_row(self, widget: QWidget) -> None:
        """Add a row below the others."""
        self.rows.addWidget(widget)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.incident_id and changes.touch(self.incident_id, *self._topics):
            self._pace.ask()

    def forget(self) -> None:
        """Drop what must not outlive the lock; panels that keep more than rows say what."""

    # A slot that is overridden is still called by PySide6 6.11 once its widget is gone: hence the
    # plain method above.
    @Slot()
    def _on_locked(self) -> None:
        self.forget()
        self.incident_id = None
        self.start_rows()
        self.banner.clear()
