"""Procedures join by any fact, and are offered to end when nothing calls for them any more."""

import pytest

from desktop.domain.contacts import Channel, ContactDetails, Recipient
from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.identifiers import ChecklistId, IncidentId
from desktop.domain.incidents import Category
from desktop.domain.log.custody import Action
from desktop.domain.people import PersonKind, Role
from desktop.domain.steps.checklist_records import StepState
from desktop.operations.evidence.make_statement import make_statement
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.keep_people import add_person, edit_person
from desktop.operations.incident.record_incident import enter_fields, start_incident
from desktop.operations.steps.answer_triage import answer_triage, show_triage
from desktop.operations.steps.attach_procedure import (
    attach_procedure,
    end_procedure,
    find_no_longer,
)
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.workspace import Workspace
from tests.operations.steps.own_procedures import head, step, with_procedures

ASKS = head("P91", '["T12=yes"]') + step(
    "P91-1", 'blanks = [{ name = "demand", label = "A demand?", choices = ["no", "yes"] }]\n'
)


def live(workspace: Workspace, incident_id: IncidentId) -> dict[str, ChecklistId]:
    """Return the running checklists by procedure."""
    found = show_checklists(workspace, incident_id).checklists
    return {one.procedure.id: one.checklist.id for one in found if not one.checklist.ended_reason}


def begin(workspace: Workspace) -> IncidentId:
    return start_incident(workspace, "Somebody rang").incident_id


def test_the_answer_of_a_step_lets_a_procedure_join(workspace: Workspace) -> None:
    joins = head("P92", '["P91-1.demand=yes"]') + step("P92-1")
    own = with_procedures(workspace, ASKS, joins)
    incident_id = begin(own)
    answer_triage(own, incident_id, {"T12": "yes"})
    checklist = live(own, incident_id)["P91"]
    record_step(own, checklist, "P91-1", StepState.DONE, values={"demand": "no"})
    assert "P92" not in live(own, incident_id)
    record_step(
        own, checklist, "P91-1", StepState.DONE, values={"demand": "yes"},
        again_reason="They wrote again, and asked for money.",
    )  # fmt: skip
    assert "P92" in live(own, incident_id)
    (joined,) = [c for c in own.log.checklists.of(incident_id) if c.procedure_id == "P92"]
    assert joined.attached_with == ("P91-1.demand=yes",)
    assert joined.attached_reason == "After P91-1, Step P91-1"


@pytest.mark.parametrize(
    "fact", ["told:POLICE", "target-staff", "category:SEXT-EXT", "gate-terrorist"]
)
def test_any_entry_lets_a_procedure_join(workspace: Workspace, fact: str) -> None:
    own = with_procedures(workspace, head("P92", f'["{fact}"]') + step("P92-1"))
    incident_id = begin(own)
    assert "P92" not in live(own, incident_id)
    if fact == "told:POLICE":
        at = own.now()
        details = ContactDetails(
            recipient=Recipient.POLICE, at=at, channel=Channel.PHONE, answered=False
        )
        add_contact(own, incident_id, details)
        assert "P92" not in live(own, incident_id)
        answered = ContactDetails(
            recipient=Recipient.POLICE, at=at, channel=Channel.PHONE, answered=True
        )
        add_contact(own, incident_id, answered)
    elif fact == "target-staff":
        person = add_person(own, incident_id, Role.TARGET, {}).person_id
        assert "P92" not in live(own, incident_id)
        edit_person(own, incident_id, person, {"kind": PersonKind.STAFF.value})
    elif fact == "category:SEXT-EXT":
        enter_fields(own, incident_id, {"categories": ("SEXT-EXT",)})
    else:
        answer = GateAnswer.NOT_SURE
        make_statement(own, incident_id, answer, ["a video"], Concern.TERRORIST)
    assert "P92" in live(own, incident_id)


def test_what_belongs_to_the_organisation_joins_no_incident(workspace: Workspace) -> None:
    text = head("P92", '["always"]') + 'scope = "organisation"\n' + step("P92-1")
    own = with_procedures(workspace, text)
    incident_id = begin(own)
    answer_triage(own, incident_id, {"T1": "no"})
    assert "P92" not in live(own, incident_id)


