"""The check of the whole log finds every flipped byte and says so in words."""

from pathlib import Path

import pytest

from desktop.domain.errors import Cancelled
from desktop.operations.check_log import check_log
from desktop.operations.practice_case import fill_case
from desktop.operations.workspace import Workspace


def quietly(_share: float) -> None:
    return None


def never() -> bool:
    return False


def test_a_sound_log_is_said_to_be_unchanged(workspace: Workspace) -> None:
    fill_case(workspace)
    shares: list[float] = []
    check = check_log(workspace, shares.append, never)
    assert check.holds
    assert check.items == 4
    assert check.sentence.endswith("4 exhibits are unchanged since they were entered.")
    assert shares[-1] == 1
    assert workspace.log.settings.get("last_check").endswith(check.sentence)


def test_a_flipped_byte_in_an_item_is_found_and_said(workspace: Workspace, tmp_path: Path) -> None:
    fill_case(workspace)
    workspace.contents.close()
    (file,) = tmp_path.glob("**/evidence/0001.db")
    data = bytearray(file.read_bytes())
    for at in range(len(data) // 2, len(data), 4096):
        data[at] ^= 1
    file.write_bytes(data)
    check = check_log(workspace, quietly, never)
    assert not check.holds
    assert check.altered
    number, mark = check.altered[0]
    assert f"{mark} of {number}" in check.sentence
    assert "is not what was entered" in check.sentence


def test_a_check_can_be_stopped(workspace: Workspace) -> None:
    fill_case(workspace)
    with pytest.raises(Cancelled):
        check_log(workspace, quietly, lambda: True)


def test_an_empty_log_holds(workspace: Workspace) -> None:
    assert check_log(workspace, quietly, never).holds
