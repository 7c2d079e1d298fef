"""How wrong attempts at a secret are slowed: a few are free, then each takes longer."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil

FREE = 5
FIRST_WAIT = 5
LONGEST_WAIT = 300


def seconds_to_wait(wrong: Sequence[datetime], now: datetime) -> int:
    """Return how long until the next attempt is taken, given when the wrong ones were made."""
    if len(wrong) < FREE:
        return 0
    wait = min(FIRST_WAIT << min(len(wrong) - FREE, 16), LONGEST_WAIT)
    passed = (now - max(wrong)).total_seconds()
    # A clock that was set back must not shut anybody out for longer than the wait itself.
    return max(0, min(wait, ceil(wait - passed)))
