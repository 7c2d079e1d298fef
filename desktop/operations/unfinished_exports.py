"""Remembers what an export has begun to write, so that nothing half written outlives a crash."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from desktop.operations.workspace import Workspace

_NAME = "export_in_progress"
_ENDING = ".part"


def remember_export(workspace: Workspace, paths: Iterable[Path]) -> None:
    """Say what is about to be written; call it inside a transaction."""
    workspace.log.settings.set(_NAME, "\n".join(str(path) for path in paths))


def forget_export(workspace: Workspace) -> None:
    """Say that nothing half written is left."""
    workspace.log.settings.set(_NAME, "")


def clear_unfinished_exports(workspace: Workspace) -> tuple[str, ...]:
    """Remove what a killed export left behind; returns the names of what was removed."""
    text = workspace.log.settings.get(_NAME)
    if not text:
        return ()
    removed = []
    for line in text.split("\n"):
        path = Path(line)
        with suppress(OSError):
            if path.name.endswith(_ENDING) and path.exists():
                _remove(path)
                removed.append(path.name)
    forget_export(workspace)
    return tuple(removed)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
