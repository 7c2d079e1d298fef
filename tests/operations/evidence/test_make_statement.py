"""The gate: recorded answers, held-back items, careful incidents, corrections."""

import pytest

from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import ItemState
from desktop.domain.identifiers import IncidentId, StatementId
from desktop.domain.log.custody import Action
from desktop.operations.browse_incidents import show_incident
from desktop.operations.evidence.make_statement import correct_statement, hold_back, make_statement
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.operations.steps.read_situation import read_items
from desktop.operations.workspace import Workspace


@pytest.fixture
def incident_id(workspace: Workspace) -> IncidentId:
    return start_incident(workspace, "Tutor rang").incident_id


def running(workspace: Workspace, incident_id: IncidentId) -> set[str]:
    view = show_checklists(workspace, incident_id)
    return {one.procedure.id for one in view.checklists}


def test_no_lets_the_batch_in_and_changes_nothing_else(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    made = make_statement(workspace, incident_id, GateAnswer.NO, ["a capture", "note\n.pdf"])
    assert workspace.log.evidence.statements(incident_id) == [made.statement]
    assert made.statement.listed == ("a capture", "note .pdf")
    assert not show_incident(workspace, incident_id).incident.careful
    assert "P03" not in running(workspace, incident_id)


@pytest.mark.parametrize("answer", [GateAnswer.YES, GateAnswer.NOT_SURE])
def test_yes_and_not_sure_start_the_stop(
    workspace: Workspace, incident_id: IncidentId, answer: GateAnswer
) -> None:
    make_statement(workspace, incident_id, answer, ["a.jpg"], Concern.CHILD_IMAGE)
    assert show_incident(workspace, incident_id).incident.careful
    assert "P03" in running(workspace, incident_id)
    told = [line.text for line in show_chronology(workspace, incident_id)]
    assert any("nothing was opened or copied" in text for text in told)


def test_not_saying_what_it_is_counts_as_the_worst(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    make_statement(workspace, incident_id, GateAnswer.NOT_SURE, ["a.jpg"])
    assert "P03" in running(workspace, incident_id)


def test_what_is_held_back_is_described_and_never_copied(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    made = make_statement(workspace, incident_id, GateAnswer.NOT_SURE, ["a.jpg"])
    hold_back(workspace, incident_id, made.statement.id, "a.jpg", "Robin says it shows her")
    hold_back(workspace, incident_id, made.statement.id, "b.jpg")
    first, second = read_items(workspace, incident_id)
    assert (first.state, first.content_id) == (ItemState.HELD_BACK, None)
    assert first.origin.description == "Robin says it shows her"
    assert second.origin.description == "b.jpg: held back, not copied"
    assert (str(first.mark), str(second.mark)) == ("PXS/1", "PXS/2")


def test_one_item_of_a_batch_may_be_held_back(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    made = make_statement(workspace, incident_id, GateAnswer.NO, ["a.jpg", "b.jpg"])
    hold_back(workspace, incident_id, made.statement.id, "b.jpg")
    assert show_incident(workspace, incident_id).incident.careful


def test_a_mistaken_answer_is_corrected_and_stays_visible(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    first = make_statement(workspace, incident_id, GateAnswer.NOT_SURE, ["a.jpg"]).statement
    with pytest.raises(ReasonNeeded):
        correct_statement(workspace, incident_id, first.id, GateAnswer.NO, " ")
    fixed = correct_statement(
        workspace, incident_id, first.id, GateAnswer.NO, "It is a timetable; the tutor saw it"
    )
    assert workspace.log.evidence.statements(incident_id) == [first, fixed.statement]
    assert fixed.statement.corrects == first.id
    with pytest.raises(NotAllowed):
        correct_statement(workspace, incident_id, first.id, GateAnswer.NO, "Once more")


def test_a_correction_says_why_and_on_what_information(
    workspace: Workspace, incident_id: IncidentId
) -> None:
    first = make_statement(workspace, incident_id, GateAnswer.NO, ["a.jpg"]).statement
    fixed = correct_statement(
        workspace, incident_id, first.id, GateAnswer.NOT_SURE, "Told since", " Her tutor rang "
    ).statement
    assert workspace.log.evidence.statement(fixed.id) == fixed
    assert (fixed.reason, fixed.information) == ("Told since", "Her tutor rang")
    line = workspace.log.chronology.of(incident_id)[-1].text
    assert line == (
        "Answer at the gate corrected to not sure (it was no): Told since; "
        "on this information: Her tutor rang"
    )
    entries = workspace.log.custody.about([incident_id])
    assert Action.STATEMENT_CORRECTED in [entry.action for entry, _ in entries]
    row = workspace.log.incidents.get(incident_id)
    assert row
    assert row.careful


def test_what_was_confirmed_has_no_override(workspace: Workspace, incident_id: IncidentId) -> None:
    first = make_statement(workspace, incident_id, GateAnswer.YES, ["a.jpg"]).statement
    with pytest.raises(NotAllowed):
        correct_statement(workspace, incident_id, first.id, GateAnswer.NO, "I changed my mind")
    with pytest.raises(NotFound):
        correct_statement(workspace, incident_id, StatementId("none"), GateAnswer.NO, "x")
