"""(b) unlocking a log with 20,000 incidents, and (c) adding a file of 1 GiB."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import sqlcipher3

from desktop.domain.evidence.gate import GateAnswer
from desktop.domain.evidence.items import Method
from desktop.domain.identifiers import IncidentId, StatementId
from desktop.domain.incidents import IncidentStatus
from desktop.domain.log.custody import Action
from desktop.operations.browse_incidents import list_incidents
from desktop.operations.entering.create_log import NewLog, create_log, new_recovery_key
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_recovery_key
from desktop.operations.evidence.make_statement import make_statement
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.show_today import show_today
from desktop.operations.workspace import Workspace
from desktop.store.contents import CHUNK, COMMIT_EVERY
from desktop.store.evidence_files import CACHE_KIB, CHECKPOINT_PAGES, PAGE_SIZE
from tests.benchmarks.rows import Row, compare, limit
from tests.clocks import FrozenClock
from tests.workspaces import close_workspace, make_workspace, own_procedures

INCIDENTS = 20_000
GIB = 1024
UNLOCK_GOAL = 0.5
ADD_GOAL = 1.25
MEMORY_GOAL = 64.0


def rows() -> list[Row]:
    """Measure all three."""
    return [unlock_20000(), add_1gib(), add_1gib_memory()]


def unlock_20000() -> Row:
    """From the end of the key derivation to the list: a recovery key needs no Argon2."""
    with tempfile.TemporaryDirectory() as place:
        new = _new_log(Path(place))
        workspace = create_log(_environment(), new)
        _start_incidents(workspace)
        lock_log(workspace)

        def ours() -> float:
            start = time.perf_counter()
            opened = unlock_with_recovery_key(_environment(days=200), new.folder, new.recovery_key)
            found = list_incidents(opened)
            show_today(opened)
            seconds = time.perf_counter() - start
            lock_log(opened)
            if len(found) != INCIDENTS:
                raise RuntimeError(f"{len(found)} incidents in the list")
            return seconds

        ours()
        return limit("(b) unlock to the list of 20,000 incidents", ours, goal=UNLOCK_GOAL)


def add_1gib(mib: int = GIB) -> Row:
    """The whole operation, against hashing and writing the same chunks with bare sqlcipher3."""
    with tempfile.TemporaryDirectory() as place:
        source = _make_file(Path(place), mib)

        def ours() -> float:
            with _ready(Path(place) / "ours") as add:
                os.sync()
                start = time.perf_counter()
                add(source)
                return time.perf_counter() - start

        def reference() -> float:
            folder = Path(place) / "reference"
            folder.mkdir()
            os.sync()
            try:
                return _write_bare(folder / "bare.db", source)
            finally:
                shutil.rmtree(folder)

        return compare("(c) add 1 GiB, against bare sqlcipher3", ours, reference, goal=ADD_GOAL)


def add_1gib_memory(mib: int = GIB) -> Row:
    """The memory that adding takes beyond that of a program which added 1 MiB, in MiB."""
    with tempfile.TemporaryDirectory() as place:
        source = _make_file(Path(place), mib)
        small = Path(place) / "small.bin"
        small.write_bytes(os.urandom(CHUNK))

        def ours() -> float:
            command = [sys.executable, "-m", __name__, str(small), str(source)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            return float(done.stdout)

        name = "(c) more memory while adding 1 GiB"
        return limit(name, ours, goal=MEMORY_GOAL, unit="MiB", rounds=1)


def _environment(days: float = 0) -> Environment:
    clock = FrozenClock()
    clock.advance(days=days)
    return Environment(clock=clock, procedures=own_procedures(), machine="bench")


def _new_log(place: Path) -> NewLog:
    return NewLog(
        folder=place / "log",
        organisation="Example Training",
        name="Pat Smith",
        title="Designated safeguarding lead",
        initials="PXS",
        passphrase="only for the bench, nothing in it",
        recovery_key=new_recovery_key(),
    )


def _start_incidents(workspace: Workspace) -> None:
    """Fill the log as years of use would; the last hundred incidents are still open."""
    first = workspace.now()
    with workspace.log.transaction():
        for count in range(INCIDENTS):
            at = type(first)(first.utc + timedelta(minutes=10 * count), 0, "Europe/London")
            incident_id = IncidentId(workspace.new_id())
            title = f"Messages on a public board, as told on the telephone ({count})"
            workspace.log.incidents.insert(incident_id, at, workspace.keyholder.id, title)
            if count < INCIDENTS - 100:
                workspace.log.incidents.set_status(incident_id, IncidentStatus.CLOSED, at)
            workspace.log.fields.enter(
                incident_id, {"first_account": title * 5}, at, workspace.keyholder.id
            )
            workspace.note(Action.INCIDENT_STARTED, incident_id, at)


def _make_file(place: Path, mib: int) -> Path:
    path = place / "source.bin"
    with path.open("wb") as file:
        for _ in range(mib):
            file.write(os.urandom(CHUNK))
    return path


@contextmanager
def _ready(folder: Path) -> Iterator[Callable[[Path], None]]:
    """Make a log with an incident whose gate was answered; yields what adds a file to it."""
    workspace = make_workspace(folder, FrozenClock(), own_procedures())
    try:
        incident_id = start_incident(workspace, "bench").incident_id
        made = make_statement(workspace, incident_id, GateAnswer.NO, ("source.bin",))
        statement_id: StatementId = made.statement.id
        yield lambda path: _add(workspace, incident_id, statement_id, path)
    finally:
        close_workspace(workspace)
        shutil.rmtree(folder)


def _add(
    workspace: Workspace, incident_id: IncidentId, statement_id: StatementId, path: Path
) -> None:
    add_file(
        workspace,
        incident_id,
        statement_id,
        path,
        Method.PICKER,
        lambda _share: None,
        lambda: False,
    )


def _write_bare(path: Path, source: Path) -> float:
    connection = sqlcipher3.connect(str(path), isolation_level=None)
    connection.set_key(f"x'{os.urandom(32).hex()}'")
    for setting in (
        f"cipher_page_size = {PAGE_SIZE}",
        "auto_vacuum = INCREMENTAL",
        "journal_mode = WAL",
        "synchronous = FULL",
        "temp_store = MEMORY",
        "secure_delete = FAST",
        f"cache_size = -{CACHE_KIB}",
        f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
    ):
        connection.execute(f"PRAGMA {setting}").fetchall()
    connection.execute("CREATE TABLE chunk (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT")
    start = time.perf_counter()
    digest = hashlib.sha256()
    with source.open("rb") as file:
        connection.execute("BEGIN IMMEDIATE")
        for place in range(source.stat().st_size // CHUNK):
            piece = file.read(CHUNK)
            digest.update(piece)
            connection.execute("INSERT INTO chunk (id, bytes) VALUES (?, ?)", (place, piece))
            if place % COMMIT_EVERY == COMMIT_EVERY - 1:
                connection.execute("COMMIT")
                connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    seconds = time.perf_counter() - start
    connection.close()
    return seconds


def _tell_memory(small: Path, large: Path) -> None:
    """Print by how many MiB the peak grows from the small file to the large one."""
    with tempfile.TemporaryDirectory() as place, _ready(Path(place) / "log") as add:
        add(small)
        before = _peak_kib()
        add(large)
        print((_peak_kib() - before) / 1024)


def _peak_kib() -> int:
    """Return the peak of this process itself; getrusage would count in that of its parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    _tell_memory(Path(sys.argv[1]), Path(sys.argv[2]))
