"""The quarterly report: previewed, issued once for all, recorded, never half there."""

from datetime import date
from pathlib import Path

import pytest

from desktop.domain.calendar.quarters import Quarter, quarter_of
from desktop.domain.errors import Cancelled, DestinationExists, DestinationNotWritable
from desktop.domain.leaving.figures_text import fingerprint
from desktop.domain.log.custody import Action, first_break
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.leaving.issue_report import (
    current_quarter,
    issue_report,
    list_quarters,
    preview_report,
)
from desktop.operations.practice_case import fill_case, finish_case
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock

AUTUMN = quarter_of(date(2026, 11, 20))


def test_the_current_quarter_is_that_of_today(workspace: Workspace) -> None:
    assert current_quarter(workspace) == AUTUMN


def test_quarters_go_back_to_the_first_incident(workspace: Workspace, clock: FrozenClock) -> None:
    assert list_quarters(workspace) == (AUTUMN, AUTUMN.before())
    start_incident(workspace, "One")
    clock.advance(days=200)
    summer = quarter_of(clock.now().local.date())
    assert list_quarters(workspace) == (summer, summer.before(), AUTUMN)


def test_the_practice_case_is_counted(workspace: Workspace) -> None:
    incident_id = fill_case(workspace)
    finish_case(workspace, incident_id)
    fill_case(workspace)
    told: list[float] = []
    figures = preview_report(workspace, AUTUMN, told.append).figures
    assert (figures.opened, figures.closed, figures.open_now) == (2, 1, 1)
    assert figures.recorded_in_time.known == 2
    assert "Police" in [line.name for line in figures.agencies]
    assert told == [0.5, 1.0]


def test_an_issued_report_lies_there_and_is_recorded(workspace: Workspace, tmp_path: Path) -> None:
    fill_case(workspace)
    path = tmp_path / "report.pdf"
    issued = issue_report(workspace, AUTUMN, path)
    assert issued.path == path
    assert path.read_bytes().startswith(b"%PDF")
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["report.pdf"]
    (row,) = workspace.log.reports.all()
    assert row.sha256 == issued.sha256 == fingerprint(row.figures)
    assert "Robin" not in row.figures
    entries = list(workspace.log.custody.walk())
    entry, detail = entries[-1]
    assert entry.action == Action.REPORT_ISSUED
    assert detail is not None
    assert issued.sha256 in detail.detail
    assert first_break(entries) is None


def test_figures_stay_as_issued_and_changes_are_said(
    workspace: Workspace, clock: FrozenClock, tmp_path: Path
) -> None:
    start_incident(workspace, "One")
    clock.advance(days=60)
    first = issue_report(workspace, AUTUMN, tmp_path / "first.pdf")
    before = preview_report(workspace, AUTUMN)
    assert before.restatements == ()
    clock.advance(hours=1)
    row = workspace.log.incidents.all()[0]
    finish = fill_case(workspace)
    assert row.id != finish
    again = preview_report(workspace, AUTUMN)
    assert again.figures == before.figures
    assert again.first_issued == before.first_issued
    second = issue_report(workspace, AUTUMN, tmp_path / "second.pdf")
    assert second.sha256 == first.sha256
    assert [line.quarter for line in again.issued] == [AUTUMN]
    assert not again.issued[0].is_interim
    assert again.issued[0].by == "Pat Smith"


def test_what_is_entered_afterwards_restates_a_total(workspace: Workspace, tmp_path: Path) -> None:
    start_incident(workspace, "One")
    issue_report(workspace, AUTUMN, tmp_path / "first.pdf")
    start_incident(workspace, "Two")
    preview = preview_report(workspace, AUTUMN)
    assert preview.figures.opened == 1
    assert "Incidents logged: 2 now, 1 when it was issued" in [
        one.words for one in preview.restatements
    ]


def test_an_interim_report_freezes_only_until_the_quarter_is_over(
    workspace: Workspace, clock: FrozenClock, tmp_path: Path
) -> None:
    start_incident(workspace, "One")
    issue_report(workspace, AUTUMN, tmp_path / "interim.pdf")
    start_incident(workspace, "Two")
    clock.advance(days=60)
    preview = preview_report(workspace, AUTUMN)
    assert preview.first_issued is None
    assert preview.figures.opened == 2
    assert preview.issued[0].is_interim
    issue_report(workspace, AUTUMN, tmp_path / "whole.pdf")
    lines = preview_report(workspace, AUTUMN).issued
    assert [line.is_interim for line in lines] == [False, True]


@pytest.mark.parametrize("quarter", [AUTUMN, AUTUMN.before()])
def test_another_quarter_keeps_its_own_figures(
    workspace: Workspace, tmp_path: Path, quarter: Quarter
) -> None:
    start_incident(workspace, "One")
    issue_report(workspace, AUTUMN.before(), tmp_path / "summer.pdf")
    assert preview_report(workspace, quarter).figures.opened == (quarter == AUTUMN)


def test_nothing_is_overwritten_nor_recorded(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"mine")
    with pytest.raises(DestinationExists):
        issue_report(workspace, AUTUMN, path)
    assert path.read_bytes() == b"mine"
    assert workspace.log.reports.all() == []


def test_a_folder_that_is_gone_is_said(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(DestinationNotWritable):
        issue_report(workspace, AUTUMN, tmp_path / "gone" / "report.pdf")
    assert workspace.log.reports.all() == []


def test_it_can_be_stopped_before_it_is_written(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        issue_report(workspace, AUTUMN, tmp_path / "report.pdf", cancelled=lambda: True)
    start_incident(workspace, "One")
    with pytest.raises(Cancelled):
        issue_report(workspace, AUTUMN, tmp_path / "report.pdf", cancelled=lambda: True)
    assert not (tmp_path / "report.pdf").exists()
    assert workspace.log.reports.all() == []


def test_what_comes_there_meanwhile_stays_and_nothing_is_recorded(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "report.pdf"
    asked: list[bool] = []

    def someone_else_writes() -> bool:
        asked.append(True)
        if len(asked) > 1:
            path.write_bytes(b"mine")
        return False

    start_incident(workspace, "One")
    before = workspace.log.custody.head()
    with pytest.raises(DestinationExists):
        issue_report(workspace, AUTUMN, path, cancelled=someone_else_writes)
    assert workspace.log.custody.head() == before
    assert path.read_bytes() == b"mine"
