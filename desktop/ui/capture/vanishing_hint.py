"""What may vanish first: the first of it in one row, all of it once the row is opened."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.vanishing import Vanishing
from desktop.operations.steps.show_vanishing import show_vanishing
from desktop.ui.fold import Fold
from desktop.ui.session import Session
from desktop.ui.widgets.words import body, secondary, strong

TITLE = "What may vanish first"
NAMED = 3
OWN = "our own experience, not documented"


class VanishingHint(Fold):
    """Reads what is known of the incident, and says what to keep before it is gone."""

    def __init__(self, session: Session, incident_id: IncidentId | None, parent: QWidget) -> None:
        super().__init__("vanishingButton", TITLE, parent)
        self.hide()
        session.run(self, partial(show_vanishing, incident_id=incident_id), self._show)

    def _show(self, found: tuple[Vanishing, ...]) -> None:
        self.set_words(f"{TITLE}: {'; '.join(one.short for one in found[:NAMED])}")
        for one in found:
            self.column.addSpacing(6)
            self.column.addWidget(strong(f"{one.what}: {one.lasts}", self.list))
            self.column.addWidget(body(one.to_do, self.list))
            self.column.addWidget(secondary(source_of(one), self.list))
        self.setVisible(bool(found))


def source_of(one: Vanishing) -> str:
    """Say on what it rests: a source, or nothing but experience."""
    reference = OWN if one.source.reference == "own" else one.source.reference
    return f"Source: {reference}" + (f". {one.source.note}" if one.source.note else "")
