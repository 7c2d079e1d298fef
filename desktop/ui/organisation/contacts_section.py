"""Contacts: whom the policy names, with your local numbers, and when each was last checked."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.calendar.times import say_date
from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.policy.own_copy import OwnContact
from desktop.operations.organisation.keep_organisation import change_childrens_services
from desktop.operations.organisation.keep_own_copy import check_contact, drop_contact
from desktop.operations.organisation.show_own_copy import ContactLine, OwnView
from desktop.ui import messages
from desktop.ui.organisation.contact_fields import OwnContactForm
from desktop.ui.organisation.entry_row import Row, RowAction
from desktop.ui.organisation.own_section import OwnSection
from desktop.ui.session import Session
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chip import Tone
from desktop.ui.widgets.draft_edit import DraftLineEdit
from desktop.ui.widgets.words import field_label, secondary

HINT = (
    "Look once a year whether each is still right: in a bad hour nobody has time to search. "
    "Numbers of public services come with the program; look them up again before you rely on them."
)
SHOWN = (
    "Shown under “Someone in danger now”, with the number out of hours and the day it was checked "
    "from the list below."
)


class ContactsSection(OwnSection):
    """The number of children's services first, then everybody else."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.inner.column.insertWidget(0, self._build_number())
        self.inner.column.setSpacing(self.body.spacing())
        session.about_to_lock.connect(self.number_edit.enter)

    def _build_number(self) -> Card:
        """Make the field once: what is being typed there outlives a change elsewhere."""
        card = Card("Children's services", self)
        self.number_edit = DraftLineEdit("Telephone number of your children's services", card)
        self.number_edit.setObjectName("childrensServicesEdit")
        self.number_edit.entered.connect(self._on_number_entered)
        card.body.addWidget(field_label("&Telephone number", self.number_edit, card))
        card.body.addWidget(self.number_edit)
        card.body.addWidget(secondary(SHOWN, card))
        return card

    def build(self, view: OwnView) -> None:
        """Show whom to reach, what is missing and what is old."""
        numbers = [one.contact for one in view.contacts if one.contact.recipient is Recipient.CSC]
        self.number_edit.set_text(numbers[0].address if numbers else "")
        rows = [self._row(number, line, view) for number, line in enumerate(view.contacts, 1)]
        add = RowAction("addContactButton", "Add a contact…", partial(self._ask, _new()))
        self.add_card("Whom to reach", rows, hint=HINT, actions=(add,))

    def wipe(self) -> None:
        """Take everything away at the lock, the number too."""
        super().wipe()
        self.number_edit.clear()

    def _row(self, number: int, line: ContactLine, view: OwnView) -> Row:
        contact, service = line.contact, line.service
        name = RECIPIENT_NAMES[contact.recipient]
        hours = f"Out of hours: {contact.out_of_hours}" if contact.out_of_hours else ""
        return Row(
            title=contact.label,
            text=line.address,
            details=(
                service.hint if service else "" if name == contact.label else name,
                hours,
                contact.note,
            ),
            chips=(_chip(line, view),),
            actions=tuple(self._actions(number, line)),
        )

    def _actions(self, number: int, line: ContactLine) -> list[RowAction]:
        contact = line.contact
        words = "Change…" if line.address else "Fill in…"
        ask, check = partial(self._ask, contact), partial(self._check, contact)
        actions = [RowAction(f"changeContact{number}Button", words, ask)]
        if line.address:
            actions.append(RowAction(f"checkContact{number}Button", "Still right today", check))
        if contact.id and line.service is None:
            drop = partial(self._ask_to_drop, contact)
            actions.append(RowAction(f"dropContact{number}Button", "Take off the list…", drop))
        return actions

    def _ask(self, contact: OwnContact) -> None:
        OwnContactForm(self, contact).show_form()

    def _check(self, contact: OwnContact) -> None:
        self.do(partial(check_contact, contact=contact), f"{contact.label}: checked today.")

    def _ask_to_drop(self, contact: OwnContact) -> None:
        drop = partial(self._drop, contact)
        explanation = "Contacts that were recorded with them stay in their incidents."
        question = f"Take {contact.label} off the list?"
        messages.ask(self, question, explanation, "Take it off", drop)

    def _drop(self, contact: OwnContact) -> None:
        self.do(partial(drop_contact, contact_id=contact.id), f"{contact.label} is off the list.")

    @Slot(str)
    def _on_number_entered(self, number: str) -> None:
        self.do(partial(change_childrens_services, number=number), "The number is kept.")


def _new() -> OwnContact:
    return OwnContact(id="", recipient=Recipient.OTHER, label="")


def _chip(line: ContactLine, view: OwnView) -> tuple[str, Tone]:
    checked, service = line.contact.checked, line.service
    if not line.address:
        return "Not filled in", "due"
    if checked is not None:
        old = line.contact.is_old(view.today)
        words = f"Checked {say_date(checked)}"
        return (f"{words}: look again", "due") if old else (words, "done")
    if service is not None and service.address and not line.contact.address:
        return "Public address", "plain"
    return "Not checked yet", "due"
