"""Deeds of the story about procedures: the own copy, links, worksheets, two people, versions."""

from datetime import date

from desktop.domain.calendar.bank_holidays import Nation
from desktop.domain.contacts import Recipient
from desktop.domain.identifiers import IncidentId
from desktop.domain.policy.own_copy import (
    ApprovedAccount,
    Centre,
    FreeDay,
    OwnContact,
    OwnDeadline,
    OwnRole,
    OwnStep,
)
from desktop.domain.policy.own_values import OwnTopic
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Length
from desktop.operations.incident.keep_links import link_incident
from desktop.operations.incident.keep_worksheets import (
    find_sending_step,
    fingerprint_of,
    keep_typed,
    list_submitted,
    open_worksheet,
    submit_worksheet,
)
from desktop.operations.organisation import keep_own_copy as own
from desktop.operations.steps.attach_procedure import attach_procedure, end_procedure
from desktop.operations.steps.check_second import SecondCheck
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.steps.in_force import own_copy
from desktop.operations.steps.take_newer_version import newer_version, take_newer_version
from desktop.operations.workspace import Workspace
from tests.operations.story_evidence import EvidenceDeeds

POLICY = "pupil-referral-unit"
OTHER_POLICY = "alternative-provision"
SWITCH = "funder-24h"
SHEET = "report-harmful-content"
BY_HAND = "P09"
SECOND = "Sam Witness"
LATE = "It was late that day"
EARLY = "It was done at once, before the rest"


