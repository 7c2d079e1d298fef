"""Says before an erasure what would go, what would stay, and what stands in its way."""

from dataclasses import dataclass

from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.errors import InstructionNeeded, NotAllowed, OnHold, ReasonNeeded
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.identifiers import IncidentId
from desktop.domain.incidents import IncidentStatus
from desktop.domain.log.custody import Action
from desktop.domain.log.retention import PoliceInstruction, ReviewState
from desktop.operations.find_incident import find_incident
from desktop.operations.incident.keep_links import ever_linked
from desktop.operations.incident.keep_retention import (
    RetentionView,
    active_holds,
    read_instruction,
    show_retention,
)
from desktop.operations.workspace import Workspace

STILL_OPEN = "the incident is still open; close it first"
NO_CLASS = "the record has no class yet; choose one first"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePlan:
    """What an erasure would take away; `in_the_way` is None, or why it is refused.

    `linked` are other incidents of which the chronology says that they belonged together, and why.
    """

    retention: RetentionView
    exhibits: int
    contents: int
    shared: int
    people: tuple[str, ...]
    people_staying: tuple[str, ...]
    contacts: int
    entries: int
    held_back: tuple[str, ...]
    linked: tuple[str, ...]
    instruction: PoliceInstruction | None
    in_the_way: NotAllowed | OnHold | InstructionNeeded | None

    @property
    def is_early(self) -> bool:
        """Whether its review is not due yet."""
        return self.retention.line.state is not ReviewState.DUE


def plan_erasure(workspace: Workspace, incident_id: IncidentId) -> ErasurePlan:
    """Count what would go and what would stay; nothing is changed."""
    log = workspace.log
    going = log.erasure.subjects(incident_id)
    here = {one.person_id for one in log.people.involvements(incident_id)}
    items = log.evidence.items(incident_id)
    last = last_references(workspace, incident_id)
    return ErasurePlan(
        retention=show_retention(workspace, incident_id),
        exhibits=len(items),
        contents=len({item.content_id for item in items if item.content_id in last}),
        shared=len({item.content_id for item in items if item.content_id} - last),
        people=_names(workspace, {one for one in here if one in going.people}),
        people_staying=_names(workspace, {one for one in here if one not in going.people}),
        contacts=len(log.contacts.of(incident_id)),
        entries=len(log.chronology.of(incident_id)),
        held_back=_held_back(items),
        linked=ever_linked(workspace, incident_id),
        instruction=read_instruction(workspace, incident_id),
        in_the_way=_in_the_way(workspace, incident_id),
    )


def check_erasable(workspace: Workspace, incident_id: IncidentId) -> None:
    """Raise what stands in the way: NotAllowed, OnHold or InstructionNeeded."""
    problem = _in_the_way(workspace, incident_id)
    if problem is not None:
        raise problem


def last_references(workspace: Workspace, incident_id: IncidentId) -> frozenset[str]:
    """Return the contents that only items of this incident name."""
    items = workspace.log.evidence.items()
    elsewhere = {item.content_id for item in items if item.incident_id != incident_id}
    here = {item.content_id for item in items if item.incident_id == incident_id}
    return frozenset(one for one in here - elsewhere if one is not None)


def enter_instruction(
    workspace: Workspace, incident_id: IncidentId, instruction: PoliceInstruction
) -> Changes:
    """Record that the police said that what was held back may be erased. Raises ReasonNeeded."""
    find_incident(workspace, incident_id)
    values = {
        "instruction_force": instruction.force.strip(),
        "instruction_officer": instruction.officer.strip(),
        "instruction_reference": instruction.reference.strip(),
        "instruction_on": instruction.given_on.isoformat(),
    }
    for name, text in values.items():
        if not text:
            raise ReasonNeeded(f"the police instruction, its {name.partition('_')[2]}")
    at = workspace.now()
    with workspace.log.transaction():
        workspace.log.fields.enter(incident_id, values, at, workspace.keyholder.id)
        workspace.note(Action.RETENTION_ENTERED, incident_id, at, **values)
    return changed(Topic.RETENTION, Topic.CUSTODY, incident_id=incident_id)


def _in_the_way(
    workspace: Workspace, incident_id: IncidentId
) -> NotAllowed | OnHold | InstructionNeeded | None:
    row = find_incident(workspace, incident_id)
    if row.status is not IncidentStatus.CLOSED:
        return NotAllowed(STILL_OPEN)
    holds = active_holds(workspace, incident_id)
    if holds:
        return OnHold(tuple(hold.words for hold in holds))
    if show_retention(workspace, incident_id).retention_class is None:
        return NotAllowed(NO_CLASS)
    marks = _held_back(workspace.log.evidence.items(incident_id))
    if marks and read_instruction(workspace, incident_id) is None:
        return InstructionNeeded(marks)
    return None


def _held_back(items: list[EvidenceItem]) -> tuple[str, ...]:
    kept_out = (ItemState.HELD_BACK, ItemState.SEALED)
    return tuple(str(item.mark) for item in items if item.state in kept_out)


def _names(workspace: Workspace, people: set[str]) -> tuple[str, ...]:
    names = [workspace.log.fields.current(one).get("name", "") for one in sorted(people)]
    return tuple(sorted(name or "somebody without a name" for name in names))
