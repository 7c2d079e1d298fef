"""What is held back is opened and read by nothing: traced by the system, at every entry point."""

import ast
import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.errors import AppError, StatementNeeded
from desktop.domain.evidence.gate import GateAnswer
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import StatementId
from desktop.operations.evidence.look_inside import look_inside
from desktop.operations.evidence.make_statement import make_statement
from desktop.operations.evidence.take_evidence import add_file, add_picture
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_no, a_png, an_incident, ignore, never

ROOT = Path(__file__).parents[3]
# Whoever reads a file that is to come in does it through this, in one of these places.
_MAY_READ_FILES = {"look_inside.py", "take_evidence.py", "read_facts.py"}

_STORY = """
import sys
from pathlib import Path
from desktop.domain.evidence.items import Method
from desktop.domain.errors import AppError
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.operations.evidence.answer_gate import keep_out, let_in
from desktop.operations.evidence.look_inside import look_inside
from desktop.operations.evidence.read_folder import read_folder
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import list_items, make_thumbnail
from tests.clocks import FrozenClock
from tests.evidence_pieces import an_incident, ignore, never
from tests.workspaces import make_workspace, own_procedures

folder = Path(sys.argv[1])
workspace = make_workspace(folder / "log", FrozenClock(), own_procedures())
incident = an_incident(workspace)
listed = read_folder(folder / "phone", ignore, never).paths
held = keep_out(
    workspace, incident, GateAnswer.YES, ["held-back.jpg"], Concern.CHILD_IMAGE, "She says so"
)
for path in listed:
    for operation in (
        lambda: look_inside(workspace, incident, held.statement_id, [path], ignore, never),
        lambda: add_file(
            workspace, incident, held.statement_id, path, Method.FOLDER, ignore, never
        ),
    ):
        try:
            operation()
        except AppError as error:
            print(type(error).__name__)
statement = let_in(workspace, incident, ["ordinary.jpg"]).statement_id
add_file(
    workspace, incident, statement, folder / "phone" / "ordinary.jpg", Method.FOLDER, ignore, never
)
for item in list_items(workspace, incident):
    make_thumbnail(workspace, item.id, 64, ignore, never)
print("done")
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not there")
def test_the_system_sees_no_opening_and_no_reading_of_it(tmp_path: Path) -> None:
    phone = tmp_path / "phone"
    phone.mkdir()
    (phone / "held-back.jpg").write_bytes(a_png("red"))
    (phone / "ordinary.jpg").write_bytes(a_png("blue"))
    story, trace = tmp_path / "story.py", tmp_path / "trace.txt"
    story.write_text(_STORY)
    done = subprocess.run(
        ["strace", "-f", "-y", "-e", "trace=openat,open,read,pread64,mmap", "-o", str(trace),
         sys.executable, str(story), str(tmp_path)],
        capture_output=True, text=True, timeout=100, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    if "ptrace" in done.stderr.lower():
        pytest.skip("processes cannot be traced here")
    assert done.stdout.split() == [*["StatementNeeded"] * 4, "done"], done.stderr
    lines = trace.read_text("utf-8", "replace")
    assert re.search(r"open[^\n]*ordinary\.jpg", lines)
    assert re.search(r"read[^\n]*ordinary\.jpg", lines)
    assert "held-back.jpg" not in lines


@pytest.mark.parametrize("answer", [None, GateAnswer.YES, GateAnswer.NOT_SURE])
def test_no_entry_point_looks_at_a_file_before_the_answer(
    workspace: Workspace, tmp_path: Path, answer: GateAnswer | None
) -> None:
    incident = an_incident(workspace)
    statement = StatementId("none")
    if answer:
        statement = make_statement(workspace, incident, answer, ["x"]).statement.id
    # Nothing lies there: any other error would mean that it was looked for.
    path = tmp_path / "never looked at.eml"
    now = workspace.now()
    with pytest.raises(StatementNeeded):
        look_inside(workspace, incident, statement, [path], ignore, never)
    with pytest.raises(StatementNeeded):
        add_file(workspace, incident, statement, path, Method.FOLDER, ignore, never)
    with pytest.raises(StatementNeeded):
        add_file(workspace, incident, statement, path, Method.DROP, ignore, never, ("photo",))
    with pytest.raises(StatementNeeded):
        add_picture(
            workspace, incident, statement, b"x", ItemKind.SCREEN, Method.PASTE, now, ignore, never
        )


def test_only_these_places_read_files_that_come_in() -> None:
    found = {
        path.name
        for path in (ROOT / "desktop").rglob("*.py")
        if path.parent.name != "intake" and "FileSource" in path.read_text("utf-8")
    }
    assert found == _MAY_READ_FILES


def test_the_gate_is_the_first_thing_that_each_of_them_asks() -> None:
    for operation in (add_file, add_picture, look_inside):
        (function,) = ast.parse(inspect.getsource(operation)).body
        assert isinstance(function, ast.FunctionDef)
        assert "check_gate" in ast.unparse(function.body[1])


def test_answer_for_another_incident_lets_nothing_in(workspace: Workspace, tmp_path: Path) -> None:
    statement = a_no(workspace, an_incident(workspace, "Another"))
    incident = an_incident(workspace)
    with pytest.raises(AppError) as caught:
        look_inside(workspace, incident, statement, [tmp_path / "gone"], ignore, never)
    assert isinstance(caught.value, StatementNeeded)