class ProcedureDeeds(EvidenceDeeds):
    """What is done with policies and procedures; `told` hears of each thing once it is there."""

    def fill_in_own_copy(self, workspace: Workspace) -> None:
        """Choose a policy, and fill in what an organisation fills in beside it."""
        word = self._word
        own.choose_policy(workspace, POLICY)
        self._told("own", OwnTopic.POLICY, POLICY)
        own.keep_role(workspace, OwnRole(role="DSL", holder=f"Pat {word}"))
        self._told("own", OwnTopic.ROLE, f"Pat {word}")
        contact = OwnContact(
            id="", recipient=Recipient.LADO, label=f"The officer {word}", address="01632 960001"
        )
        own.keep_contact(workspace, contact)
        self._told("own", OwnTopic.CONTACT, contact.label)
        own.keep_centre(workspace, Centre(id="", name=f"Centre {word}"))
        self._told("own", OwnTopic.CENTRE, f"Centre {word}")
        account = ApprovedAccount(id="", platform="A platform", address=f"@{word}_centre")
        own.keep_account(workspace, account)
        self._told("own", OwnTopic.ACCOUNT, account.address)
        closed = FreeDay(day=date(2026, 12, 23), name=f"Closed for {word}", proclaimed=False)
        own.keep_free_day(workspace, closed)
        self._told("own", OwnTopic.FREE_DAY, closed.name)
        own.choose_nation(workspace, Nation.SCOTLAND)
        self._told("own", OwnTopic.NATION, Nation.SCOTLAND.value)
        own.turn_switch(workspace, SWITCH, on=True, reason=f"The contract of {word} says so")
        self._told("own", OwnTopic.SWITCH, f"The contract of {word} says so")
        own.look_at_source(workspace, "S002", f"Still the same for {word}")
        self._told("own", OwnTopic.LOOK, f"Still the same for {word}")

    def add_own_step(self, workspace: Workspace) -> None:
        """Add a step to a procedure, and a local deadline to that step."""
        title = f"Tell the team of {self._word}"
        step = OwnStep(
            id="", procedure_id="P00", follows="P00-4", title=title, text="Ring them.",
            actor="DSL", source="The handbook",
        )  # fmt: skip
        own.keep_step(workspace, step)
        self._told("own", OwnTopic.STEP, title)
        step_id = next(one.id for one in own_copy(workspace).steps if one.title == title)
        deadline = OwnDeadline(
            id="", step_id=step_id, label=f"Within hours for {self._word}", length=Length.HOURS,
            amount=4, starts="became_aware_at",
        )  # fmt: skip
        own.keep_deadline(workspace, deadline)
        self._told("own", OwnTopic.DEADLINE, deadline.label)

    def change_own_copy(self, workspace: Workspace) -> None:
        """Follow another policy, work on other days, take the own step and a rule back."""
        own.choose_policy(workspace, OTHER_POLICY)
        self._told("own", OwnTopic.POLICY, OTHER_POLICY)
        own.choose_weekdays(workspace, (0, 1, 2))
        self._told("own", OwnTopic.WEEKDAYS, "Mon Tue Wed")
        reason = f"{self._word} is told in another way"
        own.turn_switch(workspace, SWITCH, on=False, reason=reason)
        self._told("taken back", OwnTopic.SWITCH, SWITCH)
        for step in own_copy(workspace).steps:
            own.drop_step(workspace, step.id, reason)
            self._told("taken back", OwnTopic.STEP, step.id)

    def link(self, workspace: Workspace, one: IncidentId, other: IncidentId) -> None:
        reason = f"{self._word} is in both"
        link_incident(workspace, one, other, reason)
        self._told("linked", one, other, reason)

    def send_worksheet(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Type into a worksheet and send it; it does the step that asks for it, if one is open."""
        entry = open_worksheet(workspace, incident_id, SHEET).worksheet.entries[0]
        typed = f"What was said of {self._word}"
        keep_typed(workspace, incident_id, SHEET, {entry.name: typed})
        self._told("typed", incident_id, SHEET, typed)
        texts = open_worksheet(workspace, incident_id, SHEET).texts
        view = find_sending_step(workspace, incident_id, SHEET)
        submitted = submit_worksheet(
            workspace, incident_id, SHEET, texts, at=workspace.now(), reference="EX/RHC/1",
            checklist_id=view.checklist_id if view else None,
            step_id=view.step.id if view else "",
            values=filled(view) if view else None,
            late_reason=LATE, out_of_order=EARLY,
        )  # fmt: skip
        sheet = list_submitted(workspace, incident_id)[-1]
        self._told(
            "worksheet", incident_id, submitted.contact_id, fingerprint_of(sheet.texts), "EX/RHC/1"
        )
        if view:
            self._told("step", incident_id, view.checklist_id, view.step.id, "done")

    def check_by_two(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Do a step that takes two people, where one is open."""
        for view in self._open_steps(workspace, incident_id):
            if view.step.second:
                record_step(
                    workspace, view.checklist_id, view.step.id, StepState.DONE,
                    values=filled(view), late_reason=LATE, out_of_order=EARLY,
                    done_at=workspace.now(), second=SecondCheck(witness=SECOND),
                )  # fmt: skip
                self._told("second", incident_id, view.checklist_id, view.step.id, SECOND)
                return

    def settle_again(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Leave a step out by a rule in words of one's own, and record one again that is done."""
        reason = f"{self._word} was looked at once more"
        for view in self._open_steps(workspace, incident_id):
            if view.prefilled_reason:
                record_step(
                    workspace, view.checklist_id, view.step.id, StepState.NOT_APPLICABLE,
                    reason=reason,
                )  # fmt: skip
                self._told("ruled", incident_id, view.checklist_id, view.step.id, reason)
                break
        for view in _running(workspace, incident_id):
            if view.entry and view.state is StepState.DONE and not view.step.second:
                record_step(
                    workspace, view.checklist_id, view.step.id, StepState.DONE,
                    values=filled(view), again_reason=reason,
                )  # fmt: skip
                self._told("again", incident_id, view.checklist_id, view.step.id, reason)
                return

    def take_newer(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Let every checklist go on in a newer version, where there is one."""
        for checklist in workspace.log.checklists.of(incident_id):
            newer = newer_version(workspace, checklist.id)
            if newer:
                take_newer_version(workspace, checklist.id, f"It asks for {self._word}")
                self._told("newer", incident_id, checklist.id, newer.present)

    def end_one(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Attach a procedure by hand, and end it again."""
        attach_procedure(workspace, incident_id, BY_HAND, f"Kim thinks of {self._word}")
        checklists = workspace.log.checklists.of(incident_id)
        (attached,) = [
            one for one in checklists if one.procedure_id == BY_HAND and not one.ended_reason
        ]
        self._told("attached", incident_id, attached.id, attached.version)
        reason = f"The account of {self._word} was real"
        end_procedure(workspace, attached.id, reason)
        self._told("no longer", incident_id, attached.id, reason)

    def _open_steps(self, workspace: Workspace, incident_id: IncidentId) -> list[StepView]:
        return [view for view in _running(workspace, incident_id) if view.state is StepState.OPEN]


def _running(workspace: Workspace, incident_id: IncidentId) -> list[StepView]:
    checklists = show_checklists(workspace, incident_id).checklists
    live = [one for one in checklists if not one.checklist.ended_reason]
    return [view for one in live for view in one.steps]


def filled(view: StepView) -> dict[str, str]:
    """Fill in every blank of a step: the first choice, or some words."""
    return {
        blank.name: blank.choices[0] if blank.choices else "As it was said"
        for blank in view.step.blanks
    }
