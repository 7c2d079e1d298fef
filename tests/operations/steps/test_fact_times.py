"""What ticks a step has the time of the row of the log that made it so."""

from pathlib import Path

import pytest

from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.identifiers import IncidentId, ItemId
from desktop.domain.policy.own_copy import OwnDeadline
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Length
from desktop.operations.evidence.enter_origin import enter_origin
from desktop.operations.evidence.keep_set import new_set
from desktop.operations.evidence.seal_item import seal_item
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.incident.keep_links import end_link, link_incident
from desktop.operations.organisation.keep_own_copy import keep_deadline
from desktop.operations.steps.attach_procedure import attach_procedure
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.operations.steps.read_situation import read_situation
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.evidence_pieces import a_capture, a_no, a_png, an_incident, ignore, never
from tests.logs_on_disk import closing
from tests.operations.moving.moves import a_restricted_log, move, open_restricted

WHY = "Pat saw it, and stopped"


@pytest.fixture
def incident_id(workspace: Workspace) -> IncidentId:
    return an_incident(workspace)


def _step(workspace: Workspace, incident_id: IncidentId, step_id: str) -> StepView:
    views = show_checklists(workspace, incident_id).checklists
    return next(view for one in views for view in one.steps if view.step.id == step_id)


def _in_hours(step_id: str, hours: int) -> OwnDeadline:
    return OwnDeadline(
        id="", step_id=step_id, label="In time", length=Length.HOURS, amount=hours,
        starts="logged_at",
    )  # fmt: skip


def _capture(workspace: Workspace, incident_id: IncidentId, set_id: object = None) -> ItemId:
    return add_picture(
        workspace,
        incident_id,
        a_no(workspace, incident_id),
        a_png(),
        ItemKind.SCREEN_REGION,
        Method.SCREEN_CAPTURE,
        workspace.now(),
        ignore,
        never,
        set_id=set_id,  # type: ignore[arg-type]
    ).item_id


@pytest.mark.parametrize("hours", [1, 3])
def test_sealing_ends_an_own_deadline_and_says_when(
    workspace: Workspace, clock: FrozenClock, hours: int
) -> None:
    keep_deadline(workspace, _in_hours("S9-2", hours))
    item = a_capture(workspace)
    clock.advance(hours=2)
    seal_item(workspace, item.id, WHY, "By e-mail", "Pat, once")
    sealed_at = clock.now()
    attach_procedure(workspace, item.incident_id, "S9", "It came in")
    clock.advance(hours=5)
    step = _step(workspace, item.incident_id, "S9-2")
    assert step.done_at == sealed_at
    (due,) = (one for one in step.deadlines if one.deadline.label == "In time")
    assert due.met_at == sealed_at
    assert (due.late_by is not None) is (hours == 1)
    assert step.was_late is (hours == 1)


def test_where_things_come_from_is_known_with_the_last_of_them(
    workspace: Workspace, clock: FrozenClock, incident_id: IncidentId
) -> None:
    def times() -> dict[str, object]:
        entered = read_situation(workspace, incident_id).entered
        return {name: at for name, at in entered.items() if name.endswith(("known", "noted"))}

    together = new_set()
    first = _capture(workspace, incident_id, together)
    clock.advance(hours=1)
    enter_origin(workspace, first, {"source_url": "https://chatter.example/board/4182"})
    assert times() == {"origins-known": clock.now()}
    clock.advance(hours=1)
    _capture(workspace, incident_id, together)
    assert times() == {"origins-known": clock.now()}, "what joins the set is described with it"
    other = _capture(workspace, incident_id)
    assert times() == {}
    clock.advance(hours=1)
    enter_origin(workspace, other, {"description": "Her profile", "original_kept": "Her phone"})
    described = clock.now()
    assert times() == {"origins-known": described}
    clock.advance(hours=1)
    enter_origin(workspace, first, {"original_kept": "With the platform"})
    assert times() == {"origins-known": described, "sources-noted": clock.now()}
    attach_procedure(workspace, incident_id, "S1", "To keep it")
    assert _step(workspace, incident_id, "S1-4").done_at == described
    assert _step(workspace, incident_id, "S1-7").done_at == clock.now()


def test_a_link_counts_from_the_first_that_stands(
    workspace: Workspace, clock: FrozenClock, incident_id: IncidentId
) -> None:
    others = [an_incident(workspace, name) for name in ("Before", "After")]
    linked = []
    for other in others:
        clock.advance(hours=1)
        link_incident(workspace, other, incident_id, "The same account")
        linked.append(clock.now())
    assert read_situation(workspace, incident_id).entered["incident-linked"] == linked[0]
    end_link(workspace, incident_id, others[0], "Somebody else after all")
    assert read_situation(workspace, incident_id).entered["incident-linked"] == linked[1]
    end_link(workspace, incident_id, others[1], "Somebody else after all")
    assert "incident-linked" not in read_situation(workspace, incident_id).entered


def test_an_incident_is_restricted_since_it_was_moved_or_begun_there(
    workspace: Workspace, clock: FrozenClock, tmp_path: Path
) -> None:
    incident_id = an_incident(workspace)
    attach_procedure(workspace, incident_id, "P04", "It is about a colleague")
    assert _step(workspace, incident_id, "P04-1").done_at is None
    a_restricted_log(tmp_path / "stick")
    clock.advance(hours=3)
    moved_at = clock.now()
    move(workspace, incident_id, tmp_path / "stick")
    with closing(open_restricted(tmp_path / "stick")) as there:
        assert _step(there, incident_id, "P04-1").done_at == moved_at
        begun = an_incident(there, "Another")
        attach_procedure(there, begun, "P04", "It is about a colleague")
        assert _step(there, begun, "P04-1").done_at == there.now() != moved_at
