"""The answers about an item are listed with their corrections, and say what is confirmed."""

import pytest

from desktop.domain.errors import NotFound
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.identifiers import ItemId
from desktop.operations.evidence.answer_gate import keep_out
from desktop.operations.evidence.make_statement import correct_statement
from desktop.operations.evidence.show_statements import show_statements
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_no, an_incident


def held(workspace: Workspace, answer: GateAnswer) -> EvidenceItem:
    incident = an_incident(workspace)
    a_no(workspace, incident)
    keep_out(workspace, incident, answer, ["photo.jpg"], Concern.CHILD_IMAGE, "Described")
    (item,) = workspace.log.evidence.items(incident)
    return item


def test_the_answer_and_what_corrects_it_stand_in_order(workspace: Workspace) -> None:
    item = held(workspace, GateAnswer.NOT_SURE)
    assert item.statement_id
    correct_statement(
        workspace, item.incident_id, item.statement_id, GateAnswer.NO, "mixed up", "a tutor"
    )
    given = show_statements(workspace, item.id)
    assert [one.answer for one in given.statements] == [GateAnswer.NOT_SURE, GateAnswer.NO]
    assert given.statements[1].information == "a tutor"
    assert not given.confirmed


def test_a_yes_is_confirmed(workspace: Workspace) -> None:
    assert show_statements(workspace, held(workspace, GateAnswer.YES).id).confirmed


def test_an_item_that_is_not_there_has_none(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        show_statements(workspace, ItemId("nothing"))
