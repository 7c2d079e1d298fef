"""Counts by centre for a report, in which no small number can be found, nor worked out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

SMALL = 5
OTHERS = "Other centres together"
_ROOM = 3


class Hidden(StrEnum):
    """What stands in a table instead of a number."""

    BANDED = "fewer than 5"
    NOT_SHOWN = "not shown"


Cell = int | Hidden
_Limits = tuple[int, int | None]
_BAND: _Limits = (0, SMALL - 1)
_LARGER: _Limits = (SMALL, None)
_ANYTHING: _Limits = (0, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreCount:
    """One centre: its incidents, how many carry each label, how many carry none at all.

    An incident may carry several labels.
    """

    label: str
    incidents: int
    by_label: tuple[int, ...]
    without: int

    def moved(self, shifts: Mapping[int, int]) -> "CentreCount":
        """Return it as it would be with so many more incidents that carry these labels."""
        cells = tuple(count + shifts.get(place, 0) for place, count in enumerate(self.by_label))
        return CentreCount(
            label=self.label, incidents=self.incidents, by_label=cells, without=self.without
        )

    @property
    def could_be(self) -> bool:
        """Whether incidents with such labels can exist."""
        labelled = self.incidents - self.without
        return max(self.by_label) <= labelled <= sum(self.by_label) and min(self.by_label) >= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BandedTable:
    """Centres with their incidents, shown exactly; `cells` by label, some of them hidden.

    `columns` names the labels; none when nearly everything would be hidden. `merged` counts the
    centres that were put together.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, int, tuple[Cell, ...]], ...]
    merged: int = 0


def band_centres(centres: Iterable[CentreCount], columns: tuple[str, ...]) -> BandedTable | None:
    """Count by centre; None where that would say nothing beyond the whole.

    Every centre that is named has at least five incidents; smaller ones are put together, so the
    first column needs no hiding. Where hiding the rest would leave little to read, more centres
    are put together; where that does not help either, the labels are left out.
    """
    counted = (one for one in centres if one.incidents)
    listed = sorted(counted, key=lambda one: (-one.incidents, one.label))
    merged = sum(one.incidents < SMALL for one in listed)
    if merged and sum(one.incidents for one in listed[-merged:]) < SMALL:
        merged += 1
    most = len(listed) - merged + bool(merged)
    if most < 2:  # noqa: PLR2004 - one row is the whole organisation
        return None
    for together in (merged, *range(max(merged + 1, 2), len(listed))):
        rows = _put_together(listed, together)
        cells = _hide(rows, len(columns))
        if cells is not None and _says_enough(cells):
            return _table(columns, rows, cells, together)
    rows = _put_together(listed, merged)
    return _table((), rows, [()] * len(rows), merged)


def _put_together(centres: Sequence[CentreCount], count: int) -> list[CentreCount]:
    """Put the last ones of the list together."""
    if not count:
        return list(centres)
    kept, small = list(centres[:-count]), centres[-count:]
    columns = zip(*(one.by_label for one in small), strict=True)
    together = CentreCount(
        label=OTHERS,
        incidents=sum(one.incidents for one in small),
        by_label=tuple(sum(column) for column in columns),
        without=sum(one.without for one in small),
    )
    return [*kept, together]


def _table(
    columns: tuple[str, ...],
    rows: Sequence[CentreCount],
    cells: Sequence[tuple[Cell, ...]],
    merged: int,
) -> BandedTable:
    return BandedTable(
        columns=columns,
        rows=tuple((row.label, row.incidents, own) for row, own in zip(rows, cells, strict=True)),
        merged=merged,
    )


def _says_enough(cells: Sequence[tuple[Cell, ...]]) -> bool:
    """Say whether at least half of the cells can be read, where there is anything to count."""
    columns = [column for column in zip(*cells, strict=True) if any(column)]
    shown = [cell for column in columns for cell in column]
    return sum(isinstance(cell, Hidden) for cell in shown) * 2 <= len(shown)


def _hide(rows: Sequence[CentreCount], columns: int) -> list[tuple[Cell, ...]] | None:
    """Band the small cells; where one can be worked out all the same, show less around it.

    None where nothing helps.
    """
    hidden = [_small_ones(rows, place) for place in range(columns)]
    while (place := _first_that_is_open(rows, hidden)) is not None:
        others = [other for other in range(columns) if other != place]
        if not any(_show_less(rows, hidden[each], each) for each in (place, *others)):
            return None
    return [
        tuple(_cell(row.by_label[place], hidden[place].get(number)) for place in range(columns))
        for number, row in enumerate(rows)
    ]


def _small_ones(rows: Sequence[CentreCount], place: int) -> dict[int, _Limits]:
    """Return the small cells of a column; none where there is nothing at all in it."""
    if not any(row.by_label[place] for row in rows):
        return {}
    return {number: _BAND for number, row in enumerate(rows) if row.by_label[place] < SMALL}


def _show_less(rows: Sequence[CentreCount], hidden: dict[int, _Limits], place: int) -> bool:
    """Hide the largest cell that is shown, then the bands too; False where nothing is left."""
    counts = {number: row.by_label[place] for number, row in enumerate(rows)}
    shown = [number for number in counts if number not in hidden]
    if not any(counts.values()) or set(hidden.values()) == {_ANYTHING}:
        return False
    if shown:
        hidden[max(shown, key=lambda number: counts[number])] = _LARGER
    else:
        hidden.update(dict.fromkeys(counts, _ANYTHING))
    return True


def _cell(count: int, limits: _Limits | None) -> Cell:
    if limits is None:
        return count
    return Hidden.BANDED if limits == _BAND else Hidden.NOT_SHOWN


def _first_that_is_open(
    rows: Sequence[CentreCount], hidden: Sequence[dict[int, _Limits]]
) -> int | None:
    """Return the first column with a hidden cell that can be worked out."""
    for place, column in enumerate(hidden):
        room = min(_ROOM, sum(row.by_label[place] for row in rows) + 1)
        if any(len(_possible(rows, hidden, place, number)) < room for number in column):
            return place
    return None


def _possible(
    rows: Sequence[CentreCount], hidden: Sequence[dict[int, _Limits]], place: int, gaining: int
) -> set[int]:
    """Return by how much a hidden cell could differ, all totals and all that is shown as it is.

    What one centre gains another one loses; the two may also swap another label for it.
    """
    swapped = [
        other for other in range(len(hidden)) if other != place and gaining in hidden[other]
    ]
    possible = set()
    for losing in hidden[place]:
        ways = [other for other in swapped if losing in hidden[other]]
        for shift in range(-2 * SMALL, 2 * SMALL + 1):
            moves = [{place: shift}, *({place: shift, other: -shift} for other in ways)]
            if losing != gaining and any(
                _may_be(rows[gaining], hidden, gaining, move)
                and _may_be(rows[losing], hidden, losing, _reverse(move))
                for move in moves
            ):
                possible.add(shift)
    return possible


def _reverse(move: Mapping[int, int]) -> dict[int, int]:
    return {place: -shift for place, shift in move.items()}


def _may_be(
    row: CentreCount,
    hidden: Sequence[dict[int, _Limits]],
    number: int,
    move: Mapping[int, int],
) -> bool:
    changed = row.moved(move)
    return changed.could_be and all(
        _within(changed.by_label[place], hidden[place][number]) for place in move
    )


def _within(count: int, limits: _Limits) -> bool:
    lowest, highest = limits
    return lowest <= count and (highest is None or count <= highest)
