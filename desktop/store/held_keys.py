"""Holds the keys of a log while it is open: the one place where they change, and are wiped."""

from collections.abc import Mapping

from desktop.store.folder import LogFolder
from desktop.store.keys import OpenKeys

FINGERPRINT_BYTES = 10


class HeldKeys:
    """The keys as they are now; they grow with each further evidence file."""

    def __init__(self, keys: OpenKeys) -> None:
        """Start with the keys as they were opened."""
        self._keys = keys

    @property
    def folder(self) -> LogFolder:
        """The folder of the log."""
        return self._keys.folder

    @property
    def log_id(self) -> str:
        """The random name of the log, 32 hexadecimal digits; it never changes."""
        return self._keys.log_id

    @property
    def evidence_keys(self) -> Mapping[int, bytes]:
        """The key of each evidence file."""
        return self._keys.evidence_keys

    @property
    def fingerprint(self) -> str:
        """What is printed to tell these keys from others: 20 hexadecimal digits."""
        return self._keys.derive("fingerprint")[:FINGERPRINT_BYTES].hex()

    def derive(self, purpose: str) -> bytes:
        """Return the key for one purpose."""
        return self._keys.derive(purpose)

    def add_evidence_key(self, number: int, key: bytes) -> None:
        """Store the key of one more evidence file in keys.json."""
        self._keys = self._keys.with_evidence_key(number, key)
