"""Backups from before new keys: one is due at once, and each opens with the keys of its day."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from desktop.domain.errors import WrongRecoveryKey
from desktop.domain.log.custody import Action
from desktop.domain.log.recovery import SECRET_BYTES, recovery_key_text
from desktop.domain.steps.procedures import Procedure
from desktop.operations.backups.back_up import back_up
from desktop.operations.backups.keep_backup_places import (
    add_backup_place,
    backup_due,
    changed_since_backup,
)
from desktop.operations.checking.check_log import check_log
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import lock_log, unlock_with_passphrase
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.keys.keep_keyholders import rekey
from desktop.operations.keys.keep_recovery_key import renew_recovery_key
from desktop.operations.practice_case import fill_case
from desktop.operations.rescuing.restore_log import Restored, find_backups, restore_log
from desktop.operations.rescuing.try_restore import RestoreTried, try_restore
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.logs_on_disk import PASSPHRASE, RECOVERY_KEY, actions_in, closing, folder, new_log
from tests.operations.story_writer import ignore, never

__all__ = ["folder"]

NEW_KEY = recovery_key_text(bytes(range(60, 60 + SECRET_BYTES)))
Renew = Callable[[Workspace], object]


def new_keys(workspace: Workspace) -> object:
    return rekey(workspace, reason="A laptop was stolen", recovery_key=NEW_KEY)


def new_paper(workspace: Workspace) -> object:
    return renew_recovery_key(workspace, NEW_KEY)


both = pytest.mark.parametrize("renew", [new_keys, new_paper])


@pytest.fixture
def environment(clock: FrozenClock, procedures: Mapping[str, Procedure]) -> Environment:
    return Environment(clock=clock, procedures=procedures, machine="a test computer")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return stick


@pytest.fixture
def backed_up(environment: Environment, folder: Path, stick: Path) -> Iterator[Workspace]:
    """Open a filled log that has just been backed up."""
    with closing(create_log(environment, new_log(folder))) as workspace:
        fill_case(workspace)
        add_backup_place(workspace, stick)
        back_up(workspace, ignore, never)
        yield workspace


def tried(workspace: Workspace) -> RestoreTried:
    return try_restore(workspace, ignore, never)


@both
def test_a_backup_is_due_at_once(backed_up: Workspace, renew: Renew) -> None:
    start_incident(backed_up, title="New")
    assert not backup_due(backed_up)
    renew(backed_up)
    assert backup_due(backed_up)
    assert changed_since_backup(backed_up)
    back_up(backed_up, ignore, never)
    assert not backup_due(backed_up)
    assert not changed_since_backup(backed_up)


@pytest.mark.parametrize(
    ("renew", "said"),
    [
        (new_keys, "before the log got new keys on 20 Nov 2026, 11:30"),
        (new_paper, "before the recovery key was renewed on 20 Nov 2026, 11:30"),
    ],
)
def test_a_try_says_what_opens_the_older_backup(
    backed_up: Workspace, clock: FrozenClock, renew: Renew, said: str
) -> None:
    assert tried(backed_up).holds
    clock.advance(hours=2)
    renew(backed_up)
    answer = tried(backed_up)
    assert not answer.holds
    assert said in answer.sentence
    assert "opens with the earlier recovery key, or with a passphrase of that day" in (
        answer.sentence
    )
    assert "Keep the earlier paper as long as there are backups from before." in answer.sentence
    assert actions_in(backed_up)[-1] is Action.BACKUP_FAILED
    clock.advance(minutes=5)
    back_up(backed_up, ignore, never)
    assert tried(backed_up).holds


@both
def test_every_backup_comes_back_with_the_keys_of_its_day(
    environment: Environment,
    backed_up: Workspace,
    clock: FrozenClock,
    renew: Renew,
    stick: Path,
    tmp_path: Path,
) -> None:
    clock.advance(days=1)
    renew(backed_up)
    start_incident(backed_up, title="After the new keys")
    back_up(backed_up, ignore, never)
    newer, older = [one.path for one in find_backups(stick)]

    def restored(backup: Path, name: str, recovery_key: str) -> Restored:
        return restore_log(
            environment, backup, tmp_path / name, recovery_key=recovery_key,
            progress=ignore, cancelled=never,
        )  # fmt: skip

    for backup, wrong, right in ((older, NEW_KEY, RECOVERY_KEY), (newer, RECOVERY_KEY, NEW_KEY)):
        name = f"from {backup.name}"
        with pytest.raises(WrongRecoveryKey):
            restored(backup, name, wrong)
        restored(backup, name, right)
        with closing(unlock_with_passphrase(environment, tmp_path / name, PASSPHRASE)) as log:
            check = check_log(log, ignore, never)
            assert check.altered == ()
            assert check.items == 4
            titles = {row.title for row in log.log.incidents.all()}
            assert ("After the new keys" in titles) is (backup == newer)


def test_an_older_backup_takes_the_place_of_the_log_across_new_keys(
    environment: Environment, folder: Path, stick: Path, clock: FrozenClock
) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        fill_case(workspace)
        add_backup_place(workspace, stick)
        back_up(workspace, ignore, never)
        new_keys(workspace)
    answer = restore_log(
        environment, find_backups(stick)[0].path, folder, passphrase=PASSPHRASE,
        progress=ignore, cancelled=never,
    )  # fmt: skip
    assert answer.kept
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        clock.advance(days=1)
        assert Action.LOG_REKEYED not in actions_in(workspace)
        assert Action.OLDER_KEYS_FOUND not in actions_in(workspace)
        assert back_up(workspace, ignore, never).results[0].outcome == "made"
        assert tried(workspace).holds
    lock_log(unlock_with_passphrase(environment, answer.kept, PASSPHRASE))
