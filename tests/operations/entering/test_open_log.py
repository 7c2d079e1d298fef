"""A log is made, opened with either secret, locked, and refused in words."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import (
    LogDamaged,
    LogInUse,
    LogMissing,
    LogTooNew,
    WrongPassphrase,
    WrongRecoveryKey,
)
from desktop.domain.evidence.items import Fingerprint
from desktop.domain.identifiers import ContentId
from desktop.domain.log.custody import Action, first_break
from desktop.operations.entering.choose_folder import log_exists
from desktop.operations.entering.create_log import create_log, new_recovery_key
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import (
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
)
from desktop.operations.workspace import CLOCK_BEHIND, Workspace
from desktop.store.connection import open_connection
from desktop.store.evidence_table import ContentRow
from desktop.store.export_table import IntentRow
from desktop.store.folder import LogFolder
from desktop.store.keys import LOG_PURPOSE, open_with_recovery_key
from desktop.system.file_lock import FileLock
from tests.clocks import FrozenClock
from tests.logs_on_disk import (
    PASSPHRASE,
    RECOVERY_KEY,
    SECRET,
    actions_in,
    bytes_of,
    closing,
    environment,
    folder,
    make_log,
    new_log,
)
from tests.small_disk import small_disk

__all__ = ["environment", "folder", "small_disk"]


def test_new_log_knows_keyholder_organisation_and_policy(
    environment: Environment, folder: Path
) -> None:
    assert not log_exists(folder)
    with closing(create_log(environment, new_log(folder))) as workspace:
        assert log_exists(folder)
        assert workspace.keyholder.name == "Pat Smith"
        assert workspace.keyholder.initials == "PXS"
        assert workspace.log.settings.get("organisation") == "Example Training"
        assert workspace.log.settings.get("policy") == "S003"
        assert [row.id for row in workspace.log.keyholders.all()] == [workspace.keyholder.id]
        assert actions_in(workspace) == [Action.LOG_CREATED, Action.LOG_OPENED]
    assert [file.name for file in folder.parent.iterdir()] == ["Log"]


def test_files_show_no_name(environment: Environment, folder: Path) -> None:
    make_log(environment, folder)
    for name, content in bytes_of(folder).items():
        for word in (b"Pat Smith", b"Smith", b"Example", PASSPHRASE.encode()):
            assert word not in content
        # Three letters stand in encrypted bytes by chance now and then.
        assert name.endswith(".db") or b"PXS" not in content


def test_log_opens_again_with_everything_in_it(environment: Environment, folder: Path) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        me = workspace.keyholder
        stored = workspace.contents.write([b"original"], ContentId("one"))
        workspace.log.evidence.insert_content(
            ContentRow(id=ContentId("one"), file_number=1, fingerprint=stored.fingerprint)
        )
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert workspace.keyholder == me
        assert workspace.contents.check(ContentId("one"), 1) == stored.fingerprint
        assert first_break(workspace.log.custody.walk()) is None
        assert actions_in(workspace)[1:] == [
            Action.LOG_OPENED,
            Action.LOG_LOCKED,
            Action.LOG_OPENED,
        ]


def test_recovery_key_opens_as_the_first_keyholder(environment: Environment, folder: Path) -> None:
    make_log(environment, folder)
    typed = RECOVERY_KEY.lower().replace("-", " ")
    with closing(unlock_with_recovery_key(environment, folder, typed)) as workspace:
        assert workspace.keyholder.name == "Pat Smith"
        detail = [detail.detail for _, detail in workspace.log.custody.walk() if detail][-1]
        assert "recovery key" in detail


def test_wrong_secrets_open_nothing_and_leave_the_log_free(
    environment: Environment, folder: Path
) -> None:
    make_log(environment, folder)
    before = bytes_of(folder)
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(environment, folder, "seven chairs")
    with pytest.raises(WrongRecoveryKey) as mistyped:
        unlock_with_recovery_key(environment, folder, RECOVERY_KEY[:-1] + "X")
    assert mistyped.value.mistyped
    with pytest.raises(WrongRecoveryKey) as foreign:
        unlock_with_recovery_key(environment, folder, new_recovery_key())
    assert not foreign.value.mistyped
    assert bytes_of(folder).pop("attempts.json")
    (folder / "attempts.json").unlink()
    assert bytes_of(folder) == before
    lock_log(unlock_with_passphrase(environment, folder, PASSPHRASE))


def test_mistyped_recovery_key_makes_no_log(environment: Environment, folder: Path) -> None:
    with pytest.raises(WrongRecoveryKey):
        create_log(environment, replace(new_log(folder), recovery_key="not one"))
    assert not folder.parent.exists()


def test_missing_log_is_said(environment: Environment, folder: Path) -> None:
    for unlock in (unlock_with_passphrase, unlock_with_recovery_key):
        with pytest.raises(LogMissing):
            unlock(environment, folder, RECOVERY_KEY)
    assert not folder.exists()


def test_log_is_not_opened_twice(environment: Environment, folder: Path) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        with pytest.raises(LogInUse) as caught:
            unlock_with_passphrase(environment, folder, PASSPHRASE)
        assert caught.value.since == "20 Nov 2026, 09:30"
        assert workspace.log.settings.get("policy") == "S003"
    lock_log(unlock_with_passphrase(environment, folder, PASSPHRASE))


def test_lock_of_another_program_without_a_readable_note_counts(
    environment: Environment, folder: Path
) -> None:
    make_log(environment, folder)
    lock = FileLock(LogFolder(folder).lock_file)
    assert lock.take("scribble")
    with pytest.raises(LogInUse) as caught:
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    assert caught.value.since == ""
    lock.release()


def test_newer_log_is_refused_and_untouched(environment: Environment, folder: Path) -> None:
    make_log(environment, folder)
    keys = open_with_recovery_key(LogFolder(folder), SECRET)
    with open_connection(folder / "log.db", keys.derive(LOG_PURPOSE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = bytes_of(folder)
    with pytest.raises(LogTooNew) as caught:
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    assert caught.value.found == 99
    assert bytes_of(folder) == before


@pytest.mark.parametrize("harm", ["gone", "empty", "cut", "noise", "bare", "nobody"])
def test_damaged_log_is_said_and_nothing_is_made_anew(
    environment: Environment, folder: Path, harm: str
) -> None:
    make_log(environment, folder)
    file = folder / "log.db"
    if harm == "gone":
        file.unlink()
    elif harm == "empty":
        file.write_bytes(b"")
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:6000])
    elif harm == "noise":
        file.write_bytes(b"noise" * 10_000)
    else:
        keys = open_with_recovery_key(LogFolder(folder), SECRET)
        with open_connection(file, keys.derive(LOG_PURPOSE)) as connection:
            bare = "PRAGMA user_version = 0"
            connection.execute(bare if harm == "bare" else "DELETE FROM keyholder")
    before = bytes_of(folder)
    with pytest.raises(LogDamaged) as caught:
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    assert caught.value.file_name == "log.db"
    assert bytes_of(folder) == before


def test_damaged_key_file_is_mended_while_unlocking(
    environment: Environment, folder: Path
) -> None:
    make_log(environment, folder)
    for name in ("keys.json", "keys-copy.json"):
        good = (folder / name).read_bytes()
        (folder / name).write_bytes(good[:100])
        lock_log(unlock_with_passphrase(environment, folder, PASSPHRASE))
        assert (folder / name).read_bytes() == good


def test_further_evidence_file_opens_again(environment: Environment, folder: Path) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        workspace.contents._files._full_at = 1
        first = workspace.contents.write([b"original"], ContentId("one"))
        stored = workspace.contents.write([b"original"], ContentId("two"))
        workspace.log.evidence.insert_content(
            ContentRow(id=ContentId("two"), file_number=3, fingerprint=stored.fingerprint)
        )
    assert (first.file_number, stored.file_number) == (2, 3)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert workspace.contents.check(ContentId("two"), 3) == stored.fingerprint


@pytest.mark.parametrize("lost", ["keys.json", "log.db"])
def test_evidence_key_known_to_one_place_only_is_kept_in_both(
    environment: Environment, folder: Path, lost: str
) -> None:
    make_log(environment, folder)
    keys = open_with_recovery_key(LogFolder(folder), SECRET)
    key = b"\x07" * 32
    if lost == "log.db":
        keys.with_evidence_key(2, key)
    else:
        with open_connection(folder / "log.db", keys.derive(LOG_PURPOSE)) as connection:
            connection.execute("INSERT INTO evidence_file (number, key) VALUES (2, ?)", (key,))
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert workspace.log.evidence_files.keys()[2] == key
        assert workspace.contents.write([b"x"], ContentId("x")).file_number == 2
    assert open_with_recovery_key(LogFolder(folder), SECRET).evidence_keys[2] == key


def test_evidence_key_that_was_made_before_is_used_again(
    environment: Environment, folder: Path
) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        ask = workspace.contents._files._new_key
        assert ask(2) == ask(2) == workspace.log.evidence_files.keys()[2]


def test_job_that_was_cut_off_is_in_sight_until_the_log_is_locked(
    environment: Environment, folder: Path, clock: FrozenClock
) -> None:
    workspace = create_log(environment, new_log(folder))
    workspace.log.intents.begin(
        IntentRow(id="i", kind="add", incident_id=None, what="a.pdf", at=clock.now())
    )
    workspace.contents.write([b"orphan"], ContentId("orphan"))
    _crash(workspace)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert [intent.what for intent in workspace.log.intents.all()] == ["a.pdf"]
        detail = [detail.detail for _, detail in workspace.log.custody.walk() if detail][-1]
        assert '"cleared":1' in detail
        assert '"cut_off":["add"]' in detail
        assert workspace.contents.remove_orphans(frozenset()) == 0
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert workspace.log.intents.all() == []


def _crash(workspace: Workspace) -> None:
    """End as a killed program does: nothing is recorded, the system frees what was held."""
    workspace.contents.close()
    workspace.log.close()
    workspace.release()


def test_damaged_evidence_file_does_not_lock_the_keyholder_out(
    environment: Environment, folder: Path
) -> None:
    make_log(environment, folder)
    (folder / "evidence" / "0001.db").write_bytes(b"noise" * 100_000)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        with pytest.raises(LogDamaged):
            workspace.contents.check(ContentId("one"), 1)
        assert workspace.log.settings.get("policy") == "S003"


def test_clock_that_went_back_is_recorded_and_told(
    environment: Environment, folder: Path, clock: FrozenClock
) -> None:
    make_log(environment, folder)
    latest = clock.now().to_text()
    clock.advance(seconds=-59)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert Action.CLOCK_WENT_BACK not in actions_in(workspace)
    clock.advance(hours=-3)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert actions_in(workspace)[-2:] == [Action.CLOCK_WENT_BACK, Action.LOG_OPENED]
        assert workspace.log.settings.get(CLOCK_BEHIND) > latest[:10]
    clock.advance(days=1)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert workspace.log.settings.get(CLOCK_BEHIND) == ""
        assert first_break(workspace.log.custody.walk()) is None


def test_fingerprint_in_a_log_is_checked_against_the_bytes(
    environment: Environment, folder: Path
) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        workspace.contents.write([b"original"], ContentId("one"))
        assert workspace.contents.check(ContentId("one"), 1) != Fingerprint("0" * 64, 8)
