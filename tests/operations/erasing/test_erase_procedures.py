"""What was done with procedures goes with an erased record: sent worksheets, reasons, versions."""

from pathlib import Path

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.operations.incident.keep_links import show_links
from desktop.operations.incident.keep_worksheets import keep_typed
from desktop.operations.incident.record_incident import close_incident, reopen_incident
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.steps.in_force import own_copy
from desktop.operations.workspace import Workspace
from tests.operations.erasing.erasures import CANARY, Case, case, erase, pages, word
from tests.operations.story_check import check_fits
from tests.operations.story_procedures import POLICY, ProcedureDeeds
from tests.workspaces import close_workspace

__all__ = ["case"]


def follow(workspace: Workspace, incident_id: IncidentId, other_id: IncidentId) -> None:
    """Send a worksheet and begin another, leave a step out, end a procedure, take a newer one."""
    reopen_incident(workspace, incident_id, word("goes on"))
    deeds = ProcedureDeeds(Path(), CANARY, lambda *_told: None)
    deeds.send_worksheet(workspace, incident_id)
    keep_typed(workspace, incident_id, "ceop", {"what": word("half typed")})
    deeds.end_one(workspace, incident_id)
    # What the organisation says of itself stays.
    ours = ProcedureDeeds(Path(), "ours", lambda *_told: None)
    ours.fill_in_own_copy(workspace)
    ours.add_own_step(workspace)
    ours.link(workspace, incident_id, other_id)
    deeds.take_newer(workspace, incident_id)
    view = show_checklists(workspace, incident_id).next_step
    assert view
    record_step(
        workspace, view.checklist_id, view.step.id, StepState.NOT_POSSIBLE, reason=word("reason")
    )
    close_incident(
        workspace, incident_id, outcome=word("outcome"), control_measure=word("measure")
    )


def test_nothing_of_worksheets_steps_and_reasons_is_left_in_any_page(
    workspace: Workspace, case: Case, tmp_path: Path
) -> None:
    follow(workspace, case.incident_id, case.other_id)
    assert erase(workspace, case.incident_id).is_cleared
    check_fits(workspace)
    own = own_copy(workspace)
    assert own.policy_id == POLICY
    assert own.steps
    assert show_links(workspace, case.other_id).linked == ()
    close_workspace(workspace)
    left = pages(tmp_path / "log")
    assert b"Tell the team of ours" in left
    assert CANARY.encode() not in left
