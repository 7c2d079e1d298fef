"""Which contacts still wait for an answer: a call that nobody takes settles none of them."""

from collections.abc import Iterable

from desktop.domain.contacts import ContactEntry, Recipient

# Of these there may be several in one incident: who is meant is said by these fields.
_SEVERAL = {
    Recipient.PARENT: ("person",),
    Recipient.TARGET: ("person",),
    Recipient.OTHER: ("person", "organisation"),
    Recipient.PLATFORM: ("organisation",),
    Recipient.PROVIDER: ("organisation",),
    Recipient.EMPLOYER: ("organisation",),
}


def open_chases(contacts: Iterable[ContactEntry]) -> tuple[ContactEntry, ...]:
    """Return the contacts that are still to be followed up, of those given in their order.

    Each is settled by a later one with the same people that was answered, or that names its own
    next time.
    """
    waiting: list[ContactEntry] = []
    for entry in contacts:
        if entry.details.answered or entry.details.next_due is not None:
            waiting = [one for one in waiting if not _is_same(one, entry)]
        if entry.details.next_due is not None:
            waiting.append(entry)
    return tuple(waiting)


def _is_same(one: ContactEntry, other: ContactEntry) -> bool:
    """Say whether both went to the same people; a name left out may be anybody's."""
    if one.details.recipient is not other.details.recipient:
        return False
    for name in _SEVERAL.get(one.details.recipient, ()):
        here, there = (_plain(getattr(each.details, name)) for each in (one, other))
        if here and there and here != there:
            return False
    return True


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
