"""A usual log with an incident to move, and a restricted log that takes it."""

from collections.abc import Callable
from pathlib import Path

from desktop.domain.identifiers import IncidentId
from desktop.domain.log.custody import Action
from desktop.domain.log.retention import HoldKind
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.worksheets import SubmittedSheet
from desktop.operations.entering.create_log import NewLog, create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_passphrase
from desktop.operations.incident.keep_retention import set_hold
from desktop.operations.incident.record_incident import reopen_incident, save_draft
from desktop.operations.keys.second_person import SecondPerson
from desktop.operations.moving.move_incident import Moved, RestrictedPlace, move_incident
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import ignore, never
from tests.logs_on_disk import RECOVERY_KEY
from tests.operations.erasing.erasures import CANARY, a_case
from tests.operations.story_evidence import EvidenceDeeds
from tests.workspaces import own_procedures

THERE = "violet harbour under seven"
REASON = f"It is about a member of staff, {CANARY} reason"
POLICE = f"Sgt Roe agrees, today at 10:00, {CANARY} officer"
ALONE = SecondPerson(witness_reason="Nobody else may know of it yet")


def surroundings(clock: FrozenClock | None = None) -> Environment:
    """Return what a log needs."""
    return Environment(
        clock=clock or FrozenClock(), procedures=own_procedures(), machine="a test computer"
    )


def a_restricted_log(folder: Path, *, restricted: bool = True) -> None:
    """Make a log of its own for what is about a colleague, and lock it."""
    new = NewLog(
        folder=folder,
        organisation="Example Training",
        name="Lee Other",
        title="Chair of governors",
        initials="LXO",
        passphrase=THERE,
        recovery_key=RECOVERY_KEY,
        restricted=restricted,
    )
    lock_log(create_log(surroundings(), new))


def open_restricted(folder: Path) -> Workspace:
    """Open the log that a_restricted_log made."""
    return unlock_with_passphrase(surroundings(), folder, THERE)


def to(folder: Path) -> RestrictedPlace:
    """Return where it moves to."""
    return RestrictedPlace(folder=folder, passphrase=THERE)


def an_open_case(workspace: Workspace, sources: Path) -> IncidentId:
    """Return an open incident with every kind of thing in it, and a hold."""
    case = a_case(workspace)
    reopen_incident(workspace, case.incident_id, "It goes on")
    deeds = EvidenceDeeds(sources, CANARY, lambda *_told: None)
    for deed in (
        deeds.capture_a_set, deeds.take_a_mail, deeds.take_a_chat, deeds.describe, deeds.copy,
        deeds.take_the_rest_of_a_mail, deeds.correct, deeds.seal,
    ):  # fmt: skip
        deed(workspace, case.incident_id)
    set_hold(workspace, case.incident_id, HoldKind.POLICE, f"{CANARY} hold")
    _follow(workspace, case.incident_id)
    return case.incident_id


def _follow(workspace: Workspace, incident_id: IncidentId) -> None:
    """Say of a step why it is not possible, and hand a worksheet in."""
    save_draft(workspace, incident_id, "support", f"{CANARY} half typed")
    first = show_checklists(workspace, incident_id).checklists[0]
    why = f"{CANARY}: there was no time"
    record_step(
        workspace, first.checklist.id, first.steps[0].step.id, StepState.NOT_POSSIBLE, reason=why
    )
    (contact,) = workspace.log.contacts.of(incident_id)
    sheet = SubmittedSheet(
        id=workspace.new_id(), incident_id=incident_id, worksheet_id="ceop", version="1",
        texts=(("what", f"{CANARY} told"),), at=workspace.now(), by="Pat Smith",
        contact_id=contact.id,
    )  # fmt: skip
    with workspace.log.transaction():
        workspace.log.worksheets.insert(sheet)


def move(
    workspace: Workspace,
    incident_id: IncidentId,
    folder: Path,
    progress: Callable[[float], None] = ignore,
) -> Moved:
    """Move it, on one's own."""
    return move_incident(
        workspace, progress, never, incident_id=incident_id, to=to(folder), reason=REASON,
        second=ALONE, police=POLICE,
    )  # fmt: skip


def actions_about(workspace: Workspace, action: Action) -> int:
    """Return how often this was done."""
    return sum(entry.action is action for entry, _ in workspace.log.custody.walk())
