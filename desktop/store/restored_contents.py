"""Rebuilds the evidence files of a log from the pieces of a backup, each hashed as it comes in."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from desktop.domain.errors import BackupDamaged, Cancelled, DiskFailed
from desktop.domain.identifiers import ContentId
from desktop.store.backup_folder import BackupFolder
from desktop.store.backup_piece import read_piece
from desktop.store.contents import Contents
from desktop.store.evidence_table import ContentRow
from desktop.store.folder import LogFolder

_NEVER_FULL = 2**62


def rebuild_contents(
    folder: LogFolder,
    keys: Mapping[int, bytes],
    rows: Sequence[ContentRow],
    backups: BackupFolder,
    heard: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> list[ContentId]:
    """Write every content into its own file, under its own key; returns those that are not there.

    `heard` gets the bytes of each content that was dealt with.
    """
    missing = [row.id for row in rows if row.file_number not in keys]
    for number, key in sorted(keys.items()):
        contents = Contents(folder, {number: key}, _no_further_file, full_at=_NEVER_FULL)
        try:
            contents.begin_first_file()
            for row in rows:
                if row.file_number != number:
                    continue
                if not _rebuild(contents, row, key, backups, cancelled):
                    missing.append(row.id)
                heard(row.fingerprint.size)
        finally:
            contents.close()
    return missing


def _rebuild(
    contents: Contents,
    row: ContentRow,
    key: bytes,
    backups: BackupFolder,
    cancelled: Callable[[], bool],
) -> bool:
    try:
        contents.write(_checked(row, key, backups, cancelled), row.id)
    except (BackupDamaged, OSError) as error:
        if not backups.is_there():
            raise DiskFailed(backups.path.name) from error
        return False
    return True


def _checked(
    row: ContentRow, key: bytes, backups: BackupFolder, cancelled: Callable[[], bool]
) -> Iterator[bytes]:
    """Yield a content; it ends in an error, which undoes it, if it is not what was entered."""
    digest = hashlib.sha256()
    for chunk in read_piece(backups.piece(row.id), key, row.id):
        if cancelled():
            raise Cancelled
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != row.fingerprint.sha256:
        raise BackupDamaged(row.id)


def _no_further_file(number: int) -> bytes:
    raise RuntimeError(f"a log that is being restored has no evidence file {number}")
