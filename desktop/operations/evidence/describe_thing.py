"""Describes what does not come in as bytes: a physical thing, or something in words only."""

from collections.abc import Mapping
from dataclasses import asdict

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import NotFound, ReasonNeeded
from desktop.domain.evidence.items import (
    ORIGIN_FIELDS,
    EvidenceItem,
    ItemKind,
    ItemState,
    Method,
    Origin,
)
from desktop.domain.evidence.things import THING_FIELDS, Thing, say_thing, thing_field
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.log.custody import Action
from desktop.operations.evidence.keep_content import ItemAdded
from desktop.operations.find_incident import find_incident
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line

_TOPICS = (Topic.EVIDENCE, Topic.CHRONOLOGY, Topic.CHECKLIST, Topic.INCIDENT)


def describe_thing(
    workspace: Workspace,
    incident_id: IncidentId,
    thing: Thing,
    origin: Mapping[str, str] | None = None,
) -> ItemAdded:
    """Make an item of a thing that is kept as it is; raises ReasonNeeded if nothing is said."""
    told = {name: " ".join(text.split()) for name, text in asdict(thing).items()}
    known = _known(origin or {})
    known.setdefault("description", say_thing(Thing(**told)))
    if not known["description"]:
        raise ReasonNeeded("what it is, in words")
    fields = {thing_field(name): text for name, text in told.items() if text}
    return _make(workspace, incident_id, ItemKind.THING, {**known, **fields})


def describe_only(
    workspace: Workspace, incident_id: IncidentId, origin: Mapping[str, str]
) -> ItemAdded:
    """Make an item of something that is described and not there: raises ReasonNeeded if empty."""
    known = _known(origin)
    if not known.get("description"):
        raise ReasonNeeded("what it is, in words")
    return _make(workspace, incident_id, ItemKind.DESCRIPTION, known)


def show_thing(workspace: Workspace, item_id: ItemId) -> Thing:
    """Return what is known of a thing now."""
    now = workspace.log.fields.current(item_id)
    return Thing(**{name: now.get(thing_field(name), "") for name in THING_FIELDS})


def enter_thing(workspace: Workspace, item_id: ItemId, thing: Thing) -> Changes:
    """Enter what is known of a thing by now; earlier values stay in the history.

    Raises NotFound.
    """
    item = workspace.log.evidence.item(item_id)
    if item is None or item.kind is not ItemKind.THING:
        raise NotFound("item")
    now = workspace.log.fields.current(item_id)
    told = {thing_field(name): text.strip() for name, text in asdict(thing).items()}
    fresh = {name: text for name, text in told.items() if now.get(name, "") != text}
    if fresh:
        at = workspace.now()
        with workspace.log.transaction():
            workspace.log.fields.enter(item_id, fresh, at, workspace.keyholder.id)
            workspace.note(Action.DETAILS_ENTERED, item_id, at, fields=sorted(fresh))
    return changed(Topic.EVIDENCE, Topic.CHECKLIST, incident_id=item.incident_id)


def _known(origin: Mapping[str, str]) -> dict[str, str]:
    unknown = set(origin) - set(ORIGIN_FIELDS)
    if unknown:
        raise ValueError(f"not fields of an origin: {sorted(unknown)}")
    return {name: text.strip() for name, text in origin.items() if text.strip()}


def _make(
    workspace: Workspace, incident_id: IncidentId, kind: ItemKind, values: Mapping[str, str]
) -> ItemAdded:
    find_incident(workspace, incident_id)
    at, keyholder, log = workspace.now(), workspace.keyholder, workspace.log
    item = EvidenceItem(
        id=ItemId(workspace.new_id()),
        incident_id=incident_id,
        mark=log.evidence.next_mark(incident_id, keyholder.initials),
        kind=kind,
        state=ItemState.DESCRIBED,
        method=Method.TYPED,
        content_id=None,
        fingerprint=None,
        media_type="",
        original_name="",
        captured_at=at,
        captured_by=keyholder.name,
        captured_with=workspace.machine,
        statement_id=None,
        origin=Origin(),
    )
    mark = str(item.mark)
    with log.transaction():
        log.evidence.insert_item(item)
        log.fields.enter(item.id, values, at, keyholder.id)
        text = f"{kind.value.capitalize()}: {values['description']}"
        write_line(workspace, incident_id, EntryKind.EVIDENCE, at, text, mark=mark)
        workspace.note(Action.ITEM_DESCRIBED, item.id, at, mark=mark, kind=kind.value)
    return ItemAdded(
        item_id=item.id, mark=mark, changes=changed(*_TOPICS, incident_id=incident_id)
    )
