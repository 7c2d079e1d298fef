"""Which procedures could still join an incident by hand."""

from dataclasses import dataclass

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.procedures import Procedure, Scope
from desktop.operations.steps.in_force import procedures_in_force
from desktop.operations.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Joinable:
    """A procedure that does not run here; `ended_reason` says why it ended before, if it did."""

    procedure: Procedure
    ended_reason: str = ""


def list_joinable(workspace: Workspace, incident_id: IncidentId) -> tuple[Joinable, ...]:
    """Return what does not run in an incident, in the order in which procedures lead."""
    checklists = workspace.log.checklists.of(incident_id)
    running = {one.procedure_id for one in checklists if not one.ended_reason}
    ended = {one.procedure_id: one.ended_reason for one in checklists if one.ended_reason}
    procedures = [
        one
        for one in procedures_in_force(workspace).values()
        if one.scope is Scope.INCIDENT and one.id not in running
    ]
    return tuple(
        Joinable(procedure=one, ended_reason=ended.get(one.id, ""))
        for one in sorted(procedures, key=lambda one: (one.order, one.id))
    )
