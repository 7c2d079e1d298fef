"""Lays a picture, or a page of a PDF, out to be redacted: its pixels and who may be in them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from desktop.domain.errors import PictureUnreadable
from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.evidence.shown import Picture
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.log.custody import Action
from desktop.operations.evidence.make_derivative import NO_PAGE, need_kept
from desktop.operations.evidence.show_content import PDF, draw_page, shown_name
from desktop.operations.evidence.view_evidence import read_item
from desktop.operations.read_people import show_people
from desktop.operations.workspace import Workspace

SCALE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What can be drawn on; `page` is NO_PAGE and `pages` 0 for a picture."""

    item_id: ItemId
    picture: Picture = field(repr=False)
    page: int
    pages: int
    people: tuple[tuple[str, str], ...]


def open_sheet(
    workspace: Workspace,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
    *,
    item_id: ItemId,
    page: int = NO_PAGE,
) -> Sheet:
    """Read an item, check it, record the look; raises PictureUnreadable, ItemsAltered, HeldBack.

    Turning to a further page is part of the same look.
    """
    need_kept(workspace, item_id)
    item, content = read_item(workspace, item_id, progress, cancelled)
    name = shown_name(item)
    if content is None:
        raise PictureUnreadable(name)
    if item.media_type == PDF:
        wanted, pages = max(page, 0), int(workspace.decode("count pages", content, file_name=name))
        picture = draw_page(workspace, content, wanted, SCALE, name)
    else:
        wanted, pages = NO_PAGE, 0
        picture = cast(Picture, workspace.decode("picture", content, file_name=name))
    people = workspace.on_log(partial(_note_and_list, workspace, item, is_first=page == NO_PAGE))
    return Sheet(item_id=item.id, picture=picture, page=wanted, pages=pages, people=people)


def list_people(workspace: Workspace, incident_id: IncidentId) -> tuple[tuple[str, str], ...]:
    """Return id and words of everybody in an incident, for 'who can be seen or named here'."""
    people = show_people(workspace, incident_id).involvements
    return tuple(
        (one.person.id, f"{one.person.name or 'somebody unnamed'}, {one.role.value}")
        for one in people
    )


def _note_and_list(
    workspace: Workspace, item: EvidenceItem, *, is_first: bool
) -> tuple[tuple[str, str], ...]:
    if is_first:
        with workspace.log.transaction():
            workspace.note(Action.ITEM_VIEWED, item.id, workspace.now(), mark=str(item.mark))
    return list_people(workspace, item.incident_id)
