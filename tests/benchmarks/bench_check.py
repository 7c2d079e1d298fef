"""The full check of a log with 1 GiB of evidence, against openssl hashing the same bytes."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from desktop.domain.evidence.gate import GateAnswer
from desktop.domain.evidence.items import Method
from desktop.operations.checking.check_log import check_log
from desktop.operations.evidence.make_statement import make_statement
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.store.contents import CHUNK
from tests.benchmarks.rows import Row, compare, limit
from tests.clocks import FrozenClock
from tests.workspaces import close_workspace, make_workspace, open_workspace, own_procedures

FILES, MIB = 4, 256
GOAL = 2.0
MEMORY_GOAL = 64.0


def rows() -> list[Row]:
    """Measure the time and the memory."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sources = [_make_source(folder / f"source-{number}.bin") for number in range(FILES)]
        _fill(folder / "log", sources)
        return [_time(folder / "log", sources), _memory(folder / "log")]


def _time(log: Path, sources: list[Path]) -> Row:
    workspace = open_workspace(log, FrozenClock(), own_procedures())

    def ours() -> float:
        start = time.perf_counter()
        _check(workspace)
        return time.perf_counter() - start

    def reference() -> float:
        start = time.perf_counter()
        command = ["openssl", "dgst", "-sha256", *map(str, sources)]
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - start

    name = f"(h) full check of {FILES * MIB // 1024} GiB, against openssl dgst -sha256"
    try:
        return compare(name, ours, reference, goal=GOAL)
    finally:
        close_workspace(workspace)


def _memory(log: Path) -> Row:
    def ours() -> float:
        command = [sys.executable, "-m", __name__, str(log)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return float(done.stdout)

    name = "(h) memory that a full check takes"
    return limit(name, ours, goal=MEMORY_GOAL, unit="MiB", rounds=1)


def _check(workspace: Workspace) -> None:
    found = check_log(workspace, lambda _share: None, lambda: False)
    if not found.holds or found.items != FILES:
        raise RuntimeError(found.sentence)


def _make_source(path: Path) -> Path:
    def pieces() -> Iterator[bytes]:
        for _ in range(MIB):
            yield os.urandom(CHUNK)

    with path.open("wb") as file:
        file.writelines(pieces())
    return path


def _fill(folder: Path, sources: list[Path]) -> None:
    workspace = make_workspace(folder, FrozenClock(), own_procedures())
    incident_id = start_incident(workspace, "bench").incident_id
    names = tuple(source.name for source in sources)
    made = make_statement(workspace, incident_id, GateAnswer.NO, names)
    for source in sources:
        add_file(
            workspace,
            incident_id,
            made.statement.id,
            source,
            Method.PICKER,
            lambda _share: None,
            lambda: False,
        )
    close_workspace(workspace)


def _tell_memory(log: Path) -> None:
    """Print by how many MiB the peak grows in a check."""
    workspace = open_workspace(log, FrozenClock(), own_procedures())
    before = _peak_kib()
    _check(workspace)
    close_workspace(workspace)
    print((_peak_kib() - before) / 1024)


def _peak_kib() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    _tell_memory(Path(sys.argv[1]))
