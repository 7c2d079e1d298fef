"""The tiles are told of every item, what was made of it too, and who opened it how often."""

from dataclasses import replace

import pytest

from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import IncidentId, ItemId, KeyholderId
from desktop.operations.evidence.confirm_derivative import confirm_derivative, find_confirmation
from desktop.operations.evidence.keep_covering import cover_all
from desktop.operations.evidence.show_evidence import Views, count_views, list_evidence
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.evidence.view_evidence import open_item
from desktop.operations.keys.second_person import SecondPerson
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_no, a_png, ignore, never


@pytest.fixture
def item_id(workspace: Workspace, incident: IncidentId) -> ItemId:
    statement = a_no(workspace, incident)
    return add_picture(
        workspace, incident, statement, a_png(), ItemKind.PICTURE, Method.PASTE,
        workspace.now(), ignore, never,
    ).item_id  # fmt: skip


def test_views_are_counted_for_the_reader_and_for_all(
    workspace: Workspace, incident: IncidentId, item_id: ItemId
) -> None:
    other = replace(workspace, keyholder=replace(workspace.keyholder, id=KeyholderId("other")))
    assert count_views(workspace, item_id) == Views(0, 0)
    for reader in (workspace, other, workspace):
        open_item(reader, item_id, ignore, never)
    assert count_views(workspace, item_id) == Views(2, 3)
    assert count_views(other, item_id) == Views(1, 3)
    (line,) = list_evidence(workspace, incident).lines
    assert line.views == Views(2, 3)


def test_copies_are_listed_for_the_tiles_alone(
    workspace: Workspace, incident: IncidentId, item_id: ItemId
) -> None:
    item = workspace.log.evidence.item(item_id)
    assert item
    copy = replace(
        item,
        id=ItemId("copy"),
        mark=replace(item.mark, letter="A"),
        kind=ItemKind.REDACTED,
        derived_from=item_id,
    )
    with workspace.log.transaction():
        workspace.log.evidence.insert_item(copy)
    shown = list_evidence(workspace, incident)
    assert [str(line.item.mark) for line in shown.lines] == ["PXS/1", "PXS/1A"]
    originals = [line.item for line in shown.lines if line.item.derived_from is None]
    assert [str(item.mark) for item in originals] == ["PXS/1"]
    assert shown.lines[1].confirmed is None
    confirm_derivative(workspace, copy.id, second=SecondPerson(witness="Sam", witness_reason="x"))
    original, confirmed = list_evidence(workspace, incident).lines
    assert original.confirmed is None
    assert confirmed.confirmed == find_confirmation(workspace, copy.id)
    assert not shown.cover_all
    cover_all(workspace, wanted=True)
    assert list_evidence(workspace, incident).cover_all
