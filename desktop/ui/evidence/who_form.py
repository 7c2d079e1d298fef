"""The short form 'who can be seen or named here' of one item."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.ui.evidence.derivative_form import (
    OTHERS,
    OTHERS_HINT,
    OTHERS_LABEL,
    PEOPLE,
    ask_of_people,
)
from desktop.ui.form_dialog import FormDialog
from desktop.ui.session import Session

HINT = "It is looked at before anything leaves, so that nobody is shown by mistake."
WHO = "Who of these can be seen or named in it?"


class WhoForm(FormDialog):
    """The people of the incident to tick, and others in words."""

    def __init__(
        self,
        session: Session,
        item: EvidenceItem,
        people: Sequence[tuple[str, str]],
        parent: QWidget,
    ) -> None:
        title = f"{item.mark}: who can be seen or named?"
        super().__init__(session, item.incident_id, f"who.{item.id}", title, parent, hint=HINT)
        self._item_id = item.id
        if people:
            self.form.add_tags(PEOPLE, WHO, people)
        self.form.add_line(OTHERS, OTHERS_LABEL, OTHERS_HINT)
        self.form.set_texts({PEOPLE: item.origin.people_seen, OTHERS: item.origin.others_seen})
        self.settle()

    def _keep(self) -> None:
        self._run(partial(enter_origin, item_id=self._item_id, values=self.form.texts()))


def is_kept(item: EvidenceItem) -> bool:
    """Say whether the log holds the content of an item."""
    return item.state is ItemState.KEPT


def start_who(session: Session, item: EvidenceItem, parent: QWidget) -> None:
    """Read who is in the incident, then ask."""
    ask_of_people(session, item, parent, WhoForm)
