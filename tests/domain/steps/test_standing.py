"""Standing work comes round by quarter and year; what was recorded stays with its round."""

from datetime import date

import pytest

from desktop.domain.steps.procedures import Every
from desktop.domain.steps.standing import StandingEntry, due_on, period_of, standing_work
from tests.situations import NOW, procedures

TODAY = date(2026, 11, 20)


def entry(step_id: str, period: str) -> StandingEntry:
    return StandingEntry(
        step_id=step_id, period=period, note="", done_on=TODAY, checked_by="", left_out=False,
        at=NOW, by="Pat Smith",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("every", "today", "period", "due"),
    [
        (Every.QUARTER, TODAY, "July to September 2026", date(2026, 12, 31)),
        (Every.QUARTER, date(2027, 1, 1), "October to December 2026", date(2027, 3, 31)),
        (Every.YEAR, TODAY, "2026", date(2026, 12, 31)),
    ],
)
def test_a_round_is_about_what_ended_and_due_before_the_next(
    every: Every, today: date, period: str, due: date
) -> None:
    assert period_of(every, today) == period
    assert due_on(every, today) == due


def test_the_organisations_procedures_stand_in_their_round() -> None:
    now, before = "July to September 2026", "April to June 2026"
    entries = [entry("S7-1", now), entry("S7-1", before), entry("S7-2", before)]
    quarter, year = standing_work(procedures(), entries, TODAY)
    assert (quarter.procedure.id, year.procedure.id) == ("S7", "S8")
    assert quarter.done == 1
    first, second = quarter.steps[:2]
    assert first.entry == entries[0]
    assert first.before == (entries[1],)
    assert second.entry is None
    assert second.before == (entries[2],)
    assert not quarter.is_overdue(date(2026, 12, 31))
    assert quarter.is_overdue(date(2027, 1, 1))
    whole = standing_work(procedures(), [entry(one.step.id, now) for one in quarter.steps], TODAY)[
        0
    ]
    assert whole.done == len(whole.steps)
    assert not whole.is_overdue(date(2027, 1, 1))


def _all_done(period: str) -> list[StandingEntry]:
    quarter = standing_work(procedures(), [], TODAY)[0]
    return [entry(one.step.id, period) for one in quarter.steps]


def test_an_unfinished_round_stays_until_it_is_done() -> None:
    january = date(2027, 1, 1)
    begun = [entry("S7-1", "July to September 2026")]
    quarter, year, *late = standing_work(procedures(), begun, january, TODAY)
    assert (quarter.period, year.period) == ("October to December 2026", "2027")
    assert [(one.period, one.due_on) for one in late] == [
        ("July to September 2026", date(2026, 12, 31)),
        ("2026", date(2026, 12, 31)),
    ]
    assert all(one.is_overdue(january) for one in late)
    assert late[0].done == 1
    assert not quarter.is_overdue(january)
    done = _all_done("July to September 2026")
    assert [one.period for one in standing_work(procedures(), done, january, TODAY)[2:]] == [
        "2026"
    ]


def test_earlier_rounds_stand_in_their_order_and_none_before_the_log_began() -> None:
    late = standing_work(procedures(), [], date(2027, 8, 1), TODAY)[2:]
    assert [one.due_on for one in late] == [
        date(2026, 12, 31), date(2026, 12, 31), date(2027, 3, 31), date(2027, 6, 30),
    ]  # fmt: skip
    # A log that knows no beginning asks for the present rounds alone.
    assert len(standing_work(procedures(), [], date(2027, 8, 1))) == 2
