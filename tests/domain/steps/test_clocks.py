from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.domain.calendar.times import Moment
from desktop.domain.calendar.working_days import WorkingCalendar
from desktop.domain.incidents import Record
from desktop.domain.steps.clocks import (
    Due,
    add_months,
    basis_of,
    clock_of,
    due_of,
    moment_named,
    runs,
)
from desktop.domain.steps.procedures import Basis, Deadline, Length
from tests.situations import NOW, at, incident

NO_FACTS: frozenset[str] = frozenset()
D1 = Deadline(
    id="D1",
    label="First record",
    length=Length.HOURS,
    amount=24,
    starts="became_aware_at",
    stops="first_recorded_at",
    basis=Basis.DOCUMENTED,
    documented_when=("cyberbullying",),
    reference="S000:64",
)
D8 = replace(D1, id="D8", label="Check", amount=48, starts="S4-2", stops="", documented_when=())
D5 = replace(D8, id="D5", label="LADO", length=Length.WORKING_DAYS, amount=1, starts="logged_at")
SAME = replace(D5, id="SAME", label="Decision", length=Length.SAME_DAY, amount=0)
SOON = replace(D8, id="D3", label="Police", length=Length.NOW, amount=0, starts="became_aware_at")


def _due(
    deadline: Deadline,
    record: Record | None = None,
    *,
    now: Moment = NOW,
    done_at: Moment | None = None,
    started: Moment | None = None,
) -> Due:
    return due_of(
        deadline,
        incident(record or Record()),
        done_at=done_at,
        times={"S4-2": started} if started else {},
        facts=NO_FACTS,
        now=now,
    )


def _say(due: Due, now: Moment = NOW, *, presumed: bool = False) -> str:
    return clock_of(due, "P00-2", "", presumed=presumed, now=now).sentence


def test_noticed_on_monday_and_entered_on_wednesday_is_17_hours_late() -> None:
    due = _due(D1, Record(became_aware_at=at(16, 16)))
    assert due.late_by == timedelta(hours=17)
    assert not due.overdue
    assert _say(due, presumed=True) == "First record 17 h late unless written down sooner"


def test_a_note_on_paper_in_time_meets_the_first_record() -> None:
    due = _due(D1, Record(became_aware_at=at(16, 16), first_recorded_at=at(17, 15)))
    assert due.late_by is None
    assert (due.text, _say(due)) == ("in time", "First record in time")


def test_a_first_record_known_to_be_late_says_how_late() -> None:
    due = _due(D1, Record(became_aware_at=at(16, 16), first_recorded_at=at(17, 18)))
    assert (due.text, _say(due)) == ("2 h late", "First record 2 h late")


def test_a_record_made_before_anybody_is_said_to_know_is_in_time() -> None:
    assert _due(D1, Record(became_aware_at=at(19), first_recorded_at=at(17))).late_by is None


def test_a_clock_without_a_start_asks_for_it() -> None:
    due = _due(D1)
    assert (due.text, due.due_at) == ("not started", None)
    clock = clock_of(due, "P00-2", "", presumed=True, now=NOW)
    assert (clock.tone, clock.sentence) == ("info", "First record: say when it became known")


def test_hours_run_from_the_step_that_starts_them() -> None:
    due = _due(D8, started=at(17, 10))
    assert due.due_at is not None
    assert due.due_at.utc == at(19, 10).utc
    assert (due.text, _say(due)) == ("by 19 Nov 2026, 10:00", "Check: by 19 Nov 2026, 10:00")
    assert _due(D8, started=at(16, 12)).text == "by 12:00 today"


def test_an_open_step_past_its_end_is_overdue() -> None:
    due = _due(D8, started=at(16, 6))
    assert due.overdue
    assert (due.text, _say(due)) == ("3 h late", "Check overdue by 3 h")


def test_a_step_done_in_time_stays_in_time() -> None:
    due = _due(D8, started=at(10), done_at=at(11))
    assert (due.late_by, due.text) == (None, "in time")


def test_a_working_day_from_friday_evening_ends_with_monday() -> None:
    friday = replace(incident(Record()), logged_at=at(20, 17, 30))
    due = due_of(D5, friday, done_at=None, times={}, facts=NO_FACTS, now=at(20, 18))
    assert due.due_at is not None
    assert due.due_at.utc == datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    assert due.text == "by 23 Nov 2026"


def test_the_same_day_ends_at_local_midnight() -> None:
    assert _due(SAME).text == "today"
    assert _say(_due(SAME)) == "Decision: today"
    summer = Moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), 60, "BST")
    logged = replace(incident(Record()), logged_at=summer)
    due = due_of(SAME, logged, done_at=None, times={}, facts=NO_FACTS, now=summer)
    assert due.due_at is not None
    assert due.due_at.utc == datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC)


