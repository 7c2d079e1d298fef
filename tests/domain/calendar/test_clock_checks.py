"""A comparison of clocks is read to the second, and goes the nearer way round midnight."""

from datetime import UTC, datetime, time, timedelta

import pytest

from desktop.domain.calendar.clock_checks import ClockCheck, ahead_of, clock_fact, read_clock
from desktop.domain.calendar.times import Moment

AT = Moment(datetime(2026, 11, 20, 14, 5, 30, 250_000, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("14:05:30", time(14, 5, 30)),
        (" 9.05.00 ", time(9, 5)),
        ("14:05", None),
        ("24:00:00", None),
        ("14:05:61", None),
        ("", None),
    ],
)
def test_read_clock_wants_seconds(text: str, shown: time | None) -> None:
    assert read_clock(text) == shown


@pytest.mark.parametrize(
    ("own", "other", "seconds"),
    [
        ((14, 5, 30), time(14, 5, 28), 2),
        ((14, 5, 30), time(14, 5, 35), -5),
        ((0, 0, 3), time(23, 59, 58), 5),
        ((23, 59, 58), time(0, 0, 3), -5),
    ],
)
def test_ahead_of_goes_the_nearer_way(
    own: tuple[int, int, int], other: time, seconds: int
) -> None:
    at = Moment(datetime(2026, 11, 20, *own, tzinfo=UTC))
    assert ahead_of(other, at) == timedelta(seconds=seconds)


def test_ahead_of_compares_local_times() -> None:
    assert ahead_of(time(15, 5, 30), Moment(AT.utc, 60)) == timedelta(milliseconds=250)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.4, "the same to the second"),
        (1, "1 second ahead"),
        (-2, "2 seconds behind"),
        (185, "3 min 5 s ahead"),
        (-3725, "1 h 2 min 5 s behind"),
    ],
)
def test_how_it_stood_is_said_in_words(seconds: float, said: str) -> None:
    check = a_check(timedelta(seconds=seconds))
    assert check.said == said


def test_a_capture_says_whether_the_clock_was_compared() -> None:
    assert clock_fact(None)[1] == "not compared with another clock"
    said = clock_fact(a_check(timedelta(seconds=2)))[1]
    assert said == "compared 20 Nov 2026, 14:05 with a radio clock: 2 seconds ahead"


def a_check(ahead: timedelta) -> ClockCheck:
    return ClockCheck(at=AT, reference="14:05:28", source="a radio clock", ahead=ahead)
