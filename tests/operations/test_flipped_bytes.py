"""A byte is flipped in a log or its backups: found or harmless; nothing wrong is shown.

The log has several keyholders, was put under new keys, and has an erased record in it.
"""

import hashlib
import random
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from desktop.domain.errors import AppError
from desktop.operations.checking.check_log import check_log
from desktop.operations.entering.open_log import lock_log, unlock_with_recovery_key
from desktop.operations.rescuing.restore_log import find_backups, restore_log
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import ignore
from tests.operations.rich_log import make_rich_log
from tests.operations.story_writer import an_environment, never

FLIPS, BACKUP_FLIPS = 50, 24
MANY, MANY_IN_BACKUP = 2000, 600
# What an unlock writes itself.
_CHANGING = {"setting", "custody_entry", "custody_detail"}


class Noticed(Exception):
    """The check said what is wrong."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return where a log and its backups lie, and the recovery key of both."""
    place = tmp_path_factory.mktemp("flipped") / "place"
    return place, make_rich_log(place, ignore, picture=90_000, video=300_000)


def read_all(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Yield every table and every content, each with a digest of what it says."""
    connection = workspace.log._connection
    names = connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    for name in (str(row[0]) for row in names):
        if name not in _CHANGING:
            rows = connection.rows(f"SELECT * FROM {name}")
            yield name, hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
    for row in sorted(workspace.log.evidence.unsealed_contents(), key=lambda row: row.id):
        yield row.id, workspace.contents.check(row.id, row.file_number).sha256


def open_and_read(folder: Path, key: str) -> dict[str, str]:
    workspace = unlock_with_recovery_key(an_environment(), folder, key)
    try:
        shown = dict(read_all(workspace))
        checked = check_log(workspace, ignore, never)
        if not checked.holds:
            raise Noticed(checked.sentence)
    finally:
        lock_log(workspace)
    return shown


def restore_and_read(stick: Path, key: str, target: Path) -> dict[str, str]:
    """Give the newest backup back, as somebody does who has lost the log."""
    backup = find_backups(stick)[0].path
    restore_log(
        an_environment(), backup, target, recovery_key=key, progress=ignore, cancelled=never
    )
    return open_and_read(target, key)


def flip(folder: Path, chance: random.Random) -> str:
    files = [file for file in sorted(folder.rglob("*")) if file.stat().st_size and file.is_file()]
    file = chance.choice(files)
    content = bytearray(file.read_bytes())
    at, bit = chance.randrange(len(content)), 1 << chance.randrange(8)
    content[at] ^= bit
    file.write_bytes(content)
    return f"{file.relative_to(folder)}, byte {at} of {len(content)}, bit {bit}"


def check_flips(
    source: Path, base: Path, flips: int, read: Callable[[Path], dict[str, str]]
) -> None:
    """Flip a bit in a copy, each time anew; what is shown then is right, or something is said."""
    place = base / "flipped"
    shutil.copytree(source, place)
    right = read(place)
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    found = 0
    for _ in range(flips):
        shutil.rmtree(place)
        shutil.copytree(source, place)
        where = flip(place, chance)
        try:
            shown = read(place)
        except (AppError, Noticed):
            found += 1
        except Exception as error:
            error.add_note(f"{where}, seed {seed}")
            raise
        else:
            assert shown == right, f"{where}, seed {seed}"
    assert found > flips // 5


def flip_log(made: tuple[Path, str], base: Path, flips: int) -> None:
    place, key = made
    check_flips(place / "log", base, flips, partial(open_and_read, key=key))


def flip_backup(made: tuple[Path, str], base: Path, flips: int) -> None:
    place, key = made
    numbers = count()

    def read(stick: Path) -> dict[str, str]:
        target = base / f"restored-{next(numbers)}"
        try:
            return restore_and_read(stick, key, target)
        finally:
            shutil.rmtree(target, ignore_errors=True)

    check_flips(place / "stick", base, flips, read)


def test_a_byte_is_flipped_in_a_log(made: tuple[Path, str], tmp_path: Path) -> None:
    flip_log(made, tmp_path, FLIPS)


def test_a_byte_is_flipped_in_a_backup(made: tuple[Path, str], tmp_path: Path) -> None:
    flip_backup(made, tmp_path, BACKUP_FLIPS)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_many_bytes_are_flipped_in_a_log(made: tuple[Path, str], tmp_path: Path) -> None:
    flip_log(made, tmp_path, MANY)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_many_bytes_are_flipped_in_a_backup(made: tuple[Path, str], tmp_path: Path) -> None:
    flip_backup(made, tmp_path, MANY_IN_BACKUP)
