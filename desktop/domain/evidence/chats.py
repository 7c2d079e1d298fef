"""A chat export: who wrote what and when, as the phone wrote it, in columns that stay quick."""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import accumulate

_BREAK = "\n\x00\n"


class DayOrder(StrEnum):
    """What stands first in the dates of a chat."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    YEAR_FIRST = "year first"
    AMBIGUOUS = "day or month first"


class OrderKnown(StrEnum):
    """How the order of day and month is known."""

    BY_DATE = "from a date that can be read in one way only"
    BY_SEQUENCE = "from the sequence of the messages"
    SAID = "because a keyholder said so"
    NOT_KNOWN = "not known"


class Phone(StrEnum):
    """The family of phones whose way of writing an export this is."""

    IPHONE = "iPhone"
    ANDROID = "Android"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatView:
    """The messages of a chat, one place in each column for one message, oldest line first.

    `times` are local times without a zone (2026-11-14T21:03:00): the phone wrote no zone. While
    the order is AMBIGUOUS they are read day first. `writers` has '' for a line of the app itself.
    `names` has the file that a message names, or ''; `left_out` says that media was not exported.
    """

    times: tuple[str, ...] = field(repr=False)
    writers: tuple[str, ...] = field(repr=False)
    texts: tuple[str, ...] = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    order: DayOrder
    known: OrderKnown
    phone: Phone
    left_out: int = 0
    shortened: bool = False
    media: tuple[tuple[str, int], ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who wrote, by when they first did."""
        return tuple(dict.fromkeys(writer for writer in self.writers if writer))


def with_order(view: ChatView, order: DayOrder) -> ChatView:
    """Return an ambiguous chat read in the order that a keyholder gave."""
    if view.order is not DayOrder.AMBIGUOUS:
        return view
    times = view.times
    if order is DayOrder.MONTH_FIRST:
        times = tuple(f"{at[:5]}{at[8:10]}-{at[5:7]}{at[10:]}" for at in times)
    return replace(view, times=times, order=order, known=OrderKnown.SAID)


class ChatSearch:
    """Finds words in a chat; everything is folded to small letters once."""

    def __init__(self, view: ChatView) -> None:
        """Lay the folded messages end to end."""
        folded = [
            f"{writer}\n{text}".casefold()
            for writer, text in zip(view.writers, view.texts, strict=True)
        ]
        self._all = _BREAK.join(folded)
        step = len(_BREAK)
        self._starts = [0, *accumulate(len(one) + step for one in folded)]

    def find(self, words: str) -> tuple[int, ...]:
        """Return the places of the messages that hold these words, in order."""
        wanted = words.strip().casefold()
        found: list[int] = []
        place = self._all.find(wanted) if wanted and "\x00" not in wanted else -1
        while place >= 0:
            number = bisect_right(self._starts, place) - 1
            found.append(number)
            place = self._all.find(wanted, self._starts[number + 1])
        return tuple(found)
