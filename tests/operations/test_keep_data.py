"""A damaged data file of the program: the log goes on with the last good text of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.program_data import ProgramData
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_recovery_key
from desktop.operations.find_damage import data_problems
from desktop.operations.incident.keep_worksheets import open_worksheet
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.keep_data import settle_data
from desktop.operations.log_state import show_log_state
from desktop.operations.program_files import read_program_data
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.damaged_data import DATA, data_files, spoil_all
from tests.logs_on_disk import RECOVERY_KEY, new_log
from tests.workspaces import own_procedures

__all__ = ["data_files"]

HARMS = {"syntax": "[[", "schema": "nobody_knows = 1\n"}


def harm(path: Path, how: str) -> None:
    """Damage one file."""
    if how == "gone":
        path.unlink()
    else:
        path.write_text(HARMS[how] + path.read_text("utf-8"), "utf-8")


def settle(workspace: Workspace) -> ProgramData:
    return settle_data(workspace.log, workspace.now())


def words(data: ProgramData) -> ProgramData:
    """Return what it says, without what is damaged."""
    return ProgramData(
        **{name: getattr(data, name) for name in ProgramData.__slots__ if name != "damaged"}
    )


def environment() -> Environment:
    return Environment(clock=FrozenClock(), procedures=own_procedures(), machine="a computer")


@pytest.mark.parametrize("how", ["syntax", "schema", "gone"])
@pytest.mark.parametrize("name", DATA)
def test_a_damaged_file_goes_on_with_its_last_good_text(
    data_files: Path, workspace: Workspace, clock: FrozenClock, name: str, how: str
) -> None:
    good, kept_at = settle(workspace), workspace.now()
    clock.advance(days=3)
    harm(data_files / name, how)
    after = settle(workspace)
    assert words(after) == good
    (damaged,) = after.damaged
    assert (f"{damaged.name}.toml", damaged.kept_at) == (name, kept_at)
    assert damaged.problems[0].startswith(damaged.file_name)
    # What stands in where no log ever held a good one is less.
    assert words(read_program_data()) != good


@pytest.mark.parametrize("how", ["syntax", "schema", "gone"])
@pytest.mark.parametrize("name", DATA)
def test_without_a_good_text_something_stands_in(
    data_files: Path, workspace: Workspace, name: str, how: str
) -> None:
    harm(data_files / name, how)
    found = settle(workspace)
    assert found == read_program_data()
    (damaged,) = found.damaged
    assert (f"{damaged.name}.toml", damaged.kept_at) == (name, None)
    assert f"{damaged.file_name}" in damaged.problems[0]


def test_the_text_of_a_newer_program_replaces_the_kept_one(
    data_files: Path, workspace: Workspace, clock: FrozenClock
) -> None:
    old = settle(workspace)
    path = data_files / "policies/laws.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Fraud Act 2006", "Fraud Act 2026"), "utf-8")
    clock.advance(days=30)
    newer, kept_at = settle(workspace), workspace.now()
    assert newer.laws != old.laws
    clock.advance(days=1)
    harm(path, "gone")
    assert settle(workspace).laws == newer.laws
    assert settle(workspace).damaged[0].kept_at == kept_at
    path.write_text(text, "utf-8")
    assert settle(workspace) == old


def test_what_is_kept_already_is_not_written_again(
    data_files: Path, workspace: Workspace, clock: FrozenClock
) -> None:
    settle(workspace)
    since = workspace.now()
    clock.advance(days=3)
    settle(workspace)
    harm(data_files / "vanishing.toml", "gone")
    assert settle(workspace).damaged[0].kept_at == since


def test_the_log_state_tells_what_was_kept_from_what_was_not(
    data_files: Path, workspace: Workspace, clock: FrozenClock
) -> None:
    settle(workspace)
    clock.advance(days=3)
    extra = data_files / "worksheets/ours.toml"
    text = (data_files / "worksheets/iwf.toml").read_text("utf-8")
    extra.write_text(text.replace('id = "iwf"', 'id = "ours"', 1), "utf-8")
    settle(workspace)
    for name in ("policies/laws.toml", "worksheets/ours.toml", "worksheets/new.toml"):
        (data_files / name).write_text("id = ", "utf-8")
    opened = replace(workspace, data=settle(workspace))
    (line,) = [one for one in show_log_state(opened) if "damaged" in one.title]
    assert line.detail.startswith(
        "You can go on; nothing that you entered is lost. "
        "You work with the last good text of laws.toml, kept on 20 Nov 2026. "
        "Of new.toml no good text was kept: where a policy cannot be read, the strictest "
        "deadlines run; what else stands in that file is not shown. "
        "You work with the last good text of ours.toml, kept on 23 Nov 2026. "
        "Install the program again, or put the original file back.\nlaws.toml, line 1 ("
    )


def test_a_log_that_is_unlocked_says_which_text_it_goes_on_with(
    data_files: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "log"
    first = create_log(environment(), new_log(folder))
    good = first.data
    lock_log(first)
    spoil_all(data_files)
    opened = unlock_with_recovery_key(environment(), folder, RECOVERY_KEY)
    assert words(opened.data) == good
    assert len(opened.data.damaged) == len(DATA)
    incident_id = start_incident(opened, "It still works").incident_id
    assert open_worksheet(opened, incident_id, "lado").worksheet.id == "lado"
    (line,) = [one for one in show_log_state(opened) if "damaged" in one.title]
    assert line.state == "late"
    assert "the last good text of everywhere.toml, strictest.toml, " in line.detail
    assert f"toml and {len(DATA) - 3} more, kept on 20 Nov 2026. Install" in line.detail
    assert "no good text" not in line.detail
    assert f"\n{data_problems(opened)[0]}\n" in line.detail
    lock_log(opened)
