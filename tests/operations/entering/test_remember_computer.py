"""A computer's keychain as one more way in: used, refused, gone; the log opens without it."""

import dataclasses
from pathlib import Path

import pytest

from desktop.domain.errors import AppError, KeychainUnavailable, LogMissing, NotAllowed
from desktop.domain.log.custody import Action
from desktop.operations.entering.enter_log import Environment
from desktop.operations.entering.open_log import unlock_with_passphrase, ways_in
from desktop.operations.entering.remember_computer import (
    forget_computer,
    is_remembered,
    remember_computer,
    unlock_remembered,
)
from desktop.operations.keys.keep_keyholders import rekey
from desktop.system.keychain import SystemKeychain
from tests.keyrings import DesktopKeyring, desktop_keyring
from tests.logs_on_disk import (
    PASSPHRASE,
    actions_in,
    closing,
    environment,
    folder,
    make_log,
)

__all__ = ["desktop_keyring", "environment", "folder"]
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


def _remembered(environment: Environment, folder: Path) -> str:
    """Make a log that this computer remembers; return who may open it so."""
    make_log(environment, folder)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        remember_computer(workspace, SystemKeychain())
        return workspace.keyholder.id


def _refused(environment: Environment, folder: Path, who: str) -> str:
    with pytest.raises(KeychainUnavailable) as found:
        unlock_remembered(environment, folder, who, SystemKeychain())
    return found.value.reason


@pytest.mark.usefixtures("desktop_keyring")
def test_the_log_opens_with_what_the_keychain_holds(
    environment: Environment, folder: Path
) -> None:
    who = _remembered(environment, folder)
    assert [way.remembered for way in ways_in(folder)] == [True]
    with closing(unlock_remembered(environment, folder, who, SystemKeychain())) as workspace:
        assert workspace.keyholder.id == who
        assert is_remembered(workspace)
        assert Action.COMPUTER_REMEMBERED in actions_in(workspace)
        forget_computer(workspace, SystemKeychain())
        assert not is_remembered(workspace)
    assert _refused(environment, folder, who) == "empty"
    with pytest.raises(KeychainUnavailable):
        SystemKeychain().read(who)


@pytest.mark.usefixtures("desktop_keyring")
def test_nothing_is_remembered_unasked(environment: Environment, folder: Path) -> None:
    make_log(environment, folder)
    (way,) = ways_in(folder)
    assert not way.remembered
    assert _refused(environment, folder, way.keyholder_id) == "empty"


@pytest.mark.usefixtures("desktop_keyring")
def test_it_still_opens_after_new_keys(environment: Environment, folder: Path) -> None:
    who = _remembered(environment, folder)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        rekey(workspace, reason="a test", recovery_key=_new_key())
    with closing(unlock_remembered(environment, folder, who, SystemKeychain())) as workspace:
        assert workspace.keyholder.id == who


def _new_key() -> str:
    from desktop.operations.entering.create_log import new_recovery_key  # noqa: PLC0415

    return new_recovery_key()


def test_a_locked_keychain_leaves_the_passphrase(
    desktop_keyring: DesktopKeyring, environment: Environment, folder: Path
) -> None:
    who = _remembered(environment, folder)
    desktop_keyring.lock()
    assert _refused(environment, folder, who) == "locked"
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        assert is_remembered(workspace)


def test_a_keychain_that_went_away_leaves_the_passphrase(
    desktop_keyring: DesktopKeyring, environment: Environment, folder: Path
) -> None:
    who = _remembered(environment, folder)
    desktop_keyring.end()
    assert _refused(environment, folder, who) == "none"
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        forget_computer(workspace, SystemKeychain())
        assert not is_remembered(workspace)


@pytest.mark.usefixtures("desktop_keyring")
def test_a_token_that_opens_nothing_counts_as_none(environment: Environment, folder: Path) -> None:
    who = _remembered(environment, folder)
    SystemKeychain().keep(who, bytes(32))
    assert _refused(environment, folder, who) == "empty"


def test_without_a_keychain_nothing_is_remembered(
    environment: Environment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    make_log(environment, folder)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        with pytest.raises(KeychainUnavailable):
            remember_computer(workspace, SystemKeychain())
        assert not is_remembered(workspace)


@pytest.mark.usefixtures("desktop_keyring")
def test_a_token_without_a_slot_is_taken_back(environment: Environment, folder: Path) -> None:
    def refuse(_function: object) -> None:
        raise LogMissing(folder)

    make_log(environment, folder)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        cut_off = dataclasses.replace(workspace, on_log=refuse)  # type: ignore[arg-type]
        with pytest.raises(AppError):
            remember_computer(cut_off, SystemKeychain())
        with pytest.raises(KeychainUnavailable) as found:
            SystemKeychain().read(workspace.keyholder.id)
        assert found.value.reason == "empty"


@pytest.mark.usefixtures("desktop_keyring")
def test_a_restricted_log_is_never_remembered(environment: Environment, folder: Path) -> None:
    make_log(environment, folder)
    with closing(unlock_with_passphrase(environment, folder, PASSPHRASE)) as workspace:
        restricted = dataclasses.replace(workspace, restricted=True)
        with pytest.raises(NotAllowed):
            remember_computer(restricted, SystemKeychain())
        assert not is_remembered(workspace)
