"""Standing work through the operations: recorded, put right, refused without a reason."""

from datetime import date

import pytest

from desktop.domain.errors import NotFound, ReasonNeeded
from desktop.domain.policy.own_values import OwnTopic
from desktop.operations.organisation.keep_standing import record_standing, show_standing
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock


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
    record_standing(workspace, "S7-4", "Issued", checked_by="Ash Invented")
    with pytest.raises(NotFound):
        record_standing(workspace, "P01-1", "Not standing work")
