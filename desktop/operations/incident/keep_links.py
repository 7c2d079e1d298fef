"""Says which incidents belong together, and why; finds those that may."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.calendar.times import Moment
from desktop.domain.changes import Changes, Topic, changed
from desktop.domain.chronology import EntryKind
from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.identifiers import IncidentId, PersonId
from desktop.domain.incidents import IncidentStatus
from desktop.domain.links import Link, LinkState, standing_links
from desktop.domain.log.custody import Action
from desktop.operations.find_incident import find_incident
from desktop.operations.workspace import Workspace
from desktop.operations.write_line import write_line
from desktop.store.incident_table import IncidentRow

_WORDS: dict[LinkState, str] = {
    LinkState.LINKED: "Linked with",
    LinkState.ENDED: "No longer linked with",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherIncident:
    """Another incident of the log: what helps to know it again.

    `happened` is when it began as far as somebody entered it, else when it was logged. `people`
    are the names in it, `shared` those that are in both. `reason` is why it is linked, '' if not.
    """

    id: IncidentId
    number: str
    title: str
    status: IncidentStatus
    happened: Moment
    is_logged_time: bool
    people: tuple[str, ...]
    shared: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksView:
    """The linked incidents in time order, and the others: first those with the same people.

    `own` is the incident itself, as the others are shown.
    """

    own: OtherIncident
    linked: tuple[OtherIncident, ...]
    others: tuple[OtherIncident, ...]


def link_incident(
    workspace: Workspace, incident_id: IncidentId, other_id: IncidentId, reason: str
) -> Changes:
    """Say that two incidents belong together; it counts for both. Raises NotAllowed."""
    if incident_id == other_id:
        raise NotAllowed("an incident is not linked with itself")
    if any(link.other_than(incident_id) == other_id for link in _standing(workspace, incident_id)):
        raise NotAllowed("these incidents are linked already")
    return _say(workspace, incident_id, other_id, LinkState.LINKED, reason)


def end_link(
    workspace: Workspace, incident_id: IncidentId, other_id: IncidentId, reason: str
) -> Changes:
    """Say that two incidents do not belong together after all; what was said before stays.

    Raises NotFound.
    """
    if not any(
        link.other_than(incident_id) == other_id for link in _standing(workspace, incident_id)
    ):
        raise NotFound("link")
    return _say(workspace, incident_id, other_id, LinkState.ENDED, reason)


def show_links(workspace: Workspace, incident_id: IncidentId) -> LinksView:
    """Return what is linked with an incident, and what may be."""
    find_incident(workspace, incident_id)
    people, began = _people(workspace), _began(workspace)
    reasons = {
        link.other_than(incident_id): link.reason for link in _standing(workspace, incident_id)
    }
    gone = {row.incident_id for row in workspace.log.tombstones.all()}
    near = people.get(incident_id, {})
    found = {
        row.id: _other(
            row, people.get(row.id, {}), near, began.get(row.id), reasons.get(row.id, "")
        )
        for row in workspace.log.incidents.all()
        if row.id not in gone
    }
    own = found.pop(incident_id)
    linked = [one for one in found.values() if one.id in reasons]
    others = [one for one in found.values() if one.id not in reasons]
    return LinksView(
        own=own,
        linked=tuple(sorted(linked, key=lambda one: one.happened.utc)),
        others=tuple(sorted(others, key=lambda one: not one.shared)),
    )


def ever_linked(workspace: Workspace, incident_id: IncidentId) -> tuple[str, ...]:
    """Return the numbers of all that were ever linked with it: their chronology says so."""
    numbers = {row.id: row.number for row in workspace.log.incidents.all()}
    found = {link.other_than(incident_id) for link in workspace.log.links.of(incident_id)}
    return tuple(sorted(numbers[one] for one in found))


def _say(
    workspace: Workspace,
    incident_id: IncidentId,
    other_id: IncidentId,
    state: LinkState,
    reason: str,
) -> Changes:
    if not reason.strip():
        raise ReasonNeeded("link")
    rows = {one: find_incident(workspace, one) for one in (incident_id, other_id)}
    at = workspace.now()
    link = Link(
        id=workspace.new_id(),
        incident_id=incident_id,
        other_id=other_id,
        state=state,
        reason=reason.strip(),
        at=at,
        by=workspace.keyholder.name,
    )
    with workspace.log.transaction():
        workspace.log.links.insert(link)
        for one, other in ((incident_id, other_id), (other_id, incident_id)):
            text = f"{_WORDS[state]} incident {rows[other].number}, because {reason.strip()}"
            write_line(workspace, one, EntryKind.DECISION, at, text)
            workspace.note(
                Action.INCIDENT_LINKED,
                one,
                at,
                other=rows[other].number,
                state=state.value,
                reason=reason.strip(),
            )
    return changed(Topic.INCIDENT, Topic.CHECKLIST, Topic.CHRONOLOGY)


def _standing(workspace: Workspace, incident_id: IncidentId) -> tuple[Link, ...]:
    return standing_links(incident_id, workspace.log.links.of(incident_id))


def _people(workspace: Workspace) -> dict[IncidentId, dict[PersonId, str]]:
    """Return who is in each incident, with the name as it is now; the nameless have ''."""
    names = workspace.log.fields.current_of("name")
    found: dict[IncidentId, dict[PersonId, str]] = {}
    for row in workspace.log.people.involvements():
        found.setdefault(row.incident_id, {})[row.person_id] = names.get(row.person_id, "")
    return found


def _began(workspace: Workspace) -> dict[str, Moment]:
    """Return when each incident began, else when somebody became aware, as far as entered."""
    found: dict[str, Moment] = {}
    for name in ("became_aware_at", "occurred_from"):
        entered = workspace.log.fields.current_of(name)
        found.update((one, Moment.from_text(text)) for one, text in entered.items() if text)
    return found


def _other(
    row: IncidentRow,
    people: Mapping[PersonId, str],
    near: Mapping[PersonId, str],
    began: Moment | None,
    reason: str = "",
) -> OtherIncident:
    return OtherIncident(
        id=row.id,
        number=row.number,
        title=row.title,
        status=row.status,
        happened=began or row.logged_at,
        is_logged_time=began is None,
        people=tuple(name for name in people.values() if name),
        shared=tuple(name for person, name in people.items() if name and person in near),
        reason=reason,
    )
