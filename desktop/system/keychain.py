"""This computer's keychain, where the keyholder wants one more way in; nothing depends on it.

Only the three system keychains below are ever used, each made here by name: the library's own
choice could fall on a backend that keeps plain text, or on one that a setting names.
"""

import sys
from collections.abc import Callable
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Protocol

from desktop.domain.errors import KeychainUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Safeguarding Log"
NONE, LOCKED, EMPTY = "none", "locked", "empty"
_LOCKED_NAMES = frozenset({"KeyringLocked", "LockedException", "PromptDismissedException"})


class Keychain(Protocol):
    """Keeps small secrets by name."""

    def keep(self, name: str, secret: bytes) -> None:
        """Keep a secret, and see that it can be read back."""
        ...

    def read(self, name: str) -> bytes:
        """Return what was kept."""
        ...

    def forget(self, name: str) -> None:
        """Take a secret away; one that is not there is no error."""
        ...


class SystemKeychain:
    """The keychain of this computer's account; every failure is KeychainUnavailable.

    Its reason is 'none' (nothing that can be used), 'locked' or 'empty' (no such secret).
    The library is read at the first use only: the unlock page must be there at once.
    """

    def __init__(self, make_backend: "Callable[[], KeyringBackend] | None" = None) -> None:
        """Use the backend of this system, or the one that is made by `make_backend`."""
        self._make_backend = make_backend or system_backend

    def keep(self, name: str, secret: bytes) -> None:
        """Keep a secret, and see that it can be read back. Raises KeychainUnavailable."""
        self._ask(lambda backend: backend.set_password(_service(name), name, secret.hex()))
        if self.read(name) != secret:
            raise KeychainUnavailable(NONE)

    def read(self, name: str) -> bytes:
        """Return what was kept. Raises KeychainUnavailable."""
        found = self._ask(lambda backend: backend.get_password(_service(name), name))
        if not found:
            raise KeychainUnavailable(EMPTY)
        try:
            return bytes.fromhex(found)
        except ValueError:
            raise KeychainUnavailable(EMPTY) from None

    def forget(self, name: str) -> None:
        """Take a secret away; one that is not there is no error."""
        with suppress(KeychainUnavailable):
            self.read(name)
            self._ask(lambda backend: backend.delete_password(_service(name), name))

    def _ask(self, question: "Callable[[KeyringBackend], str | None]") -> str | None:
        try:
            if sys.platform not in {"win32", "darwin"}:
                _refuse_locked()
            return question(self._make_backend())
        except KeychainUnavailable:
            raise
        except Exception as error:
            # Each system fails in ways of its own; whatever it was, the passphrase still opens.
            raise KeychainUnavailable(_reason(error)) from error


def system_backend() -> "KeyringBackend":
    """Return the one keychain of this system that is allowed."""
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring  # noqa: PLC0415 - slow to read

        vault = WinVaultKeyring()
        # As it comes, the vault would send the secret to every computer of a roaming account.
        vault.persist = "local machine"
        return vault
    elif sys.platform == "darwin":  # noqa: RET505 - mypy reads each branch only so
        from keyring.backends.macOS import Keyring as MacKeyring  # noqa: PLC0415

        return MacKeyring()
    else:
        from keyring.backends.SecretService import Keyring  # noqa: PLC0415

        return Keyring()  # type: ignore[no-untyped-call]


def _refuse_locked() -> None:
    """Say that the keychain is locked before the desktop asks for its password.

    The question could stand behind our window, or nobody be there to see it: we would wait.
    """
    import secretstorage  # noqa: PLC0415 - only on Linux

    with closing(secretstorage.dbus_init()) as bus:
        if not any(True for _ in secretstorage.get_all_collections(bus)):
            raise KeychainUnavailable(NONE)
        if secretstorage.get_default_collection(bus).is_locked():
            raise KeychainUnavailable(LOCKED)


def _service(name: str) -> str:
    """Give each secret a service of its own: Windows keeps one name per service."""
    return f"{SERVICE} {name}"


def _reason(error: BaseException) -> str:
    return LOCKED if type(error).__name__ in _LOCKED_NAMES else NONE
