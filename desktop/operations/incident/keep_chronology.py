"""Adds to the chronology of an incident, corrects an earlier entry, and reads it in time order."""

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import ChronologyLine, EntryKind, in_order
from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.identifiers import EntryId, IncidentId
from desktop.domain.incidents import decode_record
from desktop.domain.log.custody import Action
from desktop.operations.find_incident import find_incident
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line

_MOMENTS = (
    ("occurred_from", "It happened"),
    ("occurred_to", "It ended"),
    ("became_aware_at", "Somebody became aware"),
    ("first_recorded_at", "First written down"),
    ("reported_to_dsl_at", "Reported to the safeguarding lead"),
)
_WHO = {"became_aware_at": "became_aware_by", "first_recorded_at": "first_recorded_by"}


def add_note(workspace: Workspace, incident_id: IncidentId, at: Moment, text: str) -> Changes:
    """Add what happened at a time; raises ReasonNeeded if nothing is written."""
    if not text.strip():
        raise ReasonNeeded("chronology entry")
    find_incident(workspace, incident_id)
    now = workspace.now()
    with workspace.log.transaction():
        entry_id = write_line(workspace, incident_id, EntryKind.NOTE, at, text.strip())
        workspace.note(Action.CHRONOLOGY_ADDED, incident_id, now, entry=entry_id)
    return changed(Topic.CHRONOLOGY, incident_id=incident_id)


def correct_note(
    workspace: Workspace,
    incident_id: IncidentId,
    entry_id: EntryId,
    text: str,
    reason: str,
    at: Moment | None = None,
) -> Changes:
    """Add an entry that corrects an earlier one, and why; both stay visible.

    Raises NotFound, ReasonNeeded or NotAllowed.
    """
    earlier = workspace.log.chronology.get(entry_id)
    if earlier is None:
        raise NotFound("chronology entry")
    if not text.strip() or not reason.strip():
        raise ReasonNeeded("correction")
    if any(line.corrects == entry_id for line in workspace.log.chronology.of(incident_id)):
        raise NotAllowed("already corrected")
    with workspace.log.transaction():
        fresh = write_line(
            workspace,
            incident_id,
            earlier.kind,
            at or earlier.at,
            text.strip(),
            mark=earlier.mark,
            corrects=entry_id,
            reason=reason.strip(),
        )
        workspace.note(
            Action.CHRONOLOGY_CORRECTED, incident_id, workspace.now(), entry=fresh, of=entry_id
        )
    return changed(Topic.CHRONOLOGY, incident_id=incident_id)


def show_chronology(workspace: Workspace, incident_id: IncidentId) -> tuple[ChronologyLine, ...]:
    """Return everything of the incident in time order: entries, and the times of the record."""
    find_incident(workspace, incident_id)
    lines = workspace.log.chronology.of(incident_id)
    return tuple(in_order(lines + _times_of_the_record(workspace, incident_id)))


def _times_of_the_record(workspace: Workspace, incident_id: IncidentId) -> list[ChronologyLine]:
    record = decode_record(workspace.log.fields.current(incident_id))
    entered = {entry.name: entry for entry in workspace.log.fields.history(incident_id)}
    names = {row.id: row.name for row in workspace.log.keyholders.all()}
    lines = []
    for name, words in _MOMENTS:
        moment = getattr(record, name)
        if moment is None:
            continue
        who = getattr(record, _WHO[name]) if name in _WHO else ""
        keyholder = names.get(entered[name].keyholder, "")
        lines.append(
            ChronologyLine(
                id=EntryId(f"{incident_id}.{name}"),
                kind=EntryKind.RECORD,
                at=moment,
                entered_at=entered[name].at,
                by=keyholder,
                text=f"{words} ({who})" if who else words,
            )
        )
    return lines
