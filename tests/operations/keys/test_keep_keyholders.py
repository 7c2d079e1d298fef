"""Several people have keys to a log; what each may do, and what is left of those who go."""

import shutil
from pathlib import Path

import pytest

from desktop.domain.errors import (
    DiskFailed,
    KeychainUnavailable,
    KeysOutOfDate,
    LastLead,
    LogLocked,
    NotAllowed,
    NotFound,
    NotPermitted,
    ReasonNeeded,
    TryAgainLater,
    WrongPassphrase,
    WrongRecoveryKey,
)
from desktop.domain.evidence.items import Fingerprint
from desktop.domain.identifiers import KeyholderId
from desktop.domain.log.custody import Action, first_break
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import (
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
    unlock_with_token,
    ways_in,
)
from desktop.operations.keys.keep_keyholders import (
    change_keyholder,
    rekey,
    remove_keyholder,
    show_keys,
)
from desktop.operations.keys.keep_passphrases import (
    add_token_slot,
    change_passphrase,
    check_passphrase,
    remove_token_slot,
    set_passphrase,
)
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.logs_on_disk import (
    PASSPHRASE,
    RECOVERY_KEY,
    actions_in,
    closing,
    environment,
    folder,
    new_log,
)
from tests.operations.keys.keyholders import NEW_KEY, SECOND, THIRD, add, keep

__all__ = ["environment", "folder"]

TOKEN = bytes(range(32))


def _check(workspace: Workspace, name: str) -> Fingerprint:
    row = next(row for row in workspace.log.evidence.contents() if row.id == name)
    found = workspace.contents.check(row.id, row.file_number)
    assert found == row.fingerprint
    return found


def test_each_keyholder_opens_with_an_own_passphrase_and_role(
    environment: Environment, folder: Path
) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        second = add(workspace)
        assert actions_in(workspace)[-1] == Action.KEYHOLDER_ADDED
        (lead, line) = show_keys(workspace).keyholders
        assert (lead.is_you, lead.shown_as) == (True, "Safeguarding lead")
        assert lead.role is KeyholderRole.LEAD
        assert (line.name, line.shown_as, line.role, line.is_you) == (
            "Dee Putty",
            "Deputy",
            KeyholderRole.DEPUTY,
            False,
        )
    assert [(way.keyholder_id, way.shown_as, way.remembered) for way in ways_in(folder)] == [
        (lead.id, "Safeguarding lead", False),
        (second, "Deputy", False),
    ]
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(environment, folder, SECOND, lead.id)
    for keyholder_id in ("", second):
        with closing(unlock_with_passphrase(environment, folder, SECOND, keyholder_id)) as opened:
            assert opened.keyholder.name == "Dee Putty"
            assert opened.keyholder.role is KeyholderRole.DEPUTY
            assert first_break(opened.log.custody.walk()) is None


def test_only_a_lead_manages_keys(environment: Environment, folder: Path) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        lead, second = workspace.keyholder.id, add(workspace)
    with closing(unlock_with_passphrase(environment, folder, SECOND)) as workspace:
        head = workspace.log.custody.head()
        for refused in (
            lambda: add(workspace, THIRD, "Somebody Else"),
            lambda: remove_keyholder(workspace, lead, reason="x", recovery_key=NEW_KEY),
            lambda: rekey(workspace, reason="x", recovery_key=NEW_KEY),
            lambda: set_passphrase(workspace, lead, THIRD),
            lambda: set_passphrase(workspace, second, THIRD),
            lambda: change_keyholder(
                workspace, lead, name="x", title="", role=KeyholderRole.LEAD, shown_as="x"
            ),
            lambda: change_keyholder(
                workspace, second, name="x", title="", role=KeyholderRole.LEAD, shown_as="x"
            ),
        ):
            with pytest.raises(NotPermitted):
                refused()
        assert workspace.log.custody.head() == head
        change_keyholder(
            workspace,
            second,
            name="Dee Potter",
            title="Deputy",
            role=KeyholderRole.DEPUTY,
            shown_as="Dee",
        )
        assert show_keys(workspace).keyholders[1].shown_as == "Dee"


def test_last_lead_stays(environment: Environment, folder: Path) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        me, second = workspace.keyholder.id, add(workspace)
        with pytest.raises(LastLead):
            remove_keyholder(workspace, me, reason="leaves", recovery_key=NEW_KEY)
        with pytest.raises(LastLead):
            change_keyholder(
                workspace, me, name="x", title="", role=KeyholderRole.READER, shown_as="x"
            )
        change_keyholder(
            workspace, second, name="Dee", title="", role=KeyholderRole.LEAD, shown_as="Dee"
        )
        with pytest.raises(NotAllowed):
            remove_keyholder(workspace, me, reason="leaves", recovery_key=NEW_KEY)
        with pytest.raises(ReasonNeeded):
            remove_keyholder(workspace, second, reason=" ", recovery_key=NEW_KEY)
        with pytest.raises(WrongRecoveryKey):
            remove_keyholder(workspace, second, reason="leaves", recovery_key="not one")
        with pytest.raises(NotFound):
            remove_keyholder(
                workspace, KeyholderId("nobody"), reason="leaves", recovery_key=NEW_KEY
            )


