"""A real log with a real backup of it, for the pages that bring a log back."""

from dataclasses import dataclass
from pathlib import Path

from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log
from desktop.operations.practice_case import fill_case
from tests.clocks import FrozenClock
from tests.evidence_pieces import never
from tests.logs_on_disk import new_log
from tests.workspaces import own_procedures


@dataclass(frozen=True)
class BackedUpLog:
    """Where the log lies, and where its backup went."""

    folder: Path
    place: Path


def make_backed_up_log(folder: Path, clock: FrozenClock) -> BackedUpLog:
    """Make a log with one case, and a backup of it."""
    environment = Environment(clock=clock, procedures=own_procedures(), machine="a test computer")
    workspace = create_log(environment, new_log(folder / "log"))
    place = folder / "stick"
    place.mkdir()
    try:
        fill_case(workspace)
        add_backup_place(workspace, place)
        back_up(workspace, _unheard, never)
    finally:
        lock_log(workspace)
    return BackedUpLog(folder / "log", place)


def _unheard(_share: float) -> None: ...
