"""The computer's keychain, against a real one: there, absent, locked, removed in between."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.SecretService import Keyring

from desktop.domain.errors import KeychainUnavailable
from desktop.system.keychain import SERVICE, SystemKeychain, system_backend
from tests.keyrings import DesktopKeyring, desktop_keyring

__all__ = ["desktop_keyring"]
# The library leaves its connection to the bus to the collector when the keyring refuses.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
SECRET = bytes(range(32))


def _refused(keychain: SystemKeychain, name: str = "one") -> str:
    with pytest.raises(KeychainUnavailable) as found:
        keychain.read(name)
    return found.value.reason


@pytest.mark.usefixtures("desktop_keyring")
def test_a_secret_is_kept_read_and_forgotten() -> None:
    keychain = SystemKeychain()
    keychain.keep("one", SECRET)
    keychain.keep("two", b"2")
    keychain.keep("one", SECRET[::-1])
    assert keychain.read("one") == SECRET[::-1]
    keychain.forget("one")
    assert _refused(keychain) == "empty"
    assert keychain.read("two") == b"2"
    keychain.forget("one")


@pytest.mark.usefixtures("desktop_keyring")
def test_something_else_under_that_name_is_no_secret() -> None:
    system_backend().set_password(f"{SERVICE} one", "one", "not written by this program")
    assert _refused(SystemKeychain()) == "empty"


def test_a_locked_keychain_says_so(desktop_keyring: DesktopKeyring) -> None:
    keychain = SystemKeychain()
    keychain.keep("one", SECRET)
    desktop_keyring.lock()
    assert _refused(keychain) == "locked"
    with pytest.raises(KeychainUnavailable) as found:
        keychain.keep("one", SECRET)
    assert found.value.reason == "locked"
    keychain.forget("one")


def test_a_keychain_that_starts_again_is_locked(desktop_keyring: DesktopKeyring) -> None:
    keychain = SystemKeychain()
    keychain.keep("one", SECRET)
    desktop_keyring.end_daemon()
    assert _refused(keychain) in {"locked", "none"}


def test_a_keychain_that_goes_away_says_so(desktop_keyring: DesktopKeyring) -> None:
    keychain = SystemKeychain()
    keychain.keep("one", SECRET)
    desktop_keyring.end()
    assert _refused(keychain) == "none"
    keychain.forget("one")


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/at/all", "no address"])
def test_without_a_desktop_there_is_none(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert _refused(SystemKeychain()) == "none"
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert _refused(SystemKeychain()) == "none"


class _Forgetful(KeyringBackend):
    """A backend that takes everything and keeps something else."""

    priority = 1

    def get_password(self, service: str, username: str) -> str:
        return f"{len(service + username):08x}"

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep nothing."""


def test_what_cannot_be_read_back_was_not_kept() -> None:
    keychain = SystemKeychain(_Forgetful)
    with pytest.raises(KeychainUnavailable) as found:
        keychain.keep("one", SECRET)
    assert found.value.reason == "none"


def test_no_setting_chooses_another_backend(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    settings = home / ".config" / "python_keyring"
    settings.mkdir(parents=True)
    text = "[backend]\ndefault-keyring=keyring.backends.null.Keyring\n"
    (settings / "keyringrc.cfg").write_text(text, "utf-8")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert type(system_backend()) is Keyring


def _system(monkeypatch: pytest.MonkeyPatch, platform: str, module: str, name: str) -> type:
    """Stand on another system, as far as this library goes."""
    made = type(name, (), {"persist": "enterprise"})
    stand_in = ModuleType(module)
    setattr(stand_in, name, made)
    monkeypatch.setitem(sys.modules, module, stand_in)
    monkeypatch.setattr(sys, "platform", platform)
    return made


def test_windows_keeps_it_on_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = _system(monkeypatch, "win32", "keyring.backends.Windows", "WinVaultKeyring")
    backend = system_backend()
    assert isinstance(backend, kind)
    assert vars(backend) == {"persist": "local machine"}


def test_macos_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = _system(monkeypatch, "darwin", "keyring.backends.macOS", "Keyring")
    assert isinstance(system_backend(), kind)


def test_the_library_is_not_read_before_it_is_used() -> None:
    code = (
        "import sys; from desktop.system.keychain import SystemKeychain; SystemKeychain();"
        "print([name for name in sys.modules if name.split('.')[0] == 'keyring'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
