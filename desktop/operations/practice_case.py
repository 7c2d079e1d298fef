"""An invented case for practice: what is entered, taken in, recorded, and how it ends."""

from datetime import timedelta

from desktop.domain.calendar.times import Moment
from desktop.domain.contacts import Channel, ContactDetails, Recipient
from desktop.domain.errors import StepNotReady
from desktop.domain.identifiers import ContactId, IncidentId
from desktop.domain.incidents import Category, FourCs, RiskLevel
from desktop.domain.people import AgeGroup, PersonKind, Role
from desktop.domain.steps.checklist_records import StepState
from desktop.operations.incident.keep_chronology import add_note, correct_note, show_chronology
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.keep_people import add_account, add_person
from desktop.operations.incident.record_incident import (
    close_incident,
    enter_fields,
    start_incident,
)
from desktop.operations.practice_evidence import take_practice_evidence
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.check_second import SecondCheck
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.workspace import Workspace

FIRST_WORDS = (
    "Tutor rang. Robin, 16, gets abusive e-mails from somebody she does not know. "
    "Two threatening comments about her are on a public board."
)


def fill_case(workspace: Workspace) -> IncidentId:
    """Log the case as it comes in and follow the checklist as far as the police."""
    incident_id = start_incident(workspace, FIRST_WORDS).incident_id
    _enter_record(workspace, incident_id)
    _enter_people(workspace, incident_id)
    answer_triage(workspace, incident_id, _TRIAGE)
    take_practice_evidence(workspace, incident_id)
    _ring_the_police(workspace, incident_id)
    return incident_id


def finish_case(workspace: Workspace, incident_id: IncidentId) -> None:
    """Record every step that is left, correct a chronology entry, and close the incident."""
    _correct_the_chronology(workspace, incident_id)
    _record_what_is_left(workspace, incident_id)
    _leave_out_what_does_not_apply(workspace, incident_id)
    close_incident(
        workspace,
        incident_id,
        outcome="Police are investigating. Robin is supported and the comments are gone.",
        control_measure="Tutors remind each group how to report and keep messages.",
        learner_view="Robin feels listened to and wants to stay on the course.",
    )


_TRIAGE = {
    "T1": "no", "T2": "no", "T3": "no", "T4": "no", "T5": "no", "T6": "no", "T7": "no",
    "T8": "private+site", "T9": "no", "T10": "no", "T11": "no", "T12": "no", "T13": "no",
}  # fmt: skip


def _before(workspace: Workspace, **span: int) -> Moment:
    now = workspace.now()
    return Moment(now.utc - timedelta(**span), now.offset, now.zone)


def _enter_record(workspace: Workspace, incident_id: IncidentId) -> None:
    enter_fields(
        workspace,
        incident_id,
        {
            "title": "Abusive e-mails and comments on a site",
            "first_account": FIRST_WORDS,
            "account_given_by": "Robin, as told to her tutor: “I don't know why they hate me.”",
            "summary": "A learner of 16 gets abusive e-mails; two public comments threaten her.",
            "occurred_from": _before(workspace, days=2),
            "occurred_as_shown": "2h ago",
            "became_aware_at": _before(workspace, hours=5),
            "became_aware_by": "Tutor",
            "first_recorded_at": _before(workspace, hours=4),
            "first_recorded_by": "Tutor",
            "first_recorded_where": "Handwritten note",
            "reported_to_dsl_at": _before(workspace, hours=1),
            "channel": "telephone",
            "categories": (Category.CB_MSG, Category.CB_POST, Category.THREAT),
            "four_cs": (FourCs.CONDUCT, FourCs.CONTACT),
            "platforms": ("E-mail", "Website, forum or blog"),
            "place": "At home and on the bus",
            "centre": "North centre",
            "wishes": "She does not want her class to know.",
            "risk": RiskLevel.MEDIUM,
            "risk_reasons": "The comments name a day and a place.",
            "support": "Tutor checks in every morning.",
        },
    )


