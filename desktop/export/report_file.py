"""Puts a report where it was asked for: whole and under its name, or not at all."""

from collections.abc import Callable
from pathlib import Path

from desktop.domain.errors import DestinationExists
from desktop.export.disk import disk_errors, sync_folder, write_whole

PART = ".part"


def report_part(path: Path) -> Path:
    """Return what a report is called until it is whole and on record."""
    return path.with_name(path.name + PART)


def keep_report(path: Path, content: bytes, record: Callable[[Callable[[], None]], None]) -> None:
    """Write the file beside its place, have it recorded, and give it its name.

    `record` is handed what raises DestinationExists if something came there meanwhile: it calls
    that as the last thing of its transaction. When anything fails, no file is left.
    """
    part = report_part(path)
    with disk_errors(path):
        _refuse_if_there(path)
        part.unlink(missing_ok=True)
        try:
            write_whole(part, content)
            sync_folder(path.parent)
            record(lambda: _refuse_if_there(path))
            part.rename(path)
            sync_folder(path.parent)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _refuse_if_there(path: Path) -> None:
    if path.exists():
        raise DestinationExists(path)
