"""Tells a line that begins a message from one that goes on, in the styles of both phones."""

import re
from dataclasses import dataclass
from itertools import groupby, pairwise

from desktop.domain.evidence.chats import DayOrder, Phone
from desktop.intake.mail_text import as_text

_DATE = r"(\d{1,4})[./\-](\d{1,2})[./\-](\d{1,4})\.?"
_TIME = r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?"
_HALF = r"(?:[ \u00a0\u202f]?([AaPp])\.?[ \u00a0\u202f]?[Mm]\.?)?"
_SPACE = r"[ \u00a0\u202f]+"
_MARKS = "[\u200e\u200f\u202a\u202c\ufeff]*"
_IPHONE = re.compile(rf"{_MARKS}\[{_DATE},?{_SPACE}{_TIME}{_HALF}\] ?{_MARKS}")
_ANDROID = re.compile(rf"{_MARKS}{_DATE},?{_SPACE}(?:at{_SPACE})?{_TIME}{_HALF}{_SPACE}[-\u2013] ")
_WRITER = re.compile(r"([^:\n]{1,100}): ?")
_STYLES = ((Phone.IPHONE, _IPHONE), (Phone.ANDROID, _ANDROID))
_NOON = 12
_CENTURY = 2000
_YEAR_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Start:
    """The beginning of a message: its date as three numbers, its time, the words after it."""

    date: tuple[int, int, int]
    time: str
    rest: str


def looks_like_chat(untrusted_head: bytes) -> bool:
    """Say whether a text begins as a chat export does: two messages within its first lines."""
    lines = as_text(untrusted_head).splitlines()[:40]
    phone = phone_of(lines)
    if phone is None:
        return False
    starts = [start for line in lines if (start := read_start(phone, line))]
    return len(starts) > 1 or (len(starts) == 1 and bool(split_writer(phone, starts[0].rest)[0]))


def phone_of(untrusted_lines: list[str]) -> Phone | None:
    """Return the family of phones that wrote these lines; None if they are no chat."""
    for line in untrusted_lines[:20]:
        if not line.strip(" \ufeff\u200e"):
            continue
        return next((phone for phone, style in _STYLES if style.match(line)), None)
    return None


def read_start(phone: Phone, untrusted_line: str) -> Start | None:
    """Return what a line says that begins a message; None for one that goes on."""
    style = _IPHONE if phone is Phone.IPHONE else _ANDROID
    found = style.match(untrusted_line)
    if not found:
        return None
    first, second, third, hour, minute, seconds, half = found.groups()
    hours = int(hour)
    if half:
        hours = hours % _NOON + (_NOON if half in "Pp" else 0)
    time = f"{hours:02d}:{minute}:{seconds or '00'}"
    return Start((int(first), int(second), int(third)), time, untrusted_line[found.end() :])


def split_writer(phone: Phone, rest: str) -> tuple[str, str]:
    """Return who wrote a message, '' for a line of the app itself, and the words."""
    found = _WRITER.match(rest)
    if not found:
        return "", rest
    writer, words = found[1].strip("\u200e\u200f\u202a\u202c~ \u00a0\u202f"), rest[found.end() :]
    return writer, words


def order_of(dates: list[tuple[int, int, int]]) -> tuple[DayOrder, bool]:
    """Return the order of day and month, and whether a single date shows it beyond doubt."""
    if any(first > 31 for first, _second, _third in dates):  # noqa: PLR2004
        return DayOrder.YEAR_FIRST, True
    day = any(first > _NOON for first, _second, _third in dates)
    month = any(second > _NOON for _first, second, _third in dates)
    if day != month:
        return (DayOrder.DAY_FIRST if day else DayOrder.MONTH_FIRST), True
    if day:
        return DayOrder.AMBIGUOUS, False
    falls = [_falls(dates, order) for order in (DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST)]
    if bool(falls[0]) != bool(falls[1]):
        return (DayOrder.MONTH_FIRST if falls[0] else DayOrder.DAY_FIRST), False
    return DayOrder.AMBIGUOUS, False


def write_date(date: tuple[int, int, int], order: DayOrder) -> str:
    """Write a date as 2026-11-14; one that cannot be is written as it stands."""
    first, second, third = date
    if order is DayOrder.YEAR_FIRST:
        return f"{_year(first):04d}-{second:02d}-{third:02d}"
    if order is DayOrder.MONTH_FIRST:
        first, second = second, first
    return f"{_year(third):04d}-{second:02d}-{first:02d}"


def _falls(dates: list[tuple[int, int, int]], order: DayOrder) -> int:
    """Count how often a message would be older than the one before it."""
    written = [write_date(date, order) for date, _same in groupby(dates)]
    return sum(later < earlier for earlier, later in pairwise(written))


def _year(year: int) -> int:
    return year + _CENTURY if year < 10**_YEAR_DIGITS else year
