"""Remembers what is on its way out, so that nothing half written outlives a crash."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from desktop.operations.workspace import Workspace

_BEGUN = "export_in_progress"
_RECORDED = "export_on_record"
_ENDING = ".part"


def remember_export(workspace: Workspace, paths: Iterable[Path]) -> None:
    """Say what is about to be written; call it inside a transaction."""
    workspace.log.settings.set(_BEGUN, "\n".join(str(path) for path in paths))


def record_export(workspace: Workspace) -> None:
    """Say that it is whole, and lacks its name only; call it in the transaction that records it.

    From here on it counts as having left: if the program is killed it gets its name at the next
    start. So nothing lies under its name that is not on record.
    """
    workspace.log.settings.set(_RECORDED, workspace.log.settings.get(_BEGUN))
    workspace.log.settings.set(_BEGUN, "")


def is_recorded(workspace: Workspace) -> bool:
    """Whether the export that is on its way out is on record already."""
    return bool(workspace.log.settings.get(_RECORDED))


def forget_export(workspace: Workspace) -> None:
    """Say that nothing half written is left."""
    for name in (_BEGUN, _RECORDED):
        if workspace.log.settings.get(name):
            workspace.log.settings.set(name, "")


def clear_unfinished_exports(workspace: Workspace) -> tuple[str, ...]:
    """Remove what a killed export left behind, or name it if it is on record already.

    Returns the names of what was removed.
    """
    for path in _paths(workspace, _RECORDED):
        with suppress(OSError):
            _give_name(path)
    removed = []
    for path in _paths(workspace, _BEGUN):
        with suppress(OSError):
            if path.exists():
                _remove(path)
                removed.append(path.name)
    forget_export(workspace)
    return tuple(removed)


def _paths(workspace: Workspace, name: str) -> list[Path]:
    paths = [Path(line) for line in workspace.log.settings.get(name).split("\n")]
    return [path for path in paths if path.name.endswith(_ENDING)]


def _give_name(part: Path) -> None:
    whole = part.with_name(part.name.removesuffix(_ENDING))
    if part.exists() and not whole.exists():
        part.rename(whole)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
