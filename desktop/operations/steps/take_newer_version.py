"""Offers the newer version of a running checklist's procedure, and takes it with a reason."""

from dataclasses import replace

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.identifiers import ChecklistId
from desktop.domain.log.custody import Action
from desktop.domain.steps.checklist_records import Checklist, StepEntry, StepState
from desktop.domain.steps.procedures import Procedure
from desktop.domain.steps.step_states import rules_behind
from desktop.domain.steps.versions import NewerVersion, what_changed
from desktop.operations.steps.attach_procedure import attach_what_applies
from desktop.operations.steps.follow_checklist import note_entry
from desktop.operations.steps.in_force import procedures_in_force
from desktop.operations.steps.read_situation import pinned_procedure
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line


def newer_version(workspace: Workspace, checklist_id: ChecklistId) -> NewerVersion | None:
    """Return what a newer version would change in words; None where nothing would."""
    found = _find(workspace, checklist_id)
    return found[2] if found else None


def take_newer_version(workspace: Workspace, checklist_id: ChecklistId, reason: str) -> Changes:
    """Let a running checklist go on in the present version; everything recorded of it stays.

    Raises ReasonNeeded, NotFound, or NotAllowed where there is no newer version.
    """
    if not reason.strip():
        raise ReasonNeeded("newer version")
    found = _find(workspace, checklist_id)
    if found is None:
        raise NotAllowed("there is no newer version")
    checklist, present, _ = found
    running = pinned_procedure(workspace, checklist)
    at, table = workspace.now(), workspace.log.checklists
    with workspace.log.transaction():
        version = table.keep_version(present.id, present.version, present.source)
        table.pin(checklist_id, version)
        text = (
            f"{present.id}, {present.title}: goes on in version {version} "
            f"(so far {checklist.version}). {reason.strip()}"
        )
        write_line(workspace, checklist.incident_id, EntryKind.DECISION, at, text)
        _open_what_lost_its_rule(workspace, checklist, running, present)
        workspace.note(
            Action.NEWER_VERSION_TAKEN,
            checklist.incident_id,
            at,
            procedure=present.id,
            version=version,
            before=checklist.version,
            reason=reason.strip(),
        )
        attach_what_applies(workspace, checklist.incident_id, f"After a newer {present.id}")
    return changed(Topic.CHECKLIST, Topic.CHRONOLOGY, incident_id=checklist.incident_id)


def _open_what_lost_its_rule(
    workspace: Workspace, checklist: Checklist, running: Procedure, present: Procedure
) -> None:
    """Open again what was left out by a rule that the newer version does not have."""
    before = {step.id: step for step in running.steps}
    settled = {one.step_id: one for one in checklist.entries if not one.explains_only}
    for step in present.steps:
        entry, old = settled.get(step.id), before.get(step.id)
        if entry is None or old is None or not rules_behind(old, entry):
            continue
        if not rules_behind(step, entry):
            reason = f"The newer version has no such rule any more: {entry.reason}"
            opened = StepEntry(
                step_id=step.id,
                state=StepState.OPEN,
                at=workspace.now(),
                by=workspace.keyholder.name,
                reason=reason,
            )
            text = f"{step.id}, {step.title}: open again. {reason}"
            note_entry(workspace, checklist.incident_id, checklist.id, opened, text)


def _find(
    workspace: Workspace, checklist_id: ChecklistId
) -> tuple[Checklist, Procedure, NewerVersion] | None:
    """Return a running checklist with the present procedure, where that says something else."""
    checklist = workspace.log.checklists.get(checklist_id)
    if checklist is None:
        raise NotFound("checklist")
    present = procedures_in_force(workspace).get(checklist.procedure_id)
    if present is None or checklist.ended_reason:
        return None
    newer = what_changed(pinned_procedure(workspace, checklist), present)
    if newer is None:
        return None
    label = workspace.log.checklists.label_for(present.id, present.version, present.source)
    return checklist, present, replace(newer, present=label)
