"""Organisation: whose log it is, and whom to ring for children's services."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes, Topic
from desktop.operations.keep_organisation import (
    Organisation,
    change_childrens_services,
    show_organisation,
)
from desktop.ui import messages
from desktop.ui.entry import Entry
from desktop.ui.keeping.log_section import LogSection
from desktop.ui.session import Session
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.draft_edit import DraftLineEdit
from desktop.ui.widgets.words import body, field_label, secondary


class OrganisationSection(LogSection):
    """Name, folder and local number."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry = entry
        self.body.addWidget(self._build_place_card())
        self.body.addWidget(self._build_calls_card())
        session.changed.connect(self._on_changed)
        session.about_to_lock.connect(self.number_edit.enter)
        self.reload()

    def _build_place_card(self) -> Card:
        card = Card("Whose log this is", self)
        self._organisation_label = body("", card)
        card.body.addWidget(self._organisation_label)
        card.body.addWidget(body(f"Folder: {self._entry.folder}", card))
        return card

    def _build_calls_card(self) -> Card:
        card = Card("Children's services", self)
        self.number_edit = DraftLineEdit("Telephone number of your children's services", card)
        self.number_edit.setObjectName("childrensServicesEdit")
        self.number_edit.entered.connect(self._on_number_entered)
        card.body.addWidget(field_label("&Telephone number", self.number_edit, card))
        card.body.addWidget(self.number_edit)
        card.body.addWidget(secondary("Shown under “Someone in danger now”.", card))
        return card

    @Slot()
    def reload(self) -> None:
        """Read again what the log knows of the organisation."""
        self._session.run(self, show_organisation, self._show)

    def _show(self, organisation: Organisation) -> None:
        self._organisation_label.setText(organisation.name)
        self.number_edit.set_text(organisation.childrens_services)

    @Slot(str)
    def _on_number_entered(self, number: str) -> None:
        change = partial(change_childrens_services, number=number)
        self._session.run(self, change, self._on_number_kept)

    def _on_number_kept(self, _changes: Changes) -> None:
        messages.tell(self, "The number is kept.")

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touch(None, Topic.ORGANISATION):
            self.reload()
