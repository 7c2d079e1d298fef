"""Short ways to a copy of an item and to what it holds."""

from pathlib import Path

from desktop.domain.evidence.derivatives import Mark, PicturePlan, Shape
from desktop.domain.evidence.items import EvidenceItem, Method
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.operations.evidence.make_derivative import DerivativeMade, Purpose, make_picture_copy
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_file, a_no_for, ignore, never

WHY = Purpose(reason="it goes to a parent or carer")
PLAN = PicturePlan(64, 40, (Mark(Shape.COVER, 0, 0, 32, 40),))


def take(
    workspace: Workspace, incident: IncidentId, tmp_path: Path, name: str, content: bytes
) -> ItemId:
    path = a_file(tmp_path, name, content)
    statement = a_no_for(workspace, incident, path)
    return add_file(workspace, incident, statement, path, Method.DROP, ignore, never).item_id


def cover(workspace: Workspace, item_id: ItemId, plan: PicturePlan = PLAN) -> DerivativeMade:
    return make_picture_copy(workspace, item_id, plan, WHY, ignore, never)


def content_of(workspace: Workspace, item: EvidenceItem) -> bytes:
    assert item.content_id
    row = workspace.log.evidence.content(item.content_id)
    assert row
    return b"".join(workspace.contents.read(row.id, row.file_number))
