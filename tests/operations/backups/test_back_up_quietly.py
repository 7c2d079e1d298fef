"""A backup that nobody asked for says on Today what kept it from being made, and nothing else."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import DiskFailed, LogDamaged
from desktop.operations.backups.back_up import BackedUp, back_up
from desktop.operations.backups.back_up_quietly import (
    _quietly,
    back_up_at_lock,
    back_up_daily,
    backup_problem,
)
from desktop.operations.backups.keep_backup_places import add_backup_place
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.log_state import LogStateLine, show_log_state
from desktop.operations.practice_case import fill_case
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.operations.rescuing.damaged_logs import pages_of, spoil
from tests.operations.story_writer import ignore, never
from tests.workspaces import close_workspace, log_file_key, open_workspace, own_procedures

Quietly = Callable[..., BackedUp | None]


@pytest.fixture
def place(workspace: Workspace, tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    add_backup_place(workspace, place)
    return place


@pytest.fixture
def page(workspace: Workspace, place: Path, tmp_path: Path, clock: FrozenClock) -> int:
    """Close the log; returns a page of the custody record that follows what a backup holds."""
    assert place.exists()
    back_up(workspace, ignore, never)
    head = workspace.log.custody.head()
    assert head
    clock.advance(days=1)
    for _ in range(3):
        fill_case(workspace)
    close_workspace(workspace)
    pages = pages_of(tmp_path / "log", log_file_key())["custody_entry"]
    before = {page for number in range(1, head.number + 1) for page in pages[number]}
    after = {page for number in pages if number > head.number for page in pages[number]}
    return min(after - before)


def lines(workspace: Workspace) -> list[LogStateLine]:
    return [line for line in show_log_state(workspace) if line.section == "backup"]


def test_what_kept_it_from_being_made_is_told_until_one_is_made(
    workspace: Workspace, place: Path, clock: FrozenClock
) -> None:
    def fail() -> BackedUp:
        raise DiskFailed("log.db: SQLITE_IOERR_READ")

    with pytest.raises(DiskFailed):
        _quietly(workspace, fail)
    assert "A backup was not made" in [line.title for line in lines(workspace)]
    clock.advance(minutes=1)
    back_up(workspace, ignore, never)
    with pytest.raises(DiskFailed):
        _quietly(workspace, fail)
    (line,) = [line for line in lines(workspace) if line.title == "A backup was not made"]
    assert line.state == "due"
    assert line.detail == (
        "By itself, 20 Nov 2026, 09:31. The disk refused to read or write (log.db: "
        "SQLITE_IOERR_READ). Press “Back up now” to try again."
    )
    clock.advance(minutes=1)
    back_up(workspace, ignore, never)
    assert "A backup was not made" not in [line.title for line in lines(workspace)]
    assert place.exists()


@pytest.mark.parametrize("quietly", [back_up_at_lock, back_up_daily])
def test_where_the_log_takes_no_note_the_notes_of_the_program_do(
    page: int,
    tmp_path: Path,
    clock: FrozenClock,
    quietly: Quietly,
    log_records: list[logging.LogRecord],
) -> None:
    spoil(tmp_path / "log" / "log.db", [page], 1)
    workspace = open_workspace(tmp_path / "log", clock, own_procedures())
    with pytest.raises(LogDamaged):
        quietly(workspace, ignore, never)
    close_workspace(workspace)
    (record,) = log_records
    log_records.clear()
    assert record.getMessage() == "a backup was not made: LogDamaged"


@pytest.mark.parametrize("quietly", [back_up_at_lock, back_up_daily])
def test_where_all_is_well_nothing_is_said(
    workspace: Workspace, place: Path, quietly: Quietly
) -> None:
    answer = quietly(workspace, ignore, never)
    assert answer
    assert [one.outcome for one in answer.results] == ["made"]
    assert quietly(workspace, ignore, never) is None
    assert backup_problem(workspace) is None
    assert place.exists()


def test_the_failure_of_one_place_is_told_with_that_place_only(
    workspace: Workspace, place: Path
) -> None:
    for folder in place.glob("*/snapshots"):
        folder.rmdir()
        folder.write_text("in the way")
    answer = back_up_at_lock(workspace, ignore, never)
    assert answer
    assert [one.outcome for one in answer.results] == ["failed"]
    assert backup_problem(workspace) is None


def test_one_that_was_stopped_is_not_a_problem(workspace: Workspace, place: Path) -> None:
    start_incident(workspace, title="Something")
    answer = back_up_at_lock(workspace, ignore, lambda: True)
    assert answer
    assert [one.outcome for one in answer.results] == ["stopped"]
    assert backup_problem(workspace) is None
    assert place.exists()
