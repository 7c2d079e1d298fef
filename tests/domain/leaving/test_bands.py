"""Counts by centre: no hidden number can be worked out from everything that is shown."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.leaving.bands import (
    OTHERS,
    SMALL,
    BandedTable,
    Cell,
    CentreCount,
    Hidden,
    band_centres,
)

COLUMNS = ("contact", "conduct")
State = tuple[int, ...]


def a_centre(label: str, incidents: int, *by_label: int, without: int = 0) -> CentreCount:
    return CentreCount(label=label, incidents=incidents, by_label=by_label, without=without)


@st.composite
def centres(draw: st.DrawFn) -> list[CentreCount]:
    """Draw centres from incidents that carry none, one or both labels."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        tags = draw(st.lists(st.sampled_from([(0, 0), (0, 1), (1, 0), (1, 1)]), max_size=13))
        made.append(
            CentreCount(
                label=f"Centre {number}",
                incidents=len(tags),
                by_label=(sum(tag[0] for tag in tags), sum(tag[1] for tag in tags)),
                without=tags.count((0, 0)),
            )
        )
    return made


def _fits(cell: Cell, count: int, column: list[Cell]) -> bool:
    if isinstance(cell, int):
        return cell == count
    if cell is Hidden.BANDED:
        return 0 <= count < SMALL
    return count >= SMALL if Hidden.BANDED in column else count >= 0


def _row_states(table: BandedTable, number: int) -> Iterator[State]:
    """Yield everything that one row could be, as somebody would who knows how this works."""
    _label, incidents, cells = table.rows[number]
    columns = [[row[2][place] for row in table.rows] for place in range(len(COLUMNS))]
    counts = range(incidents + 1)
    for first, second, without in product(counts, counts, counts):
        labelled = incidents - without
        if not max(first, second) <= labelled <= first + second:
            continue
        if _fits(cells[0], first, columns[0]) and _fits(cells[1], second, columns[1]):
            yield (first, second, without)


def _possible(table: BandedTable, totals: State, number: int, place: int) -> set[int]:
    """Find every number a cell could hold, given the totals of the organisation."""
    reached: set[tuple[State, int]] = {((0, 0, 0), -1)}
    for row in range(len(table.rows)):
        reached = {
            (
                (sums[0] + state[0], sums[1] + state[1], sums[2] + state[2]),
                state[place] if row == number else held,
            )
            for sums, held in reached
            for state in _row_states(table, row)
            if all(sums[at] + state[at] <= totals[at] for at in range(3))
        }
    return {held for sums, held in reached if sums == totals}


@given(centres())
def test_no_hidden_cell_can_be_recovered(listed: list[CentreCount]) -> None:
    table = band_centres(listed, COLUMNS)
    if table is None:
        return
    assert sum(row[1] for row in table.rows) == sum(one.incidents for one in listed)
    assert all(row[1] >= SMALL for row in table.rows)
    totals = (
        sum(one.by_label[0] for one in listed),
        sum(one.by_label[1] for one in listed),
        sum(one.without for one in listed),
    )
    for number, row in enumerate(table.rows):
        for place, cell in enumerate(row[2]):
            if isinstance(cell, Hidden):
                found = _possible(table, totals, number, place)
                assert len(found) >= min(3, totals[place] + 1), (row, place, found)
            else:
                assert cell >= SMALL or not totals[place]


@given(centres())
def test_small_centres_are_not_named(listed: list[CentreCount]) -> None:
    table = band_centres(listed, COLUMNS)
    names = {row[0] for row in table.rows} if table else set()
    large = {one.label for one in listed if one.incidents >= SMALL}
    assert names <= large | {OTHERS}


def test_large_numbers_are_shown_as_they_are() -> None:
    table = band_centres(
        [a_centre("North", 12, 6, 7), a_centre("River", 11, 5, 6)], ("contact", "conduct")
    )
    assert table == BandedTable(
        columns=COLUMNS, rows=(("North", 12, (6, 7)), ("River", 11, (5, 6)))
    )


def test_a_quarter_with_fourteen_incidents_still_informs() -> None:
    table = band_centres(
        [a_centre("North", 6, 2, 6), a_centre("River", 5, 1, 5), a_centre("Hill", 3, 0, 3)],
        COLUMNS,
    )
    assert table is not None
    assert table.rows == (
        ("North", 6, (Hidden.BANDED, 6)),
        (OTHERS, 8, (Hidden.BANDED, 8)),
    )
    assert table.merged == 2


def test_the_other_cell_is_not_shown_where_the_total_would_give_one_away() -> None:
    table = band_centres(
        [
            a_centre("North", 20, 9, 18),
            a_centre("River", 15, 8, 14),
            a_centre("Hill", 12, 7, 12),
            a_centre("Quay", 10, 3, 10),
        ],
        COLUMNS,
    )
    assert table is not None
    contact = [row[2][0] for row in table.rows]
    assert contact == [Hidden.NOT_SHOWN, 8, 7, Hidden.BANDED]


def test_more_is_put_together_where_most_would_be_hidden() -> None:
    table = band_centres(
        [
            a_centre("North", 12, 9, 9),
            a_centre("River", 6, 3, 3),
            a_centre("Hill", 6, 3, 3),
        ],
        COLUMNS,
    )
    assert table is not None
    assert table.rows == (("North", 12, (9, 9)), (OTHERS, 12, (6, 6)))


def test_labels_are_left_out_where_nothing_else_helps() -> None:
    table = band_centres([a_centre("North", 6, 3, 3), a_centre("River", 6, 3, 3)], COLUMNS)
    assert table == BandedTable(columns=(), rows=(("North", 6, ()), ("River", 6, ())))


def test_labels_are_left_out_where_even_hiding_all_gives_one_away() -> None:
    table = band_centres([a_centre("North", 5, 5, 0), a_centre("River", 5, 4, 1)], COLUMNS)
    assert table == BandedTable(columns=(), rows=(("North", 5, ()), ("River", 5, ())))


@pytest.mark.parametrize(
    "listed",
    [
        [],
        [a_centre("North", 14, 7, 7)],
        [a_centre("North", 4, 2, 2), a_centre("River", 4, 2, 2)],
        [a_centre("North", 6, 3, 3), a_centre("River", 4, 2, 2)],
    ],
)
def test_one_row_says_nothing_beyond_the_whole(listed: list[CentreCount]) -> None:
    assert band_centres(listed, COLUMNS) is None
