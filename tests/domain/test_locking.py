"""When the log locks."""

from datetime import timedelta

import pytest

from desktop.domain.locking import LockReason, Presence, reason_to_lock

LIMIT = timedelta(minutes=10)
SHORT = timedelta(seconds=5)
LONG = timedelta(minutes=11)


@pytest.mark.parametrize(
    ("presence", "own_idle", "since_last_look", "expected"),
    [
        (Presence(), SHORT, SHORT, None),
        (Presence(), LONG, SHORT, LockReason.IDLE),
        (Presence(), LIMIT, SHORT, LockReason.IDLE),
        (Presence(idle=SHORT), LONG, SHORT, None),
        (Presence(idle=LONG), LONG, SHORT, LockReason.IDLE),
        (Presence(idle=LONG), SHORT, SHORT, None),
        (Presence(idle=SHORT), SHORT, LONG, LockReason.SLEEP),
        (Presence(idle=SHORT, screen_locked=True), SHORT, SHORT, LockReason.SCREEN),
        (Presence(idle=SHORT, screen_locked=False), SHORT, SHORT, None),
        (Presence(idle=SHORT, switched_away=True), SHORT, SHORT, LockReason.USER_SWITCH),
        (Presence(idle=SHORT, switched_away=False), SHORT, SHORT, None),
        (Presence(screen_locked=True, switched_away=True), LONG, LONG, LockReason.SCREEN),
    ],
)
def test_the_reason_follows_from_what_is_known(
    presence: Presence,
    own_idle: timedelta,
    since_last_look: timedelta,
    expected: LockReason | None,
) -> None:
    found = reason_to_lock(
        presence, own_idle=own_idle, since_last_look=since_last_look, limit=LIMIT
    )
    assert found is expected
