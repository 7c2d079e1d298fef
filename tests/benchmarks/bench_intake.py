"""(m) How long 200 screenshots take that are dropped at once, from the answer to the last row."""

import hashlib
import os
import random
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import sqlcipher3
from PIL import Image, ImageDraw

from desktop.domain.evidence.items import Method
from desktop.operations.evidence.answer_gate import let_in
from desktop.operations.evidence.look_inside import look_inside
from desktop.operations.evidence.take_evidence import add_file
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.reading.decoder import Decoder
from desktop.store.evidence_files import PAGE_SIZE
from tests.benchmarks.rows import Row, compare
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.workspaces import close_workspace, make_workspace, own_procedures

COUNT = 200
SIZE = (1280, 800)
# Ours asks a process apart what each says of itself, and writes intent, chronology and custody in
# commits of their own; the plain code writes its bytes and one row. Tried: 7.0 ms for each against
# 2.8 ms on a quiet machine, 19 against 8.4 ms on a busy one.
GOAL = 4.0
_KEY = "PRAGMA key = \"x'" + "11" * 32 + "'\""


def rows() -> list[Row]:
    """Take them in, and keep the same with bare sqlcipher3: a commit for each in both files."""
    decoder = Decoder()
    try:
        with tempfile.TemporaryDirectory() as place:
            paths = screenshots(Path(place))
            decoder("text", b"it is warm now")
            name = f"(m) {COUNT} screenshots dropped at once, against bare sqlcipher3"
            return [
                compare(
                    name,
                    lambda: _ours(Path(place) / "ours", paths, decoder),
                    lambda: _plain(Path(place) / "plain", paths),
                    goal=GOAL,
                    rounds=3,
                )
            ]
    finally:
        decoder.stop()


def _ours(folder: Path, paths: list[Path], decoder: Decoder) -> float:
    made = make_workspace(folder, FrozenClock(), own_procedures())
    workspace = replace(made, decode=decoder)
    incident = start_incident(workspace, title="Many").incident_id
    os.sync()
    started = time.perf_counter()
    statement = let_in(workspace, incident, [path.name for path in paths]).statement_id
    look_inside(workspace, incident, statement, paths, ignore, never)
    for path in paths:
        add_file(workspace, incident, statement, path, Method.DROP, ignore, never)
    took = time.perf_counter() - started
    close_workspace(workspace)
    shutil.rmtree(folder)
    return took


def _plain(folder: Path, paths: list[Path]) -> float:
    folder.mkdir()
    files = [_open(folder / "log.db"), _open(folder / "0001.db", PAGE_SIZE)]
    log, evidence = files
    log.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, sha256 TEXT, size INTEGER)")
    evidence.execute("CREATE TABLE chunk (id INTEGER PRIMARY KEY, bytes BLOB)")
    os.sync()
    started = time.perf_counter()
    for number, path in enumerate(paths):
        content = path.read_bytes()
        evidence.execute("INSERT INTO chunk VALUES (?, ?)", (number, content))
        row = (number, path.name, hashlib.sha256(content).hexdigest(), len(content))
        log.execute("INSERT INTO item VALUES (?, ?, ?, ?)", row)
    took = time.perf_counter() - started
    for file in files:
        file.close()
    shutil.rmtree(folder)
    return took


def _open(path: Path, page_size: int = 4096) -> "sqlcipher3.dbapi2.Connection":
    connection = sqlcipher3.connect(str(path), isolation_level=None)
    connection.execute(_KEY)
    connection.execute(f"PRAGMA cipher_page_size = {page_size:d}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def screenshots(folder: Path) -> list[Path]:
    """Draw them: white with many small words."""
    paths, dice = [], random.Random(4)
    for number in range(COUNT):
        image = Image.new("RGB", SIZE, "white")
        draw = ImageDraw.Draw(image)
        for _ in range(400):
            at = (dice.randrange(SIZE[0]), dice.randrange(SIZE[1]))
            draw.text(at, f"{number} {dice.random()}", fill=(dice.randrange(200), 40, 90))
        path = folder / f"Screenshot {number:03}.png"
        image.save(path, compress_level=1)
        paths.append(path)
    return paths
