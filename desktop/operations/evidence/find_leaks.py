"""Looks before anything leaves for who would be shown or named to an audience without need."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass

from desktop.domain.evidence.items import EvidenceItem, ItemState
from desktop.domain.evidence.leaks import Known, Leak, know_person, named_in, seen_in, unsaid
from desktop.domain.identifiers import IncidentId
from desktop.operations.browse_incidents import show_incident
from desktop.operations.evidence.view_evidence import find_item
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.read_people import list_people, show_people
from desktop.operations.steps.read_situation import read_items
from desktop.operations.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakCheck:
    """Who would be shown or named, and the marks of which nobody said who is in them."""

    leaks: tuple[Leak, ...]
    unsaid: tuple[str, ...]

    @property
    def blocking(self) -> tuple[Leak, ...]:
        """People of this incident who are not on the audience's list."""
        return tuple(leak for leak in self.leaks if leak.blocks)


def find_leaks(
    workspace: Workspace,
    incident_id: IncidentId,
    *,
    allowed: frozenset[str],
    item_ids: tuple[str, ...],
    texts: Mapping[str, str],
) -> LeakCheck:
    """Check what is about to leave: these items and texts, for those who may know of `allowed`.

    A bundle for the police may go all the same; for any other audience `blocking` must be empty.
    """
    items = _items(workspace, incident_id, item_ids)
    known = _known(workspace, incident_id)
    return LeakCheck(
        leaks=(*seen_in(items, known, allowed), *named_in(texts, known, allowed)),
        unsaid=unsaid(items),
    )


def find_leaks_to_police(workspace: Workspace, incident_id: IncidentId) -> LeakCheck:
    """Check what a bundle for the police holds: who is in it beside the people of the incident.

    Nothing blocks: the police may have all of it. It is said so that nobody else goes unseen.
    """
    items = read_items(workspace, incident_id)
    involved = show_people(workspace, incident_id).involvements
    return find_leaks(
        workspace,
        incident_id,
        allowed=frozenset(one.person.id for one in involved),
        item_ids=tuple(item.id for item in items),
        texts=_texts_of_bundle(workspace, incident_id, items),
    )


def _texts_of_bundle(
    workspace: Workspace, incident_id: IncidentId, items: tuple[EvidenceItem, ...]
) -> dict[str, str]:
    record = show_incident(workspace, incident_id).incident.record
    contacts = workspace.log.contacts.of(incident_id)
    lines = show_chronology(workspace, incident_id)
    return {
        "the summary": _words(astuple(record)),
        "the chronology": "\n".join(line.text for line in lines),
        "the contacts": "\n".join(_words(astuple(entry.details)) for entry in contacts),
        "the exhibit list": "\n".join(_words(astuple(item.origin)) for item in items),
    }


def _words(values: tuple[object, ...]) -> str:
    return "\n".join(value for value in values if isinstance(value, str))


def _items(
    workspace: Workspace, incident_id: IncidentId, item_ids: tuple[str, ...]
) -> tuple[EvidenceItem, ...]:
    return tuple(
        find_item(workspace, item.id)
        for item in workspace.log.evidence.items(incident_id)
        if item.id in item_ids and item.state is ItemState.KEPT
    )


def _known(workspace: Workspace, incident_id: IncidentId) -> tuple[Known, ...]:
    view = show_people(workspace, incident_id)
    here = {one.person.id: one.person for one in view.involvements}
    accounts = list(view.accounts)
    others = [line.person for line in list_people(workspace) if line.person.id not in here]
    return (
        *(know_person(person, accounts) for person in here.values()),
        *(know_person(person, of_incident=False) for person in others),
    )
