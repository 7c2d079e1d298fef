from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.incidents import Category
from desktop.domain.log.retention import (
    HOLD_NAMES,
    HoldKind,
    PoliceInstruction,
    RecordDates,
    Retention,
    Review,
    ReviewState,
    parse_retention,
    read_birth,
    review_of,
    state_of,
    suggest_class,
    years_after,
)
from desktop.domain.steps.procedures import Basis
from tests.workspaces import own_data

TODAY = date(2026, 11, 20)
DAYS = st.dates(date(1920, 1, 1), date(2100, 12, 31))


def review(class_id: str, until: date | None = None, **dates: object) -> Review:
    retention = own_data().retention
    found = retention.get(class_id)
    assert found is not None
    known = RecordDates(logged_on=date(2026, 9, 1), **dates)  # type: ignore[arg-type]
    return review_of(found, known, pension_age=retention.pension_age, until=until)


def test_the_classes_that_ship_say_their_source_and_whether_it_is_our_own() -> None:
    retention = own_data().retention
    assert [one.id for one in retention.classes] == [
        "learner", "child-abuse", "staff-allegation", "malicious", "no-concern",
    ]  # fmt: skip
    basis = {one.id: one.basis for one in retention.classes}
    assert basis["learner"] is Basis.DOCUMENTED
    assert basis["child-abuse"] is Basis.LOCAL
    assert basis["no-concern"] is Basis.LOCAL
    assert all(one.source and one.text for one in retention.classes)
    assert retention.get("nothing") is None


def test_a_learners_record_is_reviewed_25_years_after_the_youngest_was_born() -> None:
    births = (date(2010, 1, 9), date(2011, 5, 3))
    assert review("learner", target_births=births) == Review(date(2036, 5, 3))


@pytest.mark.parametrize("births", [(), (None,), (date(2011, 5, 3), None)])
def test_a_birth_that_is_not_known_is_asked_for(births: tuple[date | None, ...]) -> None:
    found = review("learner", target_births=births)
    assert found.on is None
    assert "date of birth" in found.asked_for


def test_child_abuse_is_kept_75_years_after_closing() -> None:
    assert review("child-abuse", closed_on=date(2026, 11, 3)) == Review(date(2101, 11, 3))
    assert review("child-abuse").asked_for == "the incident to be closed"


def test_an_allegation_is_kept_to_pension_age_or_ten_years_if_longer() -> None:
    young, old = (date(1990, 6, 1),), (date(1962, 6, 1),)
    closed = date(2026, 11, 3)
    assert review("staff-allegation", reported_births=young) == Review(date(2057, 6, 1))
    assert review("staff-allegation", reported_births=old, closed_on=closed) == Review(
        date(2036, 11, 3)
    )
    assert review("staff-allegation", reported_births=old) == Review(date(2036, 9, 1))
    assert review("staff-allegation").asked_for


def test_shorter_periods_are_our_own() -> None:
    closed = date(2028, 2, 29)
    assert review("malicious", closed_on=closed) == Review(date(2029, 3, 1))
    assert review("no-concern", closed_on=closed) == Review(date(2031, 3, 1))


def test_kept_longer_puts_the_review_off_and_never_forward() -> None:
    closed = date(2026, 11, 3)
    later, earlier = date(2040, 1, 1), date(2027, 1, 1)
    assert review("no-concern", later, closed_on=closed) == Review(later)
    assert review("no-concern", earlier, closed_on=closed) == Review(date(2029, 11, 3))
    assert review("learner", later) == Review(later)


