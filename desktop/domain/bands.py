"""Hides small numbers in tables by centre, so that nobody can be worked out from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SMALL = 5
_ROOM = 3


class Hidden(StrEnum):
    """What stands in a table instead of a number."""

    BANDED = "fewer than 5"
    NOT_SHOWN = "not shown"


Cell = int | Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class BandedTable:
    """Rows of cells under column names; `merged` names the rows that were put together."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    merged: tuple[str, ...] = ()


def band(counts: Mapping[str, int]) -> dict[str, Cell]:
    """Hide the cells of one column whose total is known, so that none can be worked out.

    Small ones are banded. Where the total would give one away, the largest is not shown either
    (the smallest would leave less room to guess); where that is too little, nothing is.
    """
    if not any(counts.values()):
        return dict(counts)
    if len(counts) == 1:
        return dict.fromkeys(counts, Hidden.NOT_SHOWN)
    small = {name for name, count in counts.items() if count < SMALL}
    if not small:
        return dict(counts)
    larger = sorted(counts.keys() - small, key=lambda name: (-counts[name], name))
    for extra in range(len(larger) + 1):
        withheld = set(larger[:extra])
        if _is_safe(counts, small, withheld):
            return {name: _cell(name, count, small, withheld) for name, count in counts.items()}
    return dict.fromkeys(counts, Hidden.NOT_SHOWN)


def band_table(counts: Mapping[str, Mapping[str, int]], columns: tuple[str, ...]) -> BandedTable:
    """Band every column of rows by centre; small centres are merged if most would be hidden."""
    merged: list[str] = []
    rows = {name: dict(cells) for name, cells in counts.items()}
    table = _banded(rows, columns, merged)
    while _mostly_hidden(table) and len(rows) > 2:  # noqa: PLR2004 - a table needs two rows
        pair = sorted(rows, key=lambda name: (max(rows[name].values(), default=0), name))[:2]
        first, second = (rows.pop(name) for name in pair)
        merged = [*merged, *(name for name in pair if name != _OTHERS)]
        rows[_OTHERS] = {
            column: first.get(column, 0) + second.get(column, 0) for column in columns
        }
        table = _banded(rows, columns, merged)
    return table


_OTHERS = "Other centres together"


def _is_safe(counts: Mapping[str, int], small: set[str], withheld: set[str]) -> bool:
    """Say whether the total leaves each small cell at least three values."""
    total = sum(counts[name] for name in small | withheld)
    least = SMALL * len(withheld)
    most_of_others = (SMALL - 1) * (len(small) - 1)
    highest = min(SMALL - 1, total - least)
    lowest = 0 if withheld else max(0, total - most_of_others)
    return highest - lowest + 1 >= _ROOM


def _cell(name: str, count: int, small: set[str], withheld: set[str]) -> Cell:
    if name in small:
        return Hidden.BANDED
    return Hidden.NOT_SHOWN if name in withheld else count


def _banded(
    rows: Mapping[str, Mapping[str, int]], columns: tuple[str, ...], merged: list[str]
) -> BandedTable:
    by_column = [
        band({name: cells.get(column, 0) for name, cells in rows.items()}) for column in columns
    ]
    return BandedTable(
        columns=columns,
        rows=tuple((name, tuple(cells[name] for cells in by_column)) for name in rows),
        merged=tuple(merged),
    )


def _mostly_hidden(table: BandedTable) -> bool:
    cells = [cell for _name, row in table.rows for cell in row]
    return sum(isinstance(cell, Hidden) for cell in cells) * 2 > len(cells)
