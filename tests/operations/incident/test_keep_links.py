"""Incidents that belong together: linked with a reason, for both, and ended with one."""

import pytest

from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded, RecordErased
from desktop.domain.identifiers import IncidentId
from desktop.domain.log.custody import Action
from desktop.domain.people import Role
from desktop.domain.steps.facts import facts_of
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.keep_links import end_link, link_incident, show_links
from desktop.operations.incident.keep_people import add_person, involve_person
from desktop.operations.incident.record_incident import enter_fields, start_incident
from desktop.operations.steps.read_situation import read_situation
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.operations.erasing.erasures import Case, case, erase
from tests.situations import at

__all__ = ["case"]
WHY = "The same account wrote both times"


@pytest.fixture
def first(workspace: Workspace) -> IncidentId:
    return start_incident(workspace, title="E-mails").incident_id


@pytest.fixture
def second(workspace: Workspace, first: IncidentId, clock: FrozenClock) -> IncidentId:
    clock.advance(days=3)
    return start_incident(workspace, title="Comments").incident_id


def test_a_link_counts_for_both_and_says_why(
    workspace: Workspace, first: IncidentId, second: IncidentId
) -> None:
    changes = link_incident(workspace, second, first, f" {WHY} ")
    assert changes.incident_id is None
    for one, other, number in ((first, second, "0002"), (second, first, "0001")):
        view = show_links(workspace, one)
        assert [line.id for line in view.linked] == [other]
        assert view.linked[0].reason == WHY
        assert view.own.id == one
        assert other not in [line.id for line in view.others]
        said = show_chronology(workspace, one)[-1]
        assert said.text == f"Linked with incident 2026-{number}, because {WHY}"
        entry, detail = workspace.log.custody.about([one])[-1]
        assert entry.action is Action.INCIDENT_LINKED
        assert detail
        assert WHY in detail.detail
        assert "incident-linked" in facts_of(read_situation(workspace, one))


def test_a_link_is_ended_with_a_reason_and_may_be_made_again(
    workspace: Workspace, first: IncidentId, second: IncidentId
) -> None:
    link_incident(workspace, first, second, WHY)
    end_link(workspace, second, first, "It was another account of a similar name")
    assert show_links(workspace, first).linked == ()
    assert "incident-linked" not in facts_of(read_situation(workspace, second))
    said = show_chronology(workspace, first)[-1].text
    assert said.startswith("No longer linked with incident 2026-0002, because It was another")
    link_incident(workspace, second, first, WHY)
    assert [line.id for line in show_links(workspace, first).linked] == [second]


def test_nothing_is_linked_without_a_reason_twice_or_with_itself(
    workspace: Workspace, first: IncidentId, second: IncidentId
) -> None:
    with pytest.raises(ReasonNeeded):
        link_incident(workspace, first, second, "  ")
    with pytest.raises(NotAllowed):
        link_incident(workspace, first, first, WHY)
    with pytest.raises(NotFound):
        end_link(workspace, first, second, WHY)
    with pytest.raises(NotFound):
        link_incident(workspace, first, IncidentId("nowhere"), WHY)
    link_incident(workspace, first, second, WHY)
    with pytest.raises(NotAllowed):
        link_incident(workspace, second, first, WHY)
    assert show_links(workspace, first).linked[0].reason == WHY


def test_those_with_the_same_people_come_first(
    workspace: Workspace, first: IncidentId, second: IncidentId
) -> None:
    third = start_incident(workspace, title="A fake account").incident_id
    robin = add_person(workspace, third, Role.TARGET, {"name": "Robin Learner"}).person_id
    add_person(workspace, third, Role.WITNESS, {})
    assert [line.id for line in show_links(workspace, third).others] == [second, first]
    involve_person(workspace, first, robin, Role.WITNESS)
    others = show_links(workspace, third).others
    assert [line.id for line in others] == [first, second]
    assert others[0].shared == others[0].people == ("Robin Learner",)
    assert others[1].shared == ()


def test_linked_incidents_stand_in_the_order_in_which_they_happened(
    workspace: Workspace, first: IncidentId, second: IncidentId
) -> None:
    third = start_incident(workspace).incident_id
    enter_fields(workspace, second, {"became_aware_at": at(9), "occurred_from": at(2)})
    enter_fields(workspace, first, {"became_aware_at": at(5)})
    link_incident(workspace, third, first, WHY)
    link_incident(workspace, third, second, WHY)
    view = show_links(workspace, third)
    assert [(line.id, line.happened) for line in view.linked] == [(second, at(2)), (first, at(5))]
    assert [line.is_logged_time for line in (*view.linked, view.own)] == [False, False, True]


def test_an_erased_incident_is_not_offered(workspace: Workspace, case: Case) -> None:
    open_one = start_incident(workspace).incident_id
    link_incident(workspace, open_one, case.incident_id, WHY)
    erase(workspace, case.incident_id)
    view = show_links(workspace, open_one)
    assert [line.id for line in view.others] == [case.other_id]
    assert view.linked == ()
    with pytest.raises(RecordErased):
        show_links(workspace, case.incident_id)
    with pytest.raises(RecordErased):
        link_incident(workspace, case.other_id, case.incident_id, WHY)
