"""A log as each earlier version made it opens, is copied before it changes, and keeps its data."""

import json
import shutil
from pathlib import Path

import pytest

from desktop.domain.custody import first_break
from desktop.domain.errors import LogTooNew, NotAllowed
from desktop.operations.keep_keyholders import rekey, set_passphrase, show_keys
from desktop.operations.open_log import (
    Environment,
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
    ways_in,
)
from desktop.operations.workspace import Workspace
from tests.logs_on_disk import (
    PASSPHRASE,
    RECOVERY_KEY,
    bytes_of,
    closing,
    environment,
)
from tests.operations.test_keep_keyholders import NEW_KEY, THIRD

__all__ = ["environment"]

FROZEN = Path(__file__).parents[1] / "frozen_logs" / "schema_1"


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
