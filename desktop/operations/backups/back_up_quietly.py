"""Backs up without being asked; what goes wrong is kept for Today, for nobody is there to hear."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desktop.domain.calendar.times import Moment
from desktop.domain.errors import AppError, Cancelled, LogLocked
from desktop.operations.backups.back_up import BackedUp, back_up, say_error
from desktop.operations.backups.keep_backup_places import changed_since_backup
from desktop.operations.workspace import Workspace
from desktop.store.backup_table import MADE

_SETTING = "backup_problem"
_NOTES = logging.getLogger(__name__)

Progress = Callable[[float], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class BackupProblem:
    """When a backup that nobody asked for came to nothing, and why."""

    at: Moment
    why: str


def back_up_daily(workspace: Workspace, progress: Progress, cancelled: Cancel) -> BackedUp | None:
    """Back up to the places that lack something and had none today; None if there are none."""
    answer = _quietly(workspace, lambda: back_up(workspace, progress, cancelled, only_due=True))
    return answer if answer and answer.results else None


def back_up_at_lock(
    workspace: Workspace, progress: Progress, cancelled: Cancel
) -> BackedUp | None:
    """Back up when anything was entered since the last time; None if nothing was."""

    def work() -> BackedUp | None:
        changed = workspace.on_log(partial(changed_since_backup, workspace))
        return back_up(workspace, progress, cancelled) if changed else None

    return _quietly(workspace, work)


def backup_problem(workspace: Workspace) -> BackupProblem | None:
    """Return what went wrong the last time, unless a backup was made since."""
    at, _, why = workspace.log.settings.get(_SETTING).partition("\n")
    if not why:
        return None
    problem = BackupProblem(Moment.from_text(at), why)
    made = workspace.log.backups.last_run(outcome=MADE)
    return problem if made is None or made.at.utc <= problem.at.utc else None


def _quietly(workspace: Workspace, work: Callable[[], BackedUp | None]) -> BackedUp | None:
    """Do it; what one place lacks is kept with the place, what kept all from it is kept here."""
    try:
        return work()
    except (Cancelled, LogLocked):
        raise
    except AppError as error:
        try:
            workspace.on_log(partial(_keep, workspace, say_error(error)))
        except AppError:
            _NOTES.warning("a backup was not made: %s", type(error).__name__)
        raise


def _keep(workspace: Workspace, why: str) -> None:
    with workspace.log.transaction():
        workspace.log.settings.set(_SETTING, f"{workspace.now().to_text()}\n{why}")
