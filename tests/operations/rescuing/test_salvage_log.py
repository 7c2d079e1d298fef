"""A damaged log is saved into a new one: nothing readable is lost, and what is lost is named."""

import random
import shutil
from pathlib import Path

import pytest

from desktop.domain.log.custody import Action, first_break
from desktop.operations.checking.check_log import check_log, last_check
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_passphrase
from desktop.operations.practice_case import fill_case
from desktop.operations.rescuing.salvage_log import salvage_log
from desktop.operations.show_today import show_today
from tests.evidence_pieces import never
from tests.logs_on_disk import PASSPHRASE, bytes_of
from tests.operations.rescuing.damaged_logs import (
    CASES,
    MORE,
    MORE_IN_WORDS,
    assert_nothing_readable_is_lost,
    count_pages,
    open_saved,
    pages_of,
    save,
    spoil,
    unheard,
)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_pages_are_overwritten_nothing_readable_is_lost(
    environment: Environment, whole: Path, damaged: Path, key: bytes, seed: int
) -> None:
    chance = random.Random(seed)
    file = damaged / "log.db"
    spoilt = chance.sample(range(2, count_pages(file) + 1), chance.choice([1, 2, 5, 15, 50]))
    spoil(file, spoilt, seed)
    before = bytes_of(damaged)
    saved = save(environment, damaged)
    assert bytes_of(damaged) == before
    assert_nothing_readable_is_lost(whole, saved, set(spoilt), key)
    workspace = open_saved(environment, saved)
    try:
        assert first_break(workspace.log.custody.walk(), workspace.log.custody.gaps()) is None
        assert workspace.log._connection.rows("PRAGMA foreign_key_check") == []
        assert {row.id for row in workspace.log.evidence.contents()}
        show_today(workspace)
    finally:
        lock_log(workspace)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 160))
def test_many_more_seeds(
    environment: Environment, whole: Path, damaged: Path, key: bytes, seed: int
) -> None:
    test_whatever_pages_are_overwritten_nothing_readable_is_lost(
        environment, whole, damaged, key, seed
    )


def test_nothing_damaged_is_nothing_lost(
    environment: Environment, whole: Path, damaged: Path, key: bytes
) -> None:
    saved = save(environment, damaged)
    assert saved.lost == ()
    assert saved.sentence == "Everything in the damaged log could be read and is in the new log."
    assert_nothing_readable_is_lost(whole, saved, set(), key)
    workspace = open_saved(environment, saved)
    entries = list(workspace.log.custody.walk())
    salvaged = [
        (entry, detail) for entry, detail in entries if entry.action is Action.LOG_SALVAGED
    ]
    assert len(salvaged) == 1
    detail = salvaged[0][1]
    assert detail
    assert '"lost":[]' in detail.detail
    assert len(workspace.log.evidence.items()) == CASES * 5 + MORE
    result = check_log(workspace, unheard, never)
    assert result.altered == ()
    lock_log(workspace)


def test_what_the_wal_holds_is_saved_too(
    environment: Environment, damaged: Path, tmp_path: Path
) -> None:
    workspace = unlock_with_passphrase(environment, damaged, PASSPHRASE)
    incident_id = fill_case(workspace)
    copy = tmp_path / "cut off"
    shutil.copytree(damaged, copy)
    lock_log(workspace)
    saved = save(environment, copy)
    assert saved.lost == ()
    workspace = open_saved(environment, saved)
    assert workspace.log.incidents.get(incident_id) is not None
    lock_log(workspace)


def test_lost_custody_entries_become_gaps(
    environment: Environment, damaged: Path, whole: Path, key: bytes
) -> None:
    pages = pages_of(whole, key)["custody_entry"]
    leaves = sorted({page for used in pages.values() for page in used})
    spoil(damaged / "log.db", [leaves[1], leaves[-1]], 1)
    saved = save(environment, damaged)
    assert any(line.startswith("The custody record lacks entries") for line in saved.lost)
    workspace = open_saved(environment, saved)
    gaps = workspace.log.custody.gaps()
    assert len(gaps) == 2
    assert gaps[-1][1] == max(pages)
    numbers = [entry.number for entry, _ in workspace.log.custody.walk()]
    assert max(pages) + 1 in numbers
    assert first_break(workspace.log.custody.walk()) == gaps[0][0]
    assert first_break(workspace.log.custody.walk(), gaps) is None
    lock_log(workspace)
    again = salvage_log(
        environment, saved.folder, damaged.with_name("Again"), passphrase=PASSPHRASE,
        progress=unheard, cancelled=never,
    )  # fmt: skip
    assert again.lost == ()


def test_a_lost_incident_gets_its_number_back(
    environment: Environment, damaged: Path, whole: Path, key: bytes
) -> None:
    pages = {page for used in pages_of(whole, key)["incident"].values() for page in used}
    spoil(damaged / "log.db", sorted(pages), 1)
    saved = save(environment, damaged)
    assert any(
        "Made again from what else is known, of the incidents" in line for line in saved.lost
    )
    workspace = open_saved(environment, saved)
    rows = workspace.log.incidents.all()
    assert sorted(row.number for row in rows) == [f"2026-{n:04d}" for n in range(1, CASES + 1)]
    assert {row.title for row in rows} == {"Abusive e-mails and comments on a site"}
    assert all(row.careful for row in rows)
    lock_log(workspace)


@pytest.mark.parametrize(
    "table", ["person", "checklist", "procedure_version", "evidence_file", "content"]
)
def test_what_a_whole_table_held_is_made_again(
    environment: Environment, damaged: Path, whole: Path, key: bytes, table: str
) -> None:
    pages = {page for used in pages_of(whole, key)[table].values() for page in used}
    spoil(damaged / "log.db", sorted(pages), 1)
    saved = save(environment, damaged)
    workspace = open_saved(environment, saved)
    with_content = [item for item in workspace.log.evidence.items() if item.content_id]
    assert len(with_content) == CASES * 4 + MORE - MORE_IN_WORDS
    assert workspace.log.people.people()
    show_today(workspace)
    lock_log(workspace)


def test_an_earlier_check_says_nothing_of_what_was_saved(
    environment: Environment, damaged: Path
) -> None:
    workspace = unlock_with_passphrase(environment, damaged, PASSPHRASE)
    check_log(workspace, unheard, never)
    assert last_check(workspace) is not None
    lock_log(workspace)
    workspace = open_saved(environment, save(environment, damaged))
    assert last_check(workspace) is None
    lock_log(workspace)
