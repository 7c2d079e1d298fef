"""The clock is compared with another one; every later capture says how it stood."""

from datetime import UTC, datetime, time, timedelta

from desktop.domain.calendar.times import Moment
from desktop.domain.evidence.items import ItemKind, Method
from desktop.domain.log.custody import Action
from desktop.operations.checking.compare_clock import compare_clock, latest_check
from desktop.operations.evidence.take_evidence import add_picture
from desktop.operations.evidence.view_evidence import list_items
from desktop.operations.workspace import Workspace
from tests.evidence_pieces import a_no, a_png, an_incident, ignore, never

AT = Moment(datetime(2026, 11, 20, 14, 5, 32, tzinfo=UTC))


def test_a_comparison_is_kept_and_in_custody(workspace: Workspace) -> None:
    assert latest_check(workspace) is None
    check = compare_clock(workspace, AT, time(14, 5, 30), "  a radio clock ")
    assert check.ahead == timedelta(seconds=2)
    assert check.source == "a radio clock"
    assert latest_check(workspace) == check
    found = [
        detail.detail
        for entry, detail in workspace.log.custody.walk()
        if entry.action is Action.CLOCK_COMPARED and detail
    ]
    assert len(found) == 1
    assert "2 seconds ahead" in found[0]


def test_the_other_clock_need_not_be_named(workspace: Workspace) -> None:
    assert compare_clock(workspace, AT, time(14, 5, 32), "").source == "another clock"


def test_a_capture_says_how_the_clock_stood(workspace: Workspace) -> None:
    incident = an_incident(workspace)
    statement = a_no(workspace, incident)
    for method in (Method.SCREEN_CAPTURE, Method.SCREEN_CAPTURE, Method.PASTE):
        add_picture(
            workspace,
            incident,
            statement,
            a_png(),
            ItemKind.SCREEN,
            method,
            workspace.now(),
            ignore,
            never,
        )
        compare_clock(workspace, AT, time(14, 5, 30), "a radio clock")
    first, second, pasted = list_items(workspace, incident)
    assert dict(first.noted)["Clock of this computer"] == "not compared with another clock"
    assert "with a radio clock: 2 seconds ahead" in dict(second.noted)["Clock of this computer"]
    assert "Clock of this computer" not in dict(pasted.noted)
