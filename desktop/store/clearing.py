"""Leaves nothing of removed content in an evidence file: blanked in its place, then written anew.

Both are needed. SQLite keeps old bytes in the gaps of pages that it uses again (tried: in about
one of 150 files), so that only pages written anew hold what is live and nothing else; and the
place on the disk where the file lay before shall not hold it either.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from desktop.domain.errors import DiskFailed
from desktop.store.cells import as_number, as_text
from desktop.store.connection import PAGE_SIZE, Connection
from desktop.store.erasure import empty_journal
from desktop.store.folder import raise_known, sync_folder


def orphan_numbers(connection: Connection, known: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Yield id and number of each content that nobody names any more."""
    for content_id, number in connection.rows("SELECT id, number FROM content"):
        if as_text(content_id) not in known:
            yield as_text(content_id), as_number(number)


def blank(connection: Connection, first: int, last: int | None) -> None:
    """Write zeros over chunks, if there are any, each in the pages in which it lies."""
    for chunk in range(first, first if last is None else last + 1):
        connection.execute(
            "UPDATE chunk SET bytes = zeroblob(length(bytes)) WHERE id = ?", (chunk,)
        )
    empty_journal(connection)


def anew(path: Path) -> Path:
    """Return where a file lies while it is written anew."""
    return path.with_name(f"{path.name}.new")


def copy_anew(connection: Connection, page_size: int) -> None:
    """Write all that is live into a fresh file beside, encrypted with the same key."""
    copy = anew(connection.path)
    try:
        copy.unlink(missing_ok=True)
        _vacuum_into(connection, copy, page_size)
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise_known(error, copy.parent)
    empty_journal(connection)


def _vacuum_into(connection: Connection, copy: Path, page_size: int) -> None:
    """SQLCipher takes the key along, but not the size of the pages: it takes its own default."""
    connection.execute(f"PRAGMA cipher_default_page_size = {page_size:d}")
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    finally:
        connection.execute(f"PRAGMA cipher_default_page_size = {PAGE_SIZE:d}")


def put_in_place(path: Path, *, in_use: bool) -> None:
    """Let the fresh file take the place of the old one, which nobody may have open.

    Raises DiskFailed.
    """
    journal = path.with_name(f"{path.name}-wal")
    if in_use or (journal.exists() and journal.stat().st_size):
        raise DiskFailed(f"{path.name}: in use")
    try:
        anew(path).replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise_known(error, path.parent)
