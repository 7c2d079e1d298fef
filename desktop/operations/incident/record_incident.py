"""Starts an incident, keeps what is typed, enters what is known, closes and reopens it."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import NotAllowed, NotPermitted, ReasonNeeded
from desktop.domain.identifiers import IncidentId
from desktop.domain.incidents import (
    RECORD_FIELDS,
    FieldValue,
    IncidentStatus,
    encode_field,
    title_from,
)
from desktop.domain.log.custody import Action
from desktop.domain.log.roles import may_write
from desktop.operations.find_incident import find_incident
from desktop.operations.incident.keep_retention import enter_class
from desktop.operations.refuse_ahead import refuse_ahead
from desktop.operations.steps.attach_procedure import (
    attach_if_absent,
    attach_what_applies,
    facts_before,
)
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line
from desktop.store.incident_table import IncidentRow

OPENING = "P00"


@dataclass(frozen=True, slots=True)
class Started:
    """A new incident: its id, its number, and what changed."""

    incident_id: IncidentId
    number: str
    changes: Changes


def start_incident(workspace: Workspace, text: str = "", title: str = "") -> Started:
    """Give an incident its number and keep the first words; nothing else is needed.

    `text` is kept as the draft of the first account: it may still be growing.
    """
    at = workspace.now()
    incident_id = IncidentId(workspace.new_id())
    shown = title or title_from(text) or "New incident"
    with workspace.log.transaction():
        number = workspace.log.incidents.insert(incident_id, at, workspace.keyholder.id, shown)
        if text:
            workspace.log.drafts.save(incident_id, "first_account", text, at)
        if title:
            _enter(workspace, incident_id, {"title": title})
        write_line(workspace, incident_id, EntryKind.STATUS, at, f"Logged as {number}")
        workspace.note(Action.INCIDENT_STARTED, incident_id, at, number=number)
        attach_if_absent(workspace, incident_id, OPENING, "It runs for every incident")
    return Started(
        incident_id,
        number,
        changed(Topic.INCIDENT, Topic.CHRONOLOGY, incident_id=incident_id),
    )


def save_draft(workspace: Workspace, subject: str, name: str, value: str) -> Changes:
    """Keep what is being typed, as it stands; `subject` is the id it belongs to.

    An emptied form is forgotten; an emptied field of the record is a draft like any other. What is
    still being typed when a record is erased or moved is not kept. Raises NotPermitted for a
    reader: there is one draft for all, and theirs would take the place of somebody else's.
    """
    if not may_write(workspace.keyholder.role):
        raise NotPermitted("write")
    if workspace.log.tombstones.get(IncidentId(subject)) is not None:
        return changed(Topic.DRAFT)
    with workspace.log.transaction():
        if value or name in RECORD_FIELDS:
            workspace.log.drafts.save(subject, name, value, workspace.now())
        else:
            workspace.log.drafts.clear(subject, [name])
        row = workspace.log.incidents.get(IncidentId(subject))
        if row and name == "first_account" and _untitled(workspace, row):
            workspace.log.incidents.set_title(row.id, title_from(value) or row.title)
    return changed(Topic.DRAFT, incident_id=row.id if row else None)


def enter_fields(
    workspace: Workspace, incident_id: IncidentId, values: Mapping[str, FieldValue]
) -> Changes:
    """Enter what is known; earlier values stay in the history, their drafts are done with.

    Raises StillToCome for a time that lies ahead: every deadline would be put off by it.
    """
    row = find_incident(workspace, incident_id)
    encoded = {name: encode_field(name, value) for name, value in values.items()}
    before = facts_before(workspace, incident_id)
    with workspace.log.transaction():
        now = workspace.log.fields.current(incident_id)
        fresh = {name: text for name, text in encoded.items() if now.get(name, "") != text}
        for value in (values[name] for name in fresh):
            refuse_ahead(workspace, value if isinstance(value, Moment) else None)
        workspace.log.drafts.clear(incident_id, encoded)
        if not fresh:
            return changed(Topic.DRAFT, incident_id=incident_id)
        _retitle(workspace, row, fresh)
        _enter(workspace, incident_id, fresh)
        why = "After what was entered in the record"
        attach_what_applies(workspace, incident_id, why, before=before)
    return changed(
        Topic.INCIDENT, Topic.DRAFT, Topic.CHECKLIST, Topic.CHRONOLOGY, incident_id=incident_id
    )


def enter_drafts(workspace: Workspace, incident_id: IncidentId) -> Changes:
    """Enter whatever text still stands as a draft, before something leaves the log."""
    drafts = workspace.log.drafts.of(incident_id)
    known = {name: text for name, text in drafts.items() if name in RECORD_FIELDS}
    return enter_fields(workspace, incident_id, known)


def close_incident(
    workspace: Workspace,
    incident_id: IncidentId,
    *,
    outcome: str,
    control_measure: str,
    learner_view: str = "",
    retention_class: str = "",
) -> Changes:
    """Close it with its outcome and what is changed so that it happens less.

    How long the record is kept can be said with it, or later. Raises NotAllowed or ReasonNeeded.
    """
    for name, text in (("outcome", outcome), ("control measure", control_measure)):
        if not text.strip():
            raise ReasonNeeded(name)
    if find_incident(workspace, incident_id).status is IncidentStatus.CLOSED:
        raise NotAllowed("closed")
    at = workspace.now()
    entered = {"outcome": outcome, "control_measure": control_measure}
    if learner_view:
        entered["learner_view"] = learner_view
    with workspace.log.transaction():
        workspace.log.drafts.clear(incident_id, entered)
        _enter(workspace, incident_id, entered)
        workspace.log.incidents.set_status(incident_id, IncidentStatus.CLOSED, at)
        write_line(workspace, incident_id, EntryKind.STATUS, at, f"Closed. Outcome: {outcome}")
        workspace.note(Action.INCIDENT_CLOSED, incident_id, at, outcome=outcome)
        if retention_class:
            enter_class(workspace, incident_id, retention_class)
    return _status_changed(incident_id)


def reopen_incident(workspace: Workspace, incident_id: IncidentId, reason: str) -> Changes:
    """Open a closed incident again, with the reason. Raises ReasonNeeded."""
    find_incident(workspace, incident_id)
    if not reason.strip():
        raise ReasonNeeded("reopening")
    at = workspace.now()
    with workspace.log.transaction():
        workspace.log.incidents.set_status(incident_id, IncidentStatus.OPEN, None)
        write_line(workspace, incident_id, EntryKind.STATUS, at, f"Opened again: {reason}")
        workspace.note(Action.INCIDENT_REOPENED, incident_id, at, reason=reason)
    return _status_changed(incident_id)


def _status_changed(incident_id: IncidentId) -> Changes:
    return changed(
        Topic.INCIDENT, Topic.CHECKLIST, Topic.CHRONOLOGY, Topic.REPORT, Topic.RETENTION,
        incident_id=incident_id,
    )  # fmt: skip


def _untitled(workspace: Workspace, row: IncidentRow) -> bool:
    return not workspace.log.fields.current(row.id).get("title")


def _retitle(workspace: Workspace, row: IncidentRow, fresh: Mapping[str, str]) -> None:
    title = fresh.get("title", "")
    if not title and "first_account" in fresh and _untitled(workspace, row):
        title = title_from(fresh["first_account"])
    if title:
        workspace.log.incidents.set_title(row.id, title)


def _enter(workspace: Workspace, incident_id: IncidentId, values: Mapping[str, str]) -> None:
    at = workspace.now()
    workspace.log.fields.enter(incident_id, values, at, workspace.keyholder.id)
    workspace.note(Action.RECORD_ENTERED, incident_id, at, fields=sorted(values))
