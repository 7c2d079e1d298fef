"""Lets procedures join an incident and end in it, always with the reason."""

from collections.abc import Iterable

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.identifiers import ChecklistId, IncidentId
from desktop.domain.log.custody import Action
from desktop.domain.steps.applying import NoLonger, calls_for, no_longer, wanted
from desktop.domain.steps.checklist_records import Checklist
from desktop.domain.steps.facts import facts_of
from desktop.domain.steps.procedures import Procedure
from desktop.domain.steps.recording import REASON_LENGTH
from desktop.operations.find_incident import find_incident
from desktop.operations.steps.in_force import own_copy, procedures_in_force
from desktop.operations.steps.read_situation import pinned_procedure, read_situation
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line

STILL_CALLED_FOR = "an answer still calls for this stop, so change that answer first"


def attach_procedure(
    workspace: Workspace, incident_id: IncidentId, procedure_id: str, reason: str
) -> Changes:
    """Let a procedure join, in its present version; nothing happens if it runs already.

    Raises ReasonNeeded.
    """
    if not reason.strip():
        raise ReasonNeeded("procedure")
    find_incident(workspace, incident_id)
    with workspace.log.transaction():
        attach_if_absent(workspace, incident_id, procedure_id, reason)
    return _changes(incident_id)


def end_procedure(workspace: Workspace, checklist_id: ChecklistId, reason: str) -> Changes:
    """Say why a procedure no longer applies; all that was recorded of it stays.

    Raises ReasonNeeded, NotFound, or NotAllowed where it has ended: the first reason stays too.
    A stop is not ended while an answer still calls for it: the answer is changed first.
    """
    if len(reason.strip()) < REASON_LENGTH:
        raise ReasonNeeded("end of the procedure")
    checklist = workspace.log.checklists.get(checklist_id)
    if checklist is None:
        raise NotFound("checklist")
    if checklist.ended_reason:
        raise NotAllowed("this procedure has ended")
    facts = facts_of(read_situation(workspace, checklist.incident_id))
    procedure = pinned_procedure(workspace, checklist)
    still = calls_for(procedure, facts)
    if still and procedure.notice:
        raise NotAllowed(STILL_CALLED_FOR)
    at = workspace.now()
    text = f"{procedure.id}, {procedure.title}: ended. {reason.strip()}"
    with workspace.log.transaction():
        workspace.log.checklists.end(checklist_id, reason.strip(), still)
        write_line(workspace, checklist.incident_id, EntryKind.DECISION, at, text)
        workspace.note(
            Action.PROCEDURE_ENDED,
            checklist.incident_id,
            at,
            procedure=checklist.procedure_id,
            reason=reason.strip(),
        )
    return _changes(checklist.incident_id)


def attach_if_absent(
    workspace: Workspace,
    incident_id: IncidentId,
    procedure_id: str,
    reason: str,
    calls: tuple[str, ...] = (),
) -> bool:
    """Attach inside the caller's transaction; False if it runs already.

    `calls` are the facts that call for it; none: the keyholder attaches it by hand.
    Raises NotFound.
    """
    if procedure_id in _running(workspace, incident_id):
        return False
    procedures = procedures_in_force(workspace)
    procedure = procedures.get(procedure_id)
    if procedure is None:
        raise NotFound(f"procedure {procedure_id}")
    _start(workspace, incident_id, procedure, reason, calls)
    for step in procedure.steps:
        if step.runs in procedures:
            calls = (f"running:{procedure_id}",)
            attach_if_absent(workspace, incident_id, step.runs, f"{step.id} runs it", calls)
    return True


def attach_what_applies(
    workspace: Workspace,
    incident_id: IncidentId,
    reason: str,
    fresh: Iterable[str] = (),
    before: frozenset[str] | None = None,
) -> tuple[str, ...]:
    """Attach what the facts call for, inside the caller's transaction; return what is new.

    What was ended joins again only where a fact calls for it that did not hold when it ended, or
    one that was stated just now: those are `fresh`, and what did not hold `before` (facts_before).
    """
    ran = _running(workspace, incident_id)
    facts = facts_of(read_situation(workspace, incident_id))
    stated = frozenset(fresh) | (frozenset() if before is None else facts - before)
    checklists = workspace.log.checklists.of(incident_id)
    for procedure in wanted(procedures_in_force(workspace), checklists, facts, stated):
        calls = calls_for(procedure, facts)
        attach_if_absent(workspace, incident_id, procedure.id, reason, calls)
    now = _running(workspace, incident_id)
    return tuple(one for one in now if one not in ran)


def facts_before(workspace: Workspace, incident_id: IncidentId) -> frozenset[str] | None:
    """Return the facts that hold before something is entered; None where nothing was ended.

    Only what was ended asks which facts are new: the others join by any that holds.
    """
    if all(not one.ended_reason for one in workspace.log.checklists.of(incident_id)):
        return None
    return facts_of(read_situation(workspace, incident_id))


def find_no_longer(workspace: Workspace, incident_id: IncidentId) -> tuple[NoLonger, ...]:
    """Return the running procedures that nothing calls for any more; none ends by itself."""
    situation = read_situation(workspace, incident_id)
    return no_longer(situation.running, facts_of(situation))


def _running(workspace: Workspace, incident_id: IncidentId) -> tuple[str, ...]:
    checklists = workspace.log.checklists.of(incident_id)
    return tuple(one.procedure_id for one in checklists if not one.ended_reason)


def _start(
    workspace: Workspace,
    incident_id: IncidentId,
    procedure: Procedure,
    reason: str,
    calls: tuple[str, ...],
) -> None:
    at, table = workspace.now(), workspace.log.checklists
    version = table.keep_version(procedure.id, procedure.version, procedure.source)
    checklist = Checklist(
        id=ChecklistId(workspace.new_id()),
        incident_id=incident_id,
        procedure_id=procedure.id,
        version=version,
        attached_at=at,
        attached_reason=reason,
        ended_reason="",
        entries=(),
        policy=own_copy(workspace).policy_id,
        attached_with=calls,
    )
    table.attach(checklist)
    text = f"{procedure.id}, {procedure.title}: started. {reason}"
    write_line(workspace, incident_id, EntryKind.DECISION, at, text)
    workspace.note(
        Action.PROCEDURE_ATTACHED,
        incident_id,
        at,
        procedure=procedure.id,
        version=version,
        reason=reason,
    )


def _changes(incident_id: IncidentId) -> Changes:
    return changed(Topic.CHECKLIST, Topic.CHRONOLOGY, incident_id=incident_id)
