"""Compares the worksheets that were sent with what the custody chain says of their text."""

import hashlib
import json

from desktop.domain.custody import Action
from desktop.domain.identifiers import IncidentId
from desktop.domain.log_checks import Finding, worksheets_altered
from desktop.operations.load_worksheets import title_of
from desktop.operations.workspace import Workspace


def compare_worksheets(workspace: Workspace) -> list[Finding]:
    """Look at each text; one that came from another log has its line in the chain there."""
    log = workspace.log
    kept = log.worksheets.as_kept()
    sent: dict[str, str] = {}
    for entry, detail in log.custody.about(sorted({one.incident_id for one in kept})):
        if entry.action is Action.WORKSHEET_SUBMITTED and detail:
            sent |= _read(detail.detail)
    names = [
        f"“{title_of(one.worksheet_id)}” of {_number(workspace, one.incident_id)}"
        for one in kept
        if sent.get(one.id, "") not in ("", hashlib.sha256(one.texts.encode()).hexdigest())
    ]
    return [worksheets_altered(names)] if names else []


def _number(workspace: Workspace, incident_id: IncidentId) -> str:
    row = workspace.log.incidents.get(incident_id)
    return row.number if row else "an incident that is not here"


def _read(detail: str) -> dict[str, str]:
    """Return the fingerprint by the id of the sheet; what is no such line, the chain tells."""
    try:
        told = json.loads(detail)
        return {str(told["sheet"]): str(told["text"])}
    except (ValueError, TypeError, KeyError):
        return {}
