"""Rates how hard a passphrase is to guess, and says what would make it harder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zxcvbn import zxcvbn

GOOD = 3
# The estimator refuses more; what is that long is strong by its first part or not at all.
_LONGEST = 72
_OWN_WORDS = "Leave out names and the name of your organisation."
_ADVICE = {
    "repeat": "Avoid repeats such as aaa or abcabc.",
    "sequence": "Avoid runs such as abc or 1234.",
    "spatial": "Avoid keys that lie side by side, such as qwerty.",
    "date": "Avoid dates and years.",
    "regex": "Avoid dates and years.",
}
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
    parts = [part for word in words for part in (word, *word.split()) if part]
    rated: Mapping[str, Any] = zxcvbn(passphrase[:_LONGEST], user_inputs=parts)
    score = int(rated["score"])
    return Strength(score, "" if score > GOOD else _advise(score, rated["sequence"]))


def _advise(score: int, sequence: Sequence[Mapping[str, Any]]) -> str:
    if any(match.get("dictionary_name") == "user_inputs" for match in sequence):
        return _OWN_WORDS
    for match in sequence:
        if match["pattern"] in _ADVICE:
            return _ADVICE[match["pattern"]]
    return _MORE_WORDS if score < GOOD else ""
