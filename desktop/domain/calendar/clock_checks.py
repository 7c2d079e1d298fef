"""The clock of the computer beside another one: how far it was ahead or behind."""

import re
from dataclasses import dataclass
from datetime import time, timedelta

from desktop.domain.calendar.times import Moment, say

_TIME = re.compile(r"\s*([01]?\d|2[0-3])[:.]([0-5]\d)[:.]([0-5]\d)\s*", re.ASCII)
_DAY = timedelta(days=1)
_LONG = timedelta(minutes=2)
NOT_COMPARED = "not compared with another clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCheck:
    """One comparison: `reference` is what the other clock, `source`, showed at this moment."""

    at: Moment
    reference: str
    source: str
    ahead: timedelta

    @property
    def said(self) -> str:
        """How the clock of the computer stood: 2 seconds ahead."""
        seconds = round(self.ahead.total_seconds())
        if not seconds:
            return "the same to the second"
        far = abs(self.ahead)
        unit = "second" if abs(seconds) == 1 else "seconds"
        if far < _LONG:
            span = f"{abs(seconds)} {unit}"
        else:
            minutes, rest = divmod(abs(seconds), 60)
            hours, minutes = divmod(minutes, 60)
            span = f"{hours} h {minutes} min {rest} s" if hours else f"{minutes} min {rest} s"
        return f"{span} {'ahead' if seconds > 0 else 'behind'}"


def read_clock(text: str) -> time | None:
    """Read what another clock shows, to the second: 14:05:30; None when it cannot be read."""
    found = _TIME.fullmatch(text)
    return time(int(found[1]), int(found[2]), int(found[3])) if found else None


def ahead_of(reference: time, at: Moment) -> timedelta:
    """Return how far the local clock is ahead, taking the nearer way round midnight."""
    own = at.local
    shown = own.replace(
        hour=reference.hour, minute=reference.minute, second=reference.second, microsecond=0
    )
    ahead = own - shown
    if ahead > _DAY / 2:
        return ahead - _DAY
    return ahead + _DAY if ahead < -_DAY / 2 else ahead


def clock_fact(check: ClockCheck | None) -> tuple[str, str]:
    """Return what a capture records of the clock."""
    if check is None:
        return "Clock of this computer", NOT_COMPARED
    words = f"compared {say(check.at)} with {check.source}: {check.said}"
    return "Clock of this computer", words
