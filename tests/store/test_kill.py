"""A store that is killed at any moment keeps what it confirmed, and nothing half."""

import hashlib
import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.identifiers import ContentId
from desktop.domain.log.custody import first_break
from desktop.store.connection import open_connection
from desktop.store.contents import Contents
from desktop.store.folder import LogFolder
from desktop.store.log import Log
from desktop.store.migrate import migrate

KEY = bytes(range(32))
ROOT = Path(__file__).parents[2]

# Says each thing on its standard output once it is confirmed; runs until it is killed.
WORK = """
import hashlib, itertools, sys
from pathlib import Path
from desktop.domain.log.custody import Action
from desktop.domain.evidence.items import Fingerprint
from desktop.domain.identifiers import ContentId
from desktop.operations.workspace import Keyholder, Workspace
from desktop.store.connection import open_connection
from desktop.store.contents import Contents
from desktop.store.evidence_table import ContentRow
from desktop.store.folder import LogFolder
from desktop.store.held_keys import HeldKeys
from desktop.operations.program_files import read_program_data
from desktop.store.log import Log
from desktop.store.migrate import migrate
from tests.clocks import FrozenClock
from tests.workspaces import raw_keys

folder, start, size = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
key = bytes(range(32))
connection = open_connection(folder / "log.db", key)
migrate(connection)
log = Log(connection)
with log.transaction():
    log.evidence_files.insert(1, key)
contents = Contents(LogFolder(folder), {1: key}, lambda number: key)
workspace = Workspace(
    keys=HeldKeys(raw_keys(LogFolder(folder), {1: key})), log=log, contents=contents,
    clock=FrozenClock(), procedures={}, data=read_program_data(), machine="x",
    keyholder=Keyholder("pat", "Pat", "", "PXS"),
)
print("ready", flush=True)
for number in itertools.count(start):
    name = f"c{number}"
    data = hashlib.shake_128(name.encode()).digest(size)
    stored = contents.write((data[at:at + 700_000] for at in range(0, size, 700_000)), name)
    with log.transaction():
        log.evidence.insert_content(
            ContentRow(id=name, file_number=1, fingerprint=stored.fingerprint)
        )
        log.settings.set("a", name)
        workspace.note(Action.ITEM_ADDED, name, workspace.now(), size=size)
        log.settings.set("b", name)
    print(name, flush=True)
"""


def _work_and_kill(folder: Path, start: int, size: int, seconds: float) -> list[str]:
    command = [sys.executable, "-c", WORK, str(folder), str(start), str(size)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"ready"
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        lines = process.stdout.read().decode().splitlines(keepends=True)
    assert process.returncode < 0, "it ended by itself"
    return [line.strip() for line in lines if line.endswith("\n")]


def _check(folder: Path, confirmed: list[str], seen: set[str], size: int) -> set[str]:
    """Check all rows, and the bytes of those not seen before; returns what is there."""
    with open_connection(folder / "log.db", KEY) as connection:
        migrate(connection)
        log = Log(connection)
        rows = {row.id: row for row in log.evidence.contents()}
        contents = Contents(LogFolder(folder), {1: KEY}, lambda _number: KEY)
        contents.remove_orphans(frozenset(rows))
        assert set(confirmed) <= set(rows)
        assert len(rows) - len(confirmed) <= 1, "only the last can be there without being told"
        for row in (row for row in rows.values() if row.id not in seen):
            data = hashlib.shake_128(row.id.encode()).digest(size)
            assert contents.check(ContentId(row.id), 1) == row.fingerprint
            assert row.fingerprint.sha256 == hashlib.sha256(data).hexdigest()
        assert log.settings.get("a") == log.settings.get("b")
        assert first_break(log.custody.walk()) is None
        entries = connection.row("SELECT count(*) FROM custody_entry")
        assert entries == (len(rows),)
        assert connection.row("PRAGMA integrity_check") == ("ok",)
        # Killed before the first byte there is no file yet; once something is named there is one.
        if LogFolder(folder).evidence_file(1).exists() or rows:
            with contents._files.lend(1) as evidence:
                assert evidence.row("PRAGMA integrity_check") == ("ok",)
                assert evidence.row("SELECT count(*) FROM content") == (len(rows),)
                assert evidence.row("SELECT count(*) FROM content WHERE sha256 IS NULL") == (0,)
        contents.close()
    return set(rows)


def _kill_again_and_again(folder: Path, kills: int, size: int, longest: float) -> int:
    (folder / "evidence").mkdir()
    moments = random.Random(f"{kills} {size}")
    there: set[str] = set()
    for kill in range(kills):
        told = _work_and_kill(folder, kill * 10_000, size, moments.uniform(0, longest))
        # One that was stored but not told of is known from then on.
        there = _check(folder, [*there, *told], there, size)
    return len(_check(folder, [*there], set(), size))


def test_killed_during_transactions_keeps_what_was_confirmed(tmp_path: Path) -> None:
    assert _kill_again_and_again(tmp_path, kills=8, size=20_000, longest=0.15)


def test_killed_during_an_import_keeps_what_was_confirmed(tmp_path: Path) -> None:
    _kill_again_and_again(tmp_path, kills=7, size=40_000_000, longest=0.5)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("size", "longest"), [(20_000, 0.5), (3_000_000, 0.4), (60_000_000, 1.8)])
def test_killed_at_many_moments_keeps_what_was_confirmed(
    tmp_path: Path, size: int, longest: float
) -> None:
    _kill_again_and_again(tmp_path, kills=25, size=size, longest=longest)
