"""Gathers everything of one incident that steps, rules and clocks depend on."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from desktop.domain.evidence.items import ORIGIN_FIELDS, EvidenceItem, Origin
from desktop.domain.identifiers import IncidentId
from desktop.domain.links import standing_links
from desktop.domain.policy.own_copy import ROLE_TITLES, STRICTEST
from desktop.domain.steps.checklist_records import Checklist, TriageAnswer
from desktop.domain.steps.facts import Running, Situation
from desktop.domain.steps.procedure_text import read_kept_procedure
from desktop.domain.steps.procedures import Procedure
from desktop.operations.browse_incidents import show_incident
from desktop.operations.read_people import show_people
from desktop.operations.steps.in_force import own_copy, titles
from desktop.operations.steps.read_times import read_times
from desktop.operations.workspace import Workspace

_DSL = "DSL"


def read_situation(workspace: Workspace, incident_id: IncidentId) -> Situation:
    """Return the incident with its answers, items, contacts, people and running checklists."""
    log = workspace.log
    own = own_copy(workspace)
    checklists, sheets = log.checklists.of(incident_id), log.worksheets.of(incident_id)
    items = read_items(workspace, incident_id)
    links = standing_links(incident_id, log.links.of(incident_id))
    return Situation(
        incident=show_incident(workspace, incident_id).incident,
        answers=latest_answers(workspace, incident_id),
        items=items,
        contacts=tuple(log.contacts.of(incident_id)),
        people=show_people(workspace, incident_id).involvements,
        statements=tuple(log.evidence.statements(incident_id)),
        running=tuple(
            Running(procedure=pinned_procedure(workspace, checklist), checklist=checklist)
            for checklist in checklists
        ),
        leads=_leads(workspace),
        policies=frozenset(workspace.data.policy(policy_of(checklists)).sources),
        switches=own.switches,
        all_switches=workspace.data.switches.ids,
        submitted=frozenset(sheet.worksheet_id for sheet in sheets),
        entered=read_times(workspace, incident_id, items=items, sheets=sheets, links=links),
        linked=bool(links),
        restricted=workspace.restricted,
        osc_is_dsl=own.osc_is_dsl,
        calendar=own.calendar,
    )


def _leads(workspace: Workspace) -> frozenset[str]:
    """Return who is the DSL: whoever fills the role, and each keyholder of that title."""
    names = {own_copy(workspace).role(_DSL).holder}
    called = {_DSL.casefold(), ROLE_TITLES[_DSL].casefold(), titles(workspace)[_DSL].casefold()}
    for one in workspace.log.keyholders.all():
        if one.title.strip().casefold() in called:
            names.add(one.name)
    return frozenset(names - {""})


def policy_of(checklists: Iterable[Checklist]) -> str:
    """Return the policy under which the incident began: a later choice changes no clock of it."""
    return next((one.policy for one in checklists if one.policy), STRICTEST)


def latest_answers(workspace: Workspace, incident_id: IncidentId) -> dict[str, TriageAnswer]:
    """Return the answer that counts for each triage question."""
    answers = workspace.log.checklists.answers(incident_id)
    return {answer.question: answer for answer in answers}


def read_items(workspace: Workspace, incident_id: IncidentId) -> tuple[EvidenceItem, ...]:
    """Return the items of an incident with what is known of their origin."""
    return tuple(
        with_origin(workspace, item) for item in workspace.log.evidence.exhibits(incident_id)
    )


def with_origin(workspace: Workspace, item: EvidenceItem) -> EvidenceItem:
    """Return the item with its origin, as entered so far; what its set has counts for it too."""
    own = workspace.log.fields.current(item.id)
    shared = workspace.log.fields.current(item.set_id) if item.set_id else {}
    values = {name: own.get(name) or shared.get(name, "") for name in ORIGIN_FIELDS}
    origin = Origin(**values)
    return replace(item, origin=origin)


def pinned_procedure(workspace: Workspace, checklist: Checklist) -> Procedure:
    """Return the procedure in the text that the checklist started with, under its label."""
    text = workspace.log.checklists.version_text(checklist.procedure_id, checklist.version)
    return _read_kept(text, checklist.procedure_id, checklist.version)


@lru_cache(maxsize=256)
def _read_kept(text: str, procedure_id: str, version: str) -> Procedure:
    return replace(read_kept_procedure(text, f"{procedure_id}.toml"), version=version)
