"""Says where an item comes from: what is known, what the form asks, and what is entered."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import NotFound
from desktop.domain.evidence.items import ORIGIN_FIELDS, EvidenceItem
from desktop.domain.evidence.platforms import Platforms
from desktop.domain.identifiers import ItemId
from desktop.domain.log.custody import Action
from desktop.operations.steps.read_situation import with_origin
from desktop.operations.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginView:
    """An item with what is known of its origin; `marks` are those that this is said of at once."""

    item: EvidenceItem
    marks: tuple[str, ...]
    platforms: Platforms


def show_origin(workspace: Workspace, item_id: ItemId) -> OriginView:
    """Return what the form shows; of a set all marks, for a set is described once."""
    item = _find(workspace, item_id)
    together = [
        str(one.mark)
        for one in workspace.log.evidence.exhibits(item.incident_id)
        if one.id == item.id or (item.set_id and one.set_id == item.set_id)
    ]
    return OriginView(
        item=with_origin(workspace, item),
        marks=tuple(together),
        platforms=workspace.data.platforms,
    )


def enter_origin(workspace: Workspace, item_id: ItemId, values: Mapping[str, str]) -> Changes:
    """Enter what is known of where an item, or its whole set, comes from.

    Earlier values stay in the history; raises NotFound.
    """
    unknown = set(values) - set(ORIGIN_FIELDS)
    if unknown:
        raise ValueError(f"not fields of an origin: {sorted(unknown)}")
    item = _find(workspace, item_id)
    subject = item.set_id or item.id
    known = with_origin(workspace, item).origin
    tidy = {name: text.strip() for name, text in values.items()}
    fresh = {name: text for name, text in tidy.items() if getattr(known, name) != text}
    with workspace.log.transaction():
        workspace.log.drafts.clear(item_id, values)
        if fresh:
            at = workspace.now()
            workspace.log.fields.enter(subject, fresh, at, workspace.keyholder.id)
            workspace.note(Action.DETAILS_ENTERED, item_id, at, fields=sorted(fresh))
    return changed(Topic.EVIDENCE, Topic.CHECKLIST, Topic.DRAFT, incident_id=item.incident_id)


def _find(workspace: Workspace, item_id: ItemId) -> EvidenceItem:
    item = workspace.log.evidence.item(item_id)
    if item is None:
        raise NotFound("item")
    return item
