"""What the organisation entered goes into a log that has nothing of its own, and only there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.log.custody import Action
from desktop.domain.policy.own_copy import Centre, OwnContact
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.moving.carry_own_copy import read_carried, take_over
from desktop.operations.organisation.keep_organisation import (
    change_childrens_services,
    show_organisation,
)
from desktop.operations.organisation.keep_own_copy import (
    choose_policy,
    drop_centre,
    keep_centre,
    keep_contact,
    keep_deadline,
    keep_step,
)
from desktop.operations.organisation.keep_standing import record_standing, show_standing
from desktop.operations.steps.in_force import own_copy
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.logs_on_disk import closing
from tests.operations.moving.moves import a_restricted_log, move, open_restricted
from tests.organisation_scenes import DEADLINE, STEP
from tests.workspaces import close_workspace, make_workspace


@pytest.fixture
def other(
    workspace: Workspace, clock: FrozenClock, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """Open a restricted log beside the usual one."""
    folder = tmp_path_factory.mktemp("other") / "log"
    made = make_workspace(folder, clock, workspace.procedures, restricted=True)
    yield made
    close_workspace(made)


def _fill(workspace: Workspace) -> None:
    choose_policy(workspace, "training-provider")
    keep_contact(
        workspace,
        OwnContact(id="", recipient=Recipient.LADO, label="LADO", address="01632 960 001"),
    )
    keep_centre(workspace, Centre(id="", name="North"))
    change_childrens_services(workspace, "01632 960 004")


def test_an_empty_log_takes_all_of_it(workspace: Workspace, other: Workspace) -> None:
    _fill(workspace)
    before = other.log.custody.head()
    assert take_over(other, read_carried(workspace)) == 4
    assert own_copy(other) == own_copy(workspace)
    assert show_organisation(other).childrens_services == "01632 960 004"
    assert before is not None
    (entry,) = [one for one, _detail in other.log.custody.walk(before.number)]
    assert entry.action is Action.ORGANISATION_CHANGED


def test_a_deadline_never_lands_on_another_step_of_the_same_id(
    workspace: Workspace, other: Workspace
) -> None:
    keep_step(workspace, replace(STEP, title="Ring the centre"))
    keep_deadline(workspace, DEADLINE)
    keep_deadline(workspace, replace(DEADLINE, step_id="P00-4"))
    keep_step(other, replace(STEP, title="Ask the chair"))
    take_over(other, read_carried(workspace))
    own = own_copy(other)
    assert [one.title for one in own.steps] == ["Ask the chair"]
    assert [one.step_id for one in own.deadlines] == ["P00-4"]


def test_standing_work_stays_on_record_where_it_was_done(
    workspace: Workspace, other: Workspace
) -> None:
    work = show_standing(workspace)[0]
    record_standing(workspace, work.steps[0].step.id, "Looked through all of it.", checked_by="Jo")
    _fill(workspace)
    assert take_over(other, read_carried(workspace)) == 4
    assert not any(one.entry for work in show_standing(other) for one in work.steps)


def test_what_was_entered_there_stays(workspace: Workspace, other: Workspace) -> None:
    _fill(workspace)
    choose_policy(other, "strictest")
    change_childrens_services(other, "1")
    take_over(other, read_carried(workspace))
    assert own_copy(other).policy_id == "strictest"
    assert show_organisation(other).childrens_services == "1"
    assert sum(one.recipient is Recipient.CSC for one in own_copy(other).contacts) == 1
    (centre,) = own_copy(other).centres
    drop_centre(other, centre.id)
    assert take_over(other, read_carried(workspace)) == 0
    assert own_copy(other).centres == ()


def test_nothing_entered_leaves_no_trace(workspace: Workspace, other: Workspace) -> None:
    before = other.log.custody.head()
    assert take_over(other, read_carried(workspace)) == 0
    assert other.log.custody.head() == before
    change_childrens_services(workspace, "1")
    assert take_over(other, read_carried(workspace)) == 1
    assert show_organisation(other).childrens_services == "1"


def test_it_goes_along_with_an_incident_that_moves(workspace: Workspace, tmp_path: Path) -> None:
    _fill(workspace)
    one = start_incident(workspace, title="Messages at night").incident_id
    there = tmp_path / "stick"
    a_restricted_log(there)
    move(workspace, one, there)
    with closing(open_restricted(there)) as restricted:
        assert own_copy(restricted) == own_copy(workspace)
        assert show_organisation(restricted).childrens_services == "01632 960 004"
