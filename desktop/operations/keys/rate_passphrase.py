"""Rates how hard a passphrase is to guess, and says what would make it harder."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from zxcvbn import zxcvbn

from desktop.resources import resource_path

GOOD = 3
# The estimator refuses more; what is that long is strong by its first part or not at all.
_LONGEST = 72
_OWN_WORDS = "Leave out names and the name of your organisation."
_SCHOOL_WORDS = "Leave out words of the school and of safeguarding; they are tried first."
_ADVICE = {
    "repeat": "Avoid repeats such as aaa or abcabc.",
    "sequence": "Avoid runs such as abc or 1234.",
    "spatial": "Avoid keys that lie side by side, such as qwerty.",
    "date": "Avoid dates and years.",
    "regex": "Avoid dates and years.",
}
_YEAR = re.compile(r"(19|20)\d\d")
_SIGNS = re.compile(r"[\W_]+")
_TYPED_FOR = str.maketrans("0134578@$!", "oleastbasi")
_SHORTEST_WORD = 4
_SHORTEST_NAME = 3
_MORE_WORDS = "Add another word or two; words that do not belong together are best."


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard to guess: 0 (at once) to 4 (very hard), and one sentence of advice, or ''."""

    score: int
    advice: str


def passphrase_strength(passphrase: str, words: Sequence[str]) -> Strength:
    """Rate a passphrase; `words` are those that somebody who knows the keyholder would try."""
    if not passphrase:
        return Strength(0, "")
    own = [part.lower() for word in words for part in _parts(word)]
    known = list(dict.fromkeys([*own, *school_words()]))
    rated = _rate(passphrase, known)
    score = int(rated["score"])
    rest = _without(passphrase, known)
    if rest is None:
        return Strength(score, "" if score > GOOD else _advise(score, rated["sequence"], own))
    # The estimator counts what stands between known words far too high.
    score = min(score, int(_rate(rest, known)["score"]) + 1 if rest else 1)
    return Strength(score, "" if score > GOOD else _own_or_school(passphrase, own))


@cache
def school_words() -> tuple[str, ...]:
    """Return what anybody would try at a school, the likeliest first."""
    text = resource_path("passphrases", "school_words.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def _parts(words: str) -> list[str]:
    """Return a name as it may be typed: whole, run together, each word, the first letters."""
    each = words.split()
    initials = "".join(word[0] for word in each)
    return [part for part in (words, "".join(each), *each, initials) if len(part) > 1]


def _rate(passphrase: str, known: list[str]) -> Mapping[str, Any]:
    rated: Mapping[str, Any] = zxcvbn(passphrase[:_LONGEST], user_inputs=known)
    return rated


def _without(passphrase: str, known: Sequence[str]) -> str | None:
    """Return what is left when known words, years and signs are taken out; None: none is in it."""
    plain = _YEAR.sub(" ", passphrase.lower())
    best: str | None = None
    for text in {plain, plain.translate(_TYPED_FOR)}:
        rest = text
        for word in sorted(known, key=len, reverse=True):
            if len(word) >= _SHORTEST_WORD:
                rest = rest.replace(word, " ")
        if rest != text:
            rest = _SIGNS.sub("", rest)
            best = rest if best is None or len(rest) < len(best) else best
    return best


def _own_or_school(passphrase: str, own: Sequence[str]) -> str:
    typed = passphrase.lower()
    return (
        _OWN_WORDS
        if any(word in typed for word in own if len(word) >= _SHORTEST_NAME)
        else _SCHOOL_WORDS
    )


def _advise(score: int, sequence: Sequence[Mapping[str, Any]], own: Sequence[str]) -> str:
    for match in sequence:
        if match.get("dictionary_name") == "user_inputs":
            return _OWN_WORDS if match["matched_word"] in own else _SCHOOL_WORDS
    for match in sequence:
        if match["pattern"] in _ADVICE:
            return _ADVICE[match["pattern"]]
    return _MORE_WORDS if score < GOOD else ""
