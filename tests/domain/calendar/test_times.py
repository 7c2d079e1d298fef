"""Moments: stored form, spoken form, and times as people type them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar.times import (
    Certainty,
    Moment,
    is_behind,
    read_full_date,
    read_wall_time,
    say,
    say_date,
    say_span,
    say_with_zone,
)

TODAY = date(2026, 11, 20)  # a Friday


def at(hour: int, minute: int = 0, offset: int = 0) -> Moment:
    return Moment(datetime(2026, 11, 20, hour, minute, tzinfo=UTC), offset, "Europe/London")


def test_a_moment_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        Moment(datetime(2026, 11, 20))


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)),
    st.integers(-720, 840),
    st.sampled_from(list(Certainty)),
)
def test_stored_text_reads_back_and_sorts_by_time(
    naive: datetime, offset: int, certainty: Certainty
) -> None:
    moment = Moment(naive.replace(tzinfo=UTC), offset, "Europe/London", certainty)
    assert Moment.from_text(moment.to_text()) == moment
    later = Moment(moment.utc + timedelta(microseconds=1), -offset, "UTC", certainty)
    assert moment.to_text() < later.to_text()


def test_utc_text_does_not_depend_on_the_zone_it_came_in() -> None:
    two = datetime(2026, 7, 1, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    assert Moment(two).to_text().startswith("2026-07-01T12:00:00")


def test_moments_are_said_as_the_wall_clock_showed_them() -> None:
    summer = at(13, 5, offset=60)
    assert say(summer) == "20 Nov 2026, 14:05"
    assert say_with_zone(summer) == "20 Nov 2026, 14:05 (UTC+1)"
    assert say_with_zone(at(14, 5)) == "20 Nov 2026, 14:05 (UTC)"
    assert say_with_zone(at(14, 5, -210)) == "20 Nov 2026, 10:35 (UTC-3:30)"
    assert summer.to_iso() == "2026-11-20T14:05:00+01:00"
    about = Moment(summer.utc, 60, "Europe/London", Certainty.ABOUT)
    assert say(about) == "about 20 Nov 2026, 14:05"
    assert say_date(date(2026, 3, 1)) == "1 Mar 2026"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=10), "less than a minute"),
        (timedelta(minutes=7), "7 min"),
        (timedelta(hours=2, minutes=5), "2 h 5 min"),
        (timedelta(hours=17), "17 h"),
        (timedelta(days=1), "1 day"),
        (-timedelta(days=3, hours=4, minutes=9), "3 days 4 h"),
    ],
)
def test_spans_are_said_in_the_units_that_matter(span: timedelta, words: str) -> None:
    assert say_span(span) == words


@pytest.mark.parametrize(
    ("typed", "expected", "certainty"),
    [
        ("20 Nov 2026, 14:05", datetime(2026, 11, 20, 14, 5), Certainty.EXACT),
        ("20/11/2026 14:05", datetime(2026, 11, 20, 14, 5), Certainty.EXACT),
        ("03/04/26 9.30", datetime(2026, 4, 3, 9, 30), Certainty.EXACT),
        ("2026-11-18 09:00", datetime(2026, 11, 18, 9, 0), Certainty.EXACT),
        ("yesterday 16:00", datetime(2026, 11, 19, 16, 0), Certainty.EXACT),
        ("today at 08:15", datetime(2026, 11, 20, 8, 15), Certainty.EXACT),
        ("Mon 16:00", datetime(2026, 11, 16, 16, 0), Certainty.EXACT),
        ("friday 09:00", datetime(2026, 11, 20, 9, 0), Certainty.EXACT),
        ("14:05", datetime(2026, 11, 20, 14, 5), Certainty.EXACT),
        ("about 14:05", datetime(2026, 11, 20, 14, 5), Certainty.ABOUT),
        ("~ 14:05", datetime(2026, 11, 20, 14, 5), Certainty.ABOUT),
        ("18 November", datetime(2026, 11, 18, 12, 0), Certainty.ABOUT),
        ("24 December", datetime(2025, 12, 24, 12, 0), Certainty.ABOUT),
        ("31/12", datetime(2025, 12, 31, 12, 0), Certainty.ABOUT),
    ],
)
def test_times_are_read_as_people_type_them(
    typed: str, expected: datetime, certainty: Certainty
) -> None:
    assert read_wall_time(typed, TODAY) == (expected, certainty)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "soon",
        "25:00",
        "31 Feb 2026",
        "12 Foo 2026",
        "tea at 14:05",
        "32/01/2026",
        "20/11/0206",
        "2226-11-20",
        "31 Dec 9999",
    ],
)
def test_what_cannot_be_read_is_not_guessed(typed: str) -> None:
    assert read_wall_time(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("Monday, 7 Dec 2026", date(2026, 12, 7)),
        ("07/12/2026", date(2026, 12, 7)),
        ("2026-12-07", date(2026, 12, 7)),
        ("7 Dec", None),
        ("31 Feb 2026", None),
        ("next term", None),
    ],
)
def test_a_day_to_come_is_read_with_its_year(typed: str, day: date | None) -> None:
    assert read_full_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tomorrow 9:00", datetime(2026, 11, 21, 9, 0)),
        ("Mon 9:30", datetime(2026, 11, 23, 9, 30)),
        ("friday 16:00", datetime(2026, 11, 20, 16, 0)),
        ("24 Nov", datetime(2026, 11, 24, 12, 0)),
        ("7/1 10:00", datetime(2027, 1, 7, 10, 0)),
        ("20 Nov 2025", datetime(2025, 11, 20, 12, 0)),
        ("16:00", datetime(2026, 11, 20, 16, 0)),
    ],
)
def test_a_time_to_come_is_read_as_the_next_one(typed: str, expected: datetime) -> None:
    found = read_wall_time(typed, TODAY, ahead=True)
    assert found is not None
    assert found[0] == expected


def test_a_leap_day_without_a_year_is_not_moved_to_a_year_that_has_none() -> None:
    assert read_wall_time("29/02", date(2024, 2, 1)) is None
    assert read_wall_time("29/02", date(2024, 3, 1), ahead=True) is None


@given(st.text(max_size=40))
def test_reading_never_fails(typed: str) -> None:
    found = read_wall_time(typed, TODAY)
    assert found is None or found[0].tzinfo is None


@pytest.mark.parametrize("stamp", ["2026-11-20T14:05:00Z", "2026-W47-5T14:05:00.000000Z", "now"])
def test_moment_refuses_a_stamp_of_another_form(stamp: str) -> None:
    with pytest.raises(ValueError, match="not a stored time"):
        Moment.from_text(f"{stamp} +0 GMT exact")


def test_only_more_than_a_minute_backwards_is_worth_saying() -> None:
    noon = Moment(datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert not is_behind(noon, None)
    assert not is_behind(Moment(noon.utc - timedelta(seconds=60)), noon)
    assert is_behind(Moment(noon.utc - timedelta(seconds=61)), noon)
