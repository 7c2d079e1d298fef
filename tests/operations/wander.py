"""Does what a keyholder may do in an order of chance, and tells of each thing once it is there."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from desktop.domain.identifiers import IncidentId
from desktop.domain.leaving.bundle import BundleForm
from desktop.domain.log.recovery import SECRET_BYTES, recovery_key_text
from desktop.domain.log.retention import PoliceInstruction
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_recovery_key
from desktop.operations.erasing.erase_record import erase_record
from desktop.operations.erasing.plan_erasure import enter_instruction
from desktop.operations.incident.keep_retention import enter_class
from desktop.operations.keys.keep_keyholders import add_keyholder, rekey
from desktop.operations.leaving.issue_report import current_quarter, issue_report
from desktop.operations.workspace import Workspace
from tests.logs_on_disk import RECOVERY_KEY, new_log
from tests.operations.moving.story_moves import move_in_story, start_restricted
from tests.operations.story_evidence import WITNESS
from tests.operations.story_writer import FULL_AT, Material, Story, Told, ignore, never

KIT = "four kettles and a chair"
GONE = {"erased", "moved"}
CAREFUL = {"held", "rest", "corrected", "sealed"}

INSTRUCTION = PoliceInstruction(
    force="A police force",
    officer="PC Invented",
    reference="EX/4471/26",
    given_on=date(2026, 11, 20),
)

Deed = Callable[[Workspace], Workspace | None]


@dataclass
class _Begun:
    """An incident of the way, and what was done in it."""

    incident_id: IncidentId
    done: set[str] = field(default_factory=set)


class Wander(Story):
    """A way of `steps` deeds, the same for the same seed."""

    def __init__(
        self,
        environment: Environment,
        place: Path,
        material: Material,
        told: Told,
        *,
        seed: int,
        steps: int,
    ) -> None:
        super().__init__(environment, place, material, told)
        self._chance = random.Random(seed)
        self._steps_left = steps
        self._begun: list[_Begun] = []
        self._reports = 0
        self._let_in = False
        self._has_place = False
        self._is_compared = False
        self._has_restricted = False
        self._own_done: set[str] = set()
        self.recovery_key = RECOVERY_KEY

    def work(self) -> Workspace:
        """Go the whole way; the log stays open."""
        workspace = create_log(self._environment, new_log(self._place / "log"))
        self._told("log")
        workspace.contents._files._full_at = FULL_AT
        for _ in range(self._steps_left):
            deed = self._chance.choice(self._deeds())
            workspace = deed(workspace) or workspace
        return workspace

    def _deeds(self) -> list[Deed]:
        deeds: list[Deed] = [self._begin, self._lock_and_unlock, self._back_up, self._rekey]
        if not self._let_in:
            deeds.append(self._let_somebody_in)
        if not self._is_compared:
            deeds.append(self._compare_clocks)
        if {"copy", "step"} <= self._own_done and "change" not in self._own_done:
            deeds.append(partial(self._do_once, "change", self.change_own_copy))
        for name, deed in (("copy", self.fill_in_own_copy), ("step", self.add_own_step)):
            if name not in self._own_done:
                deeds.append(partial(self._do_once, name, deed))
        if len(self._begun) > 1:
            deeds.append(self._issue)
        for begun in self._begun:
            deeds += self._deeds_in(begun)
        return deeds

    def _deeds_in(self, begun: _Begun) -> list[Deed]:
        done = begun.done
        if done & GONE:
            return []
        if "closed" in done:
            again = partial(self._export_as, BundleForm.ZIP)
            afterwards: list[Deed] = [partial(self._do, begun, "exported", again)]
            afterwards.append(partial(self._do, begun, "erased", self._erase))
            afterwards.append(partial(self._do, begun, "moved", self._move))
            return afterwards
        deeds: dict[str, Callable[..., None]] = {
            "people": self._people,
            "triage": self._answer_triage,
            "held": self._hold_back,
            "video": self._add_video,
            "chronology": self._chronology,
            "closed": self._close,
            "set": self.capture_a_set,
            "chat": self.take_a_chat,
            "mail": self.take_a_mail,
            "rest": self.take_the_rest_of_a_mail,
            "things": self.describe,
            "copies": self.copy,
            "corrected": self.correct,
            "sealed": self.seal,
            "sheet": self.send_worksheet,
            "two": self.check_by_two,
            "again": self.settle_again,
            "newer": self.take_newer,
            "over": self.end_one,
            "moved": self._move,
        }
        earlier = self._begun[: self._begun.index(begun)]
        others = [one.incident_id for one in earlier if not one.done & GONE]
        if others:
            deeds["linked"] = partial(self.link, other=others[-1])
        if "held" in done:
            deeds["police"] = self._ring_the_police
        if not done & CAREFUL:
            # A careful incident takes one thing at a time.
            deeds["evidence"] = self._evidence
        if "triage" in done:
            deeds["steps"] = self._steps
        if {"evidence", "people"} <= done:
            deeds["folder"] = partial(self._export_as, BundleForm.FOLDER)
        return [
            partial(self._do, begun, name, deed)
            for name, deed in deeds.items()
            if name not in done
        ]

    def _export_as(self, form: BundleForm, workspace: Workspace, incident_id: IncidentId) -> None:
        self._export(workspace, incident_id, form)

    def _do(
        self,
        begun: _Begun,
        name: str,
        deed: Callable[[Workspace, IncidentId], None],
        workspace: Workspace,
    ) -> None:
        begun.done.add(name)
        deed(workspace, begun.incident_id)

    def _do_once(self, name: str, deed: Callable[[Workspace], None], workspace: Workspace) -> None:
        self._own_done.add(name)
        deed(workspace)

    def _begin(self, workspace: Workspace) -> None:
        self._begun.append(_Begun(self._type_and_enter(workspace)))

    def _issue(self, workspace: Workspace) -> None:
        self._reports += 1
        path = self._place / "out" / f"report-{self._reports}.pdf"
        issued = issue_report(workspace, current_quarter(workspace), path)
        self._told("report", str(path), issued.sha256)

    def _back_up(self, workspace: Workspace) -> None:
        stick = self._place / "stick"
        if not self._has_place:
            stick.mkdir(exist_ok=True)
            add_backup_place(workspace, stick)
            self._has_place = True
        (result,) = back_up(workspace, ignore, never).results
        if result.outcome == "made":
            self._told("backup")
        else:
            self._told("no backup", result.sentence)

    def _rekey(self, workspace: Workspace) -> None:
        key = recovery_key_text(self._chance.randbytes(SECRET_BYTES))
        self._told("rekeying", key)
        rekey(workspace, reason="A laptop was stolen", recovery_key=key)
        self.recovery_key = key
        self._told("rekeyed", key)

    def _let_somebody_in(self, workspace: Workspace) -> None:
        self._let_in = True
        add_keyholder(
            workspace,
            name="Kit Brown",
            title="Deputy",
            initials="KXB",
            role=KeyholderRole.DEPUTY,
            shown_as="KXB",
            passphrase=KIT,
        )
        self._told("keyholder", "Kit Brown")

    def _move(self, workspace: Workspace, incident_id: IncidentId) -> None:
        if not self._has_restricted:
            self._has_restricted = True
            start_restricted(self._place, self._told)
        move_in_story(workspace, self._place, incident_id, self._word, self._told)

    def _compare_clocks(self, workspace: Workspace) -> None:
        self._is_compared = True
        self.compare_clock(workspace)

    def _erase(self, workspace: Workspace, incident_id: IncidentId) -> None:
        enter_class(workspace, incident_id, "no-concern")
        enter_instruction(workspace, incident_id, INSTRUCTION)
        self._told("erasing", incident_id)
        erased = erase_record(
            workspace,
            incident_id,
            reason="Its time is over",
            second=WITNESS,
            progress=ignore,
            cancelled=never,
        )
        self._told("erased", incident_id)
        if not erased.is_cleared:
            self._told("not cleared", incident_id)

    def _lock_and_unlock(self, workspace: Workspace) -> Workspace:
        lock_log(workspace)
        self._told("locked")
        opened = unlock_with_recovery_key(
            self._environment, self._place / "log", self.recovery_key
        )
        opened.contents._files._full_at = FULL_AT
        return opened
