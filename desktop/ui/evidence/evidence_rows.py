"""Which tiles stand where: stacks that are folded or not, and what is left out."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.evidence.covering import is_covered
from desktop.domain.evidence.item_stacks import Stack, stack_items
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.operations.evidence.show_evidence import EvidenceShown, ItemLine
from desktop.ui.evidence.evidence_tile import Standing

Wants = Callable[[EvidenceItem], bool]


@dataclass(frozen=True, slots=True)
class Place:
    """A tile to be made: its item with its state, and how it stands among the others."""

    line: ItemLine
    standing: Standing


class EvidenceRows:
    """What was read, in the order of its tiles."""

    def __init__(self) -> None:
        self.places: list[Place] = []
        self.cover_all = False
        self._lines: dict[str, ItemLine] = {}
        self._stacks: tuple[Stack, ...] = ()
        self._unfolded: set[str] = set()
        self._numbers: dict[str, int] = {}

    @property
    def total(self) -> int:
        """How many items there are."""
        return len(self._lines)

    def read(self, shown: EvidenceShown) -> None:
        """Take over what was read; what was unfolded stays so."""
        self.cover_all = shown.cover_all
        self._lines = {line.item.id: line for line in shown.lines}
        self._stacks = stack_items([line.item for line in shown.lines])

    def narrow(self, wants: Wants | None) -> None:
        """Lay out all stacks, or, without folds, the items that are wanted."""
        self.places = []
        for stack in self._stacks:
            if wants is None:
                self._lay_out(stack)
            else:
                self._lay_out_found(stack, wants)
        self._numbers = {place.line.item.id: number for number, place in enumerate(self.places)}

    def _lay_out(self, stack: Stack) -> None:
        head = stack.head
        unfolded = head.id in self._unfolded
        fold = ("Show fewer" if unfolded else _under(stack)) if len(stack.items) > 1 else ""
        self._add(head, fold=fold, unfolded=unfolded)
        for item in stack.items[1:] if unfolded else ():
            self._add(item, part_of=_part_of(item, stack))

    def _lay_out_found(self, stack: Stack, wants: Wants) -> None:
        for item in stack.items:
            if wants(item):
                self._add(item, part_of="" if item is stack.head else _part_of(item, stack))

    def _add(
        self, item: EvidenceItem, *, fold: str = "", unfolded: bool = False, part_of: str = ""
    ) -> None:
        covered = item.state is ItemState.KEPT and is_covered(item, cover_all=self.cover_all)
        standing = Standing(fold=fold, unfolded=unfolded, part_of=part_of, covered=covered)
        self.places.append(Place(self._lines[item.id], standing))

    def fold(self, item_id: str) -> None:
        """Fold or unfold the stack of this item."""
        self._unfolded ^= {item_id}

    def unfold_to(self, item_id: str) -> None:
        """Unfold the stack that this item lies in."""
        for stack in self._stacks:
            if any(item.id == item_id for item in stack.items):
                self._unfolded.add(stack.head.id)

    def line(self, item_id: str) -> ItemLine | None:
        """Return an item with its state, None where there is no such item."""
        return self._lines.get(item_id)

    def holds(self, item_id: str) -> bool:
        """Say whether there is such an item."""
        return item_id in self._lines

    def number_of(self, item_id: str) -> int:
        """Return where the tile of an item stands, -1 where it has none now."""
        return self._numbers.get(item_id, -1)

    def items(self, wants: Wants | None) -> list[EvidenceItem]:
        """Return the items in the order in which they are looked through, folded ones too."""
        found = [item for stack in self._stacks for item in stack.items]
        return [item for item in found if wants is None or wants(item)]


def _under(stack: Stack) -> str:
    """Say what a folded stack holds."""
    parts = []
    if stack.captures > 1:
        parts.append(f"{stack.captures:,} captures")
    if stack.attached:
        parts.append(f"{stack.attached:,} inside")
    if stack.copies:
        parts.append("1 copy" if stack.copies == 1 else f"{stack.copies:,} copies")
    return f"Show {', '.join(parts)}"


def _part_of(item: EvidenceItem, stack: Stack) -> str:
    marks = {one.id: str(one.mark) for one in stack.items}
    if item.derived_from:
        return f"made from {marks.get(item.derived_from, 'another item')}"
    if item.inside_id:
        return f"came inside {marks.get(item.inside_id, 'another item')}"
    captures = [one for one in stack.items if one.set_id and not one.derived_from]
    return (
        f"capture {captures.index(item) + 1:,} of {len(captures):,}, begins at {stack.head.mark}"
    )
