"""A damaged file of a procedure: the log goes on with the last good ones, and says so."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import ProcedureInvalid
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_recovery_key
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.log_state import show_log_state
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.operations.steps.keep_versions import (
    last_good_procedures,
    procedure_problems,
    settle_procedures,
)
from desktop.operations.steps.load_procedures import read_procedures
from desktop.operations.workspace import Workspace
from desktop.resources import resource_path
from tests.clocks import FrozenClock
from tests.logs_on_disk import RECOVERY_KEY, new_log


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder of procedures that can be spoilt."""
    return Path(shutil.copytree(resource_path("procedures"), tmp_path / "procedures"))


def spoil(files: Path) -> None:
    path = files / "P00.toml"
    words = path.read_text("utf-8").replace('severity = "', 'severity = "urgent', 1)
    path.write_text(words, "utf-8")
    (files / "S1.toml").write_text("id = ", "utf-8")


def environment(files: Path) -> Environment:
    loaded = read_procedures(files)
    return Environment(
        clock=FrozenClock(),
        procedures=loaded.procedures,
        machine="a computer",
        problems=loaded.problems,
    )


def test_a_log_goes_on_with_the_last_good_procedures_and_says_so(
    files: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "log"
    first = create_log(environment(files), new_log(folder))
    good = first.procedures
    assert procedure_problems(first) == ((), first.now())
    lock_log(first)
    spoil(files)
    opened = unlock_with_recovery_key(environment(files), folder, RECOVERY_KEY)
    assert opened.procedures == good
    incident_id = start_incident(opened, "It still works").incident_id
    view = show_checklists(opened, incident_id).checklists[0]
    assert (view.procedure.id, view.checklist.version) == ("P00", good["P00"].version)
    (line,) = [one for one in show_log_state(opened) if "procedure" in one.title]
    assert line.state == "late"
    assert "the last good procedures, kept on 20 Nov 2026" in line.detail
    assert "P00.toml, procedure P00, step P00-" in line.detail
    assert "S1.toml, line 1 (“id =”)" in line.detail
    lock_log(opened)
    shutil.copytree(resource_path("procedures"), files, dirs_exist_ok=True)
    healed = unlock_with_recovery_key(environment(files), folder, RECOVERY_KEY)
    assert procedure_problems(healed)[0] == ()
    assert not [one for one in show_log_state(healed) if "procedure" in one.title]
    lock_log(healed)


def test_no_log_begins_on_damaged_procedures(files: Path, tmp_path: Path) -> None:
    spoil(files)
    with pytest.raises(ProcedureInvalid) as error:
        create_log(environment(files), new_log(tmp_path / "log"))
    assert any("P00.toml" in one for one in error.value.problems)
    assert not (tmp_path / "log").exists()


def test_a_log_that_never_held_good_ones_says_what_is_wrong(workspace: Workspace) -> None:
    with pytest.raises(ProcedureInvalid) as error:
        settle_procedures(workspace, ["P00.toml: it cannot be opened."])
    assert error.value.problems == ("P00.toml: it cannot be opened.",)
    assert last_good_procedures(workspace) == {}
    assert procedure_problems(workspace) == ((), None)


def test_a_later_set_is_kept_beside_the_earlier_one(
    workspace: Workspace, clock: FrozenClock
) -> None:
    settle_procedures(workspace, ())
    since = workspace.now()
    clock.advance(days=3)
    settle_procedures(workspace, ())
    assert procedure_problems(workspace) == ((), since)
    old = workspace.procedures["S5"]
    reworded = replace(old, source=old.source.replace('version = "', 'version = "', 1) + "\n# !")
    later = replace(workspace, procedures={**workspace.procedures, "S5": reworded})
    settle_procedures(later, ())
    assert procedure_problems(later) == ((), clock.now())
    kept = last_good_procedures(later)
    assert kept["S5"].source == reworded.source
    assert kept["S5"].version == f"{old.version} (2)"
    assert kept["P00"] == workspace.procedures["P00"]
