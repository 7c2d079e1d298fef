"""Works on one incident as a DSL does, for the worked cases and the everyday ones."""

from collections.abc import Iterable
from datetime import datetime

from desktop.domain.contacts import Channel, ContactDetails, Recipient
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import IncidentId
from desktop.domain.incidents import FieldValue
from desktop.domain.people import AgeGroup, PersonKind, Role
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.clocks import ClockView
from desktop.operations.evidence.answer_gate import GateAnswered, keep_out
from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.evidence.make_statement import make_statement
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.keep_people import add_person
from desktop.operations.incident.record_incident import enter_fields, start_incident
from desktop.operations.steps.answer_triage import Triaged, answer_triage
from desktop.operations.steps.follow_checklist import ChecklistsView, record_step, show_checklists
from desktop.operations.workspace import Workspace
from desktop.resources import resource_path
from tests.clocks import FrozenClock

_ASKED = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T9", "T10", "T12", "T13")
NOTHING_SPECIAL = dict.fromkeys(_ASKED, "no")


class Case:
    """One incident of a log; every method is one thing that a keyholder does."""

    def __init__(self, workspace: Workspace, clock: FrozenClock, text: str = "") -> None:
        self.workspace = workspace
        self.clock = clock
        self.incident_id: IncidentId = start_incident(workspace, text).incident_id

    def known(self, when: datetime, **fields: FieldValue) -> None:
        """Enter when somebody became aware, and what else is known."""
        aware = {"became_aware_at": self.clock.at_local(when)}
        enter_fields(self.workspace, self.incident_id, aware | fields)

    def involve(
        self,
        role: Role,
        kind: PersonKind,
        age: AgeGroup = AgeGroup.UNKNOWN,
        name: str = "Somebody",
    ) -> None:
        """Name somebody in a role."""
        fields = {"name": name, "kind": kind.value, "age_group": age.value}
        add_person(self.workspace, self.incident_id, role, fields)

    def answer(self, **answers: str) -> Triaged:
        """Answer the first questions; all that is not named is answered no."""
        return answer_triage(self.workspace, self.incident_id, NOTHING_SPECIAL | answers)

    def capture(self, name: str = "comments.png") -> ItemAdded:
        """Keep a picture of the screen under an answer of its own."""
        made = make_statement(self.workspace, self.incident_id, GateAnswer.NO, ["a capture"])
        return add_picture(
            self.workspace,
            self.incident_id,
            made.statement.id,
            resource_path("practice", name).read_bytes(),
            ItemKind.SCREEN_REGION,
            Method.SCREEN_CAPTURE,
            self.workspace.now(),
            lambda _share: None,
            lambda: False,
        )

    def hold_back(
        self, what: str, concern: Concern, answer: GateAnswer = GateAnswer.YES
    ) -> GateAnswered:
        """Say at the gate that something must not come in."""
        return keep_out(
            self.workspace, self.incident_id, answer, [what], concern, f"{what}, told in words"
        )

    @property
    def view(self) -> ChecklistsView:
        """Where everything stands."""
        return show_checklists(self.workspace, self.incident_id)

    @property
    def running(self) -> set[str]:
        """The procedures that run."""
        return {one.procedure.id for one in self.view.checklists if not one.checklist.ended_reason}

    @property
    def next_id(self) -> str:
        """The step that is advised now, '' if none."""
        step = self.view.next_step
        return step.step.id if step else ""

    def step(self, step_id: str) -> StepView:
        """Return a step as it stands."""
        for one in self.view.checklists:
            for view in one.steps:
                if view.step.id == step_id:
                    return view
        raise AssertionError(f"{step_id} does not run")

    def clocks(self, deadline_id: str) -> list[ClockView]:
        """Return the clocks with this id."""
        return [one for one in self.view.clocks if one.deadline_id == deadline_id]

    def do(self, step_id: str, *, late: str = "", **values: str) -> None:
        """Record a step as done, with an answer to everything that it asks for."""
        view = self.step(step_id)
        record_step(
            self.workspace,
            view.checklist_id,
            step_id,
            StepState.DONE,
            values=_filled(view, values),
            late_reason=late,
        )

    def leave_out(self, step_id: str, reason: str = "") -> None:
        """Record a step as not applicable, for this reason or the one that the rules give."""
        view = self.step(step_id)
        record_step(
            self.workspace,
            view.checklist_id,
            step_id,
            StepState.NOT_APPLICABLE,
            reason=reason or view.prefilled_reason,
        )

    def not_possible(self, step_id: str, reason: str) -> None:
        """Record that a step cannot be done."""
        view = self.step(step_id)
        record_step(
            self.workspace, view.checklist_id, step_id, StepState.NOT_POSSIBLE, reason=reason
        )

    def tell(
        self, recipient: Recipient, step_id: str = "", *, late: str = "", **values: str
    ) -> None:
        """Enter a contact that was answered, for a step or for itself."""
        details = ContactDetails(
            recipient=recipient, at=self.workspace.now(), channel=Channel.PHONE, said="Told"
        )
        view = self.step(step_id) if step_id else None
        add_contact(
            self.workspace,
            self.incident_id,
            details,
            checklist_id=view.checklist_id if view else None,
            step_id=step_id,
            values=_filled(view, values) if view else None,
            late_reason=late,
        )


def _filled(view: StepView, values: dict[str, str]) -> dict[str, str]:
    known = {
        blank.name: blank.choices[0] if blank.choices else "said so"
        for blank in view.step.blanks
        if blank.required
    }
    return known | values


def ids(steps: Iterable[StepView]) -> set[str]:
    """Return the ids of steps."""
    return {view.step.id for view in steps}