def test_a_check_after_hours_waits_and_is_then_due_but_never_late() -> None:
    wait = replace(D8, length=Length.AFTER_HOURS)
    early = _due(wait, started=at(17, 10))
    assert early.early
    assert early.text == "from 19 Nov 2026, 10:00"
    assert clock_of(early, "S4-3", "", presumed=False, now=NOW).tone == "info"
    ripe = _due(wait, started=at(10))
    assert (ripe.early, ripe.late_by, ripe.overdue) == (False, None, False)
    assert _say(ripe) == "Check: due since 12 Nov 2026, 09:00"
    assert clock_of(ripe, "S4-3", "", presumed=False, now=NOW).tone == "due"
    assert not _due(wait, started=at(17, 10), done_at=at(17, 12)).early


def test_now_has_no_invented_limit_and_shows_how_long_ago() -> None:
    due = _due(SOON, Record(became_aware_at=at(16, 7)))
    assert (due.due_at, due.late_by, due.overdue) == (None, None, False)
    assert due.text == "now, open for 2 days 2 h"
    assert _say(due) == "Police: now, open for 2 days 2 h"


def test_now_once_done_says_after_how_long() -> None:
    due = _due(SOON, Record(became_aware_at=at(18, 7)), done_at=at(18, 7, 35))
    assert (due.text, _say(due)) == ("after 35 min", "Police after 35 min")


def test_a_known_time_in_the_future_has_not_passed_yet() -> None:
    assert _due(SOON, Record(became_aware_at=at(20))).text == "now"


def test_24_hours_are_documented_for_cyberbullying_only() -> None:
    assert basis_of(D1, frozenset({"cyberbullying"})) is Basis.DOCUMENTED
    assert basis_of(D1, NO_FACTS) is Basis.BY_ANALOGY
    assert basis_of(D8, NO_FACTS) is Basis.DOCUMENTED


@pytest.mark.parametrize(
    ("record", "tone"),
    [
        (Record(became_aware_at=at(16, 16)), "late"),
        (Record(became_aware_at=at(18, 8)), "done"),
        (Record(), "info"),
    ],
)
def test_a_clock_has_the_tone_of_its_state(record: Record, tone: str) -> None:
    assert clock_of(_due(D1, record), "P00-2", "", presumed=False, now=NOW).tone == tone


def test_a_running_clock_is_due() -> None:
    clock = clock_of(_due(D8, started=NOW), "S4-3", "", presumed=False, now=NOW)
    assert (clock.tone, clock.reason_needed, clock.reference) == ("due", False, "S000:64")


def test_a_late_clock_wants_a_reason_until_it_has_one() -> None:
    late = _due(D1, Record(became_aware_at=at(16, 16)))
    assert clock_of(late, "P00-2", "", presumed=False, now=NOW).reason_needed
    assert not clock_of(late, "P00-2", "Tutor was away", presumed=False, now=NOW).reason_needed


def test_only_the_moments_of_an_incident_have_names() -> None:
    known = incident(Record(became_aware_at=at(1)))
    assert moment_named(known, "became_aware_at") == at(1)
    assert moment_named(known, "logged_at") == NOW
    assert moment_named(known, "title") is None


def test_a_deadline_of_one_case_runs_in_that_case_only() -> None:
    images = replace(D8, when=("running:P03B", "category:INT-ADULT"))
    assert runs(D8, NO_FACTS, NO_FACTS, NO_FACTS)
    assert not runs(images, NO_FACTS, NO_FACTS, frozenset({"running:P02"}))
    assert runs(images, NO_FACTS, NO_FACTS, frozenset({"running:P02", "category:INT-ADULT"}))


@pytest.mark.parametrize(
    ("length", "amount", "ends"),
    [
        (Length.DAYS, 28, datetime(2026, 12, 15, 23, 59, 59, tzinfo=UTC)),
        (Length.MONTHS, 1, datetime(2026, 12, 17, 23, 59, 59, tzinfo=UTC)),
        (Length.MONTHS, 14, datetime(2028, 1, 17, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_days_and_months_end_with_the_day(length: Length, amount: int, ends: datetime) -> None:
    due = _due(replace(D8, length=length, amount=amount), started=at(17, 10))
    assert due.due_at is not None
    assert due.due_at.utc == ends
    assert due.text == f"by {ends.day} {ends:%b} {ends.year}"


def test_a_month_ends_with_its_last_day_where_it_has_no_such_day() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2027, 12, 31), 2) == date(2028, 2, 29)
    assert add_months(date(2026, 11, 30), 12) == date(2027, 11, 30)


def test_hours_are_elapsed_ones_and_end_by_the_wall_clock_of_that_day() -> None:
    autumn = Moment(datetime(2026, 10, 24, 15, tzinfo=UTC), 60, "Europe/London")
    due = _due(D8, started=autumn, now=autumn)
    assert due.due_at is not None
    assert due.due_at.utc == datetime(2026, 10, 26, 15, tzinfo=UTC)
    assert due.text == "by 26 Oct 2026, 15:00"


def test_a_day_is_over_at_midnight_of_the_season_it_lies_in() -> None:
    summer = Moment(datetime(2026, 7, 1, 9, tzinfo=UTC), 60, "Europe/London")
    after_midnight = Moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), 60, "Europe/London")
    logged = replace(incident(Record()), logged_at=summer)
    for now in (after_midnight, at(18)):
        due = due_of(SAME, logged, done_at=after_midnight, times={}, facts=NO_FACTS, now=now)
        assert due.late_by == timedelta(minutes=30, seconds=1)


