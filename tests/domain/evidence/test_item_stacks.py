"""Captures of one thing stand as one, and under an item what came from it."""

from dataclasses import replace

import pytest

from desktop.domain.evidence.item_stacks import Kinds, Stack, holds_words, is_of, stack_items
from desktop.domain.evidence.items import (
    EvidenceItem,
    ExhibitMark,
    ItemKind,
    ItemState,
    Method,
    Origin,
)
from desktop.domain.identifiers import IncidentId, ItemId, SetId
from tests.situations import at


def an_item(
    number: int,
    *,
    set_id: str = "",
    inside: int = 0,
    made_from: int = 0,
    kind: ItemKind = ItemKind.SCREEN_REGION,
) -> EvidenceItem:
    """Return item `number`, which may belong to a set or come from another item."""
    return EvidenceItem(
        id=ItemId(str(number)),
        incident_id=IncidentId("incident"),
        mark=ExhibitMark("PXS", number),
        kind=kind,
        state=ItemState.KEPT,
        method=Method.SCREEN_CAPTURE,
        content_id=None,
        fingerprint=None,
        media_type="image/png",
        original_name="",
        captured_at=at(20, 14, 5),
        captured_by="keyholder",
        captured_with="",
        statement_id=None,
        origin=Origin(),
        set_id=SetId(set_id) if set_id else None,
        inside_id=ItemId(str(inside)) if inside else None,
        derived_from=ItemId(str(made_from)) if made_from else None,
    )


def numbers(stacks: tuple[Stack, ...]) -> list[list[int]]:
    return [[item.mark.number for item in stack.items] for stack in stacks]


def test_items_stand_alone() -> None:
    stacks = stack_items([an_item(1), an_item(2)])
    assert numbers(stacks) == [[1], [2]]
    assert (stacks[0].captures, stacks[0].copies, stacks[0].attached) == (0, 0, 0)


def test_a_set_stands_as_one_where_it_began() -> None:
    stacks = stack_items([an_item(1), an_item(2, set_id="s"), an_item(3), an_item(4, set_id="s")])
    assert numbers(stacks) == [[1], [2, 4], [3]]
    assert stacks[1].captures == 2
    assert stacks[1].head.mark.number == 2


def test_what_came_from_an_item_follows_it() -> None:
    items = [
        an_item(1, set_id="s"),
        an_item(2, kind=ItemKind.MAIL),
        an_item(3, set_id="s"),
        an_item(4, inside=2),
        an_item(5, inside=4),
        an_item(6, inside=2),
        an_item(7, made_from=1, set_id="s"),
        an_item(8, made_from=4, inside=2),
    ]
    first, second = stack_items(items)
    assert numbers((first, second)) == [[1, 7, 3], [2, 4, 5, 8, 6]]
    assert (first.captures, first.copies, first.attached) == (2, 1, 0)
    assert (second.captures, second.copies, second.attached) == (0, 1, 3)


def test_what_came_from_something_unknown_stands_alone() -> None:
    assert numbers(stack_items([an_item(1, inside=9), an_item(2, made_from=8)])) == [[1], [2]]


@pytest.mark.parametrize(
    ("kinds", "seen"),
    [
        (Kinds.ALL, [1, 2, 3, 4, 5, 6]),
        (Kinds.UNFINISHED, [1, 2, 3, 4]),
        (Kinds.PICTURES, [1]),
        (Kinds.WORDS, [2]),
        (Kinds.FILES, [3]),
        (Kinds.MEDIA, [4]),
        (Kinds.NOT_KEPT, [5]),
        (Kinds.COPIES, [6]),
    ],
)
def test_kinds(kinds: Kinds, seen: list[int]) -> None:
    items = [
        an_item(1),
        an_item(2, kind=ItemKind.CHAT),
        an_item(3, kind=ItemKind.ARCHIVE),
        an_item(4, kind=ItemKind.VIDEO),
        replace(an_item(5, kind=ItemKind.THING), state=ItemState.DESCRIBED),
        an_item(6, kind=ItemKind.REDACTED, made_from=1),
    ]
    assert [item.mark.number for item in items if is_of(item, kinds)] == seen


def test_all_words_must_stand_in_what_is_known() -> None:
    item = an_item(12)
    item = replace(item, origin=replace(item.origin, description="A Threat", handle="@Owl"))
    assert holds_words(item, ["threat", "@owl", "pxs/12"])
    assert not holds_words(item, ["threat", "parrot"])
    assert holds_words(item, [])
