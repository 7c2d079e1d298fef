"""A contact of the organisation: whom it reaches, by which number, and whether it was checked."""

from dataclasses import replace
from functools import partial

from desktop.domain.contacts import RECIPIENT_NAMES, Recipient
from desktop.domain.policy.own_copy import OwnContact
from desktop.operations.organisation.keep_own_copy import keep_contact
from desktop.ui.organisation.own_form import OwnForm
from desktop.ui.organisation.own_section import OwnSection

HINT = "Numbers of offices and teams. Leave out private numbers of people who did not agree."


class OwnContactForm(OwnForm):
    """Asks for number, out of hours and a note; a further contact also for whom it reaches."""

    def __init__(self, parent: OwnSection, contact: OwnContact) -> None:
        named = bool(contact.label)
        super().__init__(
            parent.session,
            f"ownContact.{contact.id or contact.recipient}{contact.label}",
            contact.label or "Add a contact",
            parent,
            hint=HINT,
        )
        self._contact = contact
        self._named = named
        if not named:
            self.form.add_line("label", "Who it is", "for example the safer schools officer")
            self.form.add_list(
                "recipient",
                "Belongs to",
                [(one.value, RECIPIENT_NAMES[one]) for one in Recipient],
            )
            self.form.set_text("recipient", contact.recipient.value)
        self.form.add_line("address", "Telephone number, e-mail or web address")
        self.form.add_line("out_of_hours", "Out of hours")
        self.form.add_text("note", "What to know: hours, name of the team, which form")
        self.form.add_choice("checked", "Did you check it today?", (("yes", "Yes"), ("no", "No")))
        self.form.set_texts(
            {
                "address": contact.address,
                "out_of_hours": contact.out_of_hours,
                "note": contact.note,
            }
        )

    def _keep(self) -> None:
        if not self._named and self._lacks(("label", "Write who it is.")):
            return
        contact = self._contact
        if not self._named:
            contact = replace(
                contact,
                label=self.form.text("label"),
                recipient=Recipient(self.form.text("recipient")),
            )
        numbers = (contact.address, contact.out_of_hours)
        contact = replace(
            contact,
            address=self.form.text("address"),
            out_of_hours=self.form.text("out_of_hours"),
            note=self.form.text("note"),
        )
        if numbers != (contact.address, contact.out_of_hours):
            # What was found right was another number.
            contact = replace(contact, checked=None)
        if self.form.text("checked") == "yes":
            contact = replace(contact, checked=self._session.clock.now().local.date())
        self._run(partial(keep_contact, contact=contact))