def test_a_deadline_runs_under_the_policies_that_set_it_and_while_its_rule_is_on() -> None:
    everywhere, s000 = frozenset({"S000", "S003"}), replace(D1, policies=("S000",))
    assert runs(D1, NO_FACTS, NO_FACTS, NO_FACTS)
    assert runs(s000, everywhere, NO_FACTS, NO_FACTS)
    assert not runs(s000, frozenset({"S003"}), NO_FACTS, NO_FACTS)
    unsure = replace(s000, switch="csa-duty")
    assert not runs(unsure, everywhere, NO_FACTS, NO_FACTS)
    assert runs(unsure, everywhere, frozenset({"csa-duty"}), NO_FACTS)


def test_our_own_deadline_counts_our_own_working_days() -> None:
    ours = WorkingCalendar(local=WorkingCalendar(weekdays=frozenset({1})))
    for basis, day in ((Basis.LOCAL, 24), (Basis.DOCUMENTED, 19)):
        due = due_of(
            replace(D5, basis=basis),
            incident(Record()),
            done_at=None,
            times={},
            facts=NO_FACTS,
            now=NOW,
            calendar=ours,
        )
        assert due.due_at is not None
        assert due.due_at.local.day == day


LADO = replace(D5, starts="became_aware_at")


def test_a_duty_is_shown_from_its_logging_while_nobody_says_when_it_became_known() -> None:
    now = at(18, 12)
    police = _due(SOON, now=now)
    assert (police.since_logged, police.text) == (True, "now, logged 3 h ago")
    assert _say(police, now) == "Police: now, logged 3 h ago"
    lado = _due(LADO, now=now)
    assert lado.text == "at the latest by 19 Nov 2026"
    words = "LADO: by 19 Nov 2026, counted from its logging"
    assert _say(lado, now) == words
    assert clock_of(lado, "P04-6", "", presumed=False, now=now).since_logged


def test_late_from_the_logging_is_late_and_in_time_is_not_known() -> None:
    now = at(20, 3)
    overdue = _due(LADO, now=now)
    assert (overdue.overdue, overdue.text) == (True, "at least 3 h late")
    assert _say(overdue, now) == "LADO overdue by 3 h, counted from its logging"
    late = _due(LADO, done_at=at(20, 2), now=now)
    assert _say(late, now) == "LADO 2 h late, counted from its logging"
    met = _due(LADO, done_at=at(18, 10), now=now)
    assert (met.late_by, met.since_logged, met.text) == (None, False, "not started")
    assert _say(met, now) == "LADO: say when it became known"
    first = _due(D1, now=now)
    assert (first.since_logged, _say(first, now)) == (
        False,
        "First record: say when it became known",
    )


def test_once_it_is_entered_when_it_became_known_that_counts() -> None:
    due = _due(LADO, Record(became_aware_at=at(17, 9)))
    assert (due.since_logged, due.text) == (False, "today")


@pytest.mark.parametrize(
    ("found", "looked", "text"),
    [
        ("still there", at(18, 10), "passed, still there"),
        ("they refused", at(16, 10), "not kept, they refused"),
        ("removed", at(18, 10), "in time"),
    ],
)
def test_a_limit_that_a_platform_did_not_keep_is_never_in_time(
    found: str, looked: Moment, text: str
) -> None:
    answers = ("S4-3.state=still there", "S4-3.state=they refused")
    limit = replace(D8, length=Length.AFTER_HOURS, failed_when=answers)
    due = due_of(
        limit,
        incident(Record()),
        done_at=looked,
        times={"S4-2": at(16, 9)},
        facts=frozenset({f"S4-3.state={found}"}),
        now=at(18, 11),
    )
    assert due.text == text
    assert _say(due) == f"Check {text}"
    clock = clock_of(due, "S4-3", "", presumed=False, now=NOW)
    assert clock.tone == ("done" if found == "removed" else "info")
