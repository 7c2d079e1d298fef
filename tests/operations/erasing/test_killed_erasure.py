"""An erasure is killed at many moments: it was not begun, or the next start finishes it."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import RecordErased
from desktop.domain.evidence.items import ItemState, Method
from desktop.domain.identifiers import IncidentId
from desktop.domain.log.custody import Action, first_break
from desktop.operations.browse_incidents import show_incident
from desktop.operations.erasing.finish_erasures import finish_erasures
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import a_no, ignore, never
from tests.operations.erasing.erasures import CANARY, PICTURE, a_case, erase, pages, word
from tests.operations.killed_child import Ended, work_and_die
from tests.workspaces import close_workspace, make_workspace, open_workspace, own_procedures

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    # From Python 3.12 on: the child only calls operations and never touches another thread.
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

MOMENTS = 40
LONG = b"canary video " * 600_000


def a_log(folder: Path, video: Path) -> IncidentId:
    """Make a log with a record to erase, and much that stays."""
    workspace = make_workspace(folder, FrozenClock(), own_procedures())
    case = a_case(workspace)
    video.write_bytes(LONG)
    statement = a_no(workspace, case.other_id, "video")
    add_file(workspace, case.other_id, statement, video, Method.PICKER, ignore, never)
    close_workspace(workspace)
    return case.incident_id


def erase_in_child(folder: Path, incident_id: IncidentId, seconds: float | None = None) -> Ended:
    """Erase in a process of its own, killed so long after it began."""

    def work(begin: Callable[[], object]) -> None:
        workspace = open_workspace(folder, FrozenClock(), own_procedures())
        begin()
        erase(workspace, incident_id)

    return work_and_die(work, seconds)


def whole(workspace: Workspace, incident_id: IncidentId, left: bytes) -> None:
    """Check that nothing was begun: all of it is there and unchanged."""
    assert show_incident(workspace, incident_id).title == word("title")
    items = [one for one in list_items(workspace, incident_id) if one.state is ItemState.KEPT]
    assert items
    for item in items:
        row = workspace.log.evidence.content(item.content_id) if item.content_id else None
        assert row is not None
        assert workspace.contents.check(row.id, row.file_number) == item.fingerprint
    assert CANARY.encode() in left
    assert PICTURE[:16] in left


@pytest.mark.timeout(600)
def test_it_is_not_begun_or_brought_to_its_end(tmp_path: Path) -> None:
    template = tmp_path / "template"
    template.mkdir()
    incident_id = a_log(template / "log", tmp_path / "video.bin")
    first = tmp_path / "first"
    shutil.copytree(template, first)
    took = erase_in_child(first / "log", incident_id).seconds
    rng = random.Random(8)
    outcomes = set()
    for number in range(MOMENTS):
        place = tmp_path / f"killed {number}"
        shutil.copytree(template, place)
        share = (number + rng.random()) / MOMENTS
        erase_in_child(place / "log", incident_id, share * took)
        outcomes.add(_check(place / "log", incident_id))
        shutil.rmtree(place)
    assert outcomes >= {"whole", "finished"}


def _check(folder: Path, incident_id: IncidentId) -> str:
    workspace = open_workspace(folder, FrozenClock(), own_procedures())
    try:
        pending = bool(workspace.log.tombstones.not_cleared())
        assert finish_erasures(workspace)
        entries = list(workspace.log.custody.walk())
        assert first_break(entries) is None
        for row in workspace.log.evidence.contents():
            assert workspace.contents.check(row.id, row.file_number) == row.fingerprint
        left = pages(folder)
        if Action.RECORD_ERASED not in {entry.action for entry, _ in entries}:
            whole(workspace, incident_id, left)
            return "whole"
        with pytest.raises(RecordErased):
            show_incident(workspace, incident_id)
        known = frozenset(row.id for row in workspace.log.evidence.contents())
        assert not workspace.contents.remove_orphans(known)
        assert CANARY.encode() not in left
        assert PICTURE[:16] not in left
        return "finished" if pending else "erased"
    finally:
        close_workspace(workspace)