def test_passphrase_is_changed_with_the_old_one(environment: Environment, folder: Path) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        with pytest.raises(WrongPassphrase):
            change_passphrase(workspace, old="no", new=THIRD)
        change_passphrase(workspace, old=PASSPHRASE, new=THIRD)
        with pytest.raises(NotPermitted):
            set_passphrase(workspace, workspace.keyholder.id, SECOND)
        assert check_passphrase(workspace, workspace.keyholder.id, THIRD)
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    with closing(unlock_with_passphrase(environment, folder, THIRD)) as workspace:
        assert Action.WRONG_ATTEMPTS in actions_in(workspace)
        assert ways_in(folder)[0].shown_as == "Safeguarding lead"


def test_forgotten_passphrase_is_set_by_a_lead_or_after_the_recovery_key(
    environment: Environment, folder: Path
) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        second = add(workspace)
        set_passphrase(workspace, second, THIRD)
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(environment, folder, SECOND)
    lock_log(unlock_with_passphrase(environment, folder, THIRD))
    with closing(unlock_with_recovery_key(environment, folder, RECOVERY_KEY, second)) as workspace:
        assert workspace.keyholder.id == second
        set_passphrase(workspace, second, SECOND)
    lock_log(unlock_with_passphrase(environment, folder, SECOND))
    with closing(unlock_with_recovery_key(environment, folder, RECOVERY_KEY)) as workspace:
        assert workspace.keyholder.role is KeyholderRole.LEAD


def test_removed_keyholder_reads_nothing_new(environment: Environment, folder: Path) -> None:
    stick = folder.parent / "stick"
    with closing(create_log(environment, new_log(folder))) as workspace:
        second = add(workspace)
        assert keep(workspace, "before", b"before") == 1
    shutil.copytree(folder, stick)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        fingerprint = workspace.keys.fingerprint
        remove_keyholder(workspace, second, reason=" left the school ", recovery_key=NEW_KEY)
        assert workspace.keys.fingerprint != fingerprint
        assert actions_in(workspace)[-3:] == [
            Action.KEYHOLDER_REMOVED,
            Action.LOG_REKEYED,
            Action.RECOVERY_KEY_CHANGED,
        ]
        assert (folder / "evidence" / "0002.db").exists()
        assert keep(workspace, "after", b"after") == 2
        _check(workspace, "before")
        gone = show_keys(workspace).keyholders[-1]
        assert (gone.id, gone.removed_at is None, gone.shown_as) == (second, False, "")
        assert show_keys(workspace).rekeyed_at == environment.clock.now()
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(environment, folder, SECOND)
    with pytest.raises(WrongRecoveryKey):
        unlock_with_recovery_key(environment, folder, RECOVERY_KEY)
    with closing(unlock_with_recovery_key(environment, folder, NEW_KEY)) as workspace:
        assert _check(workspace, "after").size == 5
        assert first_break(workspace.log.custody.walk()) is None
    newest = (folder / "keys.json").read_bytes()
    for name in ("keys.json", "keys-copy.json"):
        shutil.copyfile(stick / name, folder / name)
    with pytest.raises(KeysOutOfDate):
        unlock_with_passphrase(environment, folder, SECOND)
    (folder / "keys-copy.json").write_bytes(newest)
    lock_log(unlock_with_passphrase(environment, folder, PASSPHRASE))
    assert (folder / "keys.json").read_bytes() == newest
    lock_log(unlock_with_passphrase(environment, stick, SECOND))


def test_every_remaining_passphrase_and_token_opens_after_a_rekey(
    environment: Environment, folder: Path
) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        add(workspace)
        add_token_slot(workspace, TOKEN)
        me = workspace.keyholder.id
        rekey(workspace, reason="a stick was lost", recovery_key=NEW_KEY)
        rekey(workspace, reason="another one", recovery_key=RECOVERY_KEY)
        assert keep(workspace, "after", b"after") == 3
    assert not (folder / "log.db.new").exists()
    for passphrase in (PASSPHRASE, SECOND):
        with closing(unlock_with_passphrase(environment, folder, passphrase)) as workspace:
            _check(workspace, "after")
    assert ways_in(folder)[0].remembered or ways_in(folder)[1].remembered
    lock_log(unlock_with_token(environment, folder, me, TOKEN))


