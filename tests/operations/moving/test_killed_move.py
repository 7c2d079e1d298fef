"""A move is killed at many moments: it is whole in one of the logs, or in both, never in none."""

import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import RecordMoved
from desktop.domain.evidence.items import ItemState, Method
from desktop.domain.identifiers import IncidentId
from desktop.domain.log.custody import Action, first_break
from desktop.operations.browse_incidents import show_incident
from desktop.operations.erasing.finish_erasures import finish_erasures
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.read_people import show_people
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import a_no, ignore, never
from tests.logs_on_disk import closing
from tests.operations.erasing.erasures import CANARY, PICTURE, a_case, pages, word
from tests.operations.killed_child import Ended, work_and_die
from tests.operations.moving.moves import a_restricted_log, move, open_restricted
from tests.workspaces import close_workspace, make_workspace, open_workspace, own_procedures

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    # From Python 3.12 on: the child only calls operations and never touches another thread.
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

FEW_MOMENTS, MOMENTS = 5, 16
LONG = b"canary video " * 600_000
PEOPLE = 2


def two_logs(place: Path) -> IncidentId:
    """Make a usual log with an incident to move, and a restricted one."""
    workspace = make_workspace(place / "log", FrozenClock(), own_procedures())
    case = a_case(workspace)
    video = place / "video.bin"
    video.write_bytes(LONG)
    statement = a_no(workspace, case.incident_id, f"{CANARY} video")
    add_file(workspace, case.incident_id, statement, video, Method.PICKER, ignore, never)
    video.unlink()
    close_workspace(workspace)
    a_restricted_log(place / "stick")
    return case.incident_id


def move_in_child(
    place: Path, incident_id: IncidentId, *, seconds: float | None = None, share: float = 2
) -> Ended:
    """Move it in a process of its own, killed after so long, or once it is so far on."""

    def die_at(reached: float) -> None:
        if reached >= share:
            os.kill(os.getpid(), signal.SIGKILL)

    def work(begin: Callable[[], object]) -> None:
        workspace = open_workspace(place / "log", FrozenClock(), own_procedures())
        begin()
        move(workspace, incident_id, place / "stick", die_at)

    return work_and_die(work, seconds)


def whole(workspace: Workspace, incident_id: IncidentId) -> None:
    """Check that all of it is there, every byte too."""
    assert show_incident(workspace, incident_id).title == word("title")
    assert len(show_people(workspace, incident_id).involvements) == PEOPLE
    assert show_chronology(workspace, incident_id)
    items = [one for one in list_items(workspace, incident_id) if one.state is ItemState.KEPT]
    assert [str(one.mark) for one in items] == ["PXS/1", "PXS/2", "PXS/3"]
    for item in items:
        row = workspace.log.evidence.content(item.content_id) if item.content_id else None
        assert row is not None
        assert workspace.contents.check(row.id, row.file_number) == item.fingerprint


@pytest.mark.parametrize(
    ("share", "outcome"), [(0.1, "here"), (0.49, "here"), (0.6, "both"), (0.9, "finished")]
)
def test_each_part_of_it_can_be_the_last(tmp_path: Path, share: float, outcome: str) -> None:
    incident_id = two_logs(tmp_path)
    move_in_child(tmp_path, incident_id, share=share)
    assert _check(tmp_path, incident_id) == outcome


@pytest.mark.timeout(600)
def test_it_is_whole_in_one_of_them_or_in_both(tmp_path: Path) -> None:
    assert _kill_at(tmp_path, FEW_MOMENTS) <= {"here", "both", "moved", "finished"}


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_at_many_moments_it_is_whole_in_one_of_them_or_in_both(tmp_path: Path) -> None:
    outcomes = _kill_at(tmp_path, MOMENTS)
    assert outcomes & {"here", "both"}
    assert outcomes & {"moved", "finished"}


def _kill_at(place: Path, moments: int) -> set[str]:
    """Kill a move at so many moments, spread over the time that it takes."""
    template = place / "template"
    template.mkdir()
    incident_id = two_logs(template)
    first = place / "first"
    shutil.copytree(template, first)
    took = move_in_child(first, incident_id).seconds
    assert _check(first, incident_id) == "moved"
    rng = random.Random(5)
    outcomes: set[str] = set()
    for number in range(moments):
        killed = place / f"killed {number}"
        shutil.copytree(template, killed)
        share = (number + rng.random()) / moments
        move_in_child(killed, incident_id, seconds=share * took)
        outcomes.add(_check(killed, incident_id))
        shutil.rmtree(killed)
    return outcomes


def _check(place: Path, incident_id: IncidentId) -> str:
    """Open both as at the next start; what was cut off is moved again."""
    workspace = open_workspace(place / "log", FrozenClock(), own_procedures())
    try:
        with closing(open_restricted(place / "stick")) as other:
            there = other.log.incidents.get(incident_id) is not None
            if there:
                whole(other, incident_id)
            assert first_break(other.log.custody.walk()) is None
        pending = bool(workspace.log.tombstones.not_cleared())
        assert finish_erasures(workspace)
        entries = list(workspace.log.custody.walk())
        assert first_break(entries) is None
        moved = Action.INCIDENT_MOVED in {entry.action for entry, _ in entries}
        if not moved:
            whole(workspace, incident_id)
            begun = Action.MOVE_INTENDED in {entry.action for entry, _ in entries}
            assert bool(workspace.log.intents.all()) == begun
            known = frozenset(row.id for row in workspace.log.evidence.contents())
            assert not workspace.contents.remove_orphans(known)
            move(workspace, incident_id, place / "stick")
        with closing(open_restricted(place / "stick")) as other:
            whole(other, incident_id)
            known = frozenset(row.id for row in other.log.evidence.contents())
            assert not other.contents.remove_orphans(known)
        with pytest.raises(RecordMoved):
            show_incident(workspace, incident_id)
        left = pages(place / "log")
        assert CANARY.encode() not in left
        assert PICTURE[:16] not in left
        if moved:
            assert there
            return "finished" if pending else "moved"
        return "both" if there else "here"
    finally:
        close_workspace(workspace)
