"""What the organisation enters: kept with who and when, in force at once, pinned where it runs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.calendar.bank_holidays import Nation
from desktop.domain.changes import Changes, Topic
from desktop.domain.errors import NotFound, NotPermitted, OwnEntryUnfit, ReasonNeeded
from desktop.domain.log.custody import Action
from desktop.domain.log.roles import KeyholderRole
from desktop.domain.policy.own_copy import (
    ApprovedAccount,
    Centre,
    FreeDay,
    OwnDeadline,
    OwnRole,
)
from desktop.domain.steps.procedure_text import parse_procedure
from desktop.domain.steps.procedures import Length, Procedure
from desktop.operations.moving.carry_own_copy import read_carried, take_over
from desktop.operations.organisation.keep_own_copy import (
    check_account,
    choose_nation,
    choose_policy,
    choose_weekdays,
    drop_centre,
    drop_deadline,
    drop_free_day,
    drop_step,
    keep_account,
    keep_centre,
    keep_deadline,
    keep_free_day,
    keep_role,
    keep_step,
    say_osc_is_dsl,
    turn_switch,
)
from desktop.operations.organisation.show_own_copy import read_drafts, show_own_copy
from desktop.operations.steps.in_force import (
    look_at_procedures,
    own_copy,
    policy_in_force,
    procedures_in_force,
    titles,
)
from desktop.operations.workspace import Workspace
from desktop.store.organisation_table import OrganisationRow
from tests.clocks import FrozenClock
from tests.own_steps import STEP
from tests.ui.small_procedures import small_procedures
from tests.workspaces import close_workspace, make_workspace

DEADLINE = OwnDeadline(
    id="",
    step_id="P02-4",
    label="Police",
    length=Length.HOURS,
    amount=4,
    starts="became_aware_at",
)
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    """Return three small procedures, whose wording no test hangs on."""
    return small_procedures()


def _latest(workspace: Workspace) -> dict[str, str]:
    *_, (entry, detail) = workspace.log.custody.walk()
    assert entry.action is Action.ORGANISATION_CHANGED
    assert detail
    told: dict[str, str] = json.loads(detail.detail)
    return told


def _is_told(changes: Changes) -> bool:
    return changes.touch(None, Topic.ORGANISATION)


def test_the_policy_that_is_chosen_is_in_force(workspace: Workspace) -> None:
    assert not own_copy(workspace).policy_chosen
    assert policy_in_force(workspace).id == "strictest"
    assert _is_told(choose_policy(workspace, "training-provider"))
    assert own_copy(workspace).policy_chosen
    assert policy_in_force(workspace).id == "training-provider"
    assert _latest(workspace)["value"] == "training-provider"


def test_a_policy_that_is_not_there_is_refused(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        choose_policy(workspace, "nobody's")
    assert not own_copy(workspace).policy_chosen


def test_a_role_is_called_as_entered_else_as_the_policy_says(workspace: Workspace) -> None:
    choose_policy(workspace, "training-provider")
    assert titles(workspace)["CHAMPION"] == policy_in_force(workspace).title_of("CHAMPION")
    assert titles(workspace)["LINE-MGR"] == "Line manager"
    keep_role(workspace, OwnRole(role="CHAMPION", title="Governor", holder="Jo Field"))
    assert titles(workspace)["CHAMPION"] == "Governor"
    keep_role(workspace, OwnRole(role="CHAMPION"))
    assert own_copy(workspace).roles == ()


def test_the_coordinator_may_be_somebody_else(workspace: Workspace) -> None:
    say_osc_is_dsl(workspace, same=False)
    assert not own_copy(workspace).osc_is_dsl
    say_osc_is_dsl(workspace, same=True)
    assert own_copy(workspace).osc_is_dsl


def test_a_step_of_ours_runs_in_its_procedure(workspace: Workspace) -> None:
    assert procedures_in_force(workspace) is workspace.procedures
    keep_step(workspace, STEP)
    procedure = procedures_in_force(workspace)["P02"]
    assert [step.id for step in procedure.steps][:3] == ["P02-1", "P02-901", "P02-2"]
    assert procedure.version == "1, ours 1"
    assert procedures_in_force(workspace)["P00"] is workspace.procedures["P00"]


def test_every_change_has_a_version_of_its_own(workspace: Workspace) -> None:
    keep_step(workspace, STEP)
    keep_deadline(workspace, DEADLINE)
    seen = {procedures_in_force(workspace)["P02"].version}
    (step,) = own_copy(workspace).steps
    keep_step(workspace, replace(step, title="Ring the head of the centre"))
    seen.add(procedures_in_force(workspace)["P02"].version)
    drop_step(workspace, step.id, "No longer")
    seen.add(procedures_in_force(workspace)["P02"].version)
    assert len(seen) == 3
    assert own_copy(workspace).steps == ()


def test_a_dropped_step_takes_its_deadlines_along_and_its_id_never_comes_back(
    workspace: Workspace,
) -> None:
    keep_step(workspace, STEP)
    keep_deadline(workspace, replace(DEADLINE, step_id="P02-901"))
    keep_deadline(workspace, DEADLINE)
    drop_step(workspace, "P02-901", "No longer")
    (left,) = own_copy(workspace).deadlines
    assert left.step_id == "P02-4"
    keep_step(workspace, STEP)
    assert own_copy(workspace).steps[0].id == "P02-902"


def test_a_deadline_of_ours_joins_its_step(workspace: Workspace) -> None:
    keep_deadline(workspace, DEADLINE)
    keep_deadline(workspace, replace(DEADLINE, label="Once more"))
    first, second = own_copy(workspace).deadlines
    assert (first.id, second.id) == ("P02-4/1", "P02-4/2")
    keep_deadline(workspace, replace(first, amount=6))
    labels = [one.label for one in procedures_in_force(workspace)["P02"].step("P02-4").deadlines]
    assert labels == ["Police", "Once more"]
    drop_deadline(workspace, first.id, "Not needed")
    assert own_copy(workspace).deadlines == (second,)


def test_a_deadline_of_ours_never_replaces_one_that_was_taken_over(
    workspace: Workspace, clock: FrozenClock, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("other") / "log"
    other = make_workspace(folder, clock, workspace.procedures, restricted=True)
    keep_deadline(workspace, DEADLINE)
    keep_deadline(workspace, replace(DEADLINE, label="Carried"))
    drop_deadline(workspace, "P02-4/1", "Not needed")
    take_over(other, read_carried(workspace))
    keep_deadline(other, replace(DEADLINE, label="Added there"))
    labels = {one.id: one.label for one in own_copy(other).deadlines}
    assert labels == {"P02-4/2": "Carried", "P02-4/3": "Added there"}
    close_workspace(other)


def test_what_cannot_run_is_refused_and_nothing_is_kept(workspace: Workspace) -> None:
    with pytest.raises(OwnEntryUnfit):
        keep_step(workspace, replace(STEP, title=""))
    with pytest.raises(OwnEntryUnfit):
        keep_deadline(workspace, replace(DEADLINE, amount=0))
    calls: tuple[Callable[[], object], ...] = (
        lambda: keep_step(workspace, replace(STEP, procedure_id="P77")),
        lambda: keep_deadline(workspace, replace(DEADLINE, step_id="P77-1")),
        lambda: drop_step(workspace, "P02-901", "Because"),
        lambda: drop_deadline(workspace, "P02-4/1", "Because"),
        lambda: check_account(workspace, "none"),
    )
    for call in calls:
        with pytest.raises(NotFound):
            call()
    assert workspace.log.organisation.current() == []


def test_taking_out_and_switching_need_a_reason(workspace: Workspace) -> None:
    keep_step(workspace, STEP)
    keep_deadline(workspace, DEADLINE)
    calls: tuple[Callable[[], object], ...] = (
        lambda: drop_step(workspace, "P02-901", " "),
        lambda: drop_deadline(workspace, "P02-4/1", ""),
        lambda: turn_switch(workspace, "csa-duty", on=True, reason=" "),
        lambda: choose_weekdays(workspace, ()),
    )
    for call in calls:
        with pytest.raises(ReasonNeeded):
            call()


def test_what_no_longer_fits_is_left_out_and_named(workspace: Workspace) -> None:
    """The program was renewed, and a step that ours stood on is gone."""
    keep_step(workspace, STEP)
    keep_step(workspace, replace(STEP, procedure_id="P00", follows="P00-1"))
    keep_deadline(workspace, DEADLINE)
    keep_deadline(workspace, replace(DEADLINE, step_id="P02-901"))
    keep_step(workspace, replace(STEP, title="Hide it", removes=True))
    text = workspace.procedures["P02"].source.replace('acts = ["capture"]', 'acts = ["note"]')
    text = text.replace("removes = true", "removes = false").replace('"P02-4"', '"P02-44"')
    renewed = {"P02": parse_procedure(text, "P02.toml")}
    here = look_at_procedures(replace(workspace, procedures=renewed))
    assert sorted(one.id for one in here.misfits) == ["P00-901", "P02-4/1", "P02-902"]
    ids = [step.id for step in here.procedures["P02"].steps if step.local]
    assert ids == ["P02-901"]
    assert [one.id for one in here.procedures["P02"].step("P02-901").deadlines] == ["P02-901/1"]


def test_what_no_longer_fits_stands_in_nobodys_way(workspace: Workspace) -> None:
    """A deadline starts with a step of ours that is taken out: it can be put right, or left."""
    keep_step(workspace, STEP)
    keep_deadline(workspace, replace(DEADLINE, starts="P02-901"))
    drop_step(workspace, "P02-901", "No longer")
    (unfit,) = look_at_procedures(workspace).misfits
    assert unfit.id == "P02-4/1"
    keep_step(workspace, STEP)
    keep_deadline(workspace, replace(DEADLINE, label="Another"))
    assert look_at_procedures(workspace).misfits == (unfit,)
    keep_deadline(workspace, replace(DEADLINE, id=unfit.id))
    assert look_at_procedures(workspace).misfits == ()


def test_working_days_are_chosen(workspace: Workspace) -> None:
    choose_nation(workspace, Nation.SCOTLAND)
    choose_weekdays(workspace, (0, 1, 2))
    closed = FreeDay(day=date(2026, 12, 29), name="Closed", proclaimed=False)
    keep_free_day(workspace, closed)
    own = own_copy(workspace)
    assert own.calendar.nation is Nation.SCOTLAND
    assert sorted(own.calendar.for_local.weekdays) == [0, 1, 2]
    assert own.free_days == (closed,)
    drop_free_day(workspace, closed.day)
    assert own_copy(workspace).free_days == ()


def test_a_centre_without_a_name_is_refused(workspace: Workspace) -> None:
    with pytest.raises(OwnEntryUnfit):
        keep_centre(workspace, Centre(id="", name=" "))
    assert own_copy(workspace).centres == ()


def test_centres_are_kept(workspace: Workspace) -> None:
    keep_centre(workspace, Centre(id="", name="North"))
    (north,) = own_copy(workspace).centres
    keep_centre(workspace, replace(north, name="North and west"))
    assert [one.name for one in own_copy(workspace).centres] == ["North and west"]
    drop_centre(workspace, north.id)
    assert own_copy(workspace).centres == ()


def test_an_account_is_kept_and_looked_at(workspace: Workspace) -> None:
    keep_account(workspace, ApprovedAccount(id="", platform="Site", address="example.org"))
    (account,) = own_copy(workspace).accounts
    assert account.is_old(TODAY)
    check_account(workspace, account.id)
    assert own_copy(workspace).accounts[0].checked == TODAY


def test_a_rule_is_turned_on_and_off_with_reasons_that_stay(workspace: Workspace) -> None:
    turn_switch(workspace, "csa-duty", on=True, reason="Checked with the force")
    assert own_copy(workspace).switches == {"csa-duty"}
    assert show_own_copy(workspace).reasons == {"csa-duty": "Checked with the force"}
    turn_switch(workspace, "csa-duty", on=False, reason="Not in force yet")
    assert own_copy(workspace).switches == frozenset()
    assert _latest(workspace)["reason"] == "Not in force yet"
    assert len(workspace.log.organisation.history("switch", "csa-duty")) == 2


def test_a_rule_that_is_not_there_is_refused(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        turn_switch(workspace, "nothing", on=True, reason="Because")


def test_a_reader_changes_nothing(workspace: Workspace) -> None:
    reader = replace(workspace, keyholder=replace(workspace.keyholder, role=KeyholderRole.READER))
    with pytest.raises(NotPermitted):
        choose_policy(reader, "training-provider")
    assert not own_copy(workspace).policy_chosen


def test_the_page_sees_everything_together(workspace: Workspace) -> None:
    keep_step(workspace, STEP)
    view = show_own_copy(workspace)
    assert view.organisation == "Example Training"
    assert view.policy.id == "strictest"
    assert view.policies[-1].id == "strictest"
    assert view.shipped["P02"].version == "1"
    assert view.procedures["P02"].version == "1, ours 1"
    assert view.misfits == ()
    assert view.today == TODAY
    assert view.switches.ids


def test_what_was_typed_about_the_organisation_is_found_again(workspace: Workspace) -> None:
    workspace.log.drafts.save("organisation", "form.ownCentre.", "{}", workspace.now())
    assert read_drafts(workspace) == {"form.ownCentre.": "{}"}


def test_names_are_counted_with_those_taken_back(workspace: Workspace) -> None:
    table, who = workspace.log.organisation, workspace.keyholder.id
    for value in ("x", "", "y"):
        table.insert(OrganisationRow("step", "P02-901", value, workspace.now(), who))
    assert table.names("step") == ["P02-901"] * 3
    assert table.names("deadline") == []
