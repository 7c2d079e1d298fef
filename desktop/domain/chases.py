"""Which contacts still wait for an answer: a call that nobody takes settles none of them."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from desktop.domain.contacts import ContactDetails, ContactEntry, Recipient
from desktop.domain.people import Involvement, Person, PersonKind, Role

# Of these there may be several in one incident: who is meant is said by these fields.
_SEVERAL = {
    Recipient.PARENT: ("person",),
    Recipient.TARGET: ("person",),
    Recipient.OTHER: ("person", "organisation"),
    Recipient.PLATFORM: ("organisation",),
    Recipient.PROVIDER: ("organisation",),
    Recipient.EMPLOYER: ("organisation",),
}
# Who of the record can be meant by such a contact.
_MAY_BE: Mapping[Recipient, Callable[[Involvement], bool]] = {
    Recipient.PARENT: lambda one: one.role is Role.PARENT or one.person.kind is PersonKind.PARENT,
    Recipient.TARGET: lambda one: one.role is Role.TARGET,
}
_WORD = re.compile(r"[^\W\d_]+")
_MAN = frozenset({"mr", "sir", "father", "dad", "stepfather", "grandfather"})
_WOMAN = frozenset({"mrs", "ms", "miss", "mother", "mum", "stepmother", "grandmother"})
_NO_NAME = _MAN | _WOMAN | {"mx", "dr", "parent", "carer"}
# A surname alone may be anybody's in a family.
_WHOLE_NAME = 2
_NUMBER_ENDS_WITH = 9


def open_chases(
    contacts: Iterable[ContactEntry], people: Iterable[Involvement] = ()
) -> tuple[ContactEntry, ...]:
    """Return the contacts that are still to be followed up, of those given in their order.

    Each is settled by a later one with the same people that was answered, or that names its own
    next time. `people` are those in the record: two spellings of one of them are one person.
    """
    known = tuple(people)
    waiting: list[ContactEntry] = []
    for entry in contacts:
        if entry.details.answered or entry.details.next_due is not None:
            is_same = partial(_is_same, other=entry, people=known)
            waiting = [one for one in waiting if not is_same(one)]
        if entry.details.next_due is not None:
            waiting.append(entry)
    return tuple(waiting)


def _is_same(one: ContactEntry, other: ContactEntry, people: tuple[Involvement, ...]) -> bool:
    """Say whether both went to the same people; a name left out may be anybody's."""
    if one.details.recipient is not other.details.recipient:
        return False
    for name in _SEVERAL.get(one.details.recipient, ()):
        here, there = (_plain(getattr(each.details, name)) for each in (one, other))
        if here and there and here != there and not _is_one(one.details, other.details, people):
            return False
    return True


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _is_one(one: ContactDetails, other: ContactDetails, people: tuple[Involvement, ...]) -> bool:
    """Say whether both mean the same person of the record, and no other."""
    may_be = _MAY_BE.get(one.recipient)
    if may_be is None or _differ(one.person, other.person):
        return False
    found = {each.person.id: each.person for each in people if may_be(each)}
    here, there = (_meant(each, found.values()) for each in (one, other))
    return here is not None and here == there


def _differ(one: str, other: str) -> bool:
    here, there = (frozenset(_WORD.findall(each.casefold())) for each in (one, other))
    return bool((here & _MAN and there & _WOMAN) or (here & _WOMAN and there & _MAN))


def _meant(details: ContactDetails, people: Iterable[Person]) -> Person | None:
    """Return the only person whose whole name was said, or who alone is reached there."""
    said, known = _words(details.person), tuple(people)
    named = [one for one in known if _is_name_of(said, _words(one.name))]
    reached = [one for one in known if _is_reached(details.address_used, one.contact)]
    if not named and len(reached) == 1 and said <= _words(reached[0].name):
        named = reached
    return named[0] if len(named) == 1 else None


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.casefold())) - _NO_NAME


def _is_name_of(said: frozenset[str], name: frozenset[str]) -> bool:
    """Say whether this is the whole name, with more beside it, or one with a middle name less."""
    is_whole = min(len(said), len(name)) >= _WHOLE_NAME
    return is_whole and (name <= said or said <= name)


def _is_reached(address: str, contact: str) -> bool:
    """Say whether this number or mail address stands in what the record has of somebody."""
    if "@" in address:
        return _plain(address) in _plain(contact).replace(";", " ").replace(",", " ").split()
    digits = "".join(filter(str.isdigit, address))
    numbers = ("".join(filter(str.isdigit, one)) for one in re.split(r"[;,\n]", contact))
    end = digits[-_NUMBER_ENDS_WITH:]
    return len(end) == _NUMBER_ENDS_WITH and any(one.endswith(end) for one in numbers)
