"""Reads the custody chain in turns, so that others get theirs, and checks that it fits."""

from collections.abc import Generator
from functools import partial
from itertools import islice

from desktop.domain.log.custody import CustodyDetail, CustodyEntry, Head, first_break
from desktop.operations.workspace import Workspace

ENTRIES_AT_ONCE = 2000


def find_break(workspace: Workspace) -> int | None:
    """Return the first entry that does not fit the chain, or None; for any thread."""
    steps = walk_custody(workspace)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            broken_at: int | None = end.value
            return broken_at


def walk_custody(workspace: Workspace) -> Generator[None, None, int | None]:
    """Check the chain turn by turn; the generator returns the first entry that does not fit."""
    gaps = workspace.on_log(workspace.log.custody.gaps)
    last: Head | None = None
    while True:
        after = last.number if last else 0
        entries = workspace.on_log(partial(_some, workspace, after))
        if not entries:
            return None
        broken_at = _first_break(entries, last, gaps)
        if broken_at is not None:
            return broken_at
        end = entries[-1][0]
        last = Head(end.number, end.own)
        yield


def _first_break(
    entries: list[tuple[CustodyEntry, CustodyDetail | None]],
    last: Head | None,
    gaps: list[tuple[int, int]],
) -> int | None:
    """Check one turn: what came before it was checked, and must be what it goes on from."""
    first = entries[0][0]
    if last is None:
        return first_break(entries, gaps)
    expected = next((end + 1 for start, end in gaps if start == last.number + 1), last.number + 1)
    goes_on = first.previous == last.own or expected != last.number + 1
    if first.number != expected or not goes_on:
        return last.number + 1
    return first_break(entries, [*gaps, (1, first.number - 1)])


def _some(workspace: Workspace, last: int) -> list[tuple[CustodyEntry, CustodyDetail | None]]:
    return list(islice(workspace.log.custody.walk(last), ENTRIES_AT_ONCE))