def test_token_opens_until_it_is_forgotten(environment: Environment, folder: Path) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        me = workspace.keyholder.id
        add_token_slot(workspace, TOKEN)
        assert ways_in(folder)[0].remembered
    with pytest.raises(KeychainUnavailable):
        unlock_with_token(environment, folder, me, bytes(32))
    with closing(unlock_with_token(environment, folder, me, TOKEN)) as workspace:
        assert not workspace.keys.by_recovery_key
        remove_token_slot(workspace)
    with pytest.raises(KeychainUnavailable):
        unlock_with_token(environment, folder, me, TOKEN)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert Action.WRONG_ATTEMPTS not in actions_in(workspace)


def test_wrong_attempts_are_slowed_and_recorded(
    environment: Environment, folder: Path, clock: FrozenClock
) -> None:
    lock_log(create_log(environment, new_log(folder)))
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            unlock_with_passphrase(environment, folder, "no")
    with pytest.raises(TryAgainLater) as caught:
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    assert caught.value.seconds == 5
    clock.advance(seconds=5)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert actions_in(workspace)[-2:] == [Action.WRONG_ATTEMPTS, Action.LOG_OPENED]
        me = workspace.keyholder.id
        assert workspace.log.settings.get("wrong_attempts").startswith("5 2026-11-20T")
        for _ in range(5):
            assert not check_passphrase(workspace, me, "no")
        with pytest.raises(TryAgainLater):
            check_passphrase(workspace, me, PASSPHRASE)
    assert (folder / "attempts.json").exists()


@pytest.mark.parametrize("both", [True, False])
def test_older_key_file_put_back_is_noticed(
    environment: Environment, folder: Path, *, both: bool
) -> None:
    lock_log(create_log(environment, new_log(folder)))
    old = (folder / "keys.json").read_bytes()
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        change_passphrase(workspace, old=PASSPHRASE, new=THIRD)
        add(workspace)
    newest = (folder / "keys.json").read_bytes()
    for name in ("keys.json", "keys-copy.json") if both else ("keys.json",):
        (folder / name).write_bytes(old)
    with pytest.raises(KeysOutOfDate):
        unlock_with_passphrase(environment, folder, PASSPHRASE)
    assert (folder / "keys.json").read_bytes() == newest
    (folder / "keys.json").write_bytes(old)
    (folder / "keys-copy.json").write_bytes(old)
    with closing(unlock_with_recovery_key(environment, folder, RECOVERY_KEY)) as workspace:
        assert actions_in(workspace).count(Action.OLDER_KEYS_FOUND) == 2
    lock_log(unlock_with_passphrase(environment, folder, SECOND))


def test_keyholder_whose_addition_was_cut_off_has_no_way_in(
    environment: Environment, folder: Path
) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        half = workspace.keys.opened.with_passphrase(KeyholderId("half"), "Half", SECOND)
    half_made = half.file
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        keys = workspace.keys.opened.with_slots(half_made.slots)
        keys.store()
    assert len(ways_in(folder)) == 2
    with pytest.raises(WrongPassphrase):
        unlock_with_passphrase(environment, folder, SECOND)
    assert len(ways_in(folder)) == 1
    lock_log(unlock_with_passphrase(environment, folder, PASSPHRASE))


def test_change_that_cannot_be_recorded_is_undone(environment: Environment, folder: Path) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        before = (folder / "keys.json").read_bytes()
        blocker = folder / "keys.json.new"
        blocker.mkdir()
        with pytest.raises(DiskFailed):
            add(workspace)
        with pytest.raises(DiskFailed):
            rekey(workspace, reason="x", recovery_key=NEW_KEY)
        blocker.rmdir()
        assert (folder / "keys.json").read_bytes() == before
        assert len(workspace.log.keyholders.all()) == 1
    lock_log(unlock_with_passphrase(environment, folder, PASSPHRASE))


def test_rekey_that_fails_late_goes_on_with_the_old_keys(
    environment: Environment, folder: Path
) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        before = (folder / "keys.json").read_bytes()
        (folder / "evidence" / "0002.db").mkdir()
        workspace.log.connection.execute(
            "CREATE TRIGGER no BEFORE UPDATE ON setting BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        with pytest.raises(Exception, match="no"):
            rekey(workspace, reason="x", recovery_key=NEW_KEY)
        workspace.log.connection.execute("DROP TRIGGER no")
        assert (folder / "keys.json").read_bytes() == before
        assert not list(folder.glob("log.db.new*"))
        assert workspace.log.settings.get("policy") == "S003"
        (folder / "evidence" / "0002.db").rmdir()
    lock_log(unlock_with_recovery_key(environment, folder, RECOVERY_KEY))


def test_locked_log_has_no_keys_left(environment: Environment, folder: Path) -> None:
    workspace = create_log(environment, new_log(folder))
    held = workspace.keys
    key = held.opened.log_key
    assert any(key)
    lock_log(workspace)
    assert not any(key)
    assert not held.evidence_keys
    with pytest.raises(LogLocked):
        held.derive("log.db")
    held.wipe()
