"""Looks into the procedures of a killed story: what is pinned, linked and sent is whole."""

import json
from collections import Counter
from collections.abc import Callable

from desktop.domain.identifiers import ChecklistId, IncidentId
from desktop.domain.log.custody import Action
from desktop.domain.steps.procedure_text import read_kept_procedure
from desktop.operations.incident.keep_contacts import list_contacts
from desktop.operations.incident.keep_links import show_links
from desktop.operations.incident.keep_worksheets import draft_name, fingerprint_of, list_submitted
from desktop.operations.steps.in_force import look_at_procedures
from desktop.operations.workspace import Workspace
from desktop.store.tombstone_table import Departure


def check_procedures(workspace: Workspace, noted: Counter[Action]) -> None:
    """Each pinned text is there and readable, each link and sent worksheet on record."""
    assert look_at_procedures(workspace).misfits == ()
    tombstones = workspace.log.tombstones.all()
    gone = {row.incident_id for row in tombstones}
    for row in workspace.log.incidents.all():
        if row.id not in gone:
            _check_checklists(workspace, row.id)
            _check_sheets(workspace, row.id)
    links = workspace.log._connection.row("SELECT count(*) FROM incident_link")
    assert links
    # Both incidents tell of a link; where one of them is gone the other still does.
    assert int(str(links[0])) * 2 <= noted[Action.INCIDENT_LINKED]
    assert gone or int(str(links[0])) * 2 == noted[Action.INCIDENT_LINKED]
    moved = [row for row in tombstones if row.kind is Departure.MOVED]
    assert noted[Action.INCIDENT_MOVED] == len(moved)


def _check_checklists(workspace: Workspace, incident_id: IncidentId) -> None:
    for checklist in workspace.log.checklists.of(incident_id):
        text = workspace.log.checklists.version_text(checklist.procedure_id, checklist.version)
        pinned = read_kept_procedure(text, f"{checklist.procedure_id}.toml")
        assert pinned.id == checklist.procedure_id
        # A newer version may lack a step that was recorded in an earlier one.
        kept = workspace.log._connection.rows(
            "SELECT text FROM procedure_version WHERE id = ?", (checklist.procedure_id,)
        )
        for one in checklist.entries:
            assert any(f'"{one.step_id}"' in str(row[0]) for row in kept)


def _check_sheets(workspace: Workspace, incident_id: IncidentId) -> None:
    told = {
        json.loads(detail.detail)["sheet"]: json.loads(detail.detail)["text"]
        for entry, detail in workspace.log.custody.about([incident_id])
        if entry.action is Action.WORKSHEET_SUBMITTED and detail
    }
    contacts = {one.id for one in list_contacts(workspace, incident_id)}
    for sheet in list_submitted(workspace, incident_id):
        assert told[sheet.id] == fingerprint_of(sheet.texts)
        assert sheet.contact_id in contacts


def _was_entered(workspace: Workspace, topic: str, text: str) -> bool:
    """It was entered; since then something else may have been."""
    table = workspace.log.organisation
    return any(
        text in row.value for name in set(table.names(topic)) for row in table.history(topic, name)
    )


def _is_typed(workspace: Workspace, incident_id: IncidentId, sheet_id: str, typed: str) -> bool:
    draft = workspace.log.drafts.of(incident_id).get(draft_name(sheet_id), "")
    sent = [text for one in list_submitted(workspace, incident_id) for _name, text in one.texts]
    return typed in draft or typed in sent


def _is_sent(
    workspace: Workspace, incident_id: IncidentId, contact_id: str, digest: str, reference: str
) -> bool:
    sheets = list_submitted(workspace, incident_id)
    contacts = list_contacts(workspace, incident_id)
    return (contact_id, digest) in [
        (one.contact_id, fingerprint_of(one.texts)) for one in sheets
    ] and (contact_id, reference) in [(one.id, one.details.reference) for one in contacts]


def _has_second(
    workspace: Workspace, _incident: IncidentId, checklist_id: ChecklistId, step: str, who: str
) -> bool:
    checklist = workspace.log.checklists.get(checklist_id)
    return checklist is not None and any(
        one.step_id == step and who in dict(one.values).values() for one in checklist.entries
    )


def _was_left_out(
    workspace: Workspace, _incident: IncidentId, checklist_id: ChecklistId, step: str, why: str
) -> bool:
    checklist = workspace.log.checklists.get(checklist_id)
    return checklist is not None and any(
        (one.step_id, one.reason) == (step, why) and one.ruled_by for one in checklist.entries
    )


def _is_done_again(
    workspace: Workspace, _incident: IncidentId, checklist_id: ChecklistId, step: str, why: str
) -> bool:
    """The later entry says why there are two, and the first is there too."""
    checklist = workspace.log.checklists.get(checklist_id)
    reasons = (
        [one.again_reason for one in checklist.entries if one.step_id == step] if checklist else []
    )
    return why in reasons[1:]


def _runs_in(
    workspace: Workspace, incident_id: IncidentId, checklist_id: ChecklistId, version: str
) -> bool:
    """It runs in this version, or in one that was taken after that; this one is kept."""
    checklist = workspace.log.checklists.get(checklist_id)
    return (
        checklist is not None
        and checklist.incident_id == incident_id
        and bool(workspace.log.checklists.version_text(checklist.procedure_id, version))
    )


def _is_over(
    workspace: Workspace, _incident: IncidentId, checklist_id: ChecklistId, reason: str
) -> bool:
    checklist = workspace.log.checklists.get(checklist_id)
    return checklist is not None and checklist.ended_reason == reason


def _is_linked(workspace: Workspace, one: IncidentId, other: IncidentId, reason: str) -> bool:
    return all(
        (there, reason) in [(line.id, line.reason) for line in show_links(workspace, here).linked]
        for here, there in ((one, other), (other, one))
    )


def _has_moved(workspace: Workspace, incident_id: IncidentId, *_told: object) -> bool:
    tombstone = workspace.log.tombstones.get(incident_id)
    return tombstone is not None and tombstone.kind is Departure.MOVED


PROCEDURE_CHECKS: dict[str, Callable[..., bool]] = {
    "own": _was_entered,
    "taken back": lambda workspace, topic, name: (
        name not in [row.name for row in workspace.log.organisation.current(topic)]
    ),
    "linked": _is_linked,
    "typed": _is_typed,
    "worksheet": _is_sent,
    "second": _has_second,
    "ruled": _was_left_out,
    "again": _is_done_again,
    "attached": _runs_in,
    "newer": _runs_in,
    "no longer": _is_over,
    "restricted": lambda _workspace: True,
    "moving": lambda _workspace, _incident: True,
    "moved": _has_moved,
}
