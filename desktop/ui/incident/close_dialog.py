"""Close an incident: what came of it, and what is changed so that it happens less."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Act
from desktop.domain.steps.step_states import is_put_off
from desktop.operations.browse_incidents import IncidentView
from desktop.operations.incident.keep_retention import RetentionView, show_retention
from desktop.operations.incident.record_incident import close_incident, reopen_incident
from desktop.operations.steps.follow_checklist import ChecklistsView, show_checklists
from desktop.ui.form_dialog import FormDialog
from desktop.ui.session import Session
from desktop.ui.widgets.words import body, secondary

LISTED = 8


class CloseDialog(FormDialog):
    """Says what is still open and asks; it does not stop anybody from closing."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(
            session,
            incident_id,
            "closeIncident",
            "Close the incident",
            parent,
            keep="Close the incident",
            hint="It can be opened again, with a reason. Nothing is lost.",
        )
        self._open_steps = secondary("", self.form)
        self._open_steps.setObjectName("openStepsLabel")
        self._open_steps.hide()
        self.form.add_widget(self._open_steps)
        self.form.add_text("outcome", "Outcome: what came of it")
        self.form.add_text(
            "control_measure", "Control measure: what is changed so that it happens less"
        )
        self.form.add_text("learner_view", "What the learner thinks of how it was dealt with")
        self._retention = session.data.retention
        choices = [("", "Choose later")]
        choices += [(one.id, one.title) for one in self._retention.classes]
        self.form.add_list("retention_class", "How long the record is kept", choices)
        self._kept = secondary("", self.form)
        self._kept.setObjectName("suggestedClassLabel")
        self.form.add_widget(self._kept)
        operation = partial(show_checklists, incident_id=incident_id)
        session.run(self, operation, self._on_checklists)
        kept = partial(show_retention, incident_id=incident_id)
        session.run(self, kept, self._on_retention)

    def _on_view(self, view: IncidentView) -> None:
        record = view.incident.record
        if not self._dirty:
            for name in ("outcome", "control_measure", "learner_view"):
                self.form.set_text(name, str(getattr(record, name)))
            self.settle()
        self.restore(view)

    def _on_retention(self, view: RetentionView) -> None:
        """Offer the class that was entered, else the one that is suggested: she decides."""
        chosen = view.retention_class
        if chosen is not None and not self.form.text("retention_class"):
            self.form.set_text("retention_class", chosen.id)
        found = self._retention.get(view.suggestion.class_id) if view.suggestion else None
        why = view.suggestion.why if view.suggestion else ""
        words = f"Suggested: {found.title}, because {why}. " if found else ""
        self._kept.setText(f"{words}On its review date somebody decides again.")

    def _on_checklists(self, view: ChecklistsView) -> None:
        still = [
            step
            for checklist in view.checklists
            if not checklist.checklist.ended_reason
            for step in checklist.steps
            if _is_still_to_do(step)
        ]
        # What was put off stands first: nobody leads to it any more.
        titles = [_said(step) for step in sorted(still, key=lambda one: not one.prefilled_reason)]
        if not titles:
            return
        shown = "\n".join(f"•  {title}" for title in titles[:LISTED])
        more = f"\nand {len(titles) - LISTED} more" if len(titles) > LISTED else ""
        self._open_steps.setText(
            f"Still open, {len(titles)} in all:\n{shown}{more}\n\n"
            "You can close it all the same. Open steps stay visible as open."
        )
        self._open_steps.show()

    def _keep(self) -> None:
        if self._lacks(
            ("outcome", "Write what came of it, in a sentence or two."),
            ("control_measure", "Write what is changed; “nothing, because …” is an answer."),
        ):
            return
        self._run(
            partial(
                close_incident,
                incident_id=self._incident_id,
                outcome=self.form.text("outcome"),
                control_measure=self.form.text("control_measure"),
                learner_view=self.form.text("learner_view"),
                retention_class=self.form.text("retention_class"),
            )
        )


def _is_still_to_do(view: StepView) -> bool:
    acts = view.step.acts
    left_out = view.prefilled_reason and not is_put_off(view.step, view.prefilled_reason)
    elsewhere = view.led_by or left_out or Act.CLOSE in acts
    return view.state is StepState.OPEN and bool(acts) and not elsewhere


def _said(view: StepView) -> str:
    """Name a step; one that was put off says why, so that nobody forgets it."""
    return (
        f"{view.step.title}. {view.prefilled_reason}" if view.prefilled_reason else view.step.title
    )


class ReopenDialog(FormDialog):
    """Open a closed incident again, with the reason."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(
            session,
            incident_id,
            "reopenIncident",
            "Open the incident again",
            parent,
            keep="Open it again",
        )
        self.form.add_widget(body("Everything recorded so far stays as it is.", self.form))
        self.form.add_text("reason", "Why it is opened again")

    def _keep(self) -> None:
        reason = self.form.text("reason")
        if not reason:
            self._say("Write why it is opened again. One sentence is enough.")
            self.form.focus("reason")
            return
        self._run(partial(reopen_incident, incident_id=self._incident_id, reason=reason))
