from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar.summer_time import at_utc, end_of_day
from desktop.domain.calendar.times import Moment

WINTER = Moment(datetime(2026, 11, 20, 9, tzinfo=UTC), 0, "Europe/London")
SUMMER = Moment(datetime(2026, 7, 1, 9, tzinfo=UTC), 60, "Europe/London")
NEW_YORK = Moment(datetime(2026, 7, 1, 9, tzinfo=UTC), -240, "America/New_York")


def london() -> ZoneInfo:
    try:
        return ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        pytest.skip("this computer has no list of zones")


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        (datetime(2026, 3, 29, 0, 59, 59), "2026-03-29T00:59:59+00:00"),
        (datetime(2026, 3, 29, 1, 0), "2026-03-29T02:00:00+01:00"),
        (datetime(2026, 10, 25, 0, 59, 59), "2026-10-25T01:59:59+01:00"),
        (datetime(2026, 10, 25, 1, 0), "2026-10-25T01:00:00+00:00"),
    ],
)
def test_the_clocks_go_forward_and_back_at_one(utc: datetime, shown: str) -> None:
    moment = at_utc(utc.replace(tzinfo=UTC), WINTER)
    assert moment.to_iso() == shown
    assert moment == at_utc(utc.replace(tzinfo=UTC), SUMMER)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31)))
def test_the_wall_clock_is_that_of_the_list_of_zones(wall: datetime) -> None:
    utc = wall.replace(tzinfo=UTC)
    offset = utc.astimezone(london()).utcoffset()
    assert offset is not None
    assert at_utc(utc, WINTER).offset == offset.total_seconds() / 60


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from([WINTER, SUMMER, NEW_YORK]))
def test_a_day_ends_one_second_before_the_next(day: date, like: Moment) -> None:
    end = end_of_day(day, like)
    assert end.local.replace(tzinfo=None) == datetime(day.year, day.month, day.day, 23, 59, 59)
    after = at_utc(end.utc + timedelta(seconds=1), like)
    assert after.local.date() == day + timedelta(days=1)


def test_another_zone_is_taken_as_it_stood() -> None:
    moment = at_utc(datetime(2026, 12, 1, 12, tzinfo=UTC), NEW_YORK)
    assert (moment.offset, moment.zone) == (-240, "America/New_York")
