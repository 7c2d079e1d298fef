"""Compares the worksheets that were sent with what the custody chain says of them."""

import hashlib
import json
from dataclasses import dataclass

from desktop.domain.identifiers import IncidentId
from desktop.domain.log.custody import Action, CustodyDetail, CustodyEntry
from desktop.domain.log.log_checks import (
    Finding,
    worksheets_altered,
    worksheets_missing,
    worksheets_retimed,
)
from desktop.domain.log.moves import as_it_was
from desktop.operations.workspace import Workspace
from desktop.store.worksheet_table import KeptSheet


@dataclass(frozen=True, slots=True)
class _Told:
    """What the chain says of one sheet; time and author are '' where it does not say them."""

    incident_id: IncidentId
    worksheet_id: str
    text: str
    at: str
    by: str


def compare_worksheets(workspace: Workspace) -> list[Finding]:
    """Look at each sheet, and for each that was sent whether it is there.

    One that came from another log has its line in what came along. What was erased or moved has
    none any more: its line is empty.
    """
    log = workspace.log
    kept = {one.id: one for one in log.worksheets.as_kept()}
    sent: dict[str, _Told] = {}
    for entry, detail in log.custody.of_actions(Action.WORKSHEET_SUBMITTED, Action.ENTRY_RECEIVED):
        sent |= _read(entry, detail)
    both = [(one, told) for name, one in kept.items() if (told := sent.get(name))]
    altered = [told for one, told in both if told.text != _fingerprint(one)]
    retimed = [told for one, told in both if not _is_of(one, told)]
    missing = [told for name, told in sent.items() if name not in kept]
    return [
        say([_name(workspace, told) for told in found])
        for say, found in (
            (worksheets_altered, altered),
            (worksheets_retimed, retimed),
            (worksheets_missing, missing),
        )
        if found
    ]


def _fingerprint(sheet: KeptSheet) -> str:
    return hashlib.sha256(sheet.texts.encode()).hexdigest()


def _is_of(sheet: KeptSheet, told: _Told) -> bool:
    return told.at in ("", sheet.at) and told.by in ("", sheet.by)


def _name(workspace: Workspace, told: _Told) -> str:
    row = workspace.log.incidents.get(told.incident_id)
    number = row.number if row else "an incident that is not here"
    return f"“{workspace.data.worksheet_title(told.worksheet_id)}” of {number}"


def _read(line: CustodyEntry, words: CustodyDetail | None) -> dict[str, _Told]:
    """Return what is told by the id of the sheet; what is no such line, the chain tells."""
    try:
        entry, detail = as_it_was(line, words)
        if entry.action is not Action.WORKSHEET_SUBMITTED or detail is None:
            return {}
        told = json.loads(detail.detail)
        return {
            str(told["sheet"]): _Told(
                incident_id=IncidentId(entry.subject),
                worksheet_id=str(told["worksheet"]),
                text=str(told["text"]),
                at=str(told.get("sent_at", "")),
                by=str(told.get("by", "")),
            )
        }
    except (ValueError, TypeError, KeyError):
        return {}
