"""A window is still open on an incident that was moved away: nothing typed there comes back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.changes import Changes
from desktop.domain.errors import NotFound, RecordMoved
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.operations.incident.keep_links import link_incident, show_links
from desktop.operations.incident.keep_worksheets import (
    keep_typed,
    open_worksheet,
    submit_worksheet,
)
from desktop.operations.incident.record_incident import save_draft, start_incident
from desktop.operations.steps.attach_procedure import attach_procedure, end_procedure
from desktop.operations.steps.follow_checklist import record_step
from desktop.operations.steps.take_newer_version import take_newer_version
from desktop.operations.workspace import Workspace
from tests.operations.moving.moves import a_restricted_log, an_open_case, move

LATE = "typed too late"


@pytest.fixture
def gone(workspace: Workspace, tmp_path: Path) -> IncidentId:
    incident_id = an_open_case(workspace, tmp_path)
    a_restricted_log(tmp_path / "stick")
    move(workspace, incident_id, tmp_path / "stick")
    return incident_id


def left(workspace: Workspace, incident_id: IncidentId) -> object:
    log = workspace.log
    return (log.incidents.get(incident_id), log.drafts.of(incident_id), log.custody.head())


def test_what_is_still_being_typed_leaves_nothing(workspace: Workspace, gone: IncidentId) -> None:
    before = left(workspace, gone)
    for name in ("first_account", "title", "form.step.P04-1", "place"):
        save_draft(workspace, gone, name, LATE)
    keep_typed(workspace, gone, "ceop", {"what": LATE})
    assert left(workspace, gone) == before


def test_every_form_that_is_still_open_is_told_that_it_is_gone(
    workspace: Workspace, gone: IncidentId
) -> None:
    other = start_incident(workspace, "Another").incident_id
    at = workspace.now()
    ways: tuple[Callable[[], object], ...] = (
        lambda: attach_procedure(workspace, gone, "P04", LATE),
        lambda: link_incident(workspace, gone, other, LATE),
        lambda: link_incident(workspace, other, gone, LATE),
        lambda: show_links(workspace, gone),
        lambda: open_worksheet(workspace, gone, "ceop"),
        lambda: submit_worksheet(workspace, gone, "ceop", {"what": LATE}, at=at),
    )
    before = left(workspace, gone)
    for way in ways:
        with pytest.raises(RecordMoved):
            way()
    assert left(workspace, gone) == before


def test_a_checklist_that_went_along_is_found_no_more(
    workspace: Workspace, tmp_path: Path
) -> None:
    incident_id = an_open_case(workspace, tmp_path)
    checklist_id = workspace.log.checklists.of(incident_id)[0].id
    a_restricted_log(tmp_path / "stick")
    move(workspace, incident_id, tmp_path / "stick")
    ways: tuple[Callable[[], Changes], ...] = (
        lambda: record_step(workspace, checklist_id, "P00-1", StepState.DONE),
        lambda: end_procedure(workspace, checklist_id, LATE),
        lambda: take_newer_version(workspace, checklist_id, LATE),
    )
    for way in ways:
        with pytest.raises(NotFound):
            way()
