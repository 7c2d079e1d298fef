"""Says since when the facts of an incident hold that only the rows of the log can date."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from desktop.domain.calendar.times import Moment
from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.identifiers import IncidentId
from desktop.domain.links import Link
from desktop.domain.log.custody import Action
from desktop.domain.steps.worksheets import SubmittedSheet
from desktop.operations.browse_incidents import show_incident
from desktop.operations.workspace import Workspace

# What an item must say so that it counts as described: one of these is enough.
_DESCRIBED = {
    "origins-known": ("description", "source_url"),
    "sources-noted": ("original_kept",),
}


def read_times(
    workspace: Workspace,
    incident_id: IncidentId,
    *,
    items: Sequence[EvidenceItem],
    sheets: Iterable[SubmittedSheet],
    links: Iterable[Link],
) -> dict[str, Moment]:
    """Return since when each field of the record is filled in, and since when such a fact holds.

    `sheets` are the worksheets that were sent, `links` those that stand.
    """
    times = workspace.log.fields.filled_since(incident_id)
    for sheet in sheets:
        times.setdefault(f"submitted:{sheet.worksheet_id}", sheet.at)
    facts = {
        "incident-linked": _first(link.at for link in links),
        "restricted-log": _restricted_at(workspace, incident_id),
        "item-sealed": _first(_sealings(workspace, items)),
    }
    kept = [one for one in items if one.state is ItemState.KEPT]
    facts |= {fact: _said_at(workspace, kept, names) for fact, names in _DESCRIBED.items()}
    return times | {fact: at for fact, at in facts.items() if at is not None}


def _restricted_at(workspace: Workspace, incident_id: IncidentId) -> Moment | None:
    """Return when it came into the restricted log: where it was moved, later than its logging."""
    if not workspace.restricted:
        return None
    moved = workspace.log.custody.first_about(incident_id, Action.INCIDENT_RECEIVED)
    return moved or show_incident(workspace, incident_id).incident.logged_at


def _sealings(workspace: Workspace, items: Iterable[EvidenceItem]) -> Iterator[Moment]:
    for item in items:
        if item.state is ItemState.SEALED and item.fingerprint:
            row = workspace.log.sealed.find(item.fingerprint.sha256)
            if row is not None:
                yield max(row.at, item.captured_at, key=_utc)


def _said_at(
    workspace: Workspace, kept: Iterable[EvidenceItem], names: tuple[str, ...]
) -> Moment | None:
    """Return when the last of them said it, for itself or with its set; None: one does not."""
    times = [_item_said_at(workspace, item, names) for item in kept]
    known = [one for one in times if one is not None]
    return max(known, key=_utc) if known and len(known) == len(times) else None


def _item_said_at(
    workspace: Workspace, item: EvidenceItem, names: tuple[str, ...]
) -> Moment | None:
    if not any(getattr(item.origin, name) for name in names):
        return None
    since = [
        at
        for subject in filter(None, (item.id, item.set_id))
        for name, at in workspace.log.fields.filled_since(subject).items()
        if name in names
    ]
    said = _first(since)
    # What its set already said, an item that joins the set says from then on.
    return max(said, item.captured_at, key=_utc) if said else None


def _first(times: Iterable[Moment]) -> Moment | None:
    return min(times, key=_utc, default=None)


def _utc(at: Moment) -> datetime:
    return at.utc
