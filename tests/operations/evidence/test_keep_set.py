"""Captures of one thing are one ordered set with one origin; what the screen was is noted."""

import pytest

from desktop.domain.evidence.items import EvidenceItem, ItemKind, Method
from desktop.domain.identifiers import IncidentId, SetId, StatementId
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.evidence.keep_set import new_set
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_no, a_png, an_incident, ignore, never

NOTED = (("Screen", "DP-1: 1920 by 1080 pixels"),)


def capture(
    workspace: Workspace, incident: IncidentId, statement: StatementId, set_id: SetId | None
) -> ItemAdded:
    return add_picture(
        workspace,
        incident,
        statement,
        a_png(),
        ItemKind.SCREEN_REGION,
        Method.SCREEN_CAPTURE,
        workspace.now(),
        ignore,
        never,
        set_id=set_id,
        noted=NOTED,
    )


def items(workspace: Workspace, incident: IncidentId) -> tuple[EvidenceItem, ...]:
    return tuple(list_items(workspace, incident))


def test_a_set_keeps_its_order_and_is_described_once(workspace: Workspace) -> None:
    incident = an_incident(workspace)
    statement, together = a_no(workspace, incident), new_set()
    first = capture(workspace, incident, statement, together)
    capture(workspace, incident, statement, together)
    other = capture(workspace, incident, statement, None)
    enter_origin(workspace, first.item_id, {"source_url": "https://chatter.example/board/4182"})
    found = items(workspace, incident)
    assert [str(item.mark) for item in found if item.set_id == together] == ["PXS/1", "PXS/2"]
    assert [item.details_missing for item in found] == [False, False, True]
    assert next(item for item in found if item.id == other.item_id).set_id is None


def test_what_the_screen_was_is_noted_in_item_and_custody(workspace: Workspace) -> None:
    incident = an_incident(workspace)
    capture(workspace, incident, a_no(workspace, incident), new_set())
    (item,) = items(workspace, incident)
    assert item.noted[:1] == NOTED
    details = [detail.detail for _entry, detail in workspace.log.custody.walk() if detail]
    assert any("DP-1" in detail for detail in details)


def test_a_set_stays_in_one_incident(workspace: Workspace) -> None:
    together, first, second = new_set(), an_incident(workspace), an_incident(workspace)
    capture(workspace, first, a_no(workspace, first), together)
    with pytest.raises(ValueError, match="one incident"):
        capture(workspace, second, a_no(workspace, second), together)
    assert items(workspace, second) == ()


def test_sets_have_ids_of_their_own() -> None:
    assert new_set() != new_set()
