"""The form for one contact: who was told or asked, what was said, what came of it."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.domain.calendar.times import Moment
from desktop.domain.contacts import (
    RECIPIENT_NAMES,
    Channel,
    ContactDetails,
    Direction,
    Recipient,
)
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.recording import blanks_for
from desktop.operations.browse_incidents import IncidentView
from desktop.operations.incident.keep_contacts import add_contact
from desktop.ui.form_dialog import FormDialog
from desktop.ui.incident.known_numbers import KnownNumbers
from desktop.ui.incident.second_check import SecondCheckFields
from desktop.ui.incident.step_form import add_blank
from desktop.ui.incident.step_words import first_words
from desktop.ui.session import Session

_TEXTS = (
    "organisation", "person", "person_role", "address_used", "said", "sent", "protected_how",
    "basis", "reference", "advice", "next_action",
)  # fmt: skip
_LABELS = {
    "organisation": "Organisation or force",
    "person": "Who you spoke to",
    "person_role": "Their role, rank or collar number",
    "address_used": "Number, address or site used",
    "said": "What you told them",
    "sent": "What you sent, if anything (exhibit marks)",
    "protected_how": "How it was protected on the way",
    "basis": "Why it may be shared: consent asked, or the reason for sharing without it",
    "reference": "Their reference. Ask for one; write “none given” if there is none",
    "advice": "What they advised, asked for or decided",
    "next_action": "What happens next",
}
_BLANK = "blank."
_TOLD = "told_then"
_LONG = frozenset({"said", "advice"})


class ContactForm(FormDialog):
    """One attempt to reach somebody; a call that nobody answered counts too."""

    def __init__(
        self,
        session: Session,
        incident_id: IncidentId,
        parent: QWidget,
        recipients: tuple[Recipient, ...] = (),
        step: StepView | None = None,
    ) -> None:
        self._step = step
        self.second: SecondCheckFields | None = None
        name = f"contact.{step.step.id}" if step else "contact"
        hint = f"For the step: {step.step.title}" if step else ""
        super().__init__(
            session, incident_id, name, "Record a contact", parent, keep="Keep", hint=hint
        )
        self._build_fields(recipients)

    def _build_fields(self, recipients: tuple[Recipient, ...]) -> None:
        form = self.form
        listed = [*recipients, *(each for each in Recipient if each not in recipients)]
        box = form.add_list(
            "recipient", "Who", [(each.value, RECIPIENT_NAMES[each]) for each in listed]
        )
        box.currentIndexChanged.connect(self._show_numbers)
        self.numbers = KnownNumbers(self._session, form)
        self.numbers.used.connect(partial(form.set_text, "address_used"))
        self.numbers.used.connect(form.edited)
        form.add_widget(self.numbers)
        self._show_numbers()
        form.add_choice(
            "answered", "Did you reach them?", [("yes", "Yes"), ("no", "No answer, or left word")]
        )
        form.set_text("answered", "yes")
        form.add_list("channel", "How", [(each.value, _capital(each.value)) for each in Channel])
        form.set_text("channel", Channel.PHONE.value)
        form.add_when("at", "When")
        form.set_when("at", self._session.clock.now())
        if self._step:
            self._add_step_fields(self._step)
        for name in ("person", "person_role", "reference", "advice", "said", "next_action"):
            self._add(name)
        form.add_when("next_due", "By when").ask_for_later()
        direction = form.add_list(
            "direction",
            "Who turned to whom",
            [(each.value, _capital(each.value)) for each in (Direction.OUT, Direction.IN)],
        )
        form.add_choice(_TOLD, "Did you tell them about it then?", [("yes", "Yes"), ("no", "No")])
        direction.currentIndexChanged.connect(self._ask_told)
        self._ask_told()
        for name in ("organisation", "address_used", "sent", "protected_how", "basis"):
            self._add(name)

    @Slot()
    def _show_numbers(self) -> None:
        self.numbers.show_recipient(Recipient(self.form.text("recipient")))

    @Slot()
    def _ask_told(self) -> None:
        self.form.set_shown(_TOLD, self.form.text("direction") == Direction.IN)

    def _add_step_fields(self, view: StepView) -> None:
        if view.waiting_for:
            self.form.add_text("out_of_order", f"Why it came before: {first_words(view)}")
        if view.is_overdue:
            self.form.add_text("late_reason", "Why it was late. One sentence is enough")
        for blank in blanks_for(view.step, StepState.DONE):
            add_blank(self.form, blank, _BLANK)
        if view.step.second:
            self.second = SecondCheckFields(self._session, self.form)

    def restore(self, view: IncidentView) -> None:
        """Bring back what was typed, and show the fields of who checked it too."""
        super().restore(view)
        if self.second is not None:
            self.second.refresh()

    def _add(self, name: str) -> None:
        add = self.form.add_text if name in _LONG else self.form.add_line
        add(name, _LABELS[name])

    def _keep(self) -> None:
        for name, words in (("at", "When"), ("next_due", "By when")):
            if self.form.text(name) and self.form.when(name) is None:
                self._say(f"“{words}” cannot be read as a time yet.")
                self.form.focus(name)
                return
        details = self._details(self.form.when("at") or self._session.clock.now())
        view = self._step
        if view is None or not details.answered:
            step_id = view.step.id if view else ""
            self._run(
                partial(
                    add_contact, incident_id=self._incident_id, details=details, step_id=step_id
                )
            )
            return
        texts = self.form.texts()
        missing = self.second.missing() if self.second else ""
        if missing:
            self._say(missing)
            return
        asked = blanks_for(view.step, StepState.DONE)
        blanks = {blank.name: texts[_BLANK + blank.name] for blank in asked}
        self._run(
            partial(
                add_contact,
                incident_id=self._incident_id,
                details=details,
                checklist_id=view.checklist_id,
                step_id=view.step.id,
                values={name: text for name, text in blanks.items() if text},
                late_reason=texts.get("late_reason", ""),
                out_of_order=texts.get("out_of_order", ""),
                second=self.second.take() if self.second else None,
            )
        )

    def _direction(self) -> Direction:
        direction = Direction(self.form.text("direction"))
        told = direction is Direction.IN and self.form.text(_TOLD) == "yes"
        return Direction.IN_TOLD if told else direction

    def _details(self, at: Moment) -> ContactDetails:
        texts = {name: self.form.text(name) for name in _TEXTS}
        return ContactDetails(
            recipient=Recipient(self.form.text("recipient")),
            at=at,
            direction=self._direction(),
            channel=Channel(self.form.text("channel")),
            answered=self.form.text("answered") != "no",
            next_due=self.form.when("next_due"),
            **texts,
        )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
