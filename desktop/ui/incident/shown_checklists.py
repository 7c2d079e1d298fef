"""What the checklist panel shows of an incident, read in one go."""

from dataclasses import dataclass

from desktop.domain.identifiers import ChecklistId, IncidentId
from desktop.operations.browse_incidents import show_incident
from desktop.operations.incident.keep_contacts import list_contacts
from desktop.operations.incident.keep_worksheets import list_submitted
from desktop.operations.steps.answer_triage import TriageView, show_triage
from desktop.operations.steps.follow_checklist import ChecklistsView, show_checklists
from desktop.operations.steps.show_policy_words import PolicyWords, show_policy_words
from desktop.operations.steps.take_newer_version import newer_version
from desktop.operations.workspace import Workspace
from desktop.ui.incident.step_context import StepContext, context_of


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the panel shows; `newer` are the checklists that could go on in a newer version."""

    checklists: ChecklistsView
    triage: TriageView
    drafts: dict[str, str]
    words: PolicyWords
    newer: frozenset[ChecklistId]
    context: StepContext


def read_shown(workspace: Workspace, incident_id: IncidentId) -> Shown:
    """Read it on the thread of the log."""
    checklists = show_checklists(workspace, incident_id)
    contacts = list_contacts(workspace, incident_id)
    return Shown(
        checklists=checklists,
        triage=show_triage(workspace, incident_id),
        drafts=show_incident(workspace, incident_id).drafts,
        words=show_policy_words(workspace, incident_id),
        newer=frozenset(
            each.checklist.id
            for each in checklists.checklists
            if newer_version(workspace, each.checklist.id)
        ),
        context=context_of(checklists, contacts, list_submitted(workspace, incident_id)),
    )
