"""Answers the gate for what is about to come in: lets it in, or holds items back unread."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import ReasonNeeded
from desktop.domain.gate import Concern, GateAnswer
from desktop.domain.identifiers import IncidentId, StatementId
from desktop.domain.incidents import IncidentStatus
from desktop.operations.browse_incidents import IncidentLine, list_incidents
from desktop.operations.find_incident import find_incident
from desktop.operations.make_statement import hold_back, make_statement
from desktop.operations.record_incident import start_incident
from desktop.operations.workspace import Workspace

_TOPICS = (Topic.INCIDENT, Topic.EVIDENCE, Topic.CHECKLIST, Topic.CHRONOLOGY)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateView:
    """What the gate has to know: the incident it is for, and the others that are open."""

    incident: IncidentLine | None
    others: tuple[IncidentLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAnswered:
    """The recorded answer. `lets_in` is False when something was held back."""

    incident_id: IncidentId
    number: str
    statement_id: StatementId
    careful: bool
    lets_in: bool
    held: tuple[str, ...]
    changes: Changes


def show_gate(workspace: Workspace, incident_id: IncidentId | None) -> GateView:
    """Return what the gate shows; without an incident, one of the open ones can be chosen."""
    lines = list_incidents(workspace)
    own = next((line for line in lines if line.id == incident_id), None)
    others = tuple(line for line in lines if line.status is not IncidentStatus.CLOSED)
    return GateView(incident=own, others=others)


def let_in(
    workspace: Workspace, incident_id: IncidentId | None, listed: Sequence[str]
) -> GateAnswered:
    """Record that there is no reason to think so; without an incident one is started."""
    with workspace.log.transaction():
        incident_id = _incident(workspace, incident_id)
        made = make_statement(workspace, incident_id, GateAnswer.NO, listed)
    return _answered(workspace, incident_id, made.statement.id, ())


def keep_out(
    workspace: Workspace,
    incident_id: IncidentId | None,
    answer: GateAnswer,
    held: Sequence[str],
    concern: Concern,
    description: str,
) -> GateAnswered:
    """Hold items back unread, described in words; raises ReasonNeeded without a description."""
    if not description.strip():
        raise ReasonNeeded("what it is, in words")
    with workspace.log.transaction():
        incident_id = _incident(workspace, incident_id)
        statement_id = make_statement(workspace, incident_id, answer, held, concern).statement.id
        for name in held:
            words = description if len(held) == 1 else f"{name}: {description}"
            hold_back(workspace, incident_id, statement_id, name, words)
    return _answered(workspace, incident_id, statement_id, tuple(held))


def _incident(workspace: Workspace, incident_id: IncidentId | None) -> IncidentId:
    return incident_id or start_incident(workspace).incident_id


def _answered(
    workspace: Workspace,
    incident_id: IncidentId,
    statement_id: StatementId,
    held: tuple[str, ...],
) -> GateAnswered:
    row = find_incident(workspace, incident_id)
    return GateAnswered(
        incident_id=incident_id,
        number=row.number,
        statement_id=statement_id,
        careful=row.careful,
        lets_in=not held,
        held=held,
        changes=changed(*_TOPICS, incident_id=incident_id),
    )
