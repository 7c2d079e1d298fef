"""The form for one time that a thing passes from one hand to another."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.evidence.things import HandlingDetails
from desktop.operations.evidence.keep_handling import add_handling
from desktop.ui.form_dialog import FormDialog
from desktop.ui.session import Session

FIELDS = (
    ("given_by", "From: name and role", ""),
    ("given_to", "To: name and role, or collar number", ""),
    ("purpose", "Why", "locked away, examination, given back …"),
    ("place", "Where it is kept now", ""),
    ("seal", "Seal or bag number", "not sealed"),
    ("reference", "Their reference, if there is one", ""),
)


class HandlingForm(FormDialog):
    """Asks when, from whom, to whom, why; an entry is added, never changed.

    `entered` comes once it is kept: a receipt can be made then.
    """

    entered = Signal()

    def __init__(self, session: Session, item: EvidenceItem, parent: QWidget) -> None:
        super().__init__(
            session,
            item.incident_id,
            f"handling.{item.id}",
            f"{item.mark} changes hands",
            parent,
            hint="Write an entry each time it changes hands or place. A receipt can be printed or "
            "saved afterwards.",
        )
        self._item_id = item.id
        self.form.add_when("at", "When")
        self.form.set_when("at", session.clock.now())
        for name, label, hint in FIELDS:
            self.form.add_line(name, label, hint)
        self.settle()

    def _keep(self) -> None:
        at = self.form.when("at")
        if self.form.text("at") and at is None:
            self._say("“When” cannot be read as a time yet.")
            self.form.focus("at")
            return
        if self._lacks(
            ("given_by", "Write who gave it, or where it was taken from."),
            ("given_to", "Write who has it now, or where it is kept."),
        ):
            return
        texts = {name: self.form.text(name) for name, _label, _hint in FIELDS}
        details = HandlingDetails(at=at or self._session.clock.now(), **texts)
        self._run(partial(add_handling, item_id=self._item_id, details=details))

    def _on_done(self, answer: object) -> None:
        super()._on_done(answer)
        self.entered.emit()
