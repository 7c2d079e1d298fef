"""Keeps in whose hands an item was: continuity entries, added and never changed."""

from dataclasses import replace

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import NotFound, ReasonNeeded
from desktop.domain.evidence.things import Handling, HandlingDetails, say_handling
from desktop.domain.identifiers import ItemId
from desktop.domain.log.custody import Action
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line


def add_handling(workspace: Workspace, item_id: ItemId, details: HandlingDetails) -> Changes:
    """Enter that an item passed from hand to hand.

    Raises NotFound, or ReasonNeeded without both names.
    """
    item = workspace.log.evidence.item(item_id)
    if item is None:
        raise NotFound("item")
    tidy = _tidy(details)
    if not (tidy.given_by and tidy.given_to):
        raise ReasonNeeded("who gave it, and who has it now")
    entry = Handling(
        id=workspace.new_id(),
        incident_id=item.incident_id,
        item_id=item_id,
        entered_at=workspace.now(),
        by=workspace.keyholder.name,
        details=tidy,
    )
    mark = str(item.mark)
    with workspace.log.transaction():
        workspace.log.handling.insert(entry)
        text = f"{mark}: {say_handling(tidy)}"
        write_line(workspace, item.incident_id, EntryKind.EVIDENCE, tidy.at, text, mark=mark)
        workspace.note(
            Action.ITEM_HANDED, item_id, entry.entered_at, mark=mark, handling=entry.id,
            given_by=tidy.given_by, given_to=tidy.given_to, seal=tidy.seal,
        )  # fmt: skip
    return changed(Topic.EVIDENCE, Topic.CHRONOLOGY, Topic.CUSTODY, incident_id=item.incident_id)


def list_handling(workspace: Workspace, item_id: ItemId) -> tuple[Handling, ...]:
    """Return the continuity entries of an item, oldest first."""
    return tuple(workspace.log.handling.of_item(item_id))


def _tidy(details: HandlingDetails) -> HandlingDetails:
    return replace(
        details,
        given_by=" ".join(details.given_by.split()),
        given_to=" ".join(details.given_to.split()),
        purpose=details.purpose.strip(),
        place=details.place.strip(),
        seal=details.seal.strip(),
        reference=details.reference.strip(),
    )
