"""Holds the keys of a log while it is open: the one place where they change, and are wiped."""

from collections.abc import Mapping
from dataclasses import replace

from desktop.domain.errors import LogLocked
from desktop.store.folder import LogFolder
from desktop.store.keys import OpenKeys

FINGERPRINT_BYTES = 10


class HeldKeys:
    """The keys as they are now; they change on the thread that owns log.db only.

    What wiping can do: the log key is overwritten, and nothing here leads to the other keys any
    more. Copies that Python, OpenSSL and SQLCipher made on the way are freed, not overwritten.
    """

    def __init__(self, keys: OpenKeys) -> None:
        """Start with the keys as they were opened."""
        self._log_key = bytearray(keys.log_key)
        self._keys = replace(keys, log_key=self._log_key, others=())
        self._wiped = False

    @property
    def folder(self) -> LogFolder:
        """The folder of the log."""
        return self._keys.folder

    @property
    def log_id(self) -> str:
        """The random name of the log, 32 hexadecimal digits; it never changes."""
        return self._keys.log_id

    @property
    def by_recovery_key(self) -> bool:
        """Whether the recovery key opened the log, and nobody's own secret."""
        return self._keys.keyholder is None

    @property
    def opened(self) -> OpenKeys:
        """The keys as they are now; raises LogLocked once they are wiped."""
        if self._wiped:
            raise LogLocked
        return self._keys

    @property
    def evidence_keys(self) -> Mapping[int, bytes]:
        """The key of each evidence file."""
        return self._keys.evidence_keys

    @property
    def fingerprint(self) -> str:
        """What is printed to tell these keys from others: 20 hexadecimal digits."""
        return self.derive("fingerprint")[:FINGERPRINT_BYTES].hex()

    def derive(self, purpose: str) -> bytes:
        """Return the key for one purpose."""
        return self.opened.derive(purpose)

    def add_evidence_key(self, number: int, key: bytes) -> None:
        """Store the key of one more evidence file in keys.json."""
        self._keys = self.opened.with_evidence_key(number, key)

    def change(self, keys: OpenKeys) -> None:
        """Store changed keys of the same log key in both copies, and go on with them."""
        keys.store()
        self._keys = keys

    def exchange(self, keys: OpenKeys) -> None:
        """Go on with another log key, once log.db is encrypted under it."""
        before, self._log_key = self._log_key, bytearray(keys.log_key)
        self._keys = replace(keys, log_key=self._log_key)
        _overwrite(before)

    def wipe(self) -> None:
        """Forget the keys as far as Python allows; wiping twice does no harm."""
        self._wiped = True
        _overwrite(self._log_key)
        self._keys = replace(self._keys, evidence_keys={})


def _overwrite(key: bytearray) -> None:
    key[:] = bytes(len(key))