def test_what_was_ended_stays_ended_until_something_new_calls_for_it(
    workspace: Workspace,
) -> None:
    own = with_procedures(workspace, head("P92", '["T12=yes", "T13=yes"]') + step("P92-1"))
    incident_id = begin(own)
    answer_triage(own, incident_id, {"T12": "yes"})
    end_procedure(own, live(own, incident_id)["P92"], "It was another person")
    enter_fields(own, incident_id, {"support": "Somebody to talk to"})
    assert "P92" not in live(own, incident_id)
    assert answer_triage(own, incident_id, {"T12": "yes"}).attached == ()
    answer_triage(own, incident_id, {"T13": "yes"})
    assert "P92" in live(own, incident_id)


def test_an_answer_given_anew_calls_for_it_again(workspace: Workspace) -> None:
    incident_id = begin(workspace)
    answer_triage(workspace, incident_id, {"T2": "yes"})
    answer_triage(workspace, incident_id, {"T2": "no"})
    end_procedure(workspace, live(workspace, incident_id)["P03"], "Shown to be a cartoon")
    assert "P03" not in live(workspace, incident_id)
    assert "P03" in answer_triage(workspace, incident_id, {"T2": "unsure"}).attached
    answer_triage(workspace, incident_id, {"T2": "no"})
    end_procedure(workspace, live(workspace, incident_id)["P03"], "Shown to be a cartoon")
    make_statement(workspace, incident_id, GateAnswer.YES, ["x"], Concern.CHILD_IMAGE)
    assert "P03" in live(workspace, incident_id)


def test_what_nothing_calls_for_any_more_is_offered_to_end_and_goes_on(
    workspace: Workspace,
) -> None:
    incident_id = begin(workspace)
    answer_triage(workspace, incident_id, {"T8": "site"})
    assert show_triage(workspace, incident_id).no_longer == ()
    triaged = answer_triage(workspace, incident_id, {"T8": "private"})
    said = {one.procedure_id: one.reason for one in triaged.no_longer}
    assert said["P02"] == "The answers that called for it have changed"
    assert said["S4"] == "No running procedure uses it any more"
    assert "P00" not in said
    assert "P01" not in said
    assert {"P02", "S4"} <= live(workspace, incident_id).keys()
    assert triaged.no_longer == show_triage(workspace, incident_id).no_longer
    for one in triaged.no_longer:
        end_procedure(workspace, one.checklist_id, one.reason)
    assert find_no_longer(workspace, incident_id) == ()
    assert "P02" not in live(workspace, incident_id)


def test_the_custody_record_keeps_why_a_procedure_ended(workspace: Workspace) -> None:
    incident_id = begin(workspace)
    attach_procedure(workspace, incident_id, "P02", "We want its steps")
    end_procedure(workspace, live(workspace, incident_id)["P02"], "It was somebody else")
    (detail,) = [
        detail.detail
        for entry, detail in workspace.log.custody.about([incident_id])
        if entry.action is Action.PROCEDURE_ENDED and detail
    ]
    assert "It was somebody else" in detail


def test_what_was_attached_by_hand_is_never_offered_to_end(workspace: Workspace) -> None:
    incident_id = begin(workspace)
    attach_procedure(workspace, incident_id, "P02", "We want its steps")
    answer_triage(workspace, incident_id, {"T8": "private"})
    assert "P02" not in {one.procedure_id for one in find_no_longer(workspace, incident_id)}


def test_what_joins_again_begins_afresh_and_what_was_recorded_stays(workspace: Workspace) -> None:
    own = with_procedures(workspace, ASKS)
    incident_id = begin(own)
    attach_procedure(own, incident_id, "P91", "We want its steps")
    first = live(own, incident_id)["P91"]
    record_step(own, first, "P91-1", StepState.DONE, values={"demand": "yes"})
    assert "P91-1.demand=yes" in show_checklists(own, incident_id).facts
    end_procedure(own, first, "It was another person")
    assert "P91-1.demand=yes" in show_checklists(own, incident_id).facts
    attach_procedure(own, incident_id, "P91", "It is theirs after all")
    view = show_checklists(own, incident_id)
    assert "done:P91-1" not in view.facts
    both = [one for one in view.checklists if one.procedure.id == "P91"]
    assert [one.steps[0].state for one in both] == [StepState.DONE, StepState.OPEN]


