"""A re-key that was cut off before it counted: the earlier secrets open the log, and say so."""

from pathlib import Path

import pytest

from desktop.domain.errors import NewKeysNotInUse, WrongRecoveryKey
from desktop.domain.log.recovery import SECRET_BYTES, recovery_key_text
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import (
    lock_log,
    unlock_with_passphrase,
    unlock_with_recovery_key,
)
from desktop.store.folder import LogFolder
from desktop.store.key_file import store_key_file
from desktop.store.keys import open_with_passphrase
from tests.logs_on_disk import (
    PASSPHRASE,
    RECOVERY_KEY,
    closing,
    environment,
    folder,
    make_log,
)

__all__ = ["environment", "folder"]

NEW_SECRET = bytes(reversed(range(SECRET_BYTES)))
NEW_KEY = recovery_key_text(NEW_SECRET)


@pytest.fixture
def cut(environment: Environment, folder: Path) -> Path:
    """Make a log whose keys.json holds the set in use and one that never came to count."""
    make_log(environment, folder)
    keys = open_with_passphrase(LogFolder(folder), PASSPHRASE)
    fresh = keys.renewed([keys.keyholder or ""], NEW_SECRET, 2)
    store_key_file(keys.folder, fresh.file, keys.file)
    return folder


def test_the_new_recovery_key_does_not_count_yet(environment: Environment, cut: Path) -> None:
    with pytest.raises(NewKeysNotInUse):
        unlock_with_recovery_key(environment, cut, NEW_KEY)
    with closing(unlock_with_recovery_key(environment, cut, RECOVERY_KEY)):
        pass
    with pytest.raises(WrongRecoveryKey):
        unlock_with_recovery_key(environment, cut, NEW_KEY)


def test_the_passphrase_opens_and_ends_it(environment: Environment, cut: Path) -> None:
    lock_log(unlock_with_passphrase(environment, cut, PASSPHRASE))
    with pytest.raises(WrongRecoveryKey):
        unlock_with_recovery_key(environment, cut, NEW_KEY)
