"""When the log locks: what is known of the computer, and what follows from it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class LockReason(StrEnum):
    """Why the log locks."""

    KEY = "key"
    IDLE = "idle"
    SCREEN = "screen"
    SLEEP = "sleep"
    USER_SWITCH = "user switch"
    QUIT = "quit"


# Somebody else may stand before the computer already, or it is about to stop: no time is left.
CUTS_WORK = frozenset({LockReason.SCREEN, LockReason.SLEEP, LockReason.USER_SWITCH})

# Clocks that are read one after the other differ by less.
SLEPT = timedelta(seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """What the computer says about whoever uses it; None where it cannot be asked.

    `idle` is how long nobody touched it, in whatever program; `asleep` how long it slept, all
    in all, since it was started.
    """

    idle: timedelta | None = None
    screen_locked: bool | None = None
    switched_away: bool | None = None
    asleep: timedelta | None = None


def reason_to_lock(
    presence: Presence, *, own_idle: timedelta, slept: timedelta, limit: timedelta
) -> LockReason | None:
    """Say why the log has to lock now; None while somebody is there.

    `own_idle` is how long nobody touched this program, which counts only where the computer
    cannot be asked; `slept` how long the computer slept since the last look.
    """
    if presence.screen_locked:
        return LockReason.SCREEN
    if presence.switched_away:
        return LockReason.USER_SWITCH
    if slept >= SLEPT:
        return LockReason.SLEEP
    idle = own_idle if presence.idle is None else min(presence.idle, own_idle)
    return LockReason.IDLE if idle >= limit else None
