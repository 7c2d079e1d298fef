"""The end of the custody record as a code on paper, and read back as somebody types it.

The code is the number of the entry and 20 characters: the first 80 bits of the entry's own
SHA-256 and a checksum of 20 bits over both. A whole SHA-256 after the number is read as well.
"""

import hashlib
import re
from dataclasses import dataclass

from desktop.domain.log.custody import Head
from desktop.domain.log.paper_code import ALPHABET, GROUP, as_meant, read_letters, write_groups

GROUPS = 4
BEGINNING = 20
_OWN = 64
_DIGITS = 4
_CHECK_BITS = 20
_HEX_BITS = 4
_BETWEEN = re.compile(r"[\s.,:;\-\u2010-\u2015]")
_SHORT = re.compile(rf"([0-9]{{1,12}})([{ALPHABET}]{{{GROUP * GROUPS}}})")
_WHOLE = re.compile(rf"([0-9][0-9,]{{0,15}})[\s:;]+([0-9A-F]{{{_OWN}}})", re.ASCII)


def in_groups(digits: str) -> str:
    """Write a fingerprint or another row of digits in fours, to be compared by eye."""
    return " ".join(digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS))


@dataclass(frozen=True, slots=True)
class TypedHead:
    """A head as it was read from paper: `beginning` is as much of its SHA-256 as stood there."""

    number: int
    beginning: str

    def fits(self, head: Head) -> bool:
        """Say whether this is the head that was given out."""
        return self.number == head.number and head.own.startswith(self.beginning)


def head_code(head: Head) -> str:
    """Return the code of a head, without its number: 4 groups of 5 characters."""
    return _code(head.number, head.own[:BEGINNING])


def head_text(head: Head) -> str:
    """Return what is to be typed: the number of the entry, then its code."""
    return f"{head.number} {head_code(head)}"


def read_head(typed: str) -> TypedHead | None:
    """Return the head that was written down; None when a character is wrong or missing.

    Capitals, spaces, commas and dashes do not matter; O counts as 0, I and L as 1.
    """
    text = typed.upper()
    # A group of a code could read ENTRY itself: the word is left out only if it is in the way.
    return _read(text) or _read(text.rpartition("ENTRY")[2])


def _read(text: str) -> TypedHead | None:
    whole = _WHOLE.fullmatch(text.strip())
    if whole:
        return TypedHead(int(re.sub(r"\D", "", whole[1])), whole[2].lower())
    short = _SHORT.fullmatch(as_meant(_BETWEEN.sub("", text)))
    if not short:
        return None
    number, bits = int(short[1]), read_letters(short[2])
    beginning = f"{bits >> _CHECK_BITS:0{BEGINNING}x}"
    if bits & ((1 << _CHECK_BITS) - 1) != _check(number, beginning):
        return None
    return TypedHead(number, beginning)


def _code(number: int, beginning: str) -> str:
    return write_groups((int(beginning, 16) << _CHECK_BITS) | _check(number, beginning), GROUPS)


def _check(number: int, beginning: str) -> int:
    digest = hashlib.sha256(f"safeguarding-log head\0{number}\0{beginning}".encode()).digest()
    return int.from_bytes(digest[:3], "big") >> _HEX_BITS
