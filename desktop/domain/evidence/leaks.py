"""Finds who would be shown or named to an audience that is not meant to know of them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.people import Account, Person

JOINED_BY = "+"
NOBODY = frozenset({"nobody", "no one", "none"})
_LEAST_LETTERS = 3
_UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u200b-\u200f\u2060-\u2064\u3164\ufeff\uffa0]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Somebody who is in something that leaves: where, who, and by which words.

    `blocks` is true for a person of this incident who is not on the audience's list; somebody
    else of the log is a warning only. `by` is '' where it was said of the item that they can be
    seen.
    """

    where: str
    who: str
    by: str = ""
    blocks: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody by the words that name them: name, parts of it, handles and addresses."""

    id: str
    who: str
    words: tuple[str, ...]
    of_incident: bool = True


def know_person(
    person: Person, accounts: Iterable[Account] = (), *, of_incident: bool = True
) -> Known:
    """Gather the words that name a person; parts of a name count from three letters on."""
    name = " ".join(person.name.split())
    parts = [part for part in re.split(r"[\s\-]+", name) if len(part) >= _LEAST_LETTERS]
    seen = [
        word
        for account in accounts
        if account.person_id == person.id
        for word in (account.handle.strip().lstrip("@"), account.display_name, account.address)
    ]
    words = dict.fromkeys(word for word in (name, *parts, *seen) if word.strip())
    return Known(
        id=person.id,
        who=name or "somebody unnamed",
        words=tuple(words),
        of_incident=of_incident,
    )


def seen_in(
    items: Iterable[EvidenceItem], known: Sequence[Known], allowed: frozenset[str]
) -> tuple[Leak, ...]:
    """Return who can be seen or named in these items, by what was said of them."""
    by_id = {one.id: one for one in known}
    leaks = []
    for item in items:
        for person_id in filter(None, item.origin.people_seen.split(JOINED_BY)):
            one = by_id.get(person_id)
            if person_id not in allowed:
                who = one.who if one else "somebody who is in the log no more"
                blocks = one is None or one.of_incident
                leaks.append(Leak(where=str(item.mark), who=who, blocks=blocks))
        others = item.origin.others_seen.strip()
        if others and others.casefold().rstrip(".") not in NOBODY:
            leaks.append(Leak(where=str(item.mark), who=others, blocks=False))
    return tuple(leaks)


def named_in(
    texts: Mapping[str, str], known: Sequence[Known], allowed: frozenset[str]
) -> tuple[Leak, ...]:
    """Return who is named in these texts, the longest words of each first."""
    sought = [(one, _patterns(one.words)) for one in known if one.id not in allowed]
    return tuple(
        Leak(where=where, who=one.who, by=word, blocks=one.of_incident)
        for where, text in texts.items()
        for one, patterns in sought
        if (word := _first_word(text, patterns))
    )


def unsaid(items: Iterable[EvidenceItem]) -> tuple[str, ...]:
    """Return the marks of the items of which nobody said who can be seen or named in them."""
    return tuple(
        str(item.mark)
        for item in items
        if not item.origin.people_seen and not item.origin.others_seen
    )


def _patterns(words: Sequence[str]) -> list[tuple[str, re.Pattern[str]]]:
    """Return each word with what finds it, the longest first; made once for all texts."""
    read = [word for word in words if plain_letters(word).strip()]
    return [(word, word_pattern(word)) for word in sorted(read, key=len, reverse=True)]


def _first_word(text: str, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> str:
    plain = plain_letters(text)
    return next((word for word, pattern in patterns if pattern.search(plain)), "")


def plain_letters(text: str) -> str:
    """Return text with each letter written in one way, and without letters that nobody sees.

    Otherwise José in two pieces, or a name with something invisible in it, would not be found.
    """
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def word_pattern(word: str) -> re.Pattern[str]:
    """Return what finds a word wherever no letter touches it, however spaced or capitalised.

    So riley99 and _riley_ name Riley too, and Rileyville does not.
    """
    spaced = r"\s+".join(re.escape(part) for part in plain_letters(word).split())
    return re.compile(rf"(?<![^\W\d_]){spaced}(?![^\W\d_])", re.IGNORECASE)
