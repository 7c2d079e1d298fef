"""Asks the computer whether somebody is there: idle, screen locked, another user, asleep."""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from desktop.domain.log.locking import Presence

Source = Callable[[], Presence]


class PresenceWatch:
    """Asked every few seconds; what nobody can answer stays None.

    No source raises, and each gives up within a second: but it may wait so long, so this is asked
    on a thread of its own.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        """Ask these, together."""
        self._sources = sources

    def ask(self) -> Presence:
        """Return what is known now: one that sees somebody, a lock or a switch is believed."""
        found = [source() for source in self._sources]
        return Presence(
            idle=min((one.idle for one in found if one.idle is not None), default=None),
            screen_locked=_any(one.screen_locked for one in found),
            switched_away=_any(one.switched_away for one in found),
            asleep=max((one.asleep for one in found if one.asleep is not None), default=None),
        )


def watch_presence() -> PresenceWatch:
    """Return what can be asked on this computer."""
    return PresenceWatch(_sources())


def _sources() -> tuple[Source, ...]:
    if sys.platform == "win32":
        from desktop.system.presence_windows import ask_windows  # noqa: PLC0415

        return (ask_windows,)
    elif sys.platform == "darwin":  # noqa: RET505 - mypy reads each branch only so
        from desktop.system.presence_macos import ask_macos  # noqa: PLC0415

        return (ask_macos, ask_sleep)
    else:
        from desktop.system.presence_bus import BusPresence  # noqa: PLC0415
        from desktop.system.presence_x11 import ask_x11  # noqa: PLC0415

        return (ask_x11, BusPresence().ask, ask_sleep)


def ask_sleep() -> Presence:
    """Tell how long the computer slept since it was started: one clock stands still meanwhile."""
    if sys.platform == "win32":
        return Presence()
    elif sys.platform == "darwin":  # noqa: RET505 - mypy reads each branch only so
        return _stood_still(time.CLOCK_MONOTONIC_RAW, time.CLOCK_UPTIME_RAW)
    else:
        return _stood_still(time.CLOCK_BOOTTIME, time.CLOCK_MONOTONIC)


if sys.platform != "win32":

    def _stood_still(always: int, awake: int) -> Presence:
        seconds = time.clock_gettime(always) - time.clock_gettime(awake)
        return Presence(asleep=timedelta(seconds=max(0.0, seconds)))


def _any(answers: Iterable[bool | None]) -> bool | None:
    known = [answer for answer in answers if answer is not None]
    return any(known) if known else None
