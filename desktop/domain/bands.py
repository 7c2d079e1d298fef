"""Counts by centre for a report, in which no small number can be found, nor worked out."""

from collections.abc import Iterable, Sequence
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreCount:
    """One centre: its incidents, how many carry each label, how many carry none at all.

    An incident may carry several labels.
    """

    label: str
    incidents: int
    by_label: tuple[int, ...]
    without: int

    def moved(self, place: int, number: int) -> "CentreCount":
        """Return it as it would be with so many more incidents that carry one label."""
        cells = list(self.by_label)
        cells[place] += number
        return CentreCount(
            label=self.label,
            incidents=self.incidents,
            by_label=tuple(cells),
            without=self.without,
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
    listed = sorted(centres, key=lambda one: (-one.incidents, one.label))
    merged = sum(one.incidents < SMALL for one in listed)
    if 0 < sum(one.incidents for one in listed[len(listed) - merged :]) < SMALL:
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
    shown = [cell for row in cells for cell in row]
    return sum(isinstance(cell, Hidden) for cell in shown) * 2 <= len(shown)


def _hide(rows: Sequence[CentreCount], columns: int) -> list[tuple[Cell, ...]] | None:
    """Hide what must not be known, column by column; None where that cannot be done."""
    by_column = []
    for place in range(columns):
        cells = _hide_column(rows, place)
        if cells is None:
            return None
        by_column.append(cells)
    return list(zip(*by_column, strict=True))


def _hide_column(rows: Sequence[CentreCount], place: int) -> list[Cell] | None:
    """Band the small cells; where the total gives one away, larger ones are not shown either."""
    counts = [row.by_label[place] for row in rows]
    small = [number for number, count in enumerate(counts) if count < SMALL]
    if not small or not sum(counts):
        return list(counts)
    larger = sorted(set(range(len(rows))).difference(small), key=lambda number: -counts[number])
    for extra in range(len(larger) + 1):
        limits: dict[int, tuple[int, int | None]] = dict.fromkeys(small, (0, SMALL - 1))
        limits |= dict.fromkeys(larger[:extra], (SMALL, None))
        if _cannot_be_worked_out(rows, place, limits):
            return [_cell(number, count, limits) for number, count in enumerate(counts)]
    nothing_known: dict[int, tuple[int, int | None]] = dict.fromkeys(range(len(rows)), (0, None))
    if _cannot_be_worked_out(rows, place, nothing_known):
        return [Hidden.NOT_SHOWN] * len(rows)
    return None


def _cell(number: int, count: int, limits: dict[int, tuple[int, int | None]]) -> Cell:
    if number not in limits:
        return count
    return Hidden.BANDED if limits[number] == (0, SMALL - 1) else Hidden.NOT_SHOWN


def _cannot_be_worked_out(
    rows: Sequence[CentreCount], place: int, limits: dict[int, tuple[int, int | None]]
) -> bool:
    """Say whether each hidden cell could hold several numbers, with all else as it is shown.

    The column's total is known. What one cell gains another one must lose, within what is said
    of both, and such incidents must be able to exist in both centres.
    """
    total = sum(row.by_label[place] for row in rows)
    room = min(_ROOM, total + 1)
    span = range(-2 * SMALL, 2 * SMALL + 1)
    for gaining, limit in limits.items():
        possible = {
            shift
            for shift in span
            for losing in limits
            if losing != gaining
            and _may_be(rows[gaining], place, shift, limit)
            and _may_be(rows[losing], place, -shift, limits[losing])
        }
        if len(possible) < room:
            return False
    return True


def _may_be(row: CentreCount, place: int, shift: int, limits: tuple[int, int | None]) -> bool:
    changed = row.moved(place, shift)
    lowest, highest = limits
    count = changed.by_label[place]
    return lowest <= count and (highest is None or count <= highest) and changed.could_be
