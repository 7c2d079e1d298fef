"""What may vanish first: the first of it in one row, all of it once the row is opened."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.identifiers import IncidentId
from desktop.domain.vanishing import Vanishing
from desktop.operations.show_vanishing import show_vanishing
from desktop.ui.row_button import RowButton
from desktop.ui.session import Session
from desktop.ui.widgets.words import body, label, secondary, strong

TITLE = "What may vanish first"
NAMED = 3
OWN = "our own experience, not documented"


class VanishingHint(QWidget):
    """Reads what is known of the incident, and says what to keep before it is gone."""

    def __init__(self, session: Session, incident_id: IncidentId | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = RowButton(self)
        self.button.setObjectName("vanishingButton")
        self._arrow_label = label("▸", "secondary", self.button, wrap=False)
        self._title_label = body(TITLE, self.button)
        self.button.row.addWidget(self._arrow_label)
        self.button.row.addWidget(self._title_label, 1)
        self.button.let_clicks_through()
        self.button.clicked.connect(self._on_clicked)
        self.list = QWidget(self)
        self._column = QVBoxLayout(self.list)
        self._column.setContentsMargins(12, 0, 12, 8)
        self._column.setSpacing(2)
        self.list.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.button)
        outer.addWidget(self.list)
        self.hide()
        session.run(self, partial(show_vanishing, incident_id=incident_id), self._show)

    def _show(self, found: tuple[Vanishing, ...]) -> None:
        words = f"{TITLE}: {'; '.join(one.short for one in found[:NAMED])}"
        self._title_label.setText(words)
        self.button.setAccessibleName(words)
        for one in found:
            self._column.addSpacing(6)
            self._column.addWidget(strong(f"{one.what}: {one.lasts}", self.list))
            self._column.addWidget(body(one.to_do, self.list))
            self._column.addWidget(secondary(source_of(one), self.list))
        self.setVisible(bool(found))

    @Slot()
    def _on_clicked(self) -> None:
        opened = self.button.isChecked()
        self._arrow_label.setText("▾" if opened else "▸")
        self.list.setVisible(opened)


def source_of(one: Vanishing) -> str:
    """Say on what it rests: a source, or nothing but experience."""
    reference = OWN if one.source.reference == "own" else one.source.reference
    return f"Source: {reference}" + (f". {one.source.note}" if one.source.note else "")
