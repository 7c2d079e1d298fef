"""Makes a copy of a mail, chat or text that holds only what was chosen of its words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from desktop.domain.errors import NotAllowed
from desktop.domain.evidence.items import EvidenceItem, ItemKind
from desktop.domain.evidence.leaks import Known, know_person, named_in
from desktop.domain.evidence.text_choice import Piece, copy_text, pieces_of, range_text, say_choice
from desktop.domain.identifiers import ItemId
from desktop.domain.log.custody import Action
from desktop.operations.evidence.make_derivative import (
    TEXT,
    Copy,
    DerivativeMade,
    Purpose,
    keep_copy,
    need_kept,
    need_reason,
)
from desktop.operations.evidence.open_sheet import list_people
from desktop.operations.evidence.show_content import make_shown
from desktop.operations.evidence.view_evidence import read_item
from desktop.operations.read_people import show_people
from desktop.operations.workspace import Workspace

Progress = Callable[[float], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The pieces of an item to choose from, who may be in them, and who names whom."""

    item_id: ItemId
    pieces: tuple[Piece, ...] = field(repr=False)
    people: tuple[tuple[str, str], ...]
    known: tuple[Known, ...]

    def named(self, text: str) -> tuple[str, ...]:
        """Return who of the incident is still named in a text, and by which words."""
        leaks = named_in({"": text}, self.known, frozenset())
        return tuple(f"{leak.who} (“{leak.by}”)" for leak in leaks)


def open_words(
    workspace: Workspace, progress: Progress, cancelled: Cancel, *, item_id: ItemId
) -> Words:
    """Read an item, check it, record the look; raises NotAllowed where there are no words."""
    item, pieces = _read(workspace, item_id, progress, cancelled)
    return workspace.on_log(partial(_note_and_list, workspace, item, pieces))


def make_text_copy(
    workspace: Workspace,
    progress: Progress,
    cancelled: Cancel,
    *,
    item_id: ItemId,
    kept: frozenset[int],
    covered: tuple[str, ...],
    purpose: Purpose,
) -> DerivativeMade:
    """Keep a copy with these pieces of the original's text, and with these words covered.

    Raises NotAllowed.
    """
    need_reason(purpose)
    item, pieces = _read(workspace, item_id, progress, cancelled)
    chosen = kept & frozenset(range(len(pieces)))
    if not chosen:
        raise NotAllowed("a copy in which nothing is left")
    copy = Copy(
        kind=ItemKind.REDACTED,
        content=copy_text(title_of(item), pieces, chosen, covered).encode(),
        media_type=TEXT,
        done=say_choice(len(pieces), len(chosen), len(covered)),
        plan=range_text(chosen),
    )
    return keep_copy(workspace, item, copy, purpose)


def title_of(item: EvidenceItem) -> str:
    """Return the first line of a copy: what it is of, and that it is not all."""
    return f"Redacted copy of {item.mark} ({item.kind.value}). What was not chosen is left out."


def _read(
    workspace: Workspace, item_id: ItemId, progress: Progress, cancelled: Cancel
) -> tuple[EvidenceItem, tuple[Piece, ...]]:
    need_kept(workspace, item_id)
    item, content = read_item(workspace, item_id, progress, cancelled)
    pieces = pieces_of(make_shown(workspace, item, content))
    if not pieces:
        raise NotAllowed("there are no words in it to choose from")
    return item, pieces


def _note_and_list(workspace: Workspace, item: EvidenceItem, pieces: tuple[Piece, ...]) -> Words:
    with workspace.log.transaction():
        workspace.note(Action.ITEM_VIEWED, item.id, workspace.now(), mark=str(item.mark))
    view = show_people(workspace, item.incident_id)
    return Words(
        item_id=item.id,
        pieces=pieces,
        people=list_people(workspace, item.incident_id),
        known=tuple(know_person(one.person, view.accounts) for one in view.involvements),
    )
