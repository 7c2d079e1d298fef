"""The recovery key on paper: a random secret in groups of letters that forgive miscopying."""

import hashlib
import re
from datetime import timedelta

from desktop.domain.calendar.times import Moment
from desktop.domain.log.paper_code import ALPHABET, GROUP, as_meant, read_letters, write_groups

SECRET_BYTES = 22
GROUPS = 8
_CHECK_BYTES = 3
_CONFIRMED = 2
_DRILL_EVERY = timedelta(days=365)


def recovery_key_text(secret: bytes) -> str:
    """Write 22 random bytes (176 bits) with a checksum of 24 bits as 8 groups of 5 characters."""
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a recovery key takes {SECRET_BYTES} bytes, not {len(secret)}")
    return write_groups(int.from_bytes(secret + _check(secret), "big"), GROUPS)


def read_recovery_key(typed: str) -> bytes | None:
    """Return the secret that was written down; None when a character is wrong or missing.

    Capitals, spaces and dashes do not matter; O counts as 0, I and L as 1.
    """
    text = _tidy(typed)
    if len(text) != GROUP * GROUPS or any(letter not in ALPHABET for letter in text):
        return None
    raw = read_letters(text).to_bytes(SECRET_BYTES + _CHECK_BYTES, "big")
    secret, check = raw[:SECRET_BYTES], raw[SECRET_BYTES:]
    return secret if check == _check(secret) else None


def groups_of(text: str) -> tuple[str, ...]:
    """Return the groups of a recovery key as it is shown."""
    return tuple(text.split("-"))


def groups_to_confirm(randomness: bytes) -> tuple[int, ...]:
    """Choose two groups, counted from 0 and in order, to be typed back from the paper."""
    left = list(range(GROUPS))
    return tuple(sorted(left.pop(byte % len(left)) for byte in randomness[:_CONFIRMED]))


def is_same_group(typed: str, group: str) -> bool:
    """Say whether a group was typed back as it stands on the paper."""
    return _tidy(typed) == _tidy(group)


def is_drill_due(made: Moment | None, tried: Moment | None, now: Moment) -> bool:
    """Say whether it is a year or more since the recovery key was made, or tried last."""
    known = [one.utc for one in (made, tried) if one]
    return not known or now.utc - max(known) >= _DRILL_EVERY


def _tidy(typed: str) -> str:
    return as_meant(re.sub(r"[\s\-\u2010-\u2015]", "", typed).upper())


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"safeguarding-log recovery key\0" + secret).digest()[:_CHECK_BYTES]
