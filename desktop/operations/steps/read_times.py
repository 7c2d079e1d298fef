"""Says since when the facts of an incident hold that only the rows of the log can date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    facts |= _described_at(workspace, [one for one in items if one.state is ItemState.KEPT])
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


def _described_at(workspace: Workspace, kept: Sequence[EvidenceItem]) -> dict[str, Moment | None]:
    """Return when the last of them was described; only what all of them say is looked up."""
    said = {
        fact: names
        for fact, names in _DESCRIBED.items()
        if kept and all(any(getattr(one.origin, name) for name in names) for one in kept)
    }
    if not said:
        return {}
    subjects: set[str] = {one for item in kept for one in (item.id, item.set_id) if one}
    since = {one: workspace.log.fields.filled_since(one) for one in subjects}
    return {fact: _last_said(kept, since, names) for fact, names in said.items()}


def _last_said(
    kept: Iterable[EvidenceItem],
    since: Mapping[str, Mapping[str, Moment]],
    names: Iterable[str],
) -> Moment | None:
    """Return when the last of the items said it, each for itself or with its set."""
    times = []
    for item in kept:
        both = [since[one] for one in (item.id, item.set_id) if one]
        said = _first(each[name] for each in both for name in names if name in each)
        # What its set already said, an item that joins the set says from then on.
        times.append(max(said, item.captured_at, key=_utc) if said else item.captured_at)
    return max(times, key=_utc, default=None)


def _first(times: Iterable[Moment]) -> Moment | None:
    return min(times, key=_utc, default=None)


def _utc(at: Moment) -> datetime:
    return at.utc
