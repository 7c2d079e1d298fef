from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.log.attempts import FIRST_WAIT, FREE, LONGEST_WAIT, seconds_to_wait

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_first_attempts_are_free_and_later_ones_take_longer() -> None:
    waits = [seconds_to_wait([NOON] * count, NOON) for count in range(FREE + 8)]
    assert waits == [0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300]


def test_wait_runs_out() -> None:
    wrong = [NOON] * FREE
    assert seconds_to_wait(wrong, NOON + timedelta(seconds=FIRST_WAIT - 0.5)) == 1
    assert seconds_to_wait(wrong, NOON + timedelta(seconds=FIRST_WAIT)) == 0


@given(st.integers(0, 200), st.integers(-(10**9), 10**9))
def test_nobody_waits_longer_than_the_longest(count: int, seconds: int) -> None:
    wait = seconds_to_wait([NOON] * count, NOON + timedelta(seconds=seconds))
    assert 0 <= wait <= LONGEST_WAIT
    assert wait == 0 or count >= FREE
