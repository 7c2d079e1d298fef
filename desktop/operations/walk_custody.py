"""Reads the custody chain in turns, so that others get theirs, and checks that it fits."""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from desktop.domain.custody import CustodyDetail, CustodyEntry, first_break
from desktop.operations.workspace import Workspace

ENTRIES_AT_ONCE = 2000


def find_break(workspace: Workspace) -> int | None:
    """Return the first entry that does not fit the chain, or None; for any thread."""
    gaps = workspace.on_log(workspace.log.custody.gaps)
    return first_break(_entries(workspace), gaps)


def _entries(workspace: Workspace) -> Iterator[tuple[CustodyEntry, CustodyDetail | None]]:
    last = 0
    while entries := workspace.on_log(partial(_some, workspace, last)):
        yield from entries
        last = entries[-1][0].number


def _some(workspace: Workspace, last: int) -> list[tuple[CustodyEntry, CustodyDetail | None]]:
    return list(islice(workspace.log.custody.walk(last), ENTRIES_AT_ONCE))
