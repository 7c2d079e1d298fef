"""Puts a report where it was asked for: whole and under its name, or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.domain.errors import DestinationExists
from desktop.export.disk import disk_errors, sync_folder, write_whole

PART = ".part"


@contextmanager
def keep_report(path: Path, content: bytes) -> Iterator[Callable[[], None]]:
    """Write the file beside its place, and hand over what gives it its name.

    The caller does that at the end of the transaction that records it. Nothing is overwritten;
    when anything fails, nothing is left.
    """
    part = path.with_name(path.name + PART)
    ours: list[Path] = []

    def give_name() -> None:
        with disk_errors(path):
            _refuse_if_there(path)
            part.rename(path)
            ours.append(path)
            sync_folder(path.parent)

    with disk_errors(path):
        _refuse_if_there(path)
        part.unlink(missing_ok=True)
    ours.append(part)
    try:
        with disk_errors(path):
            write_whole(part, content)
        yield give_name
    except BaseException:
        for one in ours:
            one.unlink(missing_ok=True)
        raise


def _refuse_if_there(path: Path) -> None:
    if path.exists():
        raise DestinationExists(path)
