"""Figures of a quarter: counted rightly, frozen as text, and nothing in them tells who it was."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar.quarters import quarter_of
from desktop.domain.contacts import Recipient
from desktop.domain.incidents import PLATFORMS, Category, FourCs
from desktop.domain.leaving.bands import Hidden
from desktop.domain.leaving.figures import (
    NOT_RECORDED,
    Count,
    Figures,
    IncidentFacts,
    Referral,
    Share,
    count_figures,
)
from desktop.domain.leaving.figures_text import (
    Restatement,
    fingerprint,
    from_text,
    restated,
    to_text,
)

QUARTER = quarter_of(date(2026, 11, 20))
OCTOBER = date(2026, 10, 5)


def figures_of(*facts: IncidentFacts) -> Figures:
    return count_figures(facts, QUARTER)


def referral(recipient: Recipient, *, reached: bool = True) -> Referral:
    return Referral(recipient=recipient, reached=reached, reference=False, advice=True)


def labels(counts: tuple[Count, ...]) -> dict[str, int]:
    return {one.label: one.number for one in counts if one.number}


@st.composite
def facts(draw: st.DrawFn) -> IncidentFacts:
    logged_on = draw(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
    return IncidentFacts(
        logged_on=logged_on,
        closed_on=draw(st.none() | st.dates(logged_on, date(2027, 1, 31))),
        categories=tuple(draw(st.sets(st.sampled_from(Category), max_size=3))),
        four_cs=tuple(draw(st.sets(st.sampled_from(FourCs), max_size=3))),
        platforms=tuple(draw(st.sets(st.sampled_from(PLATFORMS) | st.text(), max_size=2))),
        centre=draw(st.sampled_from(["North", "north ", "River", "Hill", ""])),
        targets=draw(st.sampled_from([(), ("Member of staff",)])),
        record_delay=draw(st.none() | st.timedeltas(timedelta(), timedelta(days=9))),
        kept_first=draw(st.none() | st.booleans()),
        referrals=(referral(draw(st.sampled_from(Recipient)), reached=draw(st.booleans())),),
        overdue=draw(st.integers(0, 3)),
    )


@given(st.lists(facts(), max_size=30))
def test_frozen_figures_come_back_as_they_were(listed: list[IncidentFacts]) -> None:
    figures = figures_of(*listed)
    text = to_text(figures)
    assert from_text(text) == figures
    assert to_text(from_text(text)) == text


@given(st.lists(facts(), max_size=30))
def test_the_order_of_incidents_changes_nothing(listed: list[IncidentFacts]) -> None:
    assert to_text(figures_of(*listed)) == to_text(figures_of(*reversed(listed)))


@given(st.lists(facts(), max_size=30))
def test_totals_fit_together(listed: list[IncidentFacts]) -> None:
    figures = figures_of(*listed)
    assert sum(one.number for one in figures.by_month) == figures.opened
    assert figures.trend[-1].number == figures.opened
    assert sum(one.number for one in figures.by_category) >= figures.opened
    assert figures.recorded_in_time.known + figures.recorded_in_time.unknown == figures.opened


def test_opened_closed_and_open_are_counted_by_their_days() -> None:
    figures = figures_of(
        IncidentFacts(logged_on=OCTOBER, closed_on=date(2026, 12, 31), overdue=9),
        IncidentFacts(logged_on=OCTOBER, overdue=2),
        IncidentFacts(logged_on=date(2026, 9, 30), closed_on=date(2026, 10, 1)),
        IncidentFacts(logged_on=date(2026, 9, 30), closed_on=date(2027, 1, 1)),
        IncidentFacts(logged_on=date(2027, 1, 1)),
    )
    assert (figures.opened, figures.closed, figures.open_at_end) == (2, 2, 2)
    assert (figures.open_now, figures.overdue_incidents, figures.overdue_steps) == (2, 1, 2)
    assert labels(figures.by_month) == {"October": 2}
    assert labels(figures.trend) == {"Jul-Sep 2026": 2, "Oct-Dec 2026": 2}


def test_an_incident_counts_under_each_of_its_labels() -> None:
    both = (Category.THREAT, Category.HATE)
    figures = figures_of(
        IncidentFacts(logged_on=OCTOBER, categories=both, four_cs=(FourCs.CONDUCT,)),
        IncidentFacts(logged_on=OCTOBER, categories=both[:1], targets=("Member of staff",)),
    )
    assert labels(figures.by_category) == {"Threat of violence": 2, "Discrimination or hatred": 1}
    assert labels(figures.by_four_cs) == {"Conduct: how people behaved": 1, NOT_RECORDED: 1}
    assert labels(figures.by_target) == {"Member of staff": 1, NOT_RECORDED: 1}


def test_a_platform_that_is_not_on_the_list_is_not_repeated() -> None:
    typed = IncidentFacts(logged_on=OCTOBER, platforms=("Robin's own page", "Snapchat"))
    figures = figures_of(typed)
    assert labels(figures.by_platform) == {"Other": 1, "Snapchat": 1}
    assert "Robin" not in to_text(figures)


def test_a_centre_written_once_does_not_leave() -> None:
    many = [IncidentFacts(logged_on=OCTOBER, centre=" North  site ")] * 6
    also = [IncidentFacts(logged_on=OCTOBER, centre="North Site")] * 2
    rest = [IncidentFacts(logged_on=OCTOBER, centre="Hill, ask for Robin")] * 2
    none = [IncidentFacts(logged_on=OCTOBER)] * 4
    figures = figures_of(*many, *also, *rest, *none)
    assert figures.centres is not None
    assert [row[:2] for row in figures.centres.rows] == [
        ("North site", 8),
        ("Other centres together", 6),
    ]
    assert "Robin" not in to_text(figures)


def test_one_referral_to_the_lado_is_shown_as_one() -> None:
    figures = figures_of(
        IncidentFacts(
            logged_on=OCTOBER,
            referrals=(
                referral(Recipient.LADO),
                referral(Recipient.PARENT, reached=False),
                referral(Recipient.IT),
            ),
        )
    )
    (lado,) = figures.agencies
    assert (lado.incidents, lado.reached, lado.reference, lado.advice) == (1, 1, 0, 1)
    (family,) = figures.families
    assert (family.name, family.reached) == ("Parent or carer", 0)


def test_the_time_to_the_first_record_is_measured() -> None:
    hours = (2, 24, 30, None)
    figures = figures_of(
        *(
            IncidentFacts(
                logged_on=OCTOBER,
                record_delay=None if hour is None else timedelta(hours=hour),
                kept_first=hour != 2 if hour else None,
            )
            for hour in hours
        )
    )
    assert figures.recorded_in_time.words == "2 of 3 (67 %), not known for 1"
    assert figures.median_delay == "1 day"
    assert figures.evidence_first.words == "2 of 3 (67 %)"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Share(met=0, known=0, unknown=0), "no incident to which this applies"),
        (Share(met=0, known=0, unknown=2), "not known"),
        (Share(met=0, known=9, unknown=0), "0 of 9 (0 %)"),
        (Share(met=9, known=9, unknown=0), "9 of 9 (100 %)"),
        (Share(met=1, known=400, unknown=0), "1 of 400 (1 %)"),
        (Share(met=399, known=400, unknown=1), "399 of 400 (99 %), not known for 1"),
    ],
)
def test_a_share_is_said_in_words_and_is_whole_only_where_it_is(share: Share, words: str) -> None:
    assert share.words == words


def test_what_changed_since_a_report_is_said() -> None:
    issued = figures_of(IncidentFacts(logged_on=OCTOBER, referrals=(referral(Recipient.POLICE),)))
    now = figures_of(
        IncidentFacts(logged_on=OCTOBER), IncidentFacts(logged_on=OCTOBER, kept_first=True)
    )
    changes = restated(issued, now)
    assert changes == (
        Restatement("Incidents logged", 1, 2),
        Restatement("Open at the end", 1, 2),
        Restatement("Evidence kept before removal", 0, 1),
        Restatement("Turned to: Police", 1, 0),
    )
    assert changes[0].words == "Incidents logged: 2 now, 1 when it was issued"
    assert restated(now, now) == ()
    assert restated(now, issued)[-1] == Restatement("Turned to: Police", 0, 1)


def test_a_table_by_centre_is_frozen_with_what_it_hides() -> None:
    def at(centre: str, number: int) -> list[IncidentFacts]:
        one = IncidentFacts(logged_on=OCTOBER, centre=centre, four_cs=(FourCs.CONDUCT,))
        both = IncidentFacts(
            logged_on=OCTOBER, centre=centre, four_cs=(FourCs.CONDUCT, FourCs.CONTACT)
        )
        return [both, both, *[one] * (number - 2)]

    figures = figures_of(*at("North", 7), *at("River", 6))
    assert figures.centres is not None
    assert Hidden.BANDED in figures.centres.rows[0][2]
    assert from_text(to_text(figures)) == figures


def test_other_figures_have_another_fingerprint() -> None:
    empty, one = figures_of(), figures_of(IncidentFacts(logged_on=OCTOBER))
    assert fingerprint(to_text(empty)) != fingerprint(to_text(one))
    assert len(fingerprint(to_text(empty))) == 64
