"""The form for a physical thing, such as a phone: what is seen of it without using it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.evidence.things import THING_FIELDS, THING_LABELS, Thing
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.describe_thing import describe_thing, enter_thing, show_thing
from desktop.ui.form_dialog import FormDialog
from desktop.ui.session import Session

HINT = (
    "Take it only with consent or on the authority that your policy names. Do not look into it, "
    "unlock it or ask for the passcode. Seal it in a bag and lock it away. It gets an exhibit "
    "mark, and an entry each time it changes hands."
)
STATES = (
    ("switched on", "Switched on"),
    ("switched off", "Switched off"),
    ("on, in aeroplane mode", "On, in aeroplane mode"),
    ("not known", "Not known"),
)
DESCRIPTION = "description"
_HINTS = {
    "make": "as printed on it",
    "numbers": "serial number or IMEI, only if printed outside",
    "owner": "whose it is",
    "seal": "not sealed",
    "place": "locked cupboard in the office …",
    "holder": "name and role",
}
_LONGER = {
    "numbers": "Numbers that can be read on the outside",
    "state": "State when it was taken",
    "place": "Where it is kept now",
    "holder": "Who holds it now",
}


class ThingForm(FormDialog):
    """Makes an item of a thing, or enters what is known of one by now."""

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId,
        parent: QWidget,
        item: EvidenceItem | None = None,
    ) -> None:
        name = f"thing.{item.id}" if item else "thing"
        title = f"{item.mark}: what is known of it" if item else "A physical thing"
        super().__init__(session, incident_id, name, title, parent, hint=HINT)
        self._item = item
        if item is None:
            self.form.add_line(
                DESCRIPTION, "What it is, in neutral words", "phone, laptop, note …"
            )
        for field in THING_FIELDS:
            if field == "state":
                self.form.add_choice(field, _LONGER[field], STATES)
            else:
                words = _LONGER.get(field, THING_LABELS[field])
                self.form.add_line(field, words, _HINTS.get(field, ""))
        self.settle()

    def show_form(self) -> None:
        """Open with what is known of it so far."""
        super().show_form()
        if self._item is not None:
            operation = partial(show_thing, item_id=self._item.id)
            self._session.run(self, operation, self._on_known)

    def _on_known(self, thing: Thing) -> None:
        """Fill in what is known; what was typed here before and not entered stays."""
        for field in THING_FIELDS:
            if not self.form.text(field):
                self.form.set_text(field, str(getattr(thing, field)))

    def _keep(self) -> None:
        thing = Thing(**{field: self.form.text(field) for field in THING_FIELDS})
        if self._item is not None:
            self._run(partial(enter_thing, item_id=self._item.id, thing=thing))
            return
        if not any((self.form.text(DESCRIPTION), thing.make, thing.model, thing.owner)):
            self._say("Write what it is. A few words are enough.")
            self.form.focus(DESCRIPTION)
            return
        self._run(
            partial(
                describe_thing,
                incident_id=self._incident_id,
                thing=thing,
                origin={DESCRIPTION: self.form.text(DESCRIPTION)},
            )
        )
