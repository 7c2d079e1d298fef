"""A rule that is turned on reaches the incidents that are open already."""

from desktop.domain.changes import Topic
from desktop.domain.identifiers import IncidentId
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.organisation.keep_own_copy import turn_switch
from desktop.operations.steps.attach_procedure import end_procedure
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.operations.workspace import Workspace


def _running(workspace: Workspace, incident_id: IncidentId) -> set[str]:
    checklists = show_checklists(workspace, incident_id).checklists
    return {one.procedure.id for one in checklists if not one.checklist.ended_reason}


def test_it_joins_the_open_incidents_at_once(workspace: Workspace) -> None:
    first, second = (start_incident(workspace, title=str(one)).incident_id for one in (1, 2))
    changes = turn_switch(workspace, "funder-24h", on=True, reason="Contract, clause 4.2")
    assert "P16" in _running(workspace, first)
    assert "P16" in _running(workspace, second)
    assert changes.touch(first, Topic.CHECKLIST)
    assert changes.touch(second, Topic.CHRONOLOGY)


def test_turned_off_it_ends_nothing_and_on_again_it_joins_where_it_was_ended(
    workspace: Workspace,
) -> None:
    incident_id = start_incident(workspace, title="Messages").incident_id
    turn_switch(workspace, "funder-24h", on=True, reason="Contract, clause 4.2")
    turn_switch(workspace, "funder-24h", on=False, reason="The contract ended")
    (view,) = (
        one
        for one in show_checklists(workspace, incident_id).checklists
        if one.procedure.id == "P16"
    )
    assert not view.checklist.ended_reason
    end_procedure(workspace, view.checklist.id, "The contract ended in October")
    turn_switch(workspace, "csa-duty", on=True, reason="Asked the council")
    assert "P16" not in _running(workspace, incident_id)
    turn_switch(workspace, "funder-24h", on=True, reason="The new contract asks for it too")
    assert "P16" in _running(workspace, incident_id)
