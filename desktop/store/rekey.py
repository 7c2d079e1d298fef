"""Puts log.db under a new key: built beside the old one, and swapped in by one rename.

Until the new file is in place, keys.json holds both sets of keys; whichever opens log.db is right.
So a program that is killed at any moment leaves a log that opens, before the re-key or after it.
"""

import os
from collections.abc import Callable
from contextlib import suppress

from desktop.domain.errors import AppError, DiskFailed
from desktop.store.connection import Connection, open_connection
from desktop.store.folder import LogFolder, raise_known, sync_folder
from desktop.store.held_keys import HeldKeys
from desktop.store.key_file import store_key_file
from desktop.store.keys import LOG_PURPOSE, OpenKeys
from desktop.store.migrate import copy_path


def rekey(
    connection: Connection,
    held: HeldKeys,
    fresh: OpenKeys,
    prepare: Callable[[Connection], None],
) -> None:
    """Encrypt log.db under fresh keys; `prepare` writes to the new file before it counts."""
    folder, before = held.folder, held.opened
    clear_building(folder)
    try:
        store_key_file(folder, fresh.file, before.file)
        _build(connection, folder, fresh, prepare)
        _close(connection)
        _rename(folder)
    except BaseException:
        _give_up(connection, folder, before)
        raise
    lasts = _sync(folder)
    with suppress(OSError):
        # It lies under the old key; the next unlock tries again.
        copy_path(folder.log_file).unlink(missing_ok=True)
    held.exchange(fresh)
    connection.take_over(_open(folder, fresh))
    if lasts:
        # If this fails the next unlock does it: keys.json holds both sets until then.
        with suppress(AppError):
            fresh.store()


def clear_building(folder: LogFolder) -> None:
    """Remove what a re-key that was cut off left behind."""
    file = folder.building_file
    try:
        for end in ("", "-journal", "-wal", "-shm"):
            file.with_name(file.name + end).unlink(missing_ok=True)
    except OSError as error:
        raise_known(error, folder.path)


def _build(
    connection: Connection,
    folder: LogFolder,
    fresh: OpenKeys,
    prepare: Callable[[Connection], None],
) -> None:
    with open_connection(folder.building_file, fresh.derive(LOG_PURPOSE)) as building:
        connection.copy_to(building)
        prepare(building)
        building.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        with folder.building_file.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise_known(error, folder.path)


def _close(connection: Connection) -> None:
    """Close the old file so that no journal of it is left: it would be taken for the new one's."""
    connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    journal = connection.path.with_name(f"{connection.path.name}-wal")
    if journal.exists() and journal.stat().st_size:
        raise DiskFailed(connection.path.name)


def _rename(folder: LogFolder) -> None:
    try:
        # After a power cut the old journal must not come back beside the new file.
        sync_folder(folder.path)
        folder.building_file.replace(folder.log_file)
    except OSError as error:
        raise_known(error, folder.path)


def _sync(folder: LogFolder) -> bool:
    try:
        sync_folder(folder.path)
    except OSError:
        return False
    return True


def _give_up(connection: Connection, folder: LogFolder, before: OpenKeys) -> None:
    """Go back to the old keys and the old file; the error that led here is what is told."""
    with suppress(AppError):
        clear_building(folder)
    with suppress(AppError):
        before.store()
    with suppress(AppError):
        connection.close()
        connection.take_over(_open(folder, before))


def _open(folder: LogFolder, keys: OpenKeys) -> Connection:
    return open_connection(folder.log_file, keys.derive(LOG_PURPOSE))
