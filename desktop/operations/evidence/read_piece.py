"""Reads a piece of an item that was opened: what is looked at byte by byte may be very large."""

from collections.abc import Callable

from desktop.domain.errors import HeldBack, ItemSealed, NotFound
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.identifiers import ItemId
from desktop.operations.workspace import Workspace
from desktop.store.contents import CHUNK
from desktop.store.evidence_table import ContentRow


def read_piece(
    workspace: Workspace,
    item_id: ItemId,
    start: int,
    length: int,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> bytes:
    """Return bytes from `start` on, fewer at the end.

    Raises HeldBack or ItemSealed for what is not shown.
    """
    del progress, cancelled  # a piece is a moment's work
    row = workspace.on_log(lambda: _row(workspace, item_id))
    first, count = workspace.contents.place_of(row.id, row.file_number)
    number, skip = divmod(start, CHUNK)
    found = b""
    while number < count and len(found) < skip + length:
        found += workspace.contents.chunk(first + number, row.file_number)
        number += 1
    return found[skip : skip + length]


def _row(workspace: Workspace, item_id: ItemId) -> ContentRow:
    item = workspace.log.evidence.item(item_id)
    if item is None:
        raise NotFound("item")
    return content_of(workspace, item)


def content_of(workspace: Workspace, item: EvidenceItem) -> ContentRow:
    """Return where the content of an item lies; raises NotFound, HeldBack, ItemSealed."""
    if item.state is ItemState.SEALED:
        raise ItemSealed(str(item.mark))
    if item.content_id is None or item.state is not ItemState.KEPT:
        raise HeldBack(str(item.mark))
    row = workspace.log.evidence.content(item.content_id)
    if row is None:
        raise NotFound("content")
    return row
