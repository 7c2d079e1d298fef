import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.identifiers import IncidentId
from desktop.domain.log.custody import first_break
from desktop.operations.leaving.unfinished_exports import (
    clear_unfinished_exports,
    forget_export,
    is_recorded,
    record_export,
    remember_export,
)
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.workspaces import close_workspace, make_workspace, open_workspace, own_procedures

ROOT = Path(__file__).parents[3]

# Kills itself while the named form is being written, at the given question about stopping.
EXPORT = """
import os, signal, sys
from pathlib import Path
from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.operations.leaving.export_bundle import BundleRequest, export_bundle
from tests.clocks import FrozenClock
from tests.workspaces import open_workspace, own_procedures

folder, incident, form, moment = sys.argv[1:]
workspace = open_workspace(Path(folder) / "log", FrozenClock(), own_procedures())
asked = 0
def die() -> bool:
    global asked
    asked += 1
    if asked > int(moment):
        os.kill(os.getpid(), signal.SIGKILL)
    return False
target = Path(folder) / "out"
request = BundleRequest(audience=Audience.POLICE, form=BundleForm(form), folder=target)
export_bundle(workspace, incident, request, lambda share: None, die)
"""


def test_what_was_begun_is_removed_and_nothing_else(workspace: Workspace, tmp_path: Path) -> None:
    part, folder, mine = (tmp_path / name for name in ("a.zip.part", "b.part", "mine.zip"))
    part.write_text("half")
    folder.mkdir()
    (folder / "x").write_text("half")
    mine.write_text("whole")
    remember_export(workspace, (part, folder, mine, tmp_path / "gone.part"))
    assert clear_unfinished_exports(workspace) == ("a.zip.part", "b.part")
    assert mine.read_text() == "whole"
    assert clear_unfinished_exports(workspace) == ()


def test_a_link_is_removed_and_not_what_it_leads_to(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    (target / "x").write_text("mine")
    link = tmp_path / "a.part"
    link.symlink_to(target)
    remember_export(workspace, [link])
    assert clear_unfinished_exports(workspace) == ("a.part",)
    assert (target / "x").read_text() == "mine"


def test_an_export_that_ended_is_forgotten(workspace: Workspace, tmp_path: Path) -> None:
    part = tmp_path / "a.part"
    part.write_text("of somebody else")
    remember_export(workspace, [part])
    forget_export(workspace)
    assert clear_unfinished_exports(workspace) == ()
    assert part.exists()


def test_what_is_on_record_gets_its_name(workspace: Workspace, tmp_path: Path) -> None:
    part, receipt, taken = (tmp_path / f"{name}.part" for name in ("a.zip", "b.pdf", "c.zip"))
    for path in (part, receipt, taken, tmp_path / "c.zip"):
        path.write_text(path.name)
    remember_export(workspace, (part, receipt, taken, tmp_path / "gone.part"))
    record_export(workspace)
    assert is_recorded(workspace)
    assert clear_unfinished_exports(workspace) == ()
    names = {path.name: path.read_text() for path in tmp_path.iterdir() if path.is_file()}
    assert names == {
        "a.zip": "a.zip.part",
        "b.pdf": "b.pdf.part",
        "c.zip": "c.zip",
        "c.zip.part": "c.zip.part",
    }
    assert not is_recorded(workspace)


@pytest.mark.parametrize("form", ["folder", "ZIP", "AES ZIP"])
@pytest.mark.parametrize("moment", [0, 1, 2])
def test_a_killed_export_leaves_nothing_after_the_next_start(
    form: str, moment: int, tmp_path: Path, clock: FrozenClock
) -> None:
    from tests.operations.leaving.test_export_bundle import incident as fill  # noqa: PLC0415

    workspace = make_workspace(tmp_path / "log", clock, own_procedures())
    incident: IncidentId = fill.__wrapped__(workspace, tmp_path)  # type: ignore[attr-defined]
    close_workspace(workspace)
    (tmp_path / "out").mkdir()
    command = [sys.executable, "-c", EXPORT, str(tmp_path), incident, form, str(moment)]
    ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    left = [path.name for path in (tmp_path / "out").iterdir()]
    assert all(name.endswith(".part") for name in left)
    workspace = open_workspace(tmp_path / "log", clock, own_procedures())
    try:
        assert sorted(clear_unfinished_exports(workspace)) == sorted(left)
        assert list((tmp_path / "out").iterdir()) == []
        assert workspace.log.bundles.of(incident) == []
        assert [intent.kind for intent in workspace.log.intents.all()] == ["export"]
        assert first_break(workspace.log.custody.walk()) is None
    finally:
        close_workspace(workspace)
