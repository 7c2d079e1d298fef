"""Chronology, people, accounts and contacts of an incident."""

from datetime import timedelta

import pytest

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Topic
from desktop.domain.contacts import Channel, ContactDetails, Recipient
from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.identifiers import AccountId, EntryId, IncidentId
from desktop.domain.people import AgeGroup, PersonKind, Role
from desktop.operations.incident.keep_chronology import add_note, correct_note, show_chronology
from desktop.operations.incident.keep_contacts import add_contact, list_contacts
from desktop.operations.incident.keep_people import (
    add_account,
    add_person,
    edit_account,
    edit_person,
    involve_person,
)
from desktop.operations.incident.record_incident import enter_fields, start_incident
from desktop.operations.read_people import list_people, show_people
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock


@pytest.fixture
def incident_id(workspace: Workspace) -> IncidentId:
    return start_incident(workspace, "Tutor rang").incident_id


def earlier(workspace: Workspace, hours: int) -> Moment:
    now = workspace.now()
    return Moment(now.utc - timedelta(hours=hours), now.offset, now.zone)


def test_entries_stand_where_they_happened(workspace: Workspace, incident_id: IncidentId) -> None:
    add_note(workspace, incident_id, earlier(workspace, 3), "Robin saw the first message")
    lines = show_chronology(workspace, incident_id)
    assert lines[0].text == "Robin saw the first message"
    assert lines[0].entered_at == workspace.now()


def test_a_correction_leaves_both_to_be_seen(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    add_note(workspace, incident_id, earlier(workspace, 3), "Her mother came")
    first = show_chronology(workspace, incident_id)[0]
    correct_note(workspace, incident_id, first.id, "Her aunt came", "The tutor put it right")
    old, new = show_chronology(workspace, incident_id)[:2]
    assert (old.text, old.corrected_by) == ("Her mother came", new.id)
    assert (new.text, new.corrects, new.reason) == (
        "Her aunt came", old.id, "The tutor put it right",
    )  # fmt: skip
    assert new.at == old.at
    with pytest.raises(NotAllowed):
        correct_note(workspace, incident_id, first.id, "x", "y")


def test_a_correction_may_move_the_time(workspace: Workspace, incident_id: IncidentId) -> None:
    add_note(workspace, incident_id, earlier(workspace, 3), "Her aunt came")
    first = show_chronology(workspace, incident_id)[0]
    when = earlier(workspace, 2)
    correct_note(workspace, incident_id, first.id, "Her aunt came", "Wrong hour", when)
    assert show_chronology(workspace, incident_id)[1].at == when


def test_nothing_is_added_or_corrected_without_words(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    with pytest.raises(ReasonNeeded):
        add_note(workspace, incident_id, workspace.now(), "  ")
    add_note(workspace, incident_id, earlier(workspace, 1), "x")
    first = show_chronology(workspace, incident_id)[0]
    with pytest.raises(ReasonNeeded):
        correct_note(workspace, incident_id, first.id, "y", "")
    with pytest.raises(NotFound):
        correct_note(workspace, incident_id, EntryId("none"), "y", "z")


def test_the_times_of_the_record_stand_in_the_chronology(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    enter_fields(
        workspace,
        incident_id,
        {
            "occurred_from": earlier(workspace, 30),
            "first_recorded_at": earlier(workspace, 4),
            "first_recorded_by": "Tutor",
        },
    )
    texts = [line.text for line in show_chronology(workspace, incident_id)]
    assert texts[:2] == ["It happened", "First written down (Tutor)"]


def test_people_have_a_role_in_each_incident(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    robin = {"name": "Robin Sample", "kind": PersonKind.LEARNER, "age_group": AgeGroup.UNDER_18}
    added = add_person(workspace, incident_id, Role.TARGET, robin)
    other = start_incident(workspace, "Later").incident_id
    involve_person(workspace, other, added.person_id, Role.WITNESS)
    add_person(workspace, other, Role.REPORTER, {"name": "Alex Aide"})
    lines = list_people(workspace)
    assert [line.person.name for line in lines] == ["Alex Aide", "Robin Sample"]
    roles = [(number, role) for _, number, role in lines[1].incidents]
    assert roles == [("2026-0001", Role.TARGET), ("2026-0002", Role.WITNESS)]
    involved = show_people(workspace, incident_id).involvements
    assert involved[0].person.age_group is AgeGroup.UNDER_18
    edit_person(workspace, incident_id, added.person_id, {"name": "Robin A. Sample"})
    assert show_people(workspace, incident_id).involvements[0].person.name == "Robin A. Sample"
    assert "Robin Sample" in [
        entry.value for entry in workspace.log.fields.history(added.person_id)
    ]


def test_fields_that_do_not_exist_are_refused(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    with pytest.raises(NotFound):
        add_person(workspace, incident_id, Role.TARGET, {"mood": "x"})
    assert show_people(workspace, incident_id).involvements == ()


def test_accounts_are_kept_as_seen(workspace: Workspace, incident_id: IncidentId) -> None:
    seen = workspace.now()
    add_account(workspace, incident_id, {"handle": "@nightowl_77"}, seen_at=seen)
    account = show_people(workspace, incident_id).accounts[0]
    assert (account.handle, account.person_id, account.seen_at) == ("@nightowl_77", None, seen)
    person = add_person(workspace, incident_id, Role.PERSON_REPORTED, {"name": "Sam Sample"})
    edit_account(workspace, incident_id, account.id, {"platform": "X"}, person.person_id)
    account = show_people(workspace, incident_id).accounts[0]
    assert (account.platform, account.person_name) == ("X", "Sam Sample")
    add_account(workspace, incident_id, {"handle": "@second"})
    assert show_people(workspace, incident_id).accounts[1].seen_at is None
    assert AccountId(account.id) == account.id


def details(workspace: Workspace, *, answered: bool = True) -> ContactDetails:
    return ContactDetails(
        recipient=Recipient.POLICE,
        at=workspace.now(),
        channel=Channel.CALL_101,
        answered=answered,
        person="PC Invented" if answered else "",
        reference="EX/1" if answered else "",
        advice="Keep everything" if answered else "",
    )


def test_every_attempt_is_a_contact(
    workspace: Workspace, incident_id: IncidentId, clock: FrozenClock
) -> None:
    add_contact(workspace, incident_id, details(workspace, answered=False))
    clock.advance(minutes=10)
    added = add_contact(workspace, incident_id, details(workspace))
    first, second = list_contacts(workspace, incident_id)
    assert (first.attempt, second.attempt) == (1, 2)
    assert second.id == added.contact_id
    assert second.details.reference == "EX/1"
    texts = [line.text for line in show_chronology(workspace, incident_id)]
    assert "Police, 101 call; no answer (attempt 1)" in texts
    said = "Police, 101 call; spoke to PC Invented; reference EX/1; advice: Keep everything"
    assert said in texts
    assert Topic.CONTACT in added.changes.topics
