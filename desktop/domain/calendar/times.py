"""Moments in time as the log keeps them: UTC, the local offset and zone beside it, how certain."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Protocol

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


# A list of 20,000 incidents reads 40,000 of them: strptime takes eight times as long.
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


# Clocks are put right by seconds all the time; only more than this is worth saying.
CLOCK_TOLERANCE = timedelta(seconds=60)


class Certainty(StrEnum):
    """How well a time is known."""

    EXACT = "exact"
    ABOUT = "about"


class Clock(Protocol):
    """Where time comes from; the real one stands in system/clock.py."""

    def now(self) -> "Moment":
        """Return the present moment, in UTC with the local offset and zone."""
        ...

    def at_local(self, wall: datetime) -> "Moment":
        """Return the moment at which the local clock shows this naive time."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """One instant: aware UTC, minutes by which local time was ahead, zone name, certainty."""

    utc: datetime
    offset: int = 0
    zone: str = "UTC"
    certainty: Certainty = Certainty.EXACT

    def __post_init__(self) -> None:
        """Refuse a time without a zone: it would be a guess."""
        if self.utc.tzinfo is None:
            raise ValueError("a moment needs an aware time")

    @property
    def local(self) -> datetime:
        """The time as the wall clock showed it, aware, with its fixed offset."""
        return self.utc.astimezone(timezone(timedelta(minutes=self.offset)))

    def to_text(self) -> str:
        """Return the form that is stored: sortable, in UTC, with offset, zone and certainty."""
        stamp = self.utc.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return f"{stamp} {self.offset:+d} {self.zone} {self.certainty.value}"

    @classmethod
    def from_text(cls, text: str) -> "Moment":
        """Read back what to_text wrote; raises ValueError on anything else."""
        stamp, offset, zone, certainty = text.split(" ")
        if not _STAMP.fullmatch(stamp):
            raise ValueError(f"not a stored time: {stamp}")
        utc = datetime.fromisoformat(stamp)
        return cls(utc, int(offset), zone, Certainty(certainty))

    def to_iso(self) -> str:
        """Return ISO 8601 local time with offset, for files that others read."""
        return self.local.isoformat(timespec="seconds")


def say(moment: Moment) -> str:
    """Write a moment as people read it: 20 Nov 2026, 14:05."""
    local = moment.local
    text = f"{say_date(local.date())}, {local:%H:%M}"
    return f"about {text}" if moment.certainty is Certainty.ABOUT else text


def say_with_zone(moment: Moment) -> str:
    """Write a moment with its offset, for paper: 20 Nov 2026, 14:05 (UTC+1)."""
    sign = "+" if moment.offset >= 0 else "-"
    hours, minutes = divmod(abs(moment.offset), 60)
    offset = (
        "" if moment.offset == 0 else f"{sign}{hours}" + (f":{minutes:02d}" if minutes else "")
    )
    return f"{say(moment)} (UTC{offset})"


def say_date(day: date) -> str:
    """Write a date: 20 Nov 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def is_behind(now: Moment, latest: Moment | None) -> bool:
    """Say whether the clock shows a time well before the latest that it showed already."""
    return latest is not None and now.utc < latest.utc - CLOCK_TOLERANCE


def say_span(span: timedelta) -> str:
    """Write a length of time in the units that matter: 3 days 4 h, 2 h 5 min, 7 min."""
    minutes = int(abs(span).total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = []
    if days:
        parts.append(f"{days} day" if days == 1 else f"{days} days")
    if hours:
        parts.append(f"{hours} h")
    if minutes and not days:
        parts.append(f"{minutes} min")
    return " ".join(parts) or "less than a minute"


_TIME = re.compile(r"\b(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)\b")
_NAMED = re.compile(
    r"\b(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3})[a-z]*\.?(?:\s+(?P<year>\d{4}))?\b"
)
_NUMERIC = re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?\b")
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
# A year beyond these is a slip of the hand: 0206 for 2026.
_YEARS = range(1900, 2200)


def read_wall_time(
    text: str, today: date, *, ahead: bool = False
) -> tuple[datetime, Certainty] | None:
    """Read a time as a person types it, day first; None when it cannot be read.

    Understands `20 Nov 2026, 14:05`, `20/11/2026 14:05`, `yesterday 16:00`, `tomorrow 9:00`,
    `Mon 16:00` (the last Monday), `14:05` (today), a date alone (then 'about', at noon), and a
    leading 'about'. With `ahead`, a weekday or a date without its year is the next one.
    """
    words = text.strip().lower()
    if not words:
        return None
    clock = _TIME.search(words)
    rest = words[: clock.start()] + words[clock.end() :] if clock else words
    day = _read_day(rest, today, ahead=ahead)
    if day is None and (clock is None or re.sub(r"\b(about|at)\b|[\s,~.]", "", rest)):
        return None
    about = clock is None or words.startswith(("about", "~"))
    hour, minute = (int(clock["hour"]), int(clock["minute"])) if clock else (12, 0)
    wall = datetime.combine(day or today, datetime.min.time()).replace(hour=hour, minute=minute)
    return wall, Certainty.ABOUT if about else Certainty.EXACT


def read_full_date(text: str) -> date | None:
    """Read a date as a person types it, with its year, also one to come; None if there is none."""
    for pattern in (_ISO, _NAMED, _NUMERIC):
        found = pattern.search(text.lower())
        if found and found["year"]:
            return _build_day(found, date.max, ahead=False)
    return None


def _read_day(words: str, today: date, *, ahead: bool) -> date | None:
    for name, away in (("yesterday", -1), ("tomorrow", 1)):
        if name in words:
            return today + timedelta(days=away)
    if "today" in words or "now" in words.split():
        return today
    for pattern in (_ISO, _NAMED, _NUMERIC):
        found = pattern.search(words)
        if found:
            return _build_day(found, today, ahead=ahead)
    for index, name in enumerate(WEEKDAYS):
        if re.search(rf"\b{name[:3].lower()}[a-z]*\b", words):
            passed = (today.weekday() - index) % 7
            return today + timedelta(days=-passed % 7 if ahead else -passed)
    return None


def _build_day(found: re.Match[str], today: date, *, ahead: bool) -> date | None:
    month = found["month"]
    names = [name.lower() for name in MONTHS]
    if not month.isdigit() and month not in names:
        return None
    number = int(month) if month.isdigit() else names.index(month) + 1
    year = int(found["year"]) if found["year"] else today.year
    year = year + 2000 if year < 100 else year  # noqa: PLR2004
    if year not in _YEARS:
        return None
    try:
        day = date(year, number, int(found["day"]))
    except ValueError:
        return None
    other = 1 if ahead else -1
    if not found["year"] and (day < today if ahead else day > today):
        return day.replace(year=day.year + other) if (day.month, day.day) != (2, 29) else None
    return day
