"""Starting, typing, entering, closing and reopening an incident."""

import pytest

from desktop.domain.changes import Topic
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.identifiers import IncidentId
from desktop.domain.incidents import Category, IncidentStatus, RiskLevel
from desktop.domain.log.custody import first_break
from desktop.operations.browse_incidents import (
    list_incidents,
    show_incident,
)
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.record_incident import (
    close_incident,
    enter_drafts,
    enter_fields,
    reopen_incident,
    save_draft,
    start_incident,
)
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock


def test_the_first_save_gives_a_number_and_keeps_the_words(workspace: Workspace) -> None:
    started = start_incident(workspace, "Tutor rang. Robin gets abusive e-mails")
    view = show_incident(workspace, started.incident_id)
    assert started.number == "2026-0001"
    assert view.title == "Tutor rang"
    assert view.drafts == {"first_account": "Tutor rang. Robin gets abusive e-mails"}
    assert view.incident.status is IncidentStatus.OPEN
    assert Topic.INCIDENT in started.changes.topics


def test_nothing_at_all_is_enough_to_start(workspace: Workspace) -> None:
    started = start_incident(workspace)
    assert show_incident(workspace, started.incident_id).title == "New incident"
    assert show_incident(workspace, started.incident_id).drafts == {}


def test_a_given_title_stays_when_the_words_grow(workspace: Workspace) -> None:
    incident_id = start_incident(workspace, title="Comments on a site").incident_id
    save_draft(workspace, incident_id, "first_account", "Something else. And more")
    assert show_incident(workspace, incident_id).title == "Comments on a site"


def test_what_is_typed_is_kept_as_it_grows(workspace: Workspace) -> None:
    incident_id = start_incident(workspace, "T").incident_id
    save_draft(workspace, incident_id, "first_account", "Tutor rang at nine")
    save_draft(workspace, incident_id, "place", "On the b")
    view = show_incident(workspace, incident_id)
    assert view.title == "Tutor rang at nine"
    assert view.drafts == {"first_account": "Tutor rang at nine", "place": "On the b"}


def test_an_emptied_draft_keeps_the_earlier_title(workspace: Workspace) -> None:
    incident_id = start_incident(workspace, "Tutor rang").incident_id
    save_draft(workspace, incident_id, "first_account", "")
    assert show_incident(workspace, incident_id).title == "Tutor rang"


def test_drafts_may_belong_to_something_else(workspace: Workspace) -> None:
    assert save_draft(workspace, "person-1", "name", "Ro").incident_id is None


def test_entered_fields_replace_drafts_and_keep_their_history(
    workspace: Workspace, clock: FrozenClock
) -> None:
    incident_id = start_incident(workspace, "T").incident_id
    save_draft(workspace, incident_id, "place", "On the bus")
    enter_fields(workspace, incident_id, {"place": "On the bus", "risk": RiskLevel.HIGH})
    clock.advance(minutes=5)
    enter_fields(workspace, incident_id, {"place": "At home", "categories": (Category.THREAT,)})
    view = show_incident(workspace, incident_id)
    assert view.incident.record.place == "At home"
    assert view.incident.record.risk is RiskLevel.HIGH
    assert view.incident.record.categories == (Category.THREAT,)
    assert "place" not in view.drafts
    values = [entry.value for entry in workspace.log.fields.history(incident_id)]
    assert "On the bus" in values


def test_entering_the_same_again_adds_nothing(workspace: Workspace) -> None:
    incident_id = start_incident(workspace, "T").incident_id
    enter_fields(workspace, incident_id, {"place": "At home"})
    before = workspace.log.custody.head()
    changes = enter_fields(workspace, incident_id, {"place": "At home"})
    assert workspace.log.custody.head() == before
    assert changes.topics == {Topic.DRAFT}


def test_the_entered_account_gives_the_title_until_one_is_given(workspace: Workspace) -> None:
    incident_id = start_incident(workspace).incident_id
    enter_fields(workspace, incident_id, {"first_account": "She was crying. Then she left."})
    assert show_incident(workspace, incident_id).title == "She was crying"
    enter_fields(workspace, incident_id, {"title": "Abusive e-mails"})
    enter_fields(workspace, incident_id, {"first_account": "Other words"})
    assert show_incident(workspace, incident_id).title == "Abusive e-mails"


def test_drafts_are_entered_before_something_leaves(workspace: Workspace) -> None:
    incident_id = start_incident(workspace, "Tutor rang").incident_id
    save_draft(workspace, incident_id, "note of a form", "half")
    enter_drafts(workspace, incident_id)
    view = show_incident(workspace, incident_id)
    assert view.incident.record.first_account == "Tutor rang"
    assert view.drafts == {"note of a form": "half"}


def test_closing_needs_outcome_and_control_measure(workspace: Workspace) -> None:
    incident_id = start_incident(workspace, "T").incident_id
    with pytest.raises(ReasonNeeded):
        close_incident(workspace, incident_id, outcome=" ", control_measure="x")
    with pytest.raises(ReasonNeeded):
        close_incident(workspace, incident_id, outcome="x", control_measure="")
    close_incident(
        workspace, incident_id, outcome="Settled", control_measure="Talk", learner_view="Heard"
    )
    record = show_incident(workspace, incident_id).incident.record
    assert (record.outcome, record.control_measure, record.learner_view) == (
        "Settled", "Talk", "Heard",
    )  # fmt: skip
    assert list_incidents(workspace)[0].status is IncidentStatus.CLOSED
    with pytest.raises(NotAllowed):
        close_incident(workspace, incident_id, outcome="x", control_measure="y")


def test_a_closed_incident_opens_again_with_a_reason(workspace: Workspace) -> None:
    incident_id = start_incident(workspace, "T").incident_id
    close_incident(workspace, incident_id, outcome="Settled", control_measure="Talk")
    with pytest.raises(ReasonNeeded):
        reopen_incident(workspace, incident_id, "")
    reopen_incident(workspace, incident_id, "It began again")
    assert list_incidents(workspace)[0].status is IncidentStatus.OPEN
    told = [line.text for line in show_chronology(workspace, incident_id)]
    assert any("Opened again: It began again" in text for text in told)


def test_the_list_shows_the_newest_first(workspace: Workspace, clock: FrozenClock) -> None:
    start_incident(workspace, "one")
    clock.advance(minutes=1)
    start_incident(workspace, "two")
    assert [line.title for line in list_incidents(workspace)] == ["two", "one"]


def test_an_unknown_incident_is_said_to_be_unknown(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        show_incident(workspace, IncidentId("nobody"))


def test_everything_done_stands_in_the_custody_chain(workspace: Workspace) -> None:
    incident_id = start_incident(workspace, "T").incident_id
    enter_fields(workspace, incident_id, {"place": "At home"})
    close_incident(workspace, incident_id, outcome="Settled", control_measure="Talk")
    actions = [entry.action.value for entry, _ in workspace.log.custody.about([incident_id])]
    assert actions[0] == "incident started"
    assert "record entered" in actions
    assert actions[-1] == "incident closed"
    assert first_break(workspace.log.custody.walk()) is None
    kinds = {line.kind for line in show_chronology(workspace, incident_id)}
    assert EntryKind.STATUS in kinds
