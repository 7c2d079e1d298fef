"""The recovery key is renewed, and tried once a year."""

from pathlib import Path

import pytest

from desktop.domain.errors import NotPermitted, WrongRecoveryKey
from desktop.domain.log.custody import Action
from desktop.domain.log.roles import KeyholderRole
from desktop.operations.entering.create_log import create_log
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import (
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
)
from desktop.operations.keys.keep_keyholders import show_keys
from desktop.operations.keys.keep_recovery_key import renew_recovery_key, try_recovery_key
from tests.clocks import FrozenClock
from tests.logs_on_disk import (
    RECOVERY_KEY,
    actions_in,
    closing,
    environment,
    folder,
    new_log,
)
from tests.operations.keys.keyholders import NEW_KEY, SECOND, add

__all__ = ["environment", "folder"]


def test_renewed_key_opens_and_the_old_one_does_not(
    environment: Environment, folder: Path, clock: FrozenClock
) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        fingerprint = workspace.keys.fingerprint
        assert try_recovery_key(workspace, RECOVERY_KEY).fits
        clock.advance(days=1)
        with pytest.raises(WrongRecoveryKey):
            renew_recovery_key(workspace, NEW_KEY[:-1])
        renew_recovery_key(workspace, NEW_KEY)
        assert actions_in(workspace)[-1] == Action.RECOVERY_KEY_CHANGED
        view = show_keys(workspace)
        assert view.recovery_key_made_at == clock.now()
        assert view.recovery_key_tried_at is None
        assert view.fingerprint == fingerprint
    with pytest.raises(WrongRecoveryKey):
        unlock_with_recovery_key(environment, folder, RECOVERY_KEY)
    lock_log(unlock_with_recovery_key(environment, folder, NEW_KEY))


def test_drill_is_recorded_and_due_again_after_a_year(
    environment: Environment, folder: Path, clock: FrozenClock
) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        assert not show_keys(workspace).drill_due
        clock.advance(days=365)
        assert show_keys(workspace).drill_due
        assert not try_recovery_key(workspace, NEW_KEY).fits
        assert show_keys(workspace).drill_due
        with pytest.raises(WrongRecoveryKey) as caught:
            try_recovery_key(workspace, "mistyped")
        assert caught.value.mistyped
        assert try_recovery_key(workspace, RECOVERY_KEY.lower()).fits
        assert not show_keys(workspace).drill_due
        assert show_keys(workspace).recovery_key_tried_at == clock.now()
        assert actions_in(workspace)[-2:] == [Action.RECOVERY_KEY_TRIED] * 2


def test_deputy_tries_the_key_but_does_not_renew_it(
    environment: Environment, folder: Path
) -> None:
    with closing(create_log(environment, new_log(folder))) as workspace:
        add(workspace, role=KeyholderRole.READER)
    with closing(unlock_with_passphrase(environment, folder, SECOND)) as workspace:
        assert try_recovery_key(workspace, RECOVERY_KEY).fits
        with pytest.raises(NotPermitted):
            renew_recovery_key(workspace, NEW_KEY)
