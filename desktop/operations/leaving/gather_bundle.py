"""Gathers from the log everything about one incident that goes into a bundle."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from desktop.domain.calendar.times import Moment, say
from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState
from desktop.domain.evidence.things import Handling, say_handling
from desktop.domain.identifiers import IncidentId
from desktop.domain.incidents import Incident
from desktop.domain.leaving.bundle import Audience, BundleContent, ContinuityLine, CustodyLine
from desktop.domain.log.custody import Action, CustodyDetail, CustodyEntry
from desktop.domain.log.moves import as_it_was
from desktop.domain.steps.triage import HATE_MOTIVE
from desktop.operations.browse_incidents import show_incident
from desktop.operations.evidence.confirm_derivative import find_confirmation
from desktop.operations.evidence.describe_thing import show_thing
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.organisation.keep_organisation import name_on_paper
from desktop.operations.read_people import show_people
from desktop.operations.steps.read_situation import latest_answers, read_items, with_origin
from desktop.operations.workspace import Workspace

Pair = tuple[CustodyEntry, CustodyDetail | None]
Told = dict[str, object]

_PLAIN = {
    Action.ITEM_HELD_BACK: "Held back: not opened, not copied",
    Action.ITEM_SEALED: "Sealed: not shown, not exported, in no new backup",
    Action.ITEM_DESCRIBED: "Described in words",
    Action.ITEM_VIEWED: "Looked at; unchanged",
    Action.ITEM_CHECKED: "Checked; unchanged",
    Action.ITEM_ADDED: "Taken in",
    Action.ITEM_HANDED: "Handed on",
    Action.ITEM_RECEIVED: "Came into this log with its incident; unchanged",
    Action.DERIVATIVE_MADE: "Copy made",
    Action.DERIVATIVE_CONFIRMED: "Copy confirmed by a second person",
}

_LAST = {
    ItemState.KEPT: "Put into this bundle",
    ItemState.SEALED: "Left out of this bundle: it is sealed",
}


def gather_bundle(
    workspace: Workspace,
    incident_id: IncidentId,
    audience: Audience,
    *,
    version: int,
    made_at: Moment,
    recipient: str,
    crime_reference: str,
) -> BundleContent:
    """Return the content; call it in a transaction, after the export was noted as intended."""
    log = workspace.log
    view = show_incident(workspace, incident_id)
    people = show_people(workspace, incident_id)
    items = read_items(workspace, incident_id)
    copies = _copies(workspace, incident_id)
    hands = tuple(log.handling.of(incident_id))
    names: dict[str, str] = {row.id: row.name for row in log.keyholders.all()}
    pairs = log.custody.about([incident_id, *(item.id for item in (*items, *copies))])
    abouts: dict[str, str] = {incident_id: f"incident {view.incident.number}"}
    abouts |= {item.id: f"exhibit {item.mark}" for item in items}
    abouts |= {item.id: f"copy {item.mark}" for item in copies}
    hate = latest_answers(workspace, incident_id).get(HATE_MOTIVE)
    return BundleContent(
        audience=audience,
        version=version,
        made_at=made_at,
        made_with=workspace.machine.rsplit(", ", 1)[-1],
        organisation=name_on_paper(workspace),
        contact_name=workspace.keyholder.name,
        contact_title=workspace.keyholder.title,
        recipient=recipient,
        crime_reference=crime_reference,
        incident=_with_laws(workspace, view.incident),
        title=view.title,
        hate=hate.answer if hate else "",
        hate_note=hate.note if hate else "",
        people=people.involvements,
        accounts=people.accounts,
        items=items,
        derivatives=copies,
        confirmed={
            item.id: found for item in copies if (found := find_confirmation(workspace, item.id))
        },
        things={
            item.id: show_thing(workspace, item.id)
            for item in items
            if item.kind is ItemKind.THING
        },
        hands=hands,
        statements=tuple(log.evidence.statements(incident_id)),
        contacts=tuple(log.contacts.of(incident_id)),
        chronology=show_chronology(workspace, incident_id),
        continuity=tuple(_continuity((*items, *copies), pairs, names, hands)),
        custody=tuple(
            CustodyLine(
                entry=entry,
                detail=detail,
                about=abouts[entry.subject],
                by=names.get(entry.keyholder, ""),
            )
            for entry, detail in pairs
        ),
        head=log.custody.head(),
        earlier=tuple(
            f"version {row.version}, {say(row.at)}, for {row.recipient or 'the police'}"
            for row in log.bundles.of(incident_id)
        ),
    )


def _with_laws(workspace: Workspace, incident: Incident) -> Incident:
    """Call the laws of the record by what they are called today: on paper an id says nothing."""
    titles = workspace.data.laws.titles(incident.record.laws)
    return replace(incident, record=replace(incident.record, laws=titles))


def _copies(workspace: Workspace, incident_id: IncidentId) -> tuple[EvidenceItem, ...]:
    """Return what was made of the exhibits; they go in as a list alone."""
    every = workspace.log.evidence.items(incident_id)
    return tuple(with_origin(workspace, item) for item in every if item.derived_from)


def _continuity(
    items: Sequence[EvidenceItem],
    pairs: Sequence[Pair],
    names: dict[str, str],
    hands: Sequence[Handling],
) -> Iterator[ContinuityLine]:
    given = {entry.id: entry for entry in hands}
    by_id: dict[str, EvidenceItem] = {item.id: item for item in items}
    for line, words in pairs:
        entry, detail = as_it_was(line, words)
        by, at = names.get(entry.keyholder, ""), Moment.from_text(entry.at)
        told = json.loads(detail.detail) if detail else {}
        item = by_id.get(entry.subject)
        if item is not None:
            what = _what(entry.action, told, item)
            if handed := given.get(str(told.get("handling", ""))):
                at, what = handed.details.at, say_handling(handed.details)
            yield ContinuityLine(mark=item.mark, at=at, by=by, what=what, number=line.number)
    last = pairs[-1][0]
    for item in items:
        if item.derived_from:
            continue
        yield ContinuityLine(
            mark=item.mark,
            at=Moment.from_text(last.at),
            by=names.get(last.keyholder, ""),
            what=_LAST.get(item.state, "Described in this bundle"),
            number=last.number,
        )


def _what(action: Action, told: Told, item: EvidenceItem) -> str:
    """Say in words what was done; what an erasure left empty is said in short."""
    if action in _SAID and told:
        return _SAID[action](told, item)
    return _PLAIN.get(action, action.value.capitalize())


def _checked(told: Told, _item: EvidenceItem) -> str:
    changed = told.get("unchanged") is False
    return "Checked: NOT what was entered" if changed else _PLAIN[Action.ITEM_CHECKED]


def _made(told: Told, item: EvidenceItem) -> str:
    kind = item.kind.value.capitalize()
    return f"{kind} made of {told.get('made_from')}: {told.get('done')}. Why: {told.get('reason')}"


def _confirmed(told: Told, _item: EvidenceItem) -> str:
    return f"Compared with its original, confirmed by {told.get('by')}, {told.get('how')}"


def _exported(told: Told, _item: EvidenceItem) -> str:
    return f"Put into bundle version {told.get('version', '?')} for {told.get('for', '?')}"


def _entered(told: Told, _item: EvidenceItem) -> str:
    fields = told.get("fields")
    named = ", ".join(map(str, fields)) if isinstance(fields, list) else ""
    return f"Details entered: {named.replace('_', ' ')}"


_SAID: dict[Action, Callable[[Told, EvidenceItem], str]] = {
    Action.ITEM_ADDED: lambda _told, item: f"Taken in: {item.method.value}",
    Action.ITEM_CHECKED: _checked,
    Action.ITEM_EXPORTED: _exported,
    Action.DERIVATIVE_MADE: _made,
    Action.DERIVATIVE_CONFIRMED: _confirmed,
    Action.DETAILS_ENTERED: _entered,
}