@given(DAYS, st.integers(1, 75), st.lists(st.one_of(st.none(), DAYS), max_size=4))
def test_no_review_comes_before_the_youngest_has_the_age(
    closed: date, years: int, births: list[date | None]
) -> None:
    found = review("learner", target_births=tuple(births), closed_on=closed)
    known = [birth for birth in births if birth]
    if found.on is None:
        assert len(known) < len(births) or not births
    else:
        assert all(years_after(birth, 25) <= found.on for birth in known)
    moved = years_after(closed, years)
    assert (moved.year, abs(moved - closed) >= timedelta(days=365 * years)) == (
        closed.year + years,
        True,
    )


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("3 May 2011", date(2011, 5, 3)),
        ("03/05/2011", date(2011, 5, 3)),
        ("2011-05-03", date(2011, 5, 3)),
        ("12/03/98", date(1998, 3, 12)),
        ("12/03/08", date(2008, 3, 12)),
        ("12/03/2098", None),
        ("3 May", None),
        ("2011", None),
        ("about 15", None),
        ("", None),
    ],
)
def test_a_birth_is_read_as_it_is_typed(text: str, birth: date | None) -> None:
    assert read_birth(text, TODAY) == birth


@given(st.text(max_size=20))
def test_nobody_is_born_in_the_future(text: str) -> None:
    born = read_birth(text, TODAY)
    assert born is None or born <= TODAY


def state(review_on: Review, *, held: bool = False, classed: bool = True) -> ReviewState:
    found = own_data().retention.get("learner") if classed else None
    return state_of(found, review_on, held=held, today=TODAY)


def test_a_hold_comes_before_every_date() -> None:
    due = Review(TODAY)
    assert state(due, held=True) is ReviewState.HELD
    assert state(due) is ReviewState.DUE
    assert state(Review(TODAY + timedelta(days=90))) is ReviewState.COMING
    assert state(Review(TODAY + timedelta(days=91))) is ReviewState.LATER
    assert state(Review(None, "a birth")) is ReviewState.ASKS
    assert state(Review(None), classed=False) is ReviewState.UNCLASSED
    assert set(HOLD_NAMES) == set(HoldKind)


@pytest.mark.parametrize(
    ("categories", "child", "learner", "staff", "suggested"),
    [
        ((Category.GROOM,), False, False, False, "child-abuse"),
        ((Category.CSH,), True, True, False, "child-abuse"),
        ((Category.SEXT_EXT,), False, True, False, "learner"),
        ((Category.STAFF_CONTACT,), True, True, False, "staff-allegation"),
        ((Category.CB_MSG,), True, True, True, "staff-allegation"),
        ((Category.CB_MSG,), True, False, False, "learner"),
        ((Category.REPUTE, Category.SYSTEM), False, False, False, "no-concern"),
        ((Category.REPUTE, Category.THREAT), False, False, False, None),
        ((), False, False, False, None),
    ],
)
def test_the_class_that_keeps_longest_is_suggested(
    categories: tuple[Category, ...],
    child: bool,
    learner: bool,
    staff: bool,
    suggested: str | None,
) -> None:
    found = suggest_class(
        categories, child_targeted=child, learner_targeted=learner, staff_reported=staff
    )
    assert (found.class_id if found else None) == suggested
    assert found is None or found.why


GOOD = """
checked = "2026-11-20"
[[classes]]
id = "x"
title = "X"
text = "Kept"
counts_from = "closing"
years = 2
basis = "local"
source = "own"
"""


def parse(text: str) -> Retention:
    return parse_retention(text, "retention.toml")


def test_a_file_of_classes_is_read_strictly() -> None:
    assert parse(GOOD).pension_age == 67
    for text, problem in (
        (GOOD.replace("years = 2", ""), "`years` is missing"),
        (GOOD.replace('"closing"', '"whenever"'), "whenever"),
        (GOOD.replace("years = 2", "years = 8000"), "`years` is no number from 0 to 150"),
        (f"pension_age = 667\n{GOOD}", "`pension_age` is no number from 0 to 150"),
        (GOOD + GOOD[GOOD.index("[[classes]]") :], "is there twice. Keep one of them"),
        (GOOD + "colour = 1", "`colour` is not a key"),
        ("checked = ", "what follows the = is no value"),
    ):
        with pytest.raises(ProcedureInvalid) as caught:
            parse(text)
        assert problem in " ".join(caught.value.problems)


def test_an_instruction_of_the_police_is_said_in_one_line() -> None:
    said = PoliceInstruction(
        force="Example Police", officer="DC Lee", reference="AB/12", given_on=TODAY
    )
    assert said.words == "Example Police, DC Lee, reference AB/12, 20 Nov 2026"
