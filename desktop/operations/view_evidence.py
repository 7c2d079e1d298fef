"""Reads evidence: checks that it is unchanged, makes what can be shown of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.custody import Action
from desktop.domain.errors import (
    Cancelled,
    HeldBack,
    ItemsAltered,
    LogDamaged,
    MailUnreadable,
    NotFound,
    PictureUnreadable,
)
from desktop.domain.evidence import EvidenceItem, Fingerprint, ItemState
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.shown import NotShown, Pages, Picture, Shown, TextView
from desktop.domain.times import Moment
from desktop.intake.mail import as_text, clean_lines, read_mail
from desktop.operations.read_situation import with_origin
from desktop.operations.workspace import Workspace
from desktop.pictures.decode import MEDIA_TYPES, decode_picture
from desktop.pictures.pages import count_pages, render_page
from desktop.store.evidence_table import ContentRow

SHOWN_BYTES = 64 * 1024 * 1024
TEXT_CHARACTERS = 200_000
HEX_BYTES = 4096
_HEX_WIDTH = 16


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
        shown=make_shown(item, content),
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
    if item.state is not ItemState.KEPT or not _has_picture(item) or size > SHOWN_BYTES:
        return Thumbnail(item_id, None)
    try:
        _item, content = read_item(workspace, item_id, progress, cancelled)
    except ItemsAltered:
        return Thumbnail(item_id, None, unchanged=False)
    try:
        return Thumbnail(item_id, _small(item, content or b"", longest))
    except PictureUnreadable:
        return Thumbnail(item_id, None)


def draw_page(content: bytes, page: int, scale: float, name: str) -> Picture:
    """Draw one page of a PDF that was opened; raises PictureUnreadable."""
    return render_page(content, page, scale, name)


def shown_name(item: EvidenceItem) -> str:
    """Name an item in a sentence: its file name, else its mark."""
    return item.original_name or str(item.mark)


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
    """Read, hash and check a content; its bytes are handed on unless there are too many."""
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


def _has_picture(item: EvidenceItem) -> bool:
    return item.media_type in MEDIA_TYPES or item.media_type == "application/pdf"


def _small(item: EvidenceItem, content: bytes, longest: int) -> Picture:
    if item.media_type != "application/pdf":
        return decode_picture(content, shown_name(item), longest)
    page = render_page(content, 0, 0.1, shown_name(item))
    largest = max(page.full_width, page.full_height, 1)
    return render_page(content, 0, longest / largest, shown_name(item))


def make_shown(item: EvidenceItem, content: bytes | None) -> Shown:
    """Return what can be shown of the content of an item; None: it is too large."""
    if content is None:
        return NotShown("it is too large to be shown here")
    name = shown_name(item)
    try:
        if item.media_type in MEDIA_TYPES:
            return decode_picture(content, name)
        if item.media_type == "application/pdf":
            return Pages(count_pages(content, name))
    except PictureUnreadable:
        return NotShown("it cannot be read as what it seems to be")
    return _show_text(item, content, name)


def _show_text(item: EvidenceItem, content: bytes, name: str) -> Shown:
    if item.media_type == "message/rfc822":
        try:
            return read_mail(content, name)
        except MailUnreadable:
            return _plain(content)
    if item.media_type.startswith("text/") or item.media_type == "image/svg+xml":
        return _plain(content)
    return TextView(_hex(content[:HEX_BYTES]), is_hex=True, shortened=len(content) > HEX_BYTES)


def _plain(content: bytes) -> TextView:
    text = as_text(content[: 4 * TEXT_CHARACTERS])
    return TextView(clean_lines(text, TEXT_CHARACTERS), shortened=len(text) > TEXT_CHARACTERS)


def _hex(content: bytes) -> str:
    lines = []
    for start in range(0, len(content), _HEX_WIDTH):
        row = content[start : start + _HEX_WIDTH]
        letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)  # noqa: PLR2004
        lines.append(f"{start:08x}  {row.hex(' '):<{_HEX_WIDTH * 3 - 1}}  {letters}")
    return "\n".join(lines)
