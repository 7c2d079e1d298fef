"""The form for the reason why parents or carers are not told."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.contacts import Recipient
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import NotApplicable
from desktop.operations.incident.keep_chronology import add_note
from desktop.operations.steps.follow_checklist import ChecklistsView, record_step, show_checklists
from desktop.ui.form_dialog import FormDialog
from desktop.ui.session import Session


class NotToldForm(FormDialog):
    """Settles the open step of telling the parents with a reason; else a line of chronology."""

    def __init__(self, session: Session, incident_id: IncidentId, parent: QWidget) -> None:
        super().__init__(
            session,
            incident_id,
            "notTold",
            "Parents or carers are not told",
            parent,
            hint=(
                "For example: it would put the learner at risk; the learner is 18 or over and "
                "does not agree; the police or children's services asked to wait. Of a learner "
                "who is looked after, tell the social worker and whoever has parental "
                "responsibility."
            ),
        )
        self.form.add_text("reason", "Why not, and until when")

    def _keep(self) -> None:
        if not self.form.text("reason"):
            self._say("Write why they are not told. One sentence is enough.")
            self.form.focus("reason")
            return
        self.keep_button.setEnabled(False)
        operation = partial(show_checklists, incident_id=self._incident_id)
        self._session.run(self, operation, self._on_checklists, self._on_error)

    def _on_checklists(self, view: ChecklistsView) -> None:
        reason = self.form.text("reason")
        step = _open_step(view)
        if step is None:
            text = f"Parents or carers not told. Reason: {reason}"
            now = self._session.clock.now()
            self._run(partial(add_note, incident_id=self._incident_id, at=now, text=text))
            return
        never = step.step.not_applicable is NotApplicable.NEVER
        self._run(
            partial(
                record_step,
                checklist_id=step.checklist_id,
                step_id=step.step.id,
                state=StepState.NOT_POSSIBLE if never else StepState.NOT_APPLICABLE,
                reason=reason,
            )
        )


def _open_step(view: ChecklistsView) -> StepView | None:
    told = (step for step in view.owed if Recipient.PARENT.value in step.step.recipients)
    return next(told, None)
