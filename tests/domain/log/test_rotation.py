"""Rotation keeps 7 days, 5 weeks and 12 months, and never fewer than the newest two."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.log.rotation import expiry, kept

START = datetime(2026, 11, 20, 9, 35, tzinfo=UTC)
times = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31)).map(
    lambda one: one.replace(tzinfo=UTC, second=0, microsecond=0)
)
many = st.lists(times, max_size=40)


def daily(count: int) -> list[datetime]:
    return [START + timedelta(days=number) for number in range(count)]


def test_a_year_and_a_half_of_daily_backups() -> None:
    made = daily(550)
    days = made[-7:]
    sundays = [one for one in made if one.weekday() == 6 and one > made[-1] - timedelta(weeks=4)]
    month_ends = [one for one in made if (one + timedelta(days=1)).day == 1][-11:]
    assert len(sundays) == 4
    assert kept(made, made[-1].date()) == {*days, *sundays, *month_ends, made[-1]}
    assert month_ends[0] == datetime(2027, 6, 30, 9, 35, tzinfo=UTC)


def test_of_one_day_the_newest_stays() -> None:
    made = [START + timedelta(hours=hour) for hour in range(5)]
    assert kept(made, START.date()) == set(made[-2:])
    later = START + timedelta(days=1)
    assert kept([*made, later, later + timedelta(hours=1)], later.date()) == {
        made[-1], later, later + timedelta(hours=1),
    }  # fmt: skip


def test_the_newest_two_stay_however_old() -> None:
    made = [
        START - timedelta(days=2000),
        START - timedelta(days=1999),
        START - timedelta(days=900),
    ]
    assert kept(made, START.date()) == set(made[1:])
    assert kept([], START.date()) == frozenset()


@given(many, times)
def test_what_is_kept_was_made_and_holds_the_newest_two(
    made: list[datetime], now: datetime
) -> None:
    stay = kept(made, now.date())
    assert stay <= set(made)
    assert set(sorted(set(made))[-2:]) <= stay


@given(many, times)
def test_the_newest_of_each_recent_day_week_and_month_stays(
    made: list[datetime], now: datetime
) -> None:
    today, stay = now.date(), kept(made, now.date())
    monday = today - timedelta(days=today.weekday())
    for one in made:
        ago = (today - one.date()).days
        weeks = (monday - (one.date() - timedelta(days=one.weekday()))).days // 7
        months = (today.year - one.year) * 12 + today.month - one.month
        same_day = [other for other in made if other.date() == one.date()]
        same_week = [other for other in made if other.isocalendar()[:2] == one.isocalendar()[:2]]
        same_month = [
            other for other in made if (other.year, other.month) == (one.year, one.month)
        ]
        due = (
            (ago < 7 and one == max(same_day))
            or (weeks < 5 and one == max(same_week))
            or (months < 12 and one == max(same_month))
        )
        assert due == (one in stay) or one in sorted(set(made))[-2:]


@given(st.sets(times, max_size=40))
def test_rotating_each_time_leaves_the_same_as_rotating_once(made: set[datetime]) -> None:
    left: set[datetime] = set()
    for one in sorted(made):
        left = set(kept({*left, one}, one.date()))
    if made:
        assert left == kept(made, max(made).date())


@given(times, many, st.integers(0, 500))
def test_a_backup_is_gone_from_the_day_that_was_said(
    made: datetime, others: list[datetime], days: int
) -> None:
    last = expiry(made, others)
    today = last + timedelta(days=days)
    later = [datetime(today.year, today.month, today.day, hour, tzinfo=UTC) for hour in (1, 2)]
    assert made not in kept([made, *others, *later], today) or made >= later[0]


@given(times)
def test_the_only_one_of_its_month_is_kept_until_then(made: datetime) -> None:
    last = expiry(made, [])
    assert last >= date(made.year + 1, made.month, 1)
    later = [made + timedelta(days=4000), made + timedelta(days=4001)]
    assert made in kept([made, *later], last - timedelta(days=1))
    assert made not in kept([made, *later], last)


def test_one_that_was_followed_on_its_day_goes_first() -> None:
    later = START + timedelta(hours=1)
    assert expiry(START, [later]) == START.date()
    assert expiry(START, [START + timedelta(days=1)]) == START.date() + timedelta(days=7)
