"""How long a backup of a 4 GiB log with 100 MiB new takes, against copying those and log.db.

The log of 4 GiB is made once, in build/: evidence files written through the store, without the
exhibits that would name them, 2,000 incidents, and a first backup beside it. Each round adds 100
MiB in files of 4 MiB. The copy is one file of 100 MiB of which nothing is in memory, as nothing
of a log of 4 GiB need be; for the backup the same is done to the evidence files.

A backup is read back from the disk after it was written, which the copy is not: that alone made
the copy take 1.6 times as long (0.19 s against 0.12 s). The rest is decrypting, hashing and
sealing: 0.26 s of CPU time for 100 MiB, over two cores. Measured when quiet: 2.4 to 2.6 times.
"""

import os
import secrets
import shutil
import time
from functools import partial
from pathlib import Path

from desktop.domain.identifiers import ContentId
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.store.contents import CHUNK
from desktop.store.evidence_table import ContentRow
from tests.benchmarks.rows import Row, compare
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.workspaces import close_workspace, make_workspace, open_workspace, own_procedures

GOAL = 1.5
OLD_MIB, NEW_MIB, FILE_MIB = 4 * 1024, 100, 4
INCIDENTS = 2_000
_MOST_ROUNDS = 14
_PREPARED = Path(__file__).parents[2] / "build" / "backup-bench"


def rows() -> list[Row]:
    """Measure the backup."""
    return [back_up_4gib()]


def back_up_4gib(base: Path = _PREPARED, old_mib: int = OLD_MIB) -> Row:
    """Back up what is new, and let a copy of the same bytes and of log.db be made and synced."""
    clock = FrozenClock()
    workspace = _open(base, clock, old_mib)
    try:
        # Each run and round needs a minute of its own.
        clock.advance(minutes=len(workspace.log.backups.runs()) + 1)
        ours = partial(_back_up, workspace, clock)
        theirs = partial(_copy, workspace, base)
        ours()
        theirs()
        return compare("backup of 4 GiB, 100 MiB new, against a copy", ours, theirs, goal=GOAL)
    finally:
        close_workspace(workspace)


def _open(base: Path, clock: FrozenClock, old_mib: int) -> Workspace:
    finished = base / "finished"
    if finished.exists():
        workspace = open_workspace(base / "log", clock, own_procedures())
        if len(workspace.log.backups.runs()) < _MOST_ROUNDS:
            return workspace
        close_workspace(workspace)
    shutil.rmtree(base, ignore_errors=True)
    (base / "place").mkdir(parents=True)
    workspace = make_workspace(base / "log", clock, own_procedures())
    with workspace.log.transaction():
        for count in range(INCIDENTS):
            start_incident(workspace, title=f"Messages on a public board ({count})")
    _add(workspace, old_mib)
    add_backup_place(workspace, base / "place")
    back_up(workspace, ignore, never)
    finished.touch()
    return workspace


def _add(workspace: Workspace, mib: int) -> None:
    for _ in range(mib // FILE_MIB):
        content_id = ContentId(workspace.new_id())
        chunks = [secrets.token_bytes(CHUNK) for _ in range(FILE_MIB)]
        stored = workspace.contents.write(chunks, content_id)
        row = ContentRow(
            id=content_id, file_number=stored.file_number, fingerprint=stored.fingerprint
        )
        with workspace.log.transaction():
            workspace.log.evidence.insert_content(row)


def _back_up(workspace: Workspace, clock: FrozenClock) -> float:
    _add(workspace, NEW_MIB)
    clock.advance(minutes=1)
    os.sync()
    for path in workspace.keys.folder.evidence_folder.iterdir():
        _forget(path)
    start = time.perf_counter()
    results = back_up(workspace, ignore, never).results
    seconds = time.perf_counter() - start
    if [one.outcome for one in results] != ["made"]:
        raise RuntimeError(results[0].sentence)
    return seconds


def _copy(workspace: Workspace, base: Path) -> float:
    source, copied = base / "raw.bin", base / "copied"
    with source.open("wb") as file:
        for _ in range(NEW_MIB):
            file.write(secrets.token_bytes(CHUNK))
    os.sync()
    _forget(source)
    copied.mkdir()
    start = time.perf_counter()
    for path in (source, workspace.keys.folder.log_file):
        target = copied / path.name
        shutil.copyfile(path, target)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    seconds = time.perf_counter() - start
    shutil.rmtree(copied)
    source.unlink()
    return seconds


def _forget(path: Path) -> None:
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
