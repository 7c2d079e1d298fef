"""A log as each earlier version made it opens, is copied before it changes, and keeps its data."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import LogTooNew, NotAllowed, WrongRecoveryKey
from desktop.domain.log.custody import first_break
from desktop.domain.log.roles import KeyholderRole
from desktop.domain.policy.own_copy import STRICTEST
from desktop.domain.steps.checklist_records import StepState
from desktop.operations.checking.check_log import check_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import (
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
    ways_in,
)
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.keys.keep_keyholders import rekey, show_keys
from desktop.operations.keys.keep_passphrases import set_passphrase
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.steps.in_force import own_copy
from desktop.operations.steps.take_newer_version import newer_version, take_newer_version
from desktop.operations.workspace import Workspace
from desktop.store.connection import open_connection
from desktop.store.folder import LogFolder
from desktop.store.keys import LOG_PURPOSE, open_with_passphrase
from desktop.store.migrate import newest_version, version_of
from desktop.store.tombstone_table import Departure
from tests.logs_on_disk import (
    PASSPHRASE,
    RECOVERY_KEY,
    bytes_of,
    closing,
    environment,
    make_log,
)
from tests.operations.keys.keyholders import NEW_KEY, THIRD
from tests.operations.rich_log import HELD_FOR, KIT
from tests.operations.story_check import check_nothing_half, has_what_was_told, without_erased
from tests.operations.story_evidence_check import EVIDENCE_CHECKS
from tests.operations.story_procedures_check import PROCEDURE_CHECKS
from tests.operations.story_writer import an_environment, ignore, never

__all__ = ["environment"]

PINNED = (
    "SELECT c.id, c.version, v.text FROM checklist c JOIN procedure_version v "
    "ON v.id = c.procedure_id AND v.version = c.version ORDER BY c.id"
)
# What is done with steps since version 5.
SETTLED = {"again", "ruled"}
EVERY = sorted((Path(__file__).parents[1] / "frozen_logs").glob("schema_*"))
FROZEN = EVERY[0]


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """Copy the log of version 1: what comes with the tests stays as it is."""
    return Path(shutil.copytree(FROZEN, tmp_path / "log"))


def _unlock(environment: Environment, folder: Path, how: str) -> Workspace:
    if how == "passphrase":
        return unlock_with_passphrase(environment, folder, PASSPHRASE)
    return unlock_with_recovery_key(environment, folder, RECOVERY_KEY)


def _slots(folder: Path) -> dict[str, bool]:
    (one,) = json.loads((folder / "keys.json").read_text())["sets"]
    return {slot["kind"]: "public" in slot for slot in one["slots"]}


@pytest.mark.parametrize("how", ["passphrase", "recovery"])
def test_log_of_version_1_opens_and_keeps_its_data(
    environment: Environment, frozen: Path, how: str
) -> None:
    told = json.loads((frozen / "told.json").read_text())
    keys = (frozen / "keys.json").read_bytes()
    assert [way.shown_as for way in ways_in(frozen)] == [""]
    with closing(_unlock(environment, frozen, how)) as workspace:
        assert first_break(workspace.log.custody.walk()) is None
        number, own = told["head_before_lock"]
        entries = {entry.number: entry.own for entry, _ in workspace.log.custody.walk()}
        assert entries[number] == own
        kept = {row.fingerprint.sha256 for row in workspace.log.evidence.contents()}
        assert {line[4] for line in told["told"] if line[0] == "item"} <= kept
        for row in workspace.log.evidence.contents():
            assert workspace.contents.check(row.id, row.file_number) == row.fingerprint
        assert show_keys(workspace).recovery_key_made_at is not None
    assert (frozen / "log.db.before-migration").exists()
    assert (frozen / "keys.json.before-migration").read_bytes() == keys
    assert _slots(frozen) == {
        "passphrase": how == "passphrase",
        "recovery": how == "recovery",
    }
    lock_log(_unlock(environment, frozen, "recovery"))
    assert not list(frozen.glob("*.before-migration"))
    lock_log(_unlock(environment, frozen, "passphrase"))
    assert _slots(frozen) == {"passphrase": True, "recovery": True}


def test_slot_without_a_pair_takes_a_new_passphrase_before_a_rekey(
    environment: Environment, frozen: Path
) -> None:
    with closing(_unlock(environment, frozen, "recovery")) as workspace:
        with pytest.raises(NotAllowed):
            rekey(workspace, reason="x", recovery_key=NEW_KEY)
        set_passphrase(workspace, workspace.keyholder.id, THIRD)
        rekey(workspace, reason="x", recovery_key=NEW_KEY)
    lock_log(unlock_with_passphrase(environment, frozen, THIRD))
    with closing(unlock_with_recovery_key(environment, frozen, NEW_KEY)) as workspace:
        for row in workspace.log.evidence.contents():
            assert workspace.contents.check(row.id, row.file_number) == row.fingerprint


def test_newer_key_file_is_refused_untouched(environment: Environment, frozen: Path) -> None:
    for name in ("keys.json", "keys-copy.json"):
        (frozen / name).write_text('{"format": 3, "ways": []}')
    before = bytes_of(frozen)
    assert ways_in(frozen) == ()
    for how in ("passphrase", "recovery"):
        with pytest.raises(LogTooNew) as caught:
            _unlock(environment, frozen, how)
        assert (caught.value.found, caught.value.supported) == (3, 2)
    after = bytes_of(frozen)
    after.pop("in-use.lock", None)
    assert after == before


def test_one_copy_of_a_newer_format_counts_as_damaged(
    environment: Environment, frozen: Path
) -> None:
    (frozen / "keys.json").write_text('{"format": 3}')
    lock_log(_unlock(environment, frozen, "passphrase"))
    assert _slots(frozen)["passphrase"]


def _told_in(frozen: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((frozen / "told.json").read_text())
    return told


def _log_key(folder: Path) -> bytes:
    return open_with_passphrase(LogFolder(folder), PASSPHRASE).derive(LOG_PURPOSE)


def _key_of(frozen: Path) -> str:
    return str(_told_in(frozen).get("recovery_key", RECOVERY_KEY))


def test_there_is_a_frozen_log_of_every_schema() -> None:
    schemas = [f"schema_{number}" for number in range(1, newest_version() + 1)]
    assert sorted(one.name for one in EVERY) == schemas
    for one in EVERY:
        assert sum(map(len, bytes_of(one).values())) < 2_000_000


@pytest.mark.parametrize("made", EVERY, ids=lambda made: made.name)
def test_every_frozen_log_opens_migrates_and_keeps_its_data(made: Path, tmp_path: Path) -> None:
    folder, facts = Path(shutil.copytree(made, tmp_path / "log")), _told_in(made)
    environment = an_environment()
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert version_of(workspace.log._connection) == newest_version()
        check_nothing_half(workspace)
        entries = {entry.number: entry.own for entry, _ in workspace.log.custody.walk()}
        number, own = facts["head_before_lock"]
        assert entries[number] == own
        for kind, *parts in without_erased(workspace, facts["told"]):
            # What left the log went elsewhere.
            if kind not in {"bundle", "report"}:
                assert has_what_was_told(workspace, str(kind), parts), (kind, parts)
        assert start_incident(workspace, "Life goes on").number
    with closing(unlock_with_recovery_key(environment, folder, _key_of(made))) as workspace:
        assert check_log(workspace, ignore, never).holds


@pytest.mark.parametrize("made", EVERY[1:], ids=lambda made: made.name)
def test_later_logs_keep_keyholders_new_keys_hold_tombstone_and_place(
    made: Path, tmp_path: Path
) -> None:
    folder, environment = Path(shutil.copytree(made, tmp_path / "log")), an_environment()
    with pytest.raises(WrongRecoveryKey):
        unlock_with_recovery_key(environment, folder, RECOVERY_KEY)
    with closing(unlock_with_passphrase(environment, folder, KIT)) as workspace:
        assert (workspace.keyholder.name, workspace.keyholder.role) == (
            "Kit Brown",
            KeyholderRole.DEPUTY,
        )
        *_, third, second, first = workspace.log.incidents.all()
        assert [row.reason for row in workspace.log.holds.of(first.id)] == [HELD_FOR]
        gone = {row.incident_id: row for row in workspace.log.tombstones.all()}
        assert gone[second.id].kind is Departure.ERASED
        assert all(row.cleared_at for row in gone.values())
        assert third.title == "Another tutor rang"
        (place,) = workspace.log.backups.places_in_use()
        assert [run.outcome for run in workspace.log.backups.runs(place.id)] == ["made", "made"]


@pytest.mark.parametrize("made", EVERY, ids=lambda made: made.name)
def test_running_checklists_keep_the_text_they_started_with(made: Path, tmp_path: Path) -> None:
    folder, environment = Path(shutil.copytree(made, tmp_path / "log")), an_environment()
    with open_connection(folder / "log.db", _log_key(folder)) as connection:
        before = connection.rows(PINNED)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert before
        assert workspace.log._connection.rows(PINNED) == before
        first = workspace.log.incidents.all()[-1].id
        view = show_checklists(workspace, first)
        running = [one for one in view.checklists if not one.checklist.ended_reason]
        assert {one.procedure.source for one in running} <= {str(row[2]) for row in before}
        newer = [one for one in running if newer_version(workspace, one.checklist.id)]
        assert newer or made == EVERY[-1]
        step = view.next_step
        assert step
        reason = "It was not possible that day"
        record_step(
            workspace, step.checklist_id, step.step.id, StepState.NOT_POSSIBLE, reason=reason
        )
        for one in newer:
            take_newer_version(workspace, one.checklist.id, "It asks for more")
            checklist = workspace.log.checklists.get(one.checklist.id)
            assert checklist
            assert checklist.entries[: len(one.checklist.entries)] == one.checklist.entries
        assert show_checklists(workspace, first).next_step
        check_nothing_half(workspace)


def test_earlier_logs_follow_the_strictest_policy_until_one_is_chosen(tmp_path: Path) -> None:
    for made in EVERY[:3]:
        folder = Path(shutil.copytree(made, tmp_path / made.name))
        with closing(unlock_with_passphrase(an_environment(), folder, PASSPHRASE)) as workspace:
            own = own_copy(workspace)
            assert (own.policy_id, own.policy_chosen) == (STRICTEST, False)


def test_log_of_version_4_tells_of_all_that_is_done_with_procedures() -> None:
    kinds = {kind for kind, *_ in _told_in(EVERY[3])["told"]}
    procedures = PROCEDURE_CHECKS.keys() - {"taken back", *SETTLED}
    assert kinds >= {*EVIDENCE_CHECKS, *procedures, "held", "erased", "hold"}


def test_log_of_version_5_tells_of_what_was_settled_again() -> None:
    kinds = {kind for kind, *_ in _told_in(EVERY[4])["told"]}
    procedures = PROCEDURE_CHECKS.keys() - {"taken back"}
    assert kinds >= {*EVIDENCE_CHECKS, *procedures, "held", "erased", "hold"}


def test_log_of_version_3_tells_of_every_kind_of_evidence() -> None:
    kinds = {kind for kind, *_ in _told_in(EVERY[2])["told"]}
    assert kinds >= {*EVIDENCE_CHECKS, "held", "erased", "hold"}


@pytest.mark.parametrize("made", EVERY, ids=lambda made: made.name)
def test_every_frozen_log_gets_the_schema_of_a_new_one(
    environment: Environment, made: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "old"))
    make_log(environment, tmp_path / "new")
    with (
        closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as old,
        closing(unlock_with_passphrase(environment, tmp_path / "new", PASSPHRASE)) as new,
    ):
        tables = [
            workspace.log._connection.rows("SELECT type, name, sql FROM sqlite_schema ORDER BY 2")
            for workspace in (old, new)
        ]
        assert tables[0] == tables[1]
