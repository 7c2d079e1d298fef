"""The gate lets in, or holds back unread; it starts the stop and makes the incident careful."""

import pytest

from desktop.domain.errors import ReasonNeeded
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import ItemState
from desktop.operations.evidence.answer_gate import keep_out, let_in, show_gate
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.record_incident import close_incident
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import an_incident


def test_no_lets_in(workspace: Workspace) -> None:
    incident = an_incident(workspace)
    answered = let_in(workspace, incident, ["message.eml"])
    assert answered.lets_in
    assert not answered.careful
    assert answered.number == "2026-0001"
    statement = workspace.log.evidence.statement(answered.statement_id)
    assert statement
    assert statement.answer is GateAnswer.NO
    assert statement.listed == ("message.eml",)


def test_an_incident_is_started_where_there_is_none(workspace: Workspace) -> None:
    answered = let_in(workspace, None, ["a capture"])
    assert [line.id for line in show_gate(workspace, None).others] == [answered.incident_id]


@pytest.mark.parametrize("answer", [GateAnswer.YES, GateAnswer.NOT_SURE])
def test_held_back_is_described_unread_and_makes_careful(
    workspace: Workspace, answer: GateAnswer
) -> None:
    incident = an_incident(workspace)
    answered = keep_out(
        workspace, incident, answer, ["photo.jpg"], Concern.CHILD_IMAGE, "She says it is of her"
    )
    assert answered.careful
    assert not answered.lets_in
    assert answered.held == ("photo.jpg",)
    assert answered.description == "She says it is of her"
    (item,) = list_items(workspace, incident)
    assert item.state is ItemState.HELD_BACK
    assert item.content_id is None
    assert item.origin.description == "She says it is of her"
    running = [one.procedure_id for one in workspace.log.checklists.of(incident)]
    assert "P03" in running


def test_several_held_back_are_named(workspace: Workspace) -> None:
    answered = keep_out(
        workspace, None, GateAnswer.NOT_SURE, ["a.jpg", "b.jpg"], Concern.TERRORIST, "A manual"
    )
    items = list_items(workspace, answered.incident_id)
    assert [item.origin.description for item in items] == ["a.jpg: A manual", "b.jpg: A manual"]


def test_nothing_is_recorded_without_words(workspace: Workspace) -> None:
    incident = an_incident(workspace)
    with pytest.raises(ReasonNeeded):
        keep_out(workspace, incident, GateAnswer.YES, ["a.jpg"], Concern.CHILD_IMAGE, "  ")
    assert workspace.log.evidence.statements(incident) == []
    assert list_items(workspace, incident) == ()


def test_show_gate_offers_the_open_incidents(workspace: Workspace) -> None:
    closed, opened = an_incident(workspace, "Closed"), an_incident(workspace, "Open")
    close_incident(workspace, closed, outcome="Settled", control_measure="None needed")
    view = show_gate(workspace, closed)
    assert view.incident
    assert view.incident.id == closed
    assert [line.id for line in view.others] == [opened]
    assert show_gate(workspace, None).incident is None
