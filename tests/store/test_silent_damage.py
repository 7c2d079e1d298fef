"""A long text on a damaged page reads as nothing at first: what fails next says what is wrong."""

import random
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.domain.errors import LogDamaged
from desktop.domain.steps.procedures import Procedure
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import unlock_with_passphrase
from desktop.store.connection import PAGE_SIZE, open_connection
from desktop.store.folder import LogFolder
from desktop.store.keys import LOG_PURPOSE, open_with_passphrase
from tests.clocks import FrozenClock
from tests.logs_on_disk import PASSPHRASE
from tests.operations.rescuing.damaged_logs import pages_of

FROZEN = Path(__file__).parents[1] / "frozen_logs" / "schema_4"
MOMENTS = 4


def pages_to_damage(folder: Path) -> set[int]:
    """Return some pages of texts, and those of the text that an unlock reads last."""
    key = open_with_passphrase(LogFolder(folder), PASSPHRASE).derive(LOG_PURPOSE)
    used = pages_of(folder, key)["procedure_version"]
    every = sorted({page for pages in used.values() for page in pages})
    return used[max(used)] | set(random.Random(3).sample(every, MOMENTS))


def flip(folder: Path, page: int) -> None:
    content = bytearray((folder / "log.db").read_bytes())
    content[(page - 1) * PAGE_SIZE + 1000] ^= 2
    (folder / "log.db").write_bytes(content)


def test_whatever_page_of_a_procedure_is_damaged_the_unlock_says_so(
    tmp_path: Path, clock: FrozenClock, procedures: Mapping[str, Procedure]
) -> None:
    environment = Environment(clock=clock, procedures=procedures, machine="a test computer")
    for page in pages_to_damage(Path(shutil.copytree(FROZEN, tmp_path / "whole"))):
        folder = Path(shutil.copytree(FROZEN, tmp_path / f"log {page}"))
        flip(folder, page)
        with pytest.raises(LogDamaged):
            unlock_with_passphrase(environment, folder, PASSPHRASE)


def test_a_file_that_is_sound_is_not_said_to_be_damaged(tmp_path: Path) -> None:
    with open_connection(tmp_path / "one.db", bytes(32)) as connection:
        connection.execute("CREATE TABLE note (text TEXT)")
        assert not connection._is_damaged()


def test_a_damaged_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "one.db"
    with open_connection(path, bytes(32)) as connection:
        connection.execute("CREATE TABLE note (text TEXT)")
        connection.execute("CREATE TABLE other (text TEXT)")
        connection.execute("INSERT INTO note VALUES (?)", ["long " * 2000])
    content = bytearray(path.read_bytes())
    content[-PAGE_SIZE + 1000] ^= 2
    path.write_bytes(content)
    with open_connection(path, bytes(32)) as connection:
        connection.rows("SELECT text FROM note")
        assert connection._is_damaged()
