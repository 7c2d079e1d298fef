"""Knows how a file is brought to the newest schema: numbered SQL, each whole or not at all."""

import os
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from desktop.domain.errors import LogTooNew
from desktop.store.connection import Connection, split_statements
from desktop.store.folder import raise_known, sync_folder

_NAME = re.compile(r"(?P<number>\d{4})_[a-z0-9_]+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from schema `number - 1` to schema `number`."""

    number: int
    script: str


def read_migrations(folder: Traversable) -> tuple[Migration, ...]:
    """Read the numbered files of a folder in order, from 1 without a gap."""
    found = []
    for file in folder.iterdir():
        match = _NAME.fullmatch(file.name)
        if match:
            found.append(Migration(int(match["number"]), file.read_text(encoding="utf-8")))
    found.sort(key=lambda migration: migration.number)
    numbers = [migration.number for migration in found]
    if numbers != list(range(1, len(found) + 1)):
        raise ValueError(f"migrations must be numbered 1, 2, 3 without a gap, not {numbers}")
    return tuple(found)


@cache
def own_migrations() -> tuple[Migration, ...]:
    """Return the migrations that come with this program."""
    return read_migrations(files("desktop.store.migrations"))


def newest_version() -> int:
    """Return the schema that this program reads and writes."""
    return len(own_migrations())


def version_of(connection: Connection) -> int:
    """Return the schema of an open file; 0 when it is new."""
    row = connection.row("PRAGMA user_version")
    return row[0] if row and isinstance(row[0], int) else 0


def migrate(
    connection: Connection,
    file_name: str = "",
    migrations: tuple[Migration, ...] | None = None,
) -> None:
    """Bring an open file to the newest schema; a newer file is refused and left untouched.

    A file that holds something already is first copied beside itself, encrypted as it is; the
    copy goes at the next unlock that needs no migration. Raises LogTooNew.
    """
    steps = own_migrations() if migrations is None else migrations
    found = version_of(connection)
    if found > len(steps):
        raise LogTooNew(found, len(steps))
    copy = copy_path(connection.path.with_name(file_name or connection.path.name))
    if found == len(steps):
        remove_copy(copy)
        return
    if found:
        _copy(connection, copy)
    for step in steps[found:]:
        _apply(connection, step)


def copy_path(path: Path) -> Path:
    """Return where the copy of a file lies while a migration may still turn out wrong."""
    return path.with_name(f"{path.name}.before-migration")


def _copy(connection: Connection, copy: Path) -> None:
    # VACUUM INTO keeps the key: the copy is encrypted like the file itself.
    remove_copy(copy)
    connection.execute("VACUUM INTO ?", (str(copy),))
    try:
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        # It must be there after a power cut, for the file is about to change.
        sync_folder(copy.parent)
    except OSError as error:
        raise_known(error, copy.parent)


def remove_copy(copy: Path) -> None:
    """Remove the copy of a file, if it is there, so that no power cut brings it back."""
    try:
        if copy.exists():
            copy.unlink()
            sync_folder(copy.parent)
    except OSError as error:
        raise_known(error, copy.parent)


def _apply(connection: Connection, step: Migration) -> None:
    with connection.transaction():
        for statement in split_statements(step.script):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {step.number:d}")
