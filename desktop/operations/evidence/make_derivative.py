"""Makes a copy of an item to be shared or worked with; the original stays as it was taken in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import (
    AppError,
    HeldBack,
    ItemSealed,
    NotAllowed,
    NotFound,
    PictureUnreadable,
    ReasonNeeded,
)
from desktop.domain.evidence.derivatives import MadePicture, PicturePlan, plan_text, say_plan
from desktop.domain.evidence.items import (
    EvidenceItem,
    ExhibitMark,
    ItemKind,
    ItemState,
    Method,
    Origin,
    next_letter,
)
from desktop.domain.evidence.shown import Picture
from desktop.domain.identifiers import ContentId, ItemId
from desktop.domain.log.custody import Action
from desktop.operations.evidence.show_content import shown_name
from desktop.operations.evidence.view_evidence import read_item
from desktop.operations.intents import begin_intent, take_back
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line
from desktop.store.contents import StoredContent
from desktop.store.evidence_table import ContentRow

Progress = Callable[[float], None]
Cancel = Callable[[], bool]

INTENT = "derivative"
NO_PAGE = -1
PREVIEW_LONGEST = 4096
PNG, TEXT = "image/png", "text/plain"
_TOPICS = (Topic.EVIDENCE, Topic.CHRONOLOGY, Topic.CUSTODY, Topic.DRAFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """Why a copy is made, and who can still be seen or named in it: person ids, other words."""

    reason: str
    people_seen: tuple[str, ...] = ()
    others_seen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivativeMade:
    """A copy that was kept, with its mark and fingerprint."""

    item_id: ItemId
    mark: str
    sha256: str
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesMade:
    """The copies that were kept, one for each page."""

    made: tuple[DerivativeMade, ...]
    changes: Changes

    @property
    def marks(self) -> str:
        """Their marks in one line."""
        return ", ".join(one.mark for one in self.made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What is about to be kept: its content, what was done, and how it can be done again."""

    kind: ItemKind
    media_type: str
    done: str
    plan: str = ""
    content: bytes = field(repr=False)


def make_picture_copy(
    workspace: Workspace,
    item_id: ItemId,
    plan: PicturePlan,
    purpose: Purpose,
    progress: Progress,
    cancelled: Cancel,
    page: int = NO_PAGE,
) -> DerivativeMade:
    """Keep a copy of a picture, or of a page of a PDF, with this done to it. Raises NotAllowed."""
    need_reason(purpose)
    if plan.is_empty and page == NO_PAGE:
        raise NotAllowed("a copy to which nothing is done")
    item, made = _draw(workspace, item_id, plan, page, progress, cancelled)
    copy = Copy(
        kind=plan.kind,
        content=made.png,
        media_type=PNG,
        done=say_plan(plan, page=None if page == NO_PAGE else page),
        plan=plan_text(plan),
    )
    return keep_copy(workspace, item, copy, purpose)


def make_picture_copies(
    workspace: Workspace,
    progress: Progress,
    cancelled: Cancel,
    *,
    item_id: ItemId,
    plans: Mapping[int, PicturePlan],
    purpose: Purpose,
) -> CopiesMade:
    """Keep a copy for each page (NO_PAGE: the picture itself) with its plan carried out."""
    made = tuple(
        make_picture_copy(workspace, item_id, plan, purpose, progress, cancelled, page)
        for page, plan in plans.items()
    )
    return CopiesMade(made=made, changes=made[-1].changes)


def preview_picture_copy(
    workspace: Workspace,
    progress: Progress,
    cancelled: Cancel,
    *,
    item_id: ItemId,
    plan: PicturePlan,
    page: int = NO_PAGE,
) -> Picture:
    """Return the picture as it would be kept, a very large one smaller; nothing is kept of it."""
    item, made = _draw(workspace, item_id, plan, page, progress, cancelled)
    name = shown_name(item)
    looked = workspace.decode("picture", made.png, file_name=name, longest=PREVIEW_LONGEST)
    return cast(Picture, looked)


def make_transcript(
    workspace: Workspace,
    progress: Progress,
    cancelled: Cancel,
    *,
    item_id: ItemId,
    text: str,
    purpose: Purpose,
) -> DerivativeMade:
    """Keep in words what is heard or read in an item, whose content is checked first.

    Raises ReasonNeeded.
    """
    need_reason(purpose)
    words = text.strip()
    if not words:
        raise ReasonNeeded("the words of the transcript")
    item = need_kept(workspace, item_id)
    read_item(workspace, item_id, progress, cancelled)
    copy = Copy(
        kind=ItemKind.TRANSCRIPT,
        content=f"{words}\n".encode(),
        media_type=TEXT,
        done=f"written down by {workspace.keyholder.name}",
    )
    return keep_copy(workspace, item, copy, purpose)


def need_reason(purpose: Purpose) -> None:
    """Raise ReasonNeeded where it is not said why."""
    if not purpose.reason.strip():
        raise ReasonNeeded("the copy")


def need_kept(workspace: Workspace, item_id: ItemId) -> EvidenceItem:
    """Return the item if its content may be read; raises HeldBack or NotFound."""
    return workspace.on_log(partial(_find_kept, workspace, item_id))


