"""Reads evidence: checks that it is unchanged, makes what can be shown of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import (
    Cancelled,
    HeldBack,
    ItemsAltered,
    ItemSealed,
    LogDamaged,
    NotFound,
)
from desktop.domain.evidence.items import EvidenceItem, Fingerprint, ItemState
from desktop.domain.evidence.shown import Picture, Shown
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.log.custody import Action
from desktop.operations.evidence.show_content import (
    has_picture,
    make_shown,
    make_small,
)
from desktop.operations.steps.read_situation import with_origin
from desktop.operations.workspace import Workspace
from desktop.store.evidence_table import ContentRow

SHOWN_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemContent:
    """An item that was opened: its bytes unless it is large, and what can be shown of it."""

    item: EvidenceItem
    content: bytes | None = field(repr=False)
    checked: bool
    checked_at: Moment
    shown: Shown = field(repr=False)
    changes: Changes


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture of an item; None where there is none, or where it is not unchanged."""

    item_id: ItemId
    picture: Picture | None = field(repr=False)
    unchanged: bool = True


@dataclass(frozen=True, slots=True)
class ItemChecked:
    """An item whose content is unchanged, and what that changed."""

    item_id: ItemId
    changes: Changes


def list_items(workspace: Workspace, incident_id: IncidentId) -> tuple[EvidenceItem, ...]:
    """Return the items of an incident in the order in which they came in."""
    return tuple(with_origin(workspace, item) for item in _items(workspace, incident_id))


def find_item(workspace: Workspace, item_id: ItemId) -> EvidenceItem:
    """Return one item with its origin; raises NotFound."""
    item = workspace.log.evidence.item(item_id)
    if item is None:
        raise NotFound("item")
    return with_origin(workspace, item)


def open_item(
    workspace: Workspace,
    item_id: ItemId,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> ItemContent:
    """Read an item, check it, record that it was looked at; raises ItemsAltered or HeldBack."""
    item, content = read_item(workspace, item_id, progress, cancelled)
    at = workspace.now()
    workspace.on_log(lambda: _note(workspace, Action.ITEM_VIEWED, item, at))
    return ItemContent(
        item=item,
        content=content,
        checked=True,
        checked_at=at,
        shown=make_shown(workspace, item, content),
        changes=_changes(item),
    )


def check_item(
    workspace: Workspace,
    item_id: ItemId,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> ItemChecked:
    """Check that an item is unchanged without looking at it; raises ItemsAltered."""
    item, _content = read_item(workspace, item_id, progress, cancelled)
    at = workspace.now()
    workspace.on_log(lambda: _note(workspace, Action.ITEM_CHECKED, item, at, unchanged=True))
    return ItemChecked(item.id, _changes(item))


def make_thumbnail(
    workspace: Workspace,
    item_id: ItemId,
    longest: int,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Thumbnail:
    """Make the small picture for a tile; it is kept nowhere."""
    item = workspace.on_log(lambda: find_item(workspace, item_id))
    size = item.fingerprint.size if item.fingerprint else 0
    if item.state is not ItemState.KEPT or not has_picture(item) or size > SHOWN_BYTES:
        return Thumbnail(item_id, None)
    try:
        _item, content = read_item(workspace, item_id, progress, cancelled)
    except ItemsAltered:
        return Thumbnail(item_id, None, unchanged=False)
    return Thumbnail(item_id, make_small(workspace, item, content or b"", longest))


def _items(workspace: Workspace, incident_id: IncidentId) -> list[EvidenceItem]:
    return workspace.log.evidence.exhibits(incident_id)


def _changes(item: EvidenceItem) -> Changes:
    return changed(Topic.EVIDENCE, Topic.CUSTODY, incident_id=item.incident_id)


def read_item(
    workspace: Workspace,
    item_id: ItemId,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> tuple[EvidenceItem, bytes | None]:
    """Read, hash and check a content; its bytes are handed on unless there are too many.

    Raises ItemsAltered.
    """
    item, row = workspace.on_log(lambda: _locate(workspace, item_id))
    keep = row.fingerprint.size <= SHOWN_BYTES
    digest, size, kept = hashlib.sha256(), 0, []
    try:
        for piece in workspace.contents.read(row.id, row.file_number):
            _stop_if(cancelled)
            digest.update(piece)
            size += len(piece)
            if keep:
                kept.append(piece)
            progress(min(size / row.fingerprint.size, 1.0))
    except LogDamaged as error:
        workspace.on_log(lambda: _alarm(workspace, item))
        raise ItemsAltered((str(item.mark),)) from error
    if Fingerprint(digest.hexdigest(), size) != row.fingerprint:
        workspace.on_log(lambda: _alarm(workspace, item))
        raise ItemsAltered((str(item.mark),))
    return item, b"".join(kept) if keep else None


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled


def _locate(workspace: Workspace, item_id: ItemId) -> tuple[EvidenceItem, ContentRow]:
    item = find_item(workspace, item_id)
    if item.state is ItemState.SEALED:
        raise ItemSealed(str(item.mark))
    if item.content_id is None:
        raise HeldBack(str(item.mark))
    row = workspace.log.evidence.content(item.content_id)
    if row is None:
        raise NotFound("content")
    return item, row


def _alarm(workspace: Workspace, item: EvidenceItem) -> None:
    _note(workspace, Action.ITEM_CHECKED, item, workspace.now(), unchanged=False)


def _note(
    workspace: Workspace, action: Action, item: EvidenceItem, at: Moment, **more: bool
) -> None:
    with workspace.log.transaction():
        workspace.note(action, item.id, at, mark=str(item.mark), **more)
