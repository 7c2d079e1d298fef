"""When the log locks."""

from datetime import timedelta

import pytest

from desktop.domain.log.locking import LockReason, Presence, reason_to_lock

LIMIT = timedelta(minutes=10)
NONE = timedelta()
SHORT = timedelta(seconds=5)
LONG = timedelta(minutes=11)


@pytest.mark.parametrize(
    ("presence", "own_idle", "slept", "expected"),
    [
        (Presence(), SHORT, NONE, None),
        (Presence(), LONG, NONE, LockReason.IDLE),
        (Presence(), LIMIT, NONE, LockReason.IDLE),
        (Presence(idle=SHORT), LONG, NONE, None),
        (Presence(idle=LONG), LONG, NONE, LockReason.IDLE),
        (Presence(idle=LONG), SHORT, NONE, None),
        (Presence(idle=SHORT), SHORT, SHORT, LockReason.SLEEP),
        (Presence(), SHORT, timedelta(seconds=1), None),
        (Presence(idle=SHORT, screen_locked=True), SHORT, NONE, LockReason.SCREEN),
        (Presence(idle=SHORT, screen_locked=False), SHORT, NONE, None),
        (Presence(idle=SHORT, switched_away=True), SHORT, NONE, LockReason.USER_SWITCH),
        (Presence(idle=SHORT, switched_away=False), SHORT, NONE, None),
        (Presence(screen_locked=True, switched_away=True), LONG, LONG, LockReason.SCREEN),
    ],
)
def test_the_reason_follows_from_what_is_known(
    presence: Presence,
    own_idle: timedelta,
    slept: timedelta,
    expected: LockReason | None,
) -> None:
    found = reason_to_lock(presence, own_idle=own_idle, slept=slept, limit=LIMIT)
    assert found is expected
