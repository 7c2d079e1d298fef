"""(d) How long a sealed export of 1 GiB of evidence takes, against 7-Zip and openssl."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from desktop.app import surroundings
from desktop.domain.evidence.gate import GateAnswer
from desktop.domain.evidence.items import Method
from desktop.domain.identifiers import IncidentId
from desktop.domain.leaving.bundle import Audience, BundleForm
from desktop.operations.evidence.make_statement import make_statement
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.leaving.export_bundle import BundleRequest, export_bundle
from desktop.operations.workspace import Workspace
from tests.benchmarks.rows import Row, compare
from tests.evidence_pieces import ignore, never
from tests.workspaces import close_workspace, make_workspace, own_procedures

GOAL = 1.0
SIZE = 1024**3
_CHUNK = 1024**2


def rows() -> list[Row]:
    """Measure the export; nothing is measured where 7-Zip is not installed."""
    return [export_1gib()] if _seven_zip() else []


def export_1gib() -> Row:
    """Export 1 GiB as AES ZIP, and let 7-Zip and openssl do the same with the same bytes."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        raw = folder / "raw.bin"
        _fill(raw)
        workspace = make_workspace(folder / "log", surroundings().clock, own_procedures())
        try:
            incident_id = _log_incident(workspace, raw)
            ours = partial(_ours, workspace, incident_id, folder)
            theirs = partial(_theirs, raw, folder / "theirs.zip")
            ours()
            theirs()
            return compare(
                "(d) export 1 GiB as AES ZIP, against 7z and openssl", ours, theirs, goal=GOAL
            )
        finally:
            close_workspace(workspace)


def _seven_zip() -> str | None:
    return next(filter(None, map(shutil.which, ("7z", "7zz", "7za"))), None)


def _fill(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(SIZE // _CHUNK):
            file.write(os.urandom(_CHUNK))
        file.flush()
        os.fsync(file.fileno())


def _log_incident(workspace: Workspace, raw: Path) -> IncidentId:
    incident_id = start_incident(workspace, title="Bench").incident_id
    statement = make_statement(workspace, incident_id, GateAnswer.NO, [raw.name]).statement
    add_file(workspace, incident_id, statement.id, raw, Method.PICKER, ignore, never)
    return incident_id


def _ours(workspace: Workspace, incident_id: IncidentId, folder: Path) -> float:
    target = folder / "ours"
    target.mkdir()
    request = BundleRequest(audience=Audience.POLICE, form=BundleForm.AES, folder=target)
    _settle()
    started = time.perf_counter()
    export_bundle(workspace, incident_id, request, ignore, never)
    took = time.perf_counter() - started
    shutil.rmtree(target)
    return took


def _theirs(raw: Path, target: Path) -> float:
    seal = [str(_seven_zip()), "a", "-tzip", "-mx0", "-mem=AES256", "-pABCD-EFGH", str(target)]
    _settle()
    started = time.perf_counter()
    for command in _commands(seal, raw, target):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - started
    target.unlink()
    return took


def _commands(seal: list[str], raw: Path, target: Path) -> Iterator[list[str]]:
    yield [*seal, str(raw)]
    yield ["sync", str(target)]
    yield ["openssl", "dgst", "-sha256", str(raw)]


def _settle() -> None:
    """Let the disk finish what came before, so that nobody pays for another's writes."""
    os.sync()
