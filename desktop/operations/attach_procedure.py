"""Lets procedures join an incident and end in it, always with the reason."""

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.checklist_records import Checklist
from desktop.domain.chronology import EntryKind
from desktop.domain.custody import Action
from desktop.domain.errors import NotFound, ReasonNeeded
from desktop.domain.facts import facts_of
from desktop.domain.identifiers import ChecklistId, IncidentId
from desktop.domain.triage import procedures_for
from desktop.operations.in_force import own_copy, procedures_in_force
from desktop.operations.read_situation import read_situation
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line


def attach_procedure(
    workspace: Workspace, incident_id: IncidentId, procedure_id: str, reason: str
) -> Changes:
    """Let a procedure join, in its present version; nothing happens if it runs already."""
    if not reason.strip():
        raise ReasonNeeded("procedure")
    with workspace.log.transaction():
        attach_if_absent(workspace, incident_id, procedure_id, reason)
    return _changes(incident_id)


def end_procedure(workspace: Workspace, checklist_id: ChecklistId, reason: str) -> Changes:
    """Say why a procedure no longer applies; all that was recorded of it stays."""
    if not reason.strip():
        raise ReasonNeeded("end of the procedure")
    checklist = workspace.log.checklists.get(checklist_id)
    if checklist is None:
        raise NotFound("checklist")
    at = workspace.now()
    text = f"{checklist.procedure_id} ended: {reason.strip()}"
    with workspace.log.transaction():
        workspace.log.checklists.end(checklist_id, reason.strip())
        write_line(workspace, checklist.incident_id, EntryKind.DECISION, at, text)
        workspace.note(
            Action.PROCEDURE_ENDED, checklist.incident_id, at, procedure=checklist.procedure_id
        )
    return _changes(checklist.incident_id)


def attach_if_absent(
    workspace: Workspace, incident_id: IncidentId, procedure_id: str, reason: str
) -> bool:
    """Attach inside the caller's transaction; False if it runs already."""
    running = workspace.log.checklists.of(incident_id)
    if any(one.procedure_id == procedure_id and not one.ended_reason for one in running):
        return False
    procedure = procedures_in_force(workspace).get(procedure_id)
    if procedure is None:
        raise NotFound(f"procedure {procedure_id}")
    at = workspace.now()
    table = workspace.log.checklists
    version = table.keep_version(procedure_id, procedure.version, procedure.source)
    checklist = Checklist(
        id=ChecklistId(workspace.new_id()),
        incident_id=incident_id,
        procedure_id=procedure_id,
        version=version,
        attached_at=at,
        attached_reason=reason,
        ended_reason="",
        entries=(),
        policy=own_copy(workspace).policy_id,
    )
    table.attach(checklist)
    text = f"{procedure_id}, {procedure.title}: started. {reason}"
    write_line(workspace, incident_id, EntryKind.DECISION, at, text)
    workspace.note(
        Action.PROCEDURE_ATTACHED,
        incident_id,
        at,
        procedure=procedure_id,
        version=version,
        reason=reason,
    )
    for step in procedure.steps:
        if step.runs in procedures_in_force(workspace):
            attach_if_absent(workspace, incident_id, step.runs, f"{step.id} runs it")
    return True


def attach_what_applies(
    workspace: Workspace, incident_id: IncidentId, reason: str
) -> tuple[str, ...]:
    """Attach what the facts call for, inside the caller's transaction; return what is new.

    What was ended joins again only where a fact calls for it that did not hold when it ended.
    """
    facts = facts_of(read_situation(workspace, incident_id))
    procedures = procedures_in_force(workspace)
    return tuple(
        procedure_id
        for procedure_id in procedures_for(facts, procedures)
        if attach_if_absent(workspace, incident_id, procedure_id, reason)
    )


def _changes(incident_id: IncidentId) -> Changes:
    return changed(Topic.CHECKLIST, Topic.CHRONOLOGY, incident_id=incident_id)
