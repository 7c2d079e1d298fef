"""Offers the newer version of a running checklist's procedure, and takes it with a reason."""

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.custody import Action
from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.identifiers import ChecklistId
from desktop.domain.procedures import Procedure
from desktop.domain.versions import NewerVersion, what_changed
from desktop.operations.in_force import procedures_in_force
from desktop.operations.read_situation import pinned_procedure
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line


def newer_version(workspace: Workspace, checklist_id: ChecklistId) -> NewerVersion | None:
    """Return what a newer version would change in words; None where nothing would."""
    checklist = workspace.log.checklists.get(checklist_id)
    if checklist is None:
        raise NotFound("checklist")
    present = procedures_in_force(workspace).get(checklist.procedure_id)
    if present is None or checklist.ended_reason:
        return None
    return what_changed(pinned_procedure(workspace, checklist), present)


def take_newer_version(workspace: Workspace, checklist_id: ChecklistId, reason: str) -> Changes:
    """Let a running checklist go on in the present version; everything recorded of it stays.

    Raises ReasonNeeded, NotFound, or NotAllowed where there is no newer version.
    """
    if not reason.strip():
        raise ReasonNeeded("newer version")
    newer = newer_version(workspace, checklist_id)
    checklist = workspace.log.checklists.get(checklist_id)
    if newer is None or checklist is None:
        raise NotAllowed("there is no newer version")
    present = procedures_in_force(workspace)[checklist.procedure_id]
    with workspace.log.transaction():
        version = keep_text(workspace, present)
        workspace.log.checklists.pin(checklist_id, version)
        at = workspace.now()
        text = (
            f"{present.id}, {present.title}: goes on in version {version} "
            f"(it began on {checklist.version}). {reason.strip()}"
        )
        write_line(workspace, checklist.incident_id, EntryKind.DECISION, at, text)
        workspace.note(
            Action.NEWER_VERSION_TAKEN,
            checklist.incident_id,
            at,
            procedure=present.id,
            version=version,
            before=checklist.version,
            reason=reason.strip(),
        )
    topics = (Topic.CHECKLIST, Topic.CHRONOLOGY)
    return changed(*topics, incident_id=checklist.incident_id)


def keep_text(workspace: Workspace, procedure: Procedure) -> str:
    """Keep the text that a checklist runs on; return the label under which it is kept."""
    table = workspace.log.checklists
    return table.keep_version(procedure.id, procedure.version, procedure.source)