def keep_copy(
    workspace: Workspace, item: EvidenceItem, copy: Copy, purpose: Purpose
) -> DerivativeMade:
    """Store the content of a copy, then name it in one transaction."""
    intent_id = begin_intent(workspace, INTENT, item.incident_id, f"a copy of {item.mark}")
    kept: list[StoredContent] = []
    try:
        kept.append(workspace.contents.write([copy.content], ContentId(workspace.new_id())))
        return workspace.on_log(
            partial(_name_it, workspace, item, copy, purpose, kept[0], intent_id)
        )
    except AppError:
        take_back(workspace, intent_id, kept)
        raise


def _draw(
    workspace: Workspace,
    item_id: ItemId,
    plan: PicturePlan,
    page: int,
    progress: Progress,
    cancelled: Cancel,
) -> tuple[EvidenceItem, MadePicture]:
    need_kept(workspace, item_id)
    item, content = read_item(workspace, item_id, progress, cancelled)
    if content is None:
        raise PictureUnreadable(shown_name(item))
    made = workspace.decode(
        "make picture", content, file_name=shown_name(item), plan=plan_text(plan), page=page
    )
    return item, cast(MadePicture, made)


def _find_kept(workspace: Workspace, item_id: ItemId) -> EvidenceItem:
    item = workspace.log.evidence.item(item_id)
    if item is None:
        raise NotFound("item")
    if item.state is ItemState.SEALED:
        raise ItemSealed(str(item.mark))
    if item.state is not ItemState.KEPT:
        raise HeldBack(str(item.mark))
    return item


def _name_it(
    workspace: Workspace,
    source: EvidenceItem,
    copy: Copy,
    purpose: Purpose,
    stored: StoredContent,
    intent_id: str,
) -> DerivativeMade:
    """Name the copy: its mark is that of the original with the next letter."""
    with workspace.log.transaction():
        # It may have been sealed while the copy was made.
        _find_kept(workspace, source.id)
        workspace.log.evidence.insert_content(
            ContentRow(
                id=stored.content_id,
                file_number=stored.file_number,
                fingerprint=stored.fingerprint,
            )
        )
        made = _item(workspace, source, copy, purpose, stored)
        workspace.log.evidence.insert_item(made)
        _enter_origin(workspace, source, made, purpose)
        _record(workspace, source, made, copy, purpose)
        workspace.log.intents.end(intent_id)
    return DerivativeMade(
        item_id=made.id,
        mark=str(made.mark),
        sha256=stored.fingerprint.sha256,
        changes=changed(*_TOPICS, incident_id=made.incident_id),
    )


def _item(
    workspace: Workspace,
    source: EvidenceItem,
    copy: Copy,
    purpose: Purpose,
    stored: StoredContent,
) -> EvidenceItem:
    original_id = source.derived_from or source.id
    letter = next_letter(len(workspace.log.evidence.derivatives(original_id)))
    noted = {
        "made from": str(source.mark),
        "what was done": copy.done,
        "why": purpose.reason.strip(),
    }
    return EvidenceItem(
        id=ItemId(workspace.new_id()),
        incident_id=source.incident_id,
        mark=ExhibitMark(source.mark.initials, source.mark.number, letter),
        kind=copy.kind,
        state=ItemState.KEPT,
        method=Method.DERIVED,
        content_id=stored.content_id,
        fingerprint=stored.fingerprint,
        media_type=copy.media_type,
        original_name="",
        captured_at=workspace.now(),
        captured_by=workspace.keyholder.name,
        captured_with=workspace.machine,
        statement_id=source.statement_id,
        origin=Origin(),
        derived_from=original_id,
        noted=tuple(noted.items()),
    )


def _enter_origin(
    workspace: Workspace, source: EvidenceItem, made: EvidenceItem, purpose: Purpose
) -> None:
    # Not the words about the original: they may name whom the copy is to leave out.
    values: Mapping[str, str] = {
        "description": f"{made.kind.value.capitalize()} of {source.mark}",
        "people_seen": "+".join(purpose.people_seen),
        "others_seen": purpose.others_seen.strip(),
    }
    given = {name: text for name, text in values.items() if text}
    workspace.log.fields.enter(made.id, given, workspace.now(), workspace.keyholder.id)


def _record(
    workspace: Workspace,
    source: EvidenceItem,
    made: EvidenceItem,
    copy: Copy,
    purpose: Purpose,
) -> None:
    write_line(
        workspace,
        made.incident_id,
        EntryKind.EVIDENCE,
        made.captured_at,
        f"{made.kind.value.capitalize()} made of {source.mark}: {copy.done}. "
        f"Why: {purpose.reason.strip()}",
        mark=str(made.mark),
    )
    workspace.note(
        Action.DERIVATIVE_MADE,
        made.id,
        workspace.now(),
        mark=str(made.mark),
        made_from=str(source.mark),
        made_from_sha256=source.fingerprint.sha256 if source.fingerprint else "",
        sha256=made.fingerprint.sha256 if made.fingerprint else "",
        size=made.fingerprint.size if made.fingerprint else 0,
        done=copy.done,
        plan=copy.plan,
        reason=purpose.reason.strip(),
    )
