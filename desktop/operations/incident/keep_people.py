"""People with their role in an incident, and accounts as they were seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import NotFound
from desktop.domain.identifiers import AccountId, IncidentId, InvolvementId, PersonId
from desktop.domain.log.custody import Action
from desktop.domain.people import Role
from desktop.operations.find_incident import find_incident
from desktop.operations.read_people import (
    ACCOUNT_FIELDS,
    PERSON_FIELDS,
)
from desktop.operations.steps.attach_procedure import attach_what_applies, facts_before
from desktop.operations.workspace import Workspace
from desktop.store.people_table import AccountRow, InvolvementRow

_WHY = "After what was entered of the people involved"


@dataclass(frozen=True, slots=True)
class PersonAdded:
    """Somebody new, and what changed."""

    person_id: PersonId
    changes: Changes


def add_person(
    workspace: Workspace, incident_id: IncidentId, role: Role, values: Mapping[str, str]
) -> PersonAdded:
    """Add somebody with their role in this incident; `values` are fields of Person."""
    person_id = PersonId(workspace.new_id())
    at = workspace.now()
    with workspace.log.transaction():
        workspace.log.people.insert_person(person_id, at)
        _enter(workspace, person_id, values, PERSON_FIELDS)
        workspace.note(Action.PERSON_ADDED, person_id, at, incident=incident_id)
        changes = involve_person(workspace, incident_id, person_id, role)
    return PersonAdded(person_id, changes)


def involve_person(
    workspace: Workspace, incident_id: IncidentId, person_id: PersonId, role: Role
) -> Changes:
    """Give somebody a role in this incident."""
    find_incident(workspace, incident_id)
    _need(workspace, person_id)
    at, before = workspace.now(), facts_before(workspace, incident_id)
    row = InvolvementRow(
        id=InvolvementId(workspace.new_id()),
        incident_id=incident_id,
        person_id=person_id,
        role=role,
    )
    with workspace.log.transaction():
        workspace.log.people.involve(row, at)
        workspace.note(Action.DETAILS_ENTERED, person_id, at, role=role.value, of=incident_id)
        attach_what_applies(workspace, incident_id, _WHY, before=before)
    return changed(Topic.PEOPLE, Topic.CHECKLIST, incident_id=incident_id)


def edit_person(
    workspace: Workspace, incident_id: IncidentId, person_id: PersonId, values: Mapping[str, str]
) -> Changes:
    """Enter more of what is known of somebody; earlier values stay in the history.

    What it calls for joins every incident that is open and names them, not only this one.
    """
    _need(workspace, person_id)
    named_in = _open_with(workspace, person_id) | {incident_id}
    at, before = workspace.now(), {one: facts_before(workspace, one) for one in named_in}
    with workspace.log.transaction():
        _enter(workspace, person_id, values, PERSON_FIELDS)
        workspace.note(Action.DETAILS_ENTERED, person_id, at, fields=sorted(values))
        for one in sorted(named_in):
            attach_what_applies(workspace, one, _WHY, before=before[one])
    return changed(Topic.PEOPLE, Topic.CHECKLIST, incident_id=incident_id)


def add_account(
    workspace: Workspace,
    incident_id: IncidentId,
    values: Mapping[str, str],
    person_id: PersonId | None = None,
    seen_at: Moment | None = None,
) -> Changes:
    """Add an account as seen; `person_id` None means that nobody knows whose it is."""
    find_incident(workspace, incident_id)
    account_id = AccountId(workspace.new_id())
    at = workspace.now()
    with workspace.log.transaction():
        row = AccountRow(id=account_id, incident_id=incident_id, person_id=person_id)
        workspace.log.people.insert_account(row, at)
        _enter(workspace, account_id, values, ACCOUNT_FIELDS)
        if seen_at:
            seen = {"seen_at": seen_at.to_text()}
            workspace.log.fields.enter(account_id, seen, at, workspace.keyholder.id)
        workspace.note(Action.ACCOUNT_ADDED, account_id, at, incident=incident_id)
    return changed(Topic.ACCOUNTS, incident_id=incident_id)


def edit_account(
    workspace: Workspace,
    incident_id: IncidentId,
    account_id: AccountId,
    values: Mapping[str, str],
    person_id: PersonId | None = None,
) -> Changes:
    """Enter more of what is known of an account, and whose it is."""
    at = workspace.now()
    with workspace.log.transaction():
        workspace.log.people.set_account_person(account_id, person_id)
        _enter(workspace, account_id, values, ACCOUNT_FIELDS)
        workspace.note(
            Action.DETAILS_ENTERED, account_id, at, fields=sorted(values), person=person_id
        )
    return changed(Topic.ACCOUNTS, incident_id=incident_id)


def _open_with(workspace: Workspace, person_id: PersonId) -> set[IncidentId]:
    """Return the incidents that are not closed and in which somebody has a role."""
    rows = workspace.log.people.involvements()
    named_in = {row.incident_id for row in rows if row.person_id == person_id}
    return named_in & {row.id for row in workspace.log.incidents.unfinished()}


def _need(workspace: Workspace, person_id: PersonId) -> None:
    if not workspace.log.people.has(person_id):
        raise NotFound("person")


def _enter(
    workspace: Workspace, subject: str, values: Mapping[str, str], allowed: tuple[str, ...]
) -> None:
    unknown = sorted(set(values) - set(allowed))
    if unknown:
        raise NotFound(", ".join(unknown))
    now = workspace.log.fields.current(subject)
    fresh = {name: text for name, text in values.items() if now.get(name, "") != text}
    workspace.log.fields.enter(subject, fresh, workspace.now(), workspace.keyholder.id)
