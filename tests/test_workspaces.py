"""The fixtures hand out what the program itself would: a real log, a real session."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from desktop.domain.steps.procedures import Procedure
from desktop.operations.browse_incidents import list_incidents
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.ui.session import Session
from tests.clocks import START, FrozenClock
from tests.conftest import Perform
from tests.workspaces import close_workspace, make_workspace, open_workspace


def test_workspace_is_an_encrypted_log(workspace: Workspace, tmp_path: Path) -> None:
    start_incident(workspace, text="distinctive")
    workspace.log.close()
    for path in (tmp_path / "log").rglob("*"):
        assert path.is_dir() or b"distinctive" not in path.read_bytes()
    assert not (tmp_path / "log/log.db").read_bytes().startswith(b"SQLite format 3")


def test_workspace_opens_again(
    tmp_path: Path, clock: FrozenClock, procedures: Mapping[str, Procedure]
) -> None:
    first = make_workspace(tmp_path / "log", clock, procedures)
    started = start_incident(first, text="kept")
    close_workspace(first)
    second = open_workspace(tmp_path / "log", clock, procedures)
    assert [line.id for line in list_incidents(second)] == [started.incident_id]
    close_workspace(second)


def test_session_answers_like_the_program_does(session: Session, perform: Perform) -> None:
    assert session.is_open
    started = perform(partial(start_incident, text="rang"))
    assert [line.id for line in perform(list_incidents)] == [started.incident_id]


def test_clock_stands_still_until_it_is_advanced(clock: FrozenClock) -> None:
    assert clock.now() == clock.now()
    assert clock.now().utc == START
    later = clock.advance(hours=2)
    assert clock.now() == later
    assert clock.at_local(later.local.replace(tzinfo=None)) == later
