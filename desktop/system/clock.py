"""The computer's clock and its zone."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.calendar.times import Moment

_ZONE_LINK = Path("/etc/localtime")
_WINDOWS_ZONES = {
    "GMT Standard Time": "Europe/London",
    "GMT Daylight Time": "Europe/London",
    "British Summer Time": "Europe/London",
    "Greenwich Standard Time": "Atlantic/Reykjavik",
    "Coordinated Universal Time": "UTC",
}


class SystemClock:
    """Shows the computer's time; it never waits and never asks the network."""

    def now(self) -> Moment:
        """Return the present moment, in UTC with the local offset and zone."""
        return _moment(datetime.now(UTC))

    def at_local(self, wall: datetime) -> Moment:
        """Return the moment at which the local clock shows this naive time."""
        return _moment(wall.astimezone(UTC))


def _moment(utc: datetime) -> Moment:
    local = utc.astimezone()
    offset = local.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    return Moment(utc, minutes, zone_name(local.tzname() or "UTC"))


def zone_name(short: str, link: Path = _ZONE_LINK) -> str:
    """Return the zone as Europe/London where the computer says so, else its short name."""
    chosen = os.environ.get("TZ", "").removeprefix(":")
    if "/" in chosen and not chosen.startswith("/"):
        return _without_spaces(chosen)
    if not chosen and link.is_symlink():
        _, found, name = str(link.resolve()).partition("/zoneinfo/")
        if found:
            return _without_spaces(name)
    return _without_spaces(_WINDOWS_ZONES.get(short) or _WINDOWS_ZONES.get(time.tzname[0], short))


def _without_spaces(name: str) -> str:
    # A stored moment has spaces between its parts.
    return "_".join(name.split()) or "UTC"
