"""The story is killed at many random moments: what was confirmed is there, nothing half there."""

import hashlib
import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.evidence.gate import GateAnswer
from desktop.domain.evidence.items import ExhibitMark, ItemKind, ItemState, Method
from desktop.domain.identifiers import IncidentId
from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.domain.log.custody import first_break
from desktop.domain.people import Role
from desktop.operations.browse_incidents import list_incidents, show_incident
from desktop.operations.evidence.make_statement import hold_back, make_statement
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.incident.keep_chronology import add_note, show_chronology
from desktop.operations.incident.keep_people import add_person
from desktop.operations.incident.record_incident import enter_fields, save_draft, start_incident
from desktop.operations.leaving.export_bundle import BundleRequest, export_bundle
from desktop.operations.leaving.unfinished_exports import clear_unfinished_exports
from desktop.operations.leaving.verify_bundle import verify_bundle
from desktop.operations.read_people import show_people
from desktop.operations.steps.answer_triage import answer_triage, show_triage
from desktop.operations.steps.read_situation import read_items
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.workspaces import close_workspace, make_workspace, open_workspace, own_procedures

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    # From Python 3.12 on: the child only calls operations and never touches another thread.
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

MOMENTS = 12
MANY = 300
Confirm = Callable[..., None]


def live_the_story(workspace: Workspace, out: Path, confirm: Confirm) -> None:
    """Do many small things and some large ones; say each once it is confirmed."""
    for number in range(6):
        words = f"Tutor rang, call {number}"
        started = start_incident(workspace, words)
        confirm("incident", started.incident_id, started.number)
        save_draft(workspace, started.incident_id, "place", f"bus {number}")
        confirm("draft", started.incident_id, f"bus {number}")
        enter_fields(workspace, started.incident_id, {"wishes": f"wish {number}"})
        confirm("field", started.incident_id, f"wish {number}")
        add_person(workspace, started.incident_id, Role.TARGET, {"name": f"Robin {number}"})
        confirm("person", started.incident_id, f"Robin {number}")
        answer_triage(workspace, started.incident_id, {"T4": "no", "T8": "private+site"})
        confirm("triage", started.incident_id, "private+site")
        made = make_statement(workspace, started.incident_id, GateAnswer.NO, ["captures"])
        for size in (1000, 3_000_000):
            content = random.Random(f"{number} {size}").randbytes(size)
            added = add_picture(
                workspace,
                started.incident_id,
                made.statement.id,
                content,
                ItemKind.SCREEN,
                Method.SCREEN_CAPTURE,
                workspace.now(),
                lambda _share: None,
                lambda: False,
            )
            digest = hashlib.sha256(content).hexdigest()
            confirm("item", started.incident_id, str(added.mark), digest)
        hold_back(workspace, started.incident_id, made.statement.id, f"held {number}")
        confirm("held", started.incident_id, f"held {number}")
        add_note(workspace, started.incident_id, workspace.now(), f"note {number}")
        confirm("note", started.incident_id, f"note {number}")
        request = BundleRequest(audience=Audience.POLICE, form=BundleForm.ZIP, folder=out)
        exported = export_bundle(
            workspace, started.incident_id, request, lambda _share: None, lambda: False
        )
        confirm("bundle", str(exported.path), exported.fingerprint)


def _child(folder: Path, out: Path, pipe: int) -> None:
    clock = FrozenClock()
    workspace = make_workspace(folder, clock, own_procedures())

    def confirm(*parts: str) -> None:
        os.write(pipe, (json.dumps(parts) + "\n").encode())

    confirm("open")
    live_the_story(workspace, out, confirm)


