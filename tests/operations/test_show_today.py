"""What Today says that belongs to no incident, or to more than a procedure: rounds, chases."""

from datetime import date
from pathlib import Path

from desktop.domain.calendar.quarters import quarter_of
from desktop.operations.leaving.issue_report import issue_report
from desktop.operations.organisation.keep_own_copy import choose_policy
from desktop.operations.organisation.keep_standing import leave_out_round
from desktop.operations.show_today import TodayLine, show_today
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock

SUMMER, AUTUMN = "July to September 2026", "October to December 2026"


def _rounds(workspace: Workspace) -> list[TodayLine]:
    return [one for one in show_today(workspace).lines if one.incident_id is None]


def test_the_report_is_about_the_quarter_that_ended(workspace: Workspace, tmp_path: Path) -> None:
    (line,) = _rounds(workspace)
    assert (line.state, line.chip, line.target) == ("quarter", "By 31 Dec 2026", "report")
    assert line.title == f"Quarterly report: {SUMMER}"
    # One about the quarter that still runs is no answer to it.
    issue_report(workspace, quarter_of(date(2026, 11, 20)), tmp_path / "autumn.pdf")
    assert _rounds(workspace) == [line]
    issue_report(workspace, quarter_of(date(2026, 9, 1)), tmp_path / "summer.pdf")
    (line,) = _rounds(workspace)
    assert line.target == "standing"
    assert line.detail.startswith("It is issued. 0 of 7 steps recorded.")


def test_a_missed_report_is_late_until_it_is_left_out_with_a_reason(
    workspace: Workspace, clock: FrozenClock
) -> None:
    clock.advance(days=42)
    (line,) = _rounds(workspace)
    assert (line.state, line.chip, line.target) == ("late", "Late", "standing")
    assert line.title == f"Quarterly report: {SUMMER}"
    assert line.detail.endswith("Was due by 31 Dec 2026")
    clock.advance(days=80)
    assert [(one.state, one.title[-20:]) for one in _rounds(workspace)] == [
        ("late", SUMMER[-20:]), ("quarter", AUTUMN[-20:]),
    ]  # fmt: skip
    leave_out_round(workspace, "S7", SUMMER, "Nothing had been logged in these months yet")
    assert [one.state for one in _rounds(workspace)] == ["quarter"]


def test_where_the_policy_sets_no_such_limit_nothing_is_late(
    workspace: Workspace, clock: FrozenClock
) -> None:
    choose_policy(workspace, "alternative-provision")
    clock.advance(days=42)
    assert _rounds(workspace) == []
    choose_policy(workspace, "training-provider")
    assert [one.state for one in _rounds(workspace)] == ["late"]
