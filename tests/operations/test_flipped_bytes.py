"""A byte is flipped anywhere in a log: it is found or does no harm; nothing wrong is shown."""

import hashlib
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import AppError
from desktop.operations.check_log import check_log
from desktop.operations.open_log import lock_log, unlock_with_recovery_key
from desktop.operations.workspace import Workspace
from tests.logs_on_disk import RECOVERY_KEY
from tests.operations.story_writer import Material, Story, an_environment, made_up

FLIPS = 60
MANY = 2000
# What an unlock writes itself.
_CHANGING = {"setting", "custody_entry", "custody_detail"}


class Noticed(Exception):
    """The check said what is wrong."""


def ignore(*_told: object) -> None:
    return None


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("flipped")
    (place / "out").mkdir()
    video = place / "video.bin"
    video.write_bytes(made_up("video", 300_000))
    material = Material("quixotic", made_up("picture", 90_000), video)
    lock_log(Story(an_environment(), place, material, ignore).work())
    return place / "log"


def read_all(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Yield every table and every content, each with a digest of what it says."""
    connection = workspace.log._connection
    names = connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    for name in (str(row[0]) for row in names):
        if name not in _CHANGING:
            rows = connection.rows(f"SELECT * FROM {name}")
            yield name, hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
    for row in sorted(workspace.log.evidence.contents(), key=lambda row: row.id):
        yield row.id, workspace.contents.check(row.id, row.file_number).sha256


def open_and_read(folder: Path) -> dict[str, str]:
    workspace = unlock_with_recovery_key(an_environment(), folder, RECOVERY_KEY)
    try:
        shown = dict(read_all(workspace))
        checked = check_log(workspace, ignore, lambda: False)
        if not checked.holds:
            raise Noticed(checked.sentence)
    finally:
        lock_log(workspace)
    return shown


def flip(folder: Path, chance: random.Random) -> str:
    files = [file for file in sorted(folder.rglob("*")) if file.stat().st_size and file.is_file()]
    file = chance.choice(files)
    content = bytearray(file.read_bytes())
    at, bit = chance.randrange(len(content)), 1 << chance.randrange(8)
    content[at] ^= bit
    file.write_bytes(content)
    return f"{file.relative_to(folder)}, byte {at} of {len(content)}, bit {bit}"


def check_flips(log: Path, base: Path, flips: int) -> None:
    first = base / "first"
    shutil.copytree(log, first)
    right = open_and_read(first)
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    found = harmless = 0
    for _ in range(flips):
        place = base / "flipped"
        shutil.copytree(log, place)
        where = flip(place, chance)
        try:
            shown = open_and_read(place)
        except (AppError, Noticed):
            found += 1
        else:
            assert shown == right, f"{where}, seed {seed}"
            harmless += 1
        shutil.rmtree(place)
    assert found > flips // 4
    assert harmless


def test_a_byte_is_flipped(log: Path, tmp_path: Path) -> None:
    check_flips(log, tmp_path, FLIPS)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_many_bytes_are_flipped(log: Path, tmp_path: Path) -> None:
    check_flips(log, tmp_path, MANY)