def test_nothing_joins_or_ends_without_a_reason(workspace: Workspace) -> None:
    incident_id = begin(workspace)
    with pytest.raises(ReasonNeeded):
        attach_procedure(workspace, incident_id, "P02", " ")
    with pytest.raises(NotFound):
        attach_procedure(workspace, incident_id, "P99", "We want its steps")
    with pytest.raises(ReasonNeeded):
        end_procedure(workspace, live(workspace, incident_id)["P00"], "")
    with pytest.raises(NotFound):
        end_procedure(workspace, ChecklistId("none"), "It was another person")


def test_what_has_ended_keeps_the_first_reason(workspace: Workspace) -> None:
    incident_id = begin(workspace)
    attach_procedure(workspace, incident_id, "P09", "It may be a fake account")
    checklist_id = live(workspace, incident_id)["P09"]
    end_procedure(workspace, checklist_id, "It is their own account")
    with pytest.raises(NotAllowed):
        end_procedure(workspace, checklist_id, "Nobody knows any more")
    ended = workspace.log.checklists.get(checklist_id)
    assert ended
    assert ended.ended_reason == "It is their own account"
    title = workspace.procedures["P09"].title
    said = [line.text for line in show_chronology(workspace, incident_id)]
    assert f"P09, {title}: ended. It is their own account" in said


def test_what_was_ended_joins_again_when_it_is_entered_anew(workspace: Workspace) -> None:
    own = with_procedures(
        workspace, ASKS, head("P92", '["category:SEXT-EXT", "P91-1.demand=yes"]') + step("P92-1")
    )
    incident_id = begin(own)
    blackmail = {"categories": (Category.SEXT_EXT,)}
    enter_fields(own, incident_id, blackmail)
    end_procedure(own, live(own, incident_id)["P92"], "Entered by mistake")
    enter_fields(own, incident_id, blackmail | {"summary": "Nothing new"})
    assert "P92" not in live(own, incident_id)
    enter_fields(own, incident_id, {"categories": ()})
    enter_fields(own, incident_id, blackmail)
    assert "P92" in live(own, incident_id)


def test_what_was_ended_joins_again_by_a_step_that_says_so_anew(workspace: Workspace) -> None:
    own = with_procedures(workspace, ASKS, head("P92", '["P91-1.demand=yes"]') + step("P92-1"))
    incident_id = begin(own)
    answer_triage(own, incident_id, {"T12": "yes"})
    checklist = live(own, incident_id)["P91"]

    def say(demand: str) -> None:
        values, why = {"demand": demand}, "They rang once more."
        record_step(own, checklist, "P91-1", StepState.DONE, values=values, again_reason=why)

    say("yes")
    end_procedure(own, live(own, incident_id)["P92"], "Entered by mistake")
    say("yes")
    assert "P92" not in live(own, incident_id)
    say("no")
    say("yes")
    assert "P92" in live(own, incident_id)


def test_what_was_ended_joins_again_by_somebody_who_is_named_anew(workspace: Workspace) -> None:
    own = with_procedures(workspace, ASKS, head("P92", '["target-staff"]') + step("P92-1"))
    incident_id = begin(own)
    staff = {"name": "Kim", "kind": PersonKind.STAFF.value}
    person = add_person(own, incident_id, Role.TARGET, staff).person_id
    end_procedure(own, live(own, incident_id)["P92"], "Entered by mistake")
    edit_person(own, incident_id, person, {"kind": PersonKind.LEARNER.value})
    assert "P92" not in live(own, incident_id)
    edit_person(own, incident_id, person, {"kind": PersonKind.STAFF.value})
    assert "P92" in live(own, incident_id)
