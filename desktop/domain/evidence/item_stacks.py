"""Puts evidence into stacks: captures of one thing, and under an item what came from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.evidence.items import DERIVATIVES, EvidenceItem, ItemKind, ItemState


@dataclass(frozen=True, slots=True)
class Stack:
    """Items that are shown as one: the first stands for all, the rest follow it in order."""

    items: tuple[EvidenceItem, ...]

    @property
    def head(self) -> EvidenceItem:
        """The item that stands for the stack."""
        return self.items[0]

    @property
    def captures(self) -> int:
        """How many captures of one thing it holds; 0 where they are no set."""
        head = self.head
        same = [item for item in self.items if head.set_id and item.set_id == head.set_id]
        return len([item for item in same if item.derived_from is None])

    @property
    def copies(self) -> int:
        """How many items of it were made from others."""
        return sum(item.derived_from is not None for item in self.items)

    @property
    def attached(self) -> int:
        """How many items of it came inside others."""
        return sum(item.inside_id is not None and item.derived_from is None for item in self.items)


def stack_items(items: Sequence[EvidenceItem]) -> tuple[Stack, ...]:
    """Return the stacks in the order in which their first items came in."""
    known = {item.id for item in items}
    below: dict[str, list[EvidenceItem]] = {}
    tops: dict[str, list[EvidenceItem]] = {}
    for item in items:
        above = item.derived_from or item.inside_id
        if above and above in known:
            below.setdefault(above, []).append(item)
        else:
            tops.setdefault(item.set_id or item.id, []).append(item)
    stacks = []
    for members in tops.values():
        found: list[EvidenceItem] = []
        for member in members:
            _gather(member, below, found)
        stacks.append(Stack(tuple(found)))
    return tuple(stacks)


def _gather(
    item: EvidenceItem, below: dict[str, list[EvidenceItem]], found: list[EvidenceItem]
) -> None:
    """Add an item and, without end of depth to fear, whatever came from it."""
    waiting = [item]
    while waiting:
        each = waiting.pop()
        found.append(each)
        waiting += reversed(below.pop(each.id, []))


class Kinds(StrEnum):
    """What a keyholder may want to see alone."""

    ALL = "Everything"
    UNFINISHED = "Details missing"
    PICTURES = "Captures and pictures"
    WORDS = "Mail, chats and saved pages"
    FILES = "Documents and other files"
    MEDIA = "Sound and video"
    NOT_KEPT = "Held back, described, things"
    COPIES = "Copies made here"


_BY_KIND = {
    Kinds.PICTURES: {
        ItemKind.SCREEN_REGION, ItemKind.SCREEN, ItemKind.SCREENS, ItemKind.WINDOW,
        ItemKind.PICTURE,
    },
    Kinds.WORDS: {ItemKind.MAIL, ItemKind.CHAT, ItemKind.SAVED_PAGE},
    Kinds.FILES: {ItemKind.PDF, ItemKind.OFFICE, ItemKind.ARCHIVE, ItemKind.FILE},
    Kinds.MEDIA: {ItemKind.SOUND, ItemKind.VIDEO},
    Kinds.COPIES: set(DERIVATIVES),
}  # fmt: skip


def is_of(item: EvidenceItem, kinds: Kinds) -> bool:
    """Say whether an item belongs to what is wanted."""
    if kinds is Kinds.ALL:
        return True
    if kinds is Kinds.UNFINISHED:
        return item.details_missing and item.derived_from is None
    if kinds is Kinds.NOT_KEPT:
        return item.state is not ItemState.KEPT or item.kind is ItemKind.THING
    return item.kind in _BY_KIND[kinds]


def holds_words(item: EvidenceItem, words: Iterable[str]) -> bool:
    """Say whether all these words, in small letters, stand in what is known of an item."""
    origin = item.origin
    text = "\n".join(
        (
            str(item.mark), item.label, item.kind.value, item.state.value, item.original_name,
            origin.source_url, origin.handle, origin.display_name, origin.platform,
            origin.profile_url, origin.time_as_shown, origin.note, origin.taken_by,
        )
    ).casefold()  # fmt: skip
    return all(word in text for word in words)
