"""An incident with very many items, made quickly: all have the same picture."""

from dataclasses import replace

from desktop.domain.evidence.items import ExhibitMark, ItemKind, Method
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.log.custody import Action
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_no, a_png, an_incident, ignore, never


def many_items(workspace: Workspace, count: int, png: bytes = b"") -> IncidentId:
    """Start an incident of so many captures, each described."""
    incident = an_incident(workspace, "A long conversation")
    first = add_picture(
        workspace, incident, a_no(workspace, incident), png or a_png(), ItemKind.SCREEN_REGION,
        Method.SCREEN_CAPTURE, workspace.now(), ignore, never,
    )  # fmt: skip
    item = workspace.log.evidence.item(first.item_id)
    assert item
    at, log = workspace.now(), workspace.log
    with log.transaction():
        for number in range(1, count + 1):
            item_id = ItemId(workspace.new_id()) if number > 1 else item.id
            if number > 1:
                mark = ExhibitMark(item.mark.initials, number)
                log.evidence.insert_item(replace(item, id=item_id, mark=mark))
                workspace.note(Action.ITEM_ADDED, item_id, at, mark=str(mark))
            values = {
                "description": f"Comment {number} under the video",
                "handle": f"@owl{number}",
            }
            values["source_url"] = f"https://x.example/{number}"
            log.fields.enter(item_id, values, at, workspace.keyholder.id)
    return incident
