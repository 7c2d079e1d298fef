"""The recorded answer at the gate, and what is held back because of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.evidence.gate import Concern, GateAnswer, Statement
from desktop.domain.evidence.items import (
    ORIGIN_FIELDS,
    EvidenceItem,
    ItemKind,
    ItemState,
    Method,
    Origin,
)
from desktop.domain.identifiers import IncidentId, ItemId, StatementId
from desktop.domain.log.custody import Action
from desktop.domain.steps.triage import gate_fact, procedures_for_gate
from desktop.operations.find_incident import find_incident
from desktop.operations.steps.attach_procedure import attach_if_absent, attach_what_applies
from desktop.operations.steps.in_force import procedures_in_force
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line

_TOPICS = (Topic.INCIDENT, Topic.EVIDENCE, Topic.CHECKLIST, Topic.CHRONOLOGY)


@dataclass(frozen=True, slots=True)
class StatementMade:
    """The recorded answer, and what changed."""

    statement: Statement
    changes: Changes


def make_statement(
    workspace: Workspace,
    incident_id: IncidentId,
    answer: GateAnswer,
    listed: Sequence[str],
    concern: Concern | None = None,
) -> StatementMade:
    """Record the answer for what is about to come in; 'yes' or 'not sure' starts the stop."""
    find_incident(workspace, incident_id)
    statement = Statement(
        id=StatementId(workspace.new_id()),
        incident_id=incident_id,
        answer=answer,
        concern=concern,
        listed=tuple(" ".join(name.split()) for name in listed),
        at=workspace.now(),
        by=workspace.keyholder.name,
    )
    with workspace.log.transaction():
        _keep(workspace, statement)
    return StatementMade(statement, changed(*_TOPICS, incident_id=incident_id))


def correct_statement(
    workspace: Workspace,
    incident_id: IncidentId,
    statement_id: StatementId,
    answer: GateAnswer,
    reason: str,
    information: str = "",
) -> StatementMade:
    """Correct an answer given by mistake: why, and on what information; the first stays visible.

    What was confirmed as such ('yes') has no override by any role.
    Raises NotFound, NotAllowed or ReasonNeeded.
    """
    earlier = workspace.log.evidence.statement(statement_id)
    if earlier is None:
        raise NotFound("statement")
    if earlier.answer is GateAnswer.YES:
        raise NotAllowed("confirmed at the gate")
    given = workspace.log.evidence.statements(earlier.incident_id)
    if earlier.incident_id != incident_id or any(one.corrects == statement_id for one in given):
        raise NotAllowed("corrected already")
    if not reason.strip():
        raise ReasonNeeded("correction")
    fresh = replace(
        earlier,
        id=StatementId(workspace.new_id()),
        answer=answer,
        at=workspace.now(),
        by=workspace.keyholder.name,
        corrects=statement_id,
        reason=reason.strip(),
        information=information.strip(),
    )
    with workspace.log.transaction():
        _keep(workspace, fresh)
        text = (
            f"Answer at the gate corrected to {answer.value} (it was {earlier.answer.value}): "
            f"{fresh.reason}"
        )
        if fresh.information:
            text += f"; on this information: {fresh.information}"
        write_line(workspace, incident_id, EntryKind.STATEMENT, fresh.at, text)
    return StatementMade(fresh, changed(*_TOPICS, incident_id=incident_id))


def hold_back(
    workspace: Workspace,
    incident_id: IncidentId,
    statement_id: StatementId,
    what: str,
    description: str = "",
) -> Changes:
    """Make a description-only item of something that stays unread; it gets a mark."""
    item = EvidenceItem(
        id=ItemId(workspace.new_id()),
        incident_id=incident_id,
        mark=workspace.log.evidence.next_mark(incident_id, workspace.keyholder.initials),
        kind=ItemKind.DESCRIPTION,
        state=ItemState.HELD_BACK,
        method=Method.TYPED,
        content_id=None,
        fingerprint=None,
        media_type="",
        original_name="",
        captured_at=workspace.now(),
        captured_by=workspace.keyholder.name,
        captured_with=workspace.machine,
        statement_id=statement_id,
        origin=Origin(description=description.strip() or f"{what}: held back, not copied"),
    )
    with workspace.log.transaction():
        workspace.log.evidence.insert_item(item)
        filled = {n: v for n in ORIGIN_FIELDS if (v := str(getattr(item.origin, n)))}
        workspace.log.fields.enter(item.id, filled, item.captured_at, workspace.keyholder.id)
        text = f"Held back, not copied: {item.origin.description}"
        write_line(
            workspace,
            incident_id,
            EntryKind.EVIDENCE,
            item.captured_at,
            text,
            mark=str(item.mark),
        )
        workspace.note(Action.ITEM_HELD_BACK, item.id, item.captured_at, mark=str(item.mark))
        make_careful(workspace, incident_id)
    return changed(*_TOPICS, incident_id=incident_id)


def _keep(workspace: Workspace, statement: Statement) -> None:
    workspace.log.evidence.insert_statement(statement)
    workspace.note(
        Action.STATEMENT_CORRECTED if statement.corrects else Action.STATEMENT_MADE,
        statement.incident_id,
        statement.at,
        statement=statement.id,
        answer=statement.answer.value,
        listed=list(statement.listed),
        corrects=statement.corrects,
        **({"information": statement.information} if statement.information else {}),
    )
    if statement.answer is GateAnswer.NO:
        return
    make_careful(workspace, statement.incident_id)
    about = statement.concern.value if statement.concern else "not said what"
    answer = "Yes" if statement.answer is GateAnswer.YES else "Not sure"
    _start_procedures(workspace, statement, f"{answer} at the gate: {about}")
    if statement.corrects is None:
        text = f"{answer} at the gate ({about}): nothing was opened or copied"
        write_line(workspace, statement.incident_id, EntryKind.STATEMENT, statement.at, text)


def _start_procedures(workspace: Workspace, statement: Statement, reason: str) -> None:
    calls = (gate_fact(statement.answer, statement.concern),)
    incident_id, procedures = statement.incident_id, procedures_in_force(workspace)
    for procedure_id in procedures_for_gate(statement.answer, statement.concern, procedures):
        attach_if_absent(workspace, incident_id, procedure_id, reason, calls)
    attach_what_applies(workspace, incident_id, reason, calls)


def make_careful(workspace: Workspace, incident_id: IncidentId) -> None:
    """From here on every item of the incident has an answer of its own."""
    if not find_incident(workspace, incident_id).careful:
        workspace.log.incidents.set_careful(incident_id)
        workspace.note(Action.MADE_CAREFUL, incident_id, workspace.now())
