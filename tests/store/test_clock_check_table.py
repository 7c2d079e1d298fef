"""The last comparison of the clock is the one that counts."""

from datetime import UTC, datetime, timedelta

from desktop.domain.calendar.clock_checks import ClockCheck
from desktop.domain.calendar.times import Moment
from desktop.operations.workspace import Workspace


def test_the_latest_comparison_is_read_back(workspace: Workspace) -> None:
    table = workspace.log.clock_checks
    assert table.latest() is None
    at = Moment(datetime(2026, 11, 20, 14, 5, tzinfo=UTC))
    checks = [
        ClockCheck(at=at, reference="14:05:00", source="a phone", ahead=ahead)
        for ahead in (timedelta(seconds=2), timedelta(milliseconds=-1500))
    ]
    for number, check in enumerate(checks):
        table.insert(f"check {number}", check, workspace.keyholder.id)
    assert table.latest() == checks[-1]
