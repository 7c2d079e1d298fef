"""Worksheets for agencies' forms: filled from the record, kept as typed, frozen when sent."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.contacts import Channel, ContactDetails, Recipient
from desktop.domain.errors import NotAllowed
from desktop.domain.identifiers import ChecklistId, ContactId, IncidentId
from desktop.domain.incidents import TEXT_FIELDS, Incident, decode_record
from desktop.domain.log.custody import Action
from desktop.domain.policy.own_copy import OwnContact
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.worksheet_filling import Known, fill
from desktop.domain.steps.worksheets import SubmittedSheet, Worksheet
from desktop.operations.browse_incidents import show_incident
from desktop.operations.find_incident import find_incident
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.record_incident import save_draft
from desktop.operations.read_people import show_people
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.operations.steps.in_force import own_copy
from desktop.operations.steps.read_situation import latest_answers, read_items
from desktop.operations.workspace import Workspace

DANGER = "T1"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetView:
    """A worksheet as it stands: `filled` from the record, `typed` over it by the keyholder.

    `submitted` are the texts that were sent before, oldest first; `is_sure` tells that somebody
    compared it with the agency's form. `misplaced`: it is about an allegation against an adult,
    and this is not the restricted log. `reach` is the agency in our own list of contacts.
    """

    worksheet: Worksheet
    filled: dict[str, str]
    typed: dict[str, str]
    submitted: tuple[SubmittedSheet, ...]
    is_sure: bool
    misplaced: bool = False
    reach: tuple[OwnContact, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """What stands in each answer now."""
        return {name: self.typed.get(name, text) for name, text in self.filled.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetLine:
    """How far one worksheet got in an incident: `begun` was typed into and not sent since."""

    id: str
    title: str
    purpose: str
    begun: bool
    sent_at: Moment | None


@dataclass(frozen=True, slots=True)
class Submitted:
    """The contact entry that says it was sent, and what changed."""

    contact_id: ContactId
    changes: Changes


def open_worksheet(
    workspace: Workspace, incident_id: IncidentId, worksheet_id: str
) -> WorksheetView:
    """Fill a worksheet from the record, under what was typed into it; raises NotFound."""
    worksheet = workspace.data.worksheet(worksheet_id)
    own = own_copy(workspace)
    drafts = workspace.log.drafts.of(incident_id)
    filled = fill(worksheet, _read_known(workspace, incident_id, drafts))
    submitted = tuple(
        sheet
        for sheet in workspace.log.worksheets.of(incident_id)
        if sheet.worksheet_id == worksheet_id
    )
    kept = drafts.get(draft_name(worksheet_id))
    typed = json.loads(kept) if kept else _last_sent(worksheet, submitted)
    return WorksheetView(
        worksheet=worksheet,
        filled=filled,
        typed={name: str(text) for name, text in typed.items() if name in filled},
        submitted=submitted,
        is_sure=not worksheet.unsure or worksheet.unsure in own.switches,
        misplaced=worksheet.recipient is Recipient.LADO and not workspace.restricted,
        reach=tuple(one for one in own.contacts if one.recipient is worksheet.recipient),
    )


def _last_sent(worksheet: Worksheet, submitted: tuple[SubmittedSheet, ...]) -> dict[str, str]:
    """Begin again from what was sent last: an addition should repeat nothing from memory."""
    said = dict(submitted[-1].texts) if submitted else {}
    return {one.name: said[one.label] for one in worksheet.entries if one.label in said}


def list_worksheets(workspace: Workspace, incident_id: IncidentId) -> tuple[WorksheetLine, ...]:
    """Return every worksheet with how far it got in this incident."""
    drafts = workspace.log.drafts.of(incident_id)
    sent = {one.worksheet_id: one.at for one in workspace.log.worksheets.of(incident_id)}
    return tuple(
        WorksheetLine(
            id=one.id,
            title=one.title,
            purpose=one.purpose,
            begun=draft_name(one.id) in drafts,
            sent_at=sent.get(one.id),
        )
        for one in workspace.data.worksheets.values()
    )


def find_sending_step(
    workspace: Workspace, incident_id: IncidentId, worksheet_id: str
) -> StepView | None:
    """Return the step that is done by sending this worksheet, if one runs and is still owed."""
    recipient = workspace.data.worksheet(worksheet_id).recipient
    fitting = (
        step
        for step in show_checklists(workspace, incident_id).owed
        if step.step.worksheet == worksheet_id and recipient in step.step.recipients
    )
    return next(fitting, None)


def keep_typed(
    workspace: Workspace, incident_id: IncidentId, worksheet_id: str, typed: Mapping[str, str]
) -> Changes:
    """Keep what was typed over the answers of the record, as it stands."""
    sent = any(
        one.worksheet_id == worksheet_id for one in workspace.log.worksheets.of(incident_id)
    )
    # Once it was sent, an empty draft says that the words of the record stand there again.
    text = json.dumps(dict(typed), ensure_ascii=False) if typed or sent else ""
    return save_draft(workspace, incident_id, draft_name(worksheet_id), text)


def submit_worksheet(
    workspace: Workspace,
    incident_id: IncidentId,
    worksheet_id: str,
    texts: Mapping[str, str],
    *,
    at: Moment,
    channel: Channel = Channel.ONLINE_FORM,
    reference: str = "",
    person: str = "",
    advice: str = "",
    address_used: str = "",
    protected_how: str = "",
    basis: str = "",
    next_action: str = "",
    next_due: Moment | None = None,
    checklist_id: ChecklistId | None = None,
    step_id: str = "",
    values: Mapping[str, str] | None = None,
    late_reason: str = "",
    out_of_order: str = "",
) -> Submitted:
    """Record that the text was sent: it is frozen, with a contact entry; the step is done.

    Raises NotAllowed if every answer is empty, and what record_step raises of the step.
    """
    worksheet = workspace.data.worksheet(worksheet_id)
    find_incident(workspace, incident_id)
    sent = tuple((entry.label, texts.get(entry.name, "").strip()) for entry in worksheet.entries)
    answered = sum(bool(text) for _name, text in sent)
    if not answered:
        raise NotAllowed("empty worksheet")
    details = ContactDetails(
        recipient=worksheet.recipient,
        at=at,
        channel=channel,
        person=person,
        said=f"Worksheet “{worksheet.title}” sent. Its text is kept as it was sent.",
        sent=f"{answered} of {len(sent)} answers, words only",
        reference=reference,
        advice=advice,
        address_used=address_used,
        protected_how=protected_how,
        basis=basis,
        next_action=next_action,
        next_due=next_due,
    )
    with workspace.log.transaction():
        added = add_contact(
            workspace,
            incident_id,
            details,
            checklist_id=checklist_id,
            step_id=step_id,
            values=values,
            late_reason=late_reason,
            out_of_order=out_of_order,
        )
        sheet = SubmittedSheet(
            id=workspace.new_id(),
            incident_id=incident_id,
            worksheet_id=worksheet_id,
            version=worksheet.version,
            texts=sent,
            at=at,
            by=workspace.keyholder.name,
            contact_id=added.contact_id,
        )
        _freeze(workspace, sheet)
    topics = (Topic.CONTACT, Topic.CHECKLIST, Topic.CHRONOLOGY, Topic.DRAFT, Topic.INCIDENT)
    return Submitted(added.contact_id, changed(*topics, incident_id=incident_id))


def _freeze(workspace: Workspace, sheet: SubmittedSheet) -> None:
    """Keep the text as it was sent, in place of its draft, and put on record that it went."""
    workspace.log.worksheets.insert(sheet)
    workspace.log.drafts.clear(sheet.incident_id, [draft_name(sheet.worksheet_id)])
    workspace.note(
        Action.WORKSHEET_SUBMITTED,
        sheet.incident_id,
        workspace.now(),
        worksheet=sheet.worksheet_id,
        version=sheet.version,
        sheet=sheet.id,
        text=fingerprint_of(sheet.texts),
        sent_at=sheet.at.to_text(),
        by=sheet.by,
        contact=sheet.contact_id,
    )


def fingerprint_of(texts: Sequence[tuple[str, str]]) -> str:
    """Return the SHA-256 of questions and answers: the custody chain holds it from then on."""
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest()


def list_submitted(workspace: Workspace, incident_id: IncidentId) -> tuple[SubmittedSheet, ...]:
    """Return the worksheets of an incident as they were sent, oldest first."""
    return tuple(workspace.log.worksheets.of(incident_id))


def draft_name(worksheet_id: str) -> str:
    """Name the draft of what is typed into a worksheet."""
    return f"form.worksheet.{worksheet_id}"


def worksheet_of(name: str) -> str:
    """Return the id of the worksheet that a draft of this name was typed into, '' for another."""
    return name.removeprefix(draft_name("")) if name.startswith(draft_name("")) else ""


def _read_known(workspace: Workspace, incident_id: IncidentId, drafts: Mapping[str, str]) -> Known:
    people = show_people(workspace, incident_id)
    danger = latest_answers(workspace, incident_id).get(DANGER)
    return Known(
        incident=_with_drafts(workspace, incident_id, drafts),
        people=people.involvements,
        accounts=people.accounts,
        items=read_items(workspace, incident_id),
        statements=tuple(workspace.log.evidence.statements(incident_id)),
        contacts=tuple(workspace.log.contacts.of(incident_id)),
        danger=danger.answer if danger else "",
        organisation=workspace.log.settings.get("organisation"),
        keyholder=workspace.keyholder.name,
        keyholder_title=workspace.keyholder.title,
    )


def _with_drafts(
    workspace: Workspace, incident_id: IncidentId, drafts: Mapping[str, str]
) -> Incident:
    """Count what is still being typed into the record: nobody should have to type it twice."""
    incident = show_incident(workspace, incident_id).incident
    typed = {name: text for name, text in drafts.items() if name in TEXT_FIELDS}
    current = workspace.log.fields.current(incident_id)
    return replace(incident, record=decode_record({**current, **typed}))
