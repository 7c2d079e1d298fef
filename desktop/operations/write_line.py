"""Writes one line of the chronology as part of a larger operation."""

from desktop.domain.calendar.times import Moment
from desktop.domain.chronology import ChronologyLine, EntryKind
from desktop.domain.identifiers import EntryId, IncidentId
from desktop.operations.workspace import Workspace


def write_line(
    workspace: Workspace,
    incident_id: IncidentId,
    kind: EntryKind,
    at: Moment,
    text: str,
    *,
    mark: str = "",
    corrects: EntryId | None = None,
    reason: str = "",
) -> EntryId:
    """Add a line that happened at `at`; call it inside the operation's transaction."""
    entry_id = EntryId(workspace.new_id())
    line = ChronologyLine(
        id=entry_id,
        kind=kind,
        at=at,
        entered_at=workspace.now(),
        by=workspace.keyholder.name,
        text=text,
        mark=mark,
        corrects=corrects,
        reason=reason,
    )
    workspace.log.chronology.insert(incident_id, line)
    return entry_id
