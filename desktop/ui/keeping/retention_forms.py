"""Choose the class of a record, keep it longer, record what the police said about erasing."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.domain.identifiers import IncidentId
from desktop.domain.log.retention import PoliceInstruction
from desktop.operations.browse_incidents import IncidentView
from desktop.operations.erasing.plan_erasure import enter_instruction
from desktop.operations.incident.keep_retention import (
    RetentionView,
    enter_class,
    keep_longer,
    show_retention,
)
from desktop.ui.form_dialog import FormDialog
from desktop.ui.keeping.retention_words import say_class, say_review
from desktop.ui.session import Session
from desktop.ui.widgets.words import body, secondary


class ClassForm(FormDialog):
    """Shows what each class means; one is suggested, nobody has to follow it."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(
            session,
            incident_id,
            "retentionClass",
            "How long the record is kept",
            parent,
            keep="Use this class",
            hint="On its review date somebody decides again. Nothing is ever deleted by itself.",
        )
        self._retention = session.data.retention
        self._suggested = secondary("", self.form)
        self._suggested.setObjectName("suggestedClassLabel")
        self._suggested.hide()
        self.form.add_widget(self._suggested)
        choices = [("", "Choose a class")]
        choices += [(one.id, one.title) for one in self._retention.classes]
        self._box: QComboBox = self.form.add_list("class", "Class of the record", choices)
        self._box.currentIndexChanged.connect(self._on_class_shown)
        self._meaning = secondary("", self.form)
        self._meaning.setObjectName("classMeaningLabel")
        self.form.add_widget(self._meaning)
        self.form.add_text("reason", "Why this class (may be left empty)")

    def _on_view(self, view: IncidentView) -> None:
        super()._on_view(view)
        operation = partial(show_retention, incident_id=self._incident_id)
        self._session.run(self, operation, self._on_retention)

    def _on_retention(self, view: RetentionView) -> None:
        chosen = view.retention_class
        if view.suggestion:
            found = self._retention.get(view.suggestion.class_id)
            title = found.title if found else ""
            self._suggested.setText(f"Suggested: {title}, because {view.suggestion.why}.")
            self._suggested.show()
        if not self.form.text("class") and (chosen or view.suggestion):
            suggested = view.suggestion.class_id if view.suggestion else ""
            self.form.set_text("class", chosen.id if chosen else suggested)
            self.settle()

    @Slot(int)
    def _on_class_shown(self, _index: int) -> None:
        found = self._retention.get(self.form.text("class"))
        self._meaning.setText(say_class(found) if found else "")

    def _keep(self) -> None:
        if not self.form.text("class"):
            self._say("Choose a class.")
            self.form.focus("class")
            return
        self._run(
            partial(
                enter_class,
                incident_id=self._incident_id,
                class_id=self.form.text("class"),
                reason=self.form.text("reason"),
            )
        )


class KeepLongerForm(FormDialog):
    """Asks until when, and why."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(
            session,
            incident_id,
            "keepLonger",
            "Keep the record longer",
            parent,
            keep="Keep it longer",
        )
        self._now = body("", self.form)
        self._now.setObjectName("presentReviewLabel")
        self.form.add_widget(self._now)
        self.form.add_when("until", "Next review on").ask_for_day("20 Nov 2030", ahead=True)
        self.form.add_text("reason", "Why it is still needed")

    def _on_view(self, view: IncidentView) -> None:
        super()._on_view(view)
        operation = partial(show_retention, incident_id=self._incident_id)
        self._session.run(self, operation, self._on_retention)

    def _on_retention(self, view: RetentionView) -> None:
        self._now.setText(f"{say_review(view.line.review)}.")

    def _keep(self) -> None:
        until = self.form.when("until")
        if until is None:
            self._say("Write a date, such as 20 Nov 2030.")
            self.form.focus("until")
            return
        if not self.form.text("reason"):
            self._say("Write why it is still needed. One sentence is enough.")
            self.form.focus("reason")
            return
        self._run(
            partial(
                keep_longer,
                incident_id=self._incident_id,
                until=until.local.date(),
                reason=self.form.text("reason"),
            )
        )


class InstructionForm(FormDialog):
    """Asks who of the police said that what was held back may be erased."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(
            session,
            incident_id,
            "policeInstruction",
            "What the police said about erasing",
            parent,
            keep="Record the instruction",
            hint="Something in this record was held back. It is erased only if the police said "
            "so. This erases nothing yet.",
        )
        self.form.add_line("force", "Police force")
        self.form.add_line("officer", "Name and number of the officer")
        self.form.add_line("reference", "Their reference")
        self.form.add_when("given_on", "When they said so")

    def _keep(self) -> None:
        if self._lacks(
            ("force", "Write which police force it was."),
            ("officer", "Write the name of the officer."),
            ("reference", "Write the reference of the police."),
        ):
            return
        given_on = self.form.when("given_on")
        if given_on is None:
            self._say("Write when they said so, such as 20 Nov 2026.")
            self.form.focus("given_on")
            return
        instruction = PoliceInstruction(
            force=self.form.text("force"),
            officer=self.form.text("officer"),
            reference=self.form.text("reference"),
            given_on=given_on.local.date(),
        )
        self._run(
            partial(enter_instruction, incident_id=self._incident_id, instruction=instruction)
        )
