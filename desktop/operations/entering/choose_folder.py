"""Says where a log can lie, and whether one is there; light enough to ask at the start."""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from desktop.domain.errors import AppError, FolderUnsuitable, LogExists
from desktop.store.folder import LogFolder, finish_arriving, half_made_folders, raise_known
from desktop.system.file_lock import FileLock
from desktop.system.folders import is_on_network, is_synced, suggested_log_folder


def suggested_folder() -> Path:
    """Return where a log goes unless the keyholder chooses another place."""
    return suggested_log_folder()


def log_exists(folder: Path) -> bool:
    """Say whether a log is in this folder.

    A restore that was cut off while the old log made way is finished first: both logs are whole
    then, and neither has the name by which it is looked for.
    """
    place = folder.absolute()
    with suppress(AppError):
        finish_arriving(place)
    return LogFolder(place).exists()


def check_folder(folder: Path) -> None:
    """Refuse a folder in which no new log can be made; nothing is left in it or beside it.

    Raises LogExists or FolderUnsuitable.
    """
    place = folder.absolute()
    if not LogFolder(place).is_free():
        raise LogExists(place)
    if is_on_network(place):
        raise FolderUnsuitable(place, "network")
    if is_synced(place):
        raise FolderUnsuitable(place, "synced")
    _check_writable(place)


def clear_half_made(target: Path) -> None:
    """Remove what earlier attempts at this log left behind, unless one is at work just now."""
    for path in half_made_folders(target):
        lock = FileLock(LogFolder(path).lock_file)
        try:
            if not lock.take(""):
                continue
        except OSError:
            continue
        lock.release()
        shutil.rmtree(path, ignore_errors=True)


def _check_writable(place: Path) -> None:
    parent = place.parent
    while not parent.exists():
        parent = parent.parent
    try:
        Path(tempfile.mkdtemp(prefix=".can-write-", dir=parent)).rmdir()
    except OSError as error:
        raise_known(error, place)
