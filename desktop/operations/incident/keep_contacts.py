"""Contact entries: who was told or asked, what came of it; a contact ticks its step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.calendar.summer_time import end_of_day
from desktop.domain.calendar.working_days import add_working_days
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.contacts import (
    RECIPIENT_NAMES,
    ContactDetails,
    ContactEntry,
    Recipient,
)
from desktop.domain.identifiers import ChecklistId, ContactId, IncidentId
from desktop.domain.log.custody import Action
from desktop.domain.steps.checklist_records import StepState
from desktop.operations.find_incident import find_incident
from desktop.operations.refuse_ahead import refuse_ahead
from desktop.operations.steps.attach_procedure import attach_what_applies
from desktop.operations.steps.check_second import SecondCheck
from desktop.operations.steps.follow_checklist import find_step, record_step
from desktop.operations.steps.in_force import own_copy
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line

# Children's services decide on a referral within one working day (D7); whoever referred asks.
_UNDECIDED = frozenset({"", "not yet", "they were not told"})
_ASK = "Ask what they decided, and ring again if you hear nothing"


@dataclass(frozen=True, slots=True)
class ContactAdded:
    """A new contact entry, and what changed."""

    contact_id: ContactId
    changes: Changes


def add_contact(
    workspace: Workspace,
    incident_id: IncidentId,
    details: ContactDetails,
    *,
    checklist_id: ChecklistId | None = None,
    step_id: str = "",
    values: Mapping[str, str] | None = None,
    late_reason: str = "",
    out_of_order: str = "",
    second: SecondCheck | None = None,
    again_reason: str = "",
) -> ContactAdded:
    """Enter one attempt to reach somebody; if answered, it ticks the step it was made for.

    A call that came in ticks no step that tells them, unless they were told in it.

    `second` says who checked that step too, where it takes two people; `again_reason` why it is
    recorded again. Raises StillToCome, and what record_step raises.
    """
    find_incident(workspace, incident_id)
    refuse_ahead(workspace, details.at)
    contact_id = ContactId(workspace.new_id())
    at = workspace.now()
    attempt = workspace.log.contacts.attempts(incident_id, details.recipient) + 1
    entry = ContactEntry(
        id=contact_id,
        incident_id=incident_id,
        attempt=attempt,
        made_by=workspace.keyholder.name,
        entered_at=at,
        step_id=step_id,
        details=_with_answer_due(workspace, details, checklist_id, step_id, values or {}),
    )
    with workspace.log.transaction():
        workspace.log.contacts.insert(entry)
        write_line(workspace, incident_id, EntryKind.CONTACT, details.at, say_contact(entry))
        workspace.note(
            Action.CONTACT_ENTERED,
            incident_id,
            at,
            contact=contact_id,
            recipient=details.recipient.value,
            answered=details.answered,
        )
        if checklist_id and step_id and _settles(workspace, details, checklist_id, step_id):
            record_step(
                workspace,
                checklist_id,
                step_id,
                StepState.DONE,
                values=values or {},
                late_reason=late_reason,
                out_of_order=out_of_order,
                done_at=details.at,
                contact_id=contact_id,
                second=second,
                again_reason=again_reason,
            )
        elif details.answered:
            why = f"After {RECIPIENT_NAMES[details.recipient]} answered"
            attach_what_applies(workspace, incident_id, why)
    topics = (Topic.CONTACT, Topic.CHECKLIST, Topic.CHRONOLOGY)
    return ContactAdded(contact_id, changed(*topics, incident_id=incident_id))


def _settles(
    workspace: Workspace, details: ContactDetails, checklist_id: ChecklistId, step_id: str
) -> bool:
    if not details.answered or details.told:
        return details.answered
    _, view = find_step(workspace, checklist_id, step_id)
    return view.step.ticked_by != f"told:{details.recipient}"


def _with_answer_due(
    workspace: Workspace,
    details: ContactDetails,
    checklist_id: ChecklistId | None,
    step_id: str,
    values: Mapping[str, str],
) -> ContactDetails:
    """Note by when they decide on what they were told, where nobody said and nobody answered."""
    decided = values.get("decision", "") not in _UNDECIDED
    known = details.next_due or values.get("response") or decided
    if known or not details.told or details.recipient is not Recipient.CSC:
        return details
    if checklist_id and _tells_parents(workspace, checklist_id, step_id):
        return details
    last = add_working_days(details.at.local.date(), 1, own_copy(workspace).calendar)
    return replace(
        details,
        next_due=end_of_day(last, details.at),
        next_action=details.next_action or _ASK,
    )


def _tells_parents(workspace: Workspace, checklist_id: ChecklistId, step_id: str) -> bool:
    """Say whether a step tells the family: a social worker told with them decides nothing."""
    _, view = find_step(workspace, checklist_id, step_id)
    return Recipient.PARENT in view.step.recipients


def list_contacts(workspace: Workspace, incident_id: IncidentId) -> tuple[ContactEntry, ...]:
    """Return the contacts of an incident in time order."""
    return tuple(workspace.log.contacts.of(incident_id))


def say_contact(entry: ContactEntry) -> str:
    """Write a contact as one line of the chronology."""
    details = entry.details
    parts = [f"{RECIPIENT_NAMES[details.recipient]}, {details.channel.value}"]
    if details.person:
        parts.append(f"spoke to {details.person}")
    if not details.answered:
        parts.append(f"no answer (attempt {entry.attempt})")
    if details.reference:
        parts.append(f"reference {details.reference}")
    if details.advice:
        parts.append(f"advice: {details.advice}")
    return "; ".join(parts)
