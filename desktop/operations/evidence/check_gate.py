"""Says whether an answer at the gate lets one more item in; asked before anything is read."""

from desktop.domain.errors import StatementNeeded
from desktop.domain.evidence.gate import Statement, lets_in
from desktop.domain.identifiers import IncidentId, StatementId
from desktop.operations.find_incident import find_incident
from desktop.operations.workspace import Workspace


def check_gate(
    workspace: Workspace, incident_id: IncidentId, statement_id: StatementId
) -> Statement:
    """Return the statement that lets one more item in; raises StatementNeeded."""
    careful = find_incident(workspace, incident_id).careful
    evidence = workspace.log.evidence
    given = evidence.statements(incident_id)
    statement = next((one for one in given if one.id == statement_id), None)
    if statement is None or any(later.corrects == statement_id for later in given):
        raise StatementNeeded
    used = evidence.let_in_by(statement_id)
    if not lets_in(statement, careful=careful, used=used):
        raise StatementNeeded
    return statement
