"""What a salvage brings back of procedures: the own copy, links, worksheets, earlier logs too."""

import shutil
from pathlib import Path

import pytest

from desktop.domain.incidents import IncidentStatus
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log
from desktop.operations.rescuing.salvage_words import Loss, say_losses
from desktop.operations.show_today import show_today
from desktop.operations.steps.in_force import own_copy
from desktop.store.folder import LogFolder
from desktop.store.keys import LOG_PURPOSE, open_with_passphrase
from tests.logs_on_disk import PASSPHRASE
from tests.operations.rescuing.damaged_logs import (
    open_saved,
    pages_of,
    save,
    spoil,
)
from tests.operations.story_procedures import POLICY

NEW = ("organisation_entry", "incident_link", "worksheet")
EARLIER = sorted((Path(__file__).parents[2] / "frozen_logs").glob("schema_*"))


def spoil_table(folder: Path, whole: Path, key: bytes, table: str) -> None:
    rows = pages_of(whole, key)[table]
    assert rows
    spoil(folder / "log.db", sorted({page for used in rows.values() for page in used}), 1)


def test_every_table_has_words(environment: Environment, damaged: Path) -> None:
    saved = open_saved(environment, save(environment, damaged))
    tables = saved.log._connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    lock_log(saved)
    for name in (str(row[0]) for row in tables):
        assert not any(f"of the {name}:" in said for said in say_losses(Loss(rows={name: 1})))


def test_a_whole_log_keeps_policy_own_steps_links_and_worksheets(
    environment: Environment, damaged: Path
) -> None:
    saved = open_saved(environment, save(environment, damaged))
    own = own_copy(saved)
    counts = [saved.log._connection.row(f"SELECT count(*) FROM {name}") for name in NEW]
    lock_log(saved)
    assert own.policy_id == POLICY
    assert [step.follows for step in own.steps] == ["P00-4"]
    assert counts == [(11,), (1,), (1,)]


@pytest.mark.parametrize("table", NEW)
def test_what_is_lost_of_them_is_said_in_words(
    environment: Environment, whole: Path, damaged: Path, key: bytes, table: str
) -> None:
    spoil_table(damaged, whole, key, table)
    saved = save(environment, damaged)
    assert saved.lost
    assert not [line for line in saved.lost if table in line and "_" in table]
    lock_log(open_saved(environment, saved))


def test_a_policy_that_is_lost_is_chosen_again(
    environment: Environment, whole: Path, damaged: Path, key: bytes
) -> None:
    spoil_table(damaged, whole, key, "organisation_entry")
    saved = open_saved(environment, save(environment, damaged))
    own = own_copy(saved)
    lock_log(saved)
    assert not own.policy_chosen


@pytest.mark.parametrize("made", EARLIER, ids=lambda made: made.name)
def test_a_log_of_any_version_is_saved_without_its_checklists(
    environment: Environment, made: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "Log"))
    key = open_with_passphrase(LogFolder(folder), PASSPHRASE).derive(LOG_PURPOSE)
    spoil_table(folder, made, key, "checklist")
    saved = save(environment, folder)
    workspace = open_saved(environment, saved)
    incident_id = workspace.log.incidents.all()[-1].id
    checklists = workspace.log.checklists.of(incident_id)
    lock_log(workspace)
    recorded = [one for one in checklists if one.entries]
    assert saved.lost
    assert recorded or made.name != "schema_1"
    assert {one.policy for one in recorded} <= {""}


def test_a_record_that_is_gone_stays_gone_though_its_number_was_lost(
    environment: Environment, tmp_path: Path
) -> None:
    made = EARLIER[-1]
    folder = Path(shutil.copytree(made, tmp_path / "Log"))
    key = open_with_passphrase(LogFolder(folder), PASSPHRASE).derive(LOG_PURPOSE)
    spoil_table(folder, made, key, "incident")
    workspace = open_saved(environment, save(environment, folder))
    gone = {row.incident_id for row in workspace.log.tombstones.all()}
    rows = [row for row in workspace.log.incidents.all() if row.id in gone]
    show_today(workspace)
    lock_log(workspace)
    assert [(row.number, row.status, row.title) for row in rows] == [
        ("2026-0004", IncidentStatus.CLOSED, ""),
        ("2026-0002", IncidentStatus.CLOSED, ""),
    ]
