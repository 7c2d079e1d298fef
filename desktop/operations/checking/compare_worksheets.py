"""Compares the worksheets that were sent with what the custody chain says of their text."""

import hashlib
import json

from desktop.domain.identifiers import IncidentId
from desktop.domain.log.custody import Action, CustodyDetail, CustodyEntry
from desktop.domain.log.log_checks import Finding, worksheets_altered
from desktop.domain.log.moves import as_it_was
from desktop.operations.workspace import Workspace


def compare_worksheets(workspace: Workspace) -> list[Finding]:
    """Look at each text; one that came from another log has its line in what came along."""
    log = workspace.log
    kept = log.worksheets.as_kept()
    sent: dict[str, str] = {}
    for entry, detail in log.custody.about(sorted({one.incident_id for one in kept})):
        sent |= _read(entry, detail)
    title_of = workspace.data.worksheet_title
    names = [
        f"“{title_of(one.worksheet_id)}” of {_number(workspace, one.incident_id)}"
        for one in kept
        if sent.get(one.id, "") not in ("", hashlib.sha256(one.texts.encode()).hexdigest())
    ]
    return [worksheets_altered(names)] if names else []


def _number(workspace: Workspace, incident_id: IncidentId) -> str:
    row = workspace.log.incidents.get(incident_id)
    return row.number if row else "an incident that is not here"


def _read(line: CustodyEntry, words: CustodyDetail | None) -> dict[str, str]:
    """Return the fingerprint by the id of the sheet; what is no such line, the chain tells."""
    try:
        entry, detail = as_it_was(line, words)
        if entry.action is not Action.WORKSHEET_SUBMITTED or detail is None:
            return {}
        told = json.loads(detail.detail)
        return {str(told["sheet"]): str(told["text"])}
    except (ValueError, TypeError, KeyError):
        return {}
