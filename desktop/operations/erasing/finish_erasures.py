"""Clears out of the files what erased records left there, also after a crash in between."""

from collections.abc import Callable
from functools import partial

from desktop.domain.errors import AppError
from desktop.operations.workspace import OnLog, Workspace, directly
from desktop.store.tombstone_table import TombstoneRow

Progress = Callable[[float], None]


def finish_erasures(
    workspace: Workspace, progress: Progress | None = None, on_log: OnLog = directly
) -> bool:
    """Clear out of the files what erased records left there; says whether nothing is left.

    Called at the start too, before anything else is cleared: a crash may have come in between.
    """
    pending = on_log(workspace.log.tombstones.not_cleared)
    if not pending:
        return True
    tell = progress or _unheard
    known = on_log(partial(_known, workspace))
    try:
        workspace.contents.clear_out(known, lambda share: tell(0.8 * share))
        on_log(partial(_clear_log, workspace, pending))
    except AppError:
        return False
    tell(1.0)
    return True


def _unheard(_share: float) -> None:
    """Tell nobody."""


def _known(workspace: Workspace) -> frozenset[str]:
    return frozenset(row.id for row in workspace.log.evidence.contents())


def _clear_log(workspace: Workspace, pending: list[TombstoneRow]) -> None:
    workspace.log.erasure.clear()
    with workspace.log.transaction():
        for row in pending:
            workspace.log.tombstones.set_cleared(row.incident_id, workspace.now())
