"""The chain is read in turns; the answer is the same as if it were read at once."""

import pytest

from desktop.domain.log.custody import Action, first_break
from desktop.operations.checking import walk_custody
from desktop.operations.checking.walk_custody import find_break
from desktop.operations.workspace import Workspace

ENTRIES = 12


@pytest.fixture
def chained(workspace: Workspace) -> Workspace:
    for number in range(ENTRIES - 1):
        workspace.note(Action.ITEM_VIEWED, f"subject {number}", workspace.now())
    for trigger in ("custody_entry_stays", "custody_entry_remains"):
        workspace.log._connection.execute(f"DROP TRIGGER {trigger}")
    workspace.log._connection.execute("PRAGMA foreign_keys = OFF")
    return workspace


def both(workspace: Workspace) -> tuple[int | None, int | None]:
    return find_break(workspace), first_break(
        workspace.log.custody.walk(), workspace.log.custody.gaps()
    )


@pytest.mark.parametrize("turn", [1, 3, 5, 12, 100])
@pytest.mark.parametrize("number", [1, 3, 4, 6, 12])
@pytest.mark.parametrize("gap", [None, (3, 3), (4, 6), (1, 2), (6, 7)])
def test_turns_change_nothing(
    chained: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    turn: int,
    number: int,
    gap: tuple[int, int] | None,
) -> None:
    monkeypatch.setattr(walk_custody, "ENTRIES_AT_ONCE", turn)
    execute = chained.log._connection.execute
    assert both(chained) == (None, None)
    if gap:
        execute("DELETE FROM custody_entry WHERE number BETWEEN ? AND ?", gap)
        assert both(chained) == (gap[0], gap[0])
        chained.log.custody.add_gap(*gap, chained.now())
        assert both(chained) == (None, None)
    for change in (
        "UPDATE custody_entry SET previous = own WHERE number = ?",
        "DELETE FROM custody_entry WHERE number = ?",
    ):
        execute(change, (number,))
        piecewise, whole = both(chained)
        assert piecewise == whole


def test_an_empty_chain_has_no_break(chained: Workspace) -> None:
    chained.log._connection.execute("DELETE FROM custody_entry")
    assert find_break(chained) is None
