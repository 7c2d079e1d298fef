"""Answers the gate for what is about to come in: lets it in, or holds items back unread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import ReasonNeeded
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.identifiers import IncidentId, StatementId
from desktop.domain.incidents import IncidentStatus
from desktop.operations.browse_incidents import IncidentLine, list_incidents
from desktop.operations.evidence.check_gate import check_gate
from desktop.operations.evidence.look_inside import InsideFile, say_inside
from desktop.operations.evidence.make_statement import hold_back, make_statement
from desktop.operations.find_incident import find_incident
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.workspace import Workspace

_TOPICS = (Topic.INCIDENT, Topic.EVIDENCE, Topic.CHECKLIST, Topic.CHRONOLOGY)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateView:
    """What the gate has to know: the incident it is for, and the others that are open."""

    incident: IncidentLine | None
    others: tuple[IncidentLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAnswered:
    """The recorded answer. `lets_in` is False when something was held back.

    `description` is what the keyholder wrote of it.
    """

    incident_id: IncidentId
    number: str
    statement_id: StatementId
    careful: bool
    lets_in: bool
    held: tuple[str, ...]
    changes: Changes
    concern: Concern | None = None
    description: str = ""


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
    answered = _answered(workspace, incident_id, statement_id, tuple(held), concern)
    return replace(answered, description=description.strip())


def let_in_inside(
    workspace: Workspace,
    incident_id: IncidentId,
    statement_id: StatementId,
    held: Mapping[str, Sequence[str]],
    concern: Concern | None = None,
    description: str = "",
    *,
    inside: Sequence[InsideFile],
    answer: GateAnswer = GateAnswer.NOT_SURE,
) -> GateAnswered:
    """Record the answer about what `look_inside` named; `held` is by the name of the file.

    With nothing held back the new statement lets all of it in. Otherwise each thing that is held
    back in an e-mail is described, and the e-mail can come in without it (add_file, leave_out)
    after an answer for that alone (`rest_of` says what it is about); any other file stays out
    whole and is in `held` of the answer by its own name. Raises ReasonNeeded.
    """
    check_gate(workspace, incident_id, statement_id)
    if not held:
        listed = [line for file in inside for line in rest_of(file, ())]
        return let_in(workspace, incident_id, listed)
    if not description.strip():
        raise ReasonNeeded("what it is, in words")
    lines, whole = [], []
    for file in inside:
        names = tuple(name for name in file.inside if name in held.get(file.name, ()))
        if names and file.is_mail:
            lines += [say_inside(file.name, name) for name in names]
        elif names:
            whole.append((file.name, ", ".join(names)))
    with workspace.log.transaction():
        listed = [*lines, *(say_inside(name, names) for name, names in whole)]
        made = make_statement(workspace, incident_id, answer, listed, concern)
        for line in listed:
            hold_back(
                workspace, incident_id, made.statement.id, line, f"{line}: {description.strip()}"
            )
    names_held = (*lines, *(name for name, _names in whole))
    return _answered(workspace, incident_id, made.statement.id, names_held, concern)


def rest_of(file: InsideFile, left_out: Sequence[str]) -> tuple[str, ...]:
    """Say what of a file comes in, line by line, for the answer that is given about it."""
    itself = f"{file.name}: headers and text alone" if left_out else file.name
    rest = (say_inside(file.name, name) for name in file.inside if name not in left_out)
    return (itself, *rest)


def _incident(workspace: Workspace, incident_id: IncidentId | None) -> IncidentId:
    return incident_id or start_incident(workspace).incident_id


def _answered(
    workspace: Workspace,
    incident_id: IncidentId,
    statement_id: StatementId,
    held: tuple[str, ...],
    concern: Concern | None = None,
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
        concern=concern,
    )