def _enter_people(workspace: Workspace, incident_id: IncidentId) -> None:
    robin = {"name": "Robin Sample", "kind": PersonKind.LEARNER, "age_group": AgeGroup.UNDER_18}
    add_person(workspace, incident_id, Role.TARGET, robin)
    tutor = {"name": "Lee Tutor", "kind": PersonKind.STAFF, "age_group": AgeGroup.ADULT}
    add_person(workspace, incident_id, Role.REPORTER, tutor)
    parent = {"name": "Kim Sample", "kind": PersonKind.PARENT, "age_group": AgeGroup.ADULT}
    add_person(workspace, incident_id, Role.PARENT, parent)
    handle = {
        "platform": "Website, forum or blog",
        "handle": "@nightowl_77",
        "display_name": "Night Owl",
        "address": "https://chatter.example/u/nightowl_77",
    }
    add_account(workspace, incident_id, handle, seen_at=workspace.now())
    mail = {"platform": "E-mail", "handle": "owl77@mail.example", "display_name": "Night Owl"}
    add_account(workspace, incident_id, mail, seen_at=workspace.now())


def _ring_the_police(workspace: Workspace, incident_id: IncidentId) -> None:
    police = _details(workspace, Recipient.POLICE)
    view = show_checklists(workspace, incident_id)
    for checklist in view.checklists:
        for step in checklist.steps:
            if step.step.id == "P03-4":
                values = {blank.name: _answer(blank.choices) for blank in step.step.blanks}
                add_contact(
                    workspace,
                    incident_id,
                    police,
                    checklist_id=step.checklist_id,
                    step_id=step.step.id,
                    values=values,
                )
                return
    raise StepNotReady(("P03-4",))


def _details(workspace: Workspace, recipient: Recipient) -> ContactDetails:
    police = recipient is Recipient.POLICE
    return ContactDetails(
        recipient=recipient,
        at=workspace.now(),
        channel=Channel.CALL_101 if police else Channel.PHONE,
        organisation="Exampleshire Police" if police else "",
        person="PC Invented (4471)" if police else "Invented Person",
        said="What happened, who is at risk, what is kept and what was held back.",
        sent="Nothing yet" if police else "",
        reference="EX/4471/26" if police else "none given",
        advice="Keep everything. Tell the parents. Leave the comments up until tomorrow."
        if police
        else "",
    )


def _correct_the_chronology(workspace: Workspace, incident_id: IncidentId) -> None:
    at = _before(workspace, minutes=30)
    add_note(workspace, incident_id, at, "Robin collected by her mother at 15:00.")
    line = next(
        entry
        for entry in show_chronology(workspace, incident_id)
        if entry.text.startswith("Robin collected")
    )
    text = "Robin collected by her grandmother at 15:00."
    correct_note(workspace, incident_id, line.id, text, "The tutor put it right.")


_ROUNDS = 200
_WITNESS = SecondCheck(witness="Ash Invented, pastoral care")


def _record_what_is_left(workspace: Workspace, incident_id: IncidentId) -> None:
    for _ in range(_ROUNDS):
        step = show_checklists(workspace, incident_id).next_step
        if step is None:
            return
        contact_id: ContactId | None = None
        if step.step.recipients and step.step.recipients[0] in Recipient.__members__.values():
            recipient = Recipient(step.step.recipients[0])
            details = _details(workspace, recipient)
            contact_id = add_contact(workspace, incident_id, details).contact_id
        record_step(
            workspace,
            step.checklist_id,
            step.step.id,
            StepState.DONE,
            values={blank.name: _answer(blank.choices) for blank in step.step.blanks},
            late_reason="Practice case" if step.due and step.due.late_by else "",
            contact_id=contact_id,
            second=_WITNESS if step.step.second else None,
        )


def _leave_out_what_does_not_apply(workspace: Workspace, incident_id: IncidentId) -> None:
    for checklist in show_checklists(workspace, incident_id).checklists:
        for view in checklist.steps:
            if view.state is StepState.OPEN and view.prefilled_reason:
                record_step(
                    workspace,
                    view.checklist_id,
                    view.step.id,
                    StepState.NOT_APPLICABLE,
                    reason=view.prefilled_reason,
                )


def _answer(choices: tuple[str, ...]) -> str:
    return choices[0] if choices else "Recorded for practice."