def _live(folder: Path, out: Path, kill_after: float | None) -> tuple[list[list[str]], float]:
    """Run the story in a process of its own; returns what it confirmed and how long it lived."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        code = 1
        try:
            os.close(reading)
            _child(folder, out, writing)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as lines:
        first = lines.readline()
        began = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(process, signal.SIGKILL)
        told = first + lines.read()
    _, status = os.waitpid(process, 0)
    if kill_after is None:
        assert os.waitstatus_to_exitcode(status) == 0
    whole = [line for line in told.decode().split("\n")[:-1] if line]
    return [json.loads(line) for line in whole], time.monotonic() - began


def test_whatever_was_confirmed_is_there_after_a_kill(tmp_path: Path) -> None:
    kill_at_random(tmp_path, MOMENTS)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_whatever_was_confirmed_is_there_after_any_of_many_kills(tmp_path: Path) -> None:
    kill_at_random(tmp_path, MANY)


def kill_at_random(tmp_path: Path, moments: int) -> None:
    (tmp_path / "whole out").mkdir()
    everything, seconds = _live(tmp_path / "whole", tmp_path / "whole out", None)
    assert len(everything) == 1 + 6 * 10
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    seen = 0
    for moment in range(moments):
        folder, out = tmp_path / f"log {moment}", tmp_path / f"out {moment}"
        out.mkdir()
        told, _ = _live(folder, out, chance.uniform(0, seconds))
        seen += len(told)
        _check(folder, out, told, f"seed {seed}, moment {moment}")
        shutil.rmtree(folder)
        shutil.rmtree(out)
    assert seen > moments, "nothing was ever confirmed: the kills come too early"


def _check(folder: Path, out: Path, told: list[list[str]], when: str) -> None:
    clock = FrozenClock()
    clock.advance(days=1)
    workspace = open_workspace(folder, clock, own_procedures())
    try:
        assert first_break(workspace.log.custody.walk()) is None, when
        rows = workspace.log.evidence.contents()
        workspace.contents.remove_orphans(frozenset(row.id for row in rows))
        for row in rows:
            assert workspace.contents.check(row.id, row.file_number) == row.fingerprint, when
        _check_marks(workspace, when)
        clear_unfinished_exports(workspace)
        for kind, *parts in told:
            assert CHECKS[kind](workspace, *parts), f"{when}: {kind} {parts}"
        for bundle in out.glob("*.zip"):
            assert verify_bundle(bundle).problems == (), when
    finally:
        close_workspace(workspace)


def _check_marks(workspace: Workspace, when: str) -> None:
    numbers = sorted(line.number for line in list_incidents(workspace))
    assert numbers == [f"2026-{place:04d}" for place in range(1, len(numbers) + 1)], when
    for line in list_incidents(workspace):
        marks = [item.mark for item in read_items(workspace, line.id)]
        assert marks == [ExhibitMark("PXS", place) for place in range(1, len(marks) + 1)], when


def _has_item(workspace: Workspace, incident: str, mark: str, digest: str) -> bool:
    return any(
        str(item.mark) == mark and item.fingerprint and item.fingerprint.sha256 == digest
        for item in read_items(workspace, IncidentId(incident))
    )


def _has_held(workspace: Workspace, incident: str, what: str) -> bool:
    return any(
        item.state is ItemState.HELD_BACK and what in item.origin.description
        for item in read_items(workspace, IncidentId(incident))
    )


def _has_bundle(_workspace: Workspace, path: str, fingerprint: str) -> bool:
    return verify_bundle(Path(path)).fingerprint == fingerprint


def _view(workspace: Workspace, incident: str) -> tuple[str, str]:
    view = show_incident(workspace, IncidentId(incident))
    record = view.incident.record
    return view.drafts.get("place", "") or record.place, record.wishes


CHECKS: dict[str, Callable[..., bool]] = {
    "open": lambda _workspace: True,
    "incident": lambda workspace, incident, number: (
        show_incident(workspace, IncidentId(incident)).incident.number == number
    ),
    "draft": lambda workspace, incident, text: _view(workspace, incident)[0] == text,
    "field": lambda workspace, incident, text: _view(workspace, incident)[1] == text,
    "person": lambda workspace, incident, name: (
        name
        in [one.person.name for one in show_people(workspace, IncidentId(incident)).involvements]
    ),
    "triage": lambda workspace, incident, answer: (
        show_triage(workspace, IncidentId(incident)).answers["T8"].answer == answer
    ),
    "item": _has_item,
    "held": _has_held,
    "note": lambda workspace, incident, text: (
        text in [line.text for line in show_chronology(workspace, IncidentId(incident))]
    ),
    "bundle": _has_bundle,
}
