"""What may be lost first follows what is known of the incident."""

from desktop.operations.incident.record_incident import enter_fields
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.show_vanishing import show_vanishing
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import an_incident
from tests.workspaces import own_data


def test_where_nothing_is_known_all_of_it_is_named(workspace: Workspace) -> None:
    assert show_vanishing(workspace, None) == own_data().vanishing
    assert show_vanishing(workspace, an_incident(workspace)) == own_data().vanishing


def test_platform_and_place_narrow_it(workspace: Workspace) -> None:
    incident_id = an_incident(workspace)
    answer_triage(workspace, incident_id, {"T8": "private+site"})
    placed = show_vanishing(workspace, incident_id)
    enter_fields(workspace, incident_id, {"platforms": ("E-mail",)})
    mailed = show_vanishing(workspace, incident_id)
    assert len(own_data().vanishing) > len(placed)
    assert "Messages set to disappear" in [one.what for one in placed]
    assert "Mail in the deleted items or the junk folder" in [one.what for one in mailed]
    assert "Stories and statuses" not in [one.what for one in mailed]
