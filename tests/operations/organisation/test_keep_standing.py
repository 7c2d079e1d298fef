"""Standing work through the operations: recorded, put right, refused without a reason."""

from datetime import date
from pathlib import Path

import pytest

from desktop.domain.errors import NotAllowed, NotFound, ReasonNeeded
from desktop.domain.policy.own_values import OwnTopic
from desktop.operations.organisation.keep_standing import (
    leave_out_round,
    record_standing,
    show_standing,
)
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.workspaces import close_workspace, make_workspace


def test_a_step_stays_recorded_for_its_quarter(workspace: Workspace, clock: FrozenClock) -> None:
    record_standing(workspace, "S7-2", "Reviewed", done_on=date(2026, 11, 18))
    quarter = show_standing(workspace)[0]
    found = next(one for one in quarter.steps if one.step.id == "S7-2")
    assert found.entry is not None
    assert found.entry.done_on == date(2026, 11, 18)
    assert found.entry.by == workspace.keyholder.name
    clock.advance(days=60)
    later = next(one for one in show_standing(workspace)[0].steps if one.step.id == "S7-2")
    assert later.entry is None
    assert later.before == (found.entry,)


def test_recording_again_counts_and_the_first_stays(workspace: Workspace) -> None:
    record_standing(workspace, "S8-1", "Listed")
    record_standing(workspace, "S8-1", "Nothing was due this year", left_out=True)
    (one,) = (one for one in show_standing(workspace)[1].steps if one.entry)
    assert one.entry is not None
    assert one.entry.left_out
    history = workspace.log.organisation.history(OwnTopic.STANDING, "2026 · S8-1")
    assert len(history) == 2


def test_leaving_out_and_a_second_person_need_words(workspace: Workspace) -> None:
    with pytest.raises(ReasonNeeded):
        record_standing(workspace, "S7-2", "no", left_out=True)
    with pytest.raises(ReasonNeeded):
        record_standing(workspace, "S7-4", "Issued")
    for oneself in ("Pat Smith", "pat smith, DSL"):
        with pytest.raises(NotAllowed):
            record_standing(workspace, "S7-4", "Issued", checked_by=oneself)
    record_standing(workspace, "S7-4", "Issued", checked_by="Ash Invented")
    with pytest.raises(NotFound):
        record_standing(workspace, "P01-1", "Not standing work")


SUMMER = "July to September 2026"


def test_a_missed_round_is_done_later_or_left_out_with_a_reason(
    workspace: Workspace, clock: FrozenClock
) -> None:
    record_standing(workspace, "S7-1", "")
    clock.advance(days=60)
    _quarter, _year, late, _late_year = show_standing(workspace)
    assert (late.period, late.done) == (SUMMER, 1)
    record_standing(workspace, "S7-2", "Went through it", period=SUMMER)
    with pytest.raises(ReasonNeeded):
        leave_out_round(workspace, "S7", SUMMER, "no")
    leave_out_round(workspace, "S7", SUMMER, "Nothing had been logged in these months yet")
    assert [work.period for work in show_standing(workspace)[2:]] == ["2026"]
    history = workspace.log.organisation.history(OwnTopic.STANDING, f"{SUMMER} · S7-2")
    assert len(history) == 1
    for procedure_id, period in (("S7", SUMMER), ("S7", "October to December 2026"), ("P01", "")):
        with pytest.raises(NotFound):
            leave_out_round(workspace, procedure_id, period, "It is not one that is late")


def test_a_restricted_log_asks_for_no_rounds_of_the_usual_one(
    clock: FrozenClock, tmp_path: Path, workspace: Workspace
) -> None:
    restricted = make_workspace(
        tmp_path / "other" / "log", clock, workspace.procedures, restricted=True
    )
    clock.advance(days=60)
    assert len(show_standing(workspace)) == 4
    assert len(show_standing(restricted)) == 2
    close_workspace(restricted)
