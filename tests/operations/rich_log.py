"""Makes a small log that has been through everything: keyholders, new keys, erasure, a move."""

from pathlib import Path

from desktop.domain.identifiers import IncidentId
from desktop.domain.log.retention import HoldKind
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.open_log import lock_log
from desktop.operations.incident.keep_retention import set_hold
from desktop.operations.workspace import Workspace
from tests.logs_on_disk import new_log
from tests.operations.story_writer import Material, Told, an_environment, made_up
from tests.operations.wander import KIT, Wander

__all__ = ["HELD_FOR", "KIT", "RichLog", "make_rich_log"]

HELD_FOR = "The police look into it"


class RichLog(Wander):
    """Works it below a place: log, stick with the backups, out."""

    def work(self) -> Workspace:
        """Do it all; the log stays open."""
        workspace = create_log(self._environment, new_log(self._place / "log"))
        self._told("log")
        self.fill_in_own_copy(workspace)
        first = self._type_and_enter(workspace)
        self._people(workspace, first)
        self._answer_triage(workspace, first)
        self._evidence(workspace, first)
        self._hold_back(workspace, first)
        self._follow(workspace, first)
        self._let_somebody_in(workspace)
        second = self._type_and_enter(workspace)
        self._people(workspace, second)
        self._evidence(workspace, second)
        self.compare_clock(workspace)
        for incident_id in (first, second):
            self._take_every_kind(workspace, incident_id)
        self._close(workspace, second)
        self._back_up(workspace)
        self._rekey(workspace)
        self._chronology(workspace, first)
        set_hold(workspace, first, HoldKind.POLICE, HELD_FOR)
        self._told("hold", first, HELD_FOR)
        self._erase(workspace, second)
        self.link(workspace, self._another(workspace), first)
        self._move(workspace, self._start(workspace, "A learner says it was a tutor."))
        self._back_up(workspace)
        return workspace

    def _follow(self, workspace: Workspace, incident_id: IncidentId) -> None:
        """Do what its procedures ask for, and let them go on with a step of our own."""
        self._steps(workspace, incident_id)
        self.send_worksheet(workspace, incident_id)
        self.check_by_two(workspace, incident_id)
        self.settle_again(workspace, incident_id)
        self.end_one(workspace, incident_id)
        self.add_own_step(workspace)
        self.take_newer(workspace, incident_id)

    def _take_every_kind(self, workspace: Workspace, incident_id: IncidentId) -> None:
        for deed in (
            self.capture_a_set,
            self.take_a_mail,
            self.take_the_rest_of_a_mail,
            self.take_a_chat,
            self.describe,
            self.copy,
            self.correct,
            self.seal,
        ):
            deed(workspace, incident_id)


def make_rich_log(place: Path, told: Told, picture: int, video: int) -> str:
    """Work it and lock the log; returns the recovery key that opens it."""
    (place / "out").mkdir(parents=True)
    file = place / "video.bin"
    file.write_bytes(made_up("video", video))
    material = Material("quixotic", made_up("picture", picture), file)
    rich = RichLog(an_environment(), place, material, told, seed=1, steps=0)
    lock_log(rich.work())
    return rich.recovery_key
