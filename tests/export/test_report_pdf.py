"""The report on paper: right, searchable, embedded, checked by tools that are not ours."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.calendar.quarters import quarter_of
from desktop.domain.calendar.times import Moment
from desktop.domain.contacts import Recipient
from desktop.domain.incidents import Category, FourCs
from desktop.domain.leaving.figures import IncidentFacts, Referral, count_figures
from desktop.domain.log.custody import Head
from desktop.export.report_pdf import ReportFrame, build_report
from tests.export.papers import check_with_qpdf, fonts_of, text_of

QUARTER = quarter_of(date(2026, 11, 20))
OVER = Moment(datetime(2027, 1, 11, 9, 30, tzinfo=UTC), 0, "GMT")
DURING = Moment(datetime(2026, 11, 20, 9, 30, tzinfo=UTC), 0, "GMT")


def a_frame(
    issued_at: Moment = OVER,
    *,
    head: Head | None = None,
    replaces: str = "",
    restated: tuple[str, ...] = (),
) -> ReportFrame:
    return ReportFrame(
        organisation="Example <b>Training</b> & Co",
        issued_at=issued_at,
        figures_sha256="ab" * 32,
        head=head,
        replaces=replaces,
        restated=restated,
    )


def some_facts(centres: tuple[str, ...] = ("North", "River")) -> list[IncidentFacts]:
    return [
        IncidentFacts(
            logged_on=date(2026, 10 + number % 3, 3),
            closed_on=None if number % 4 else date(2026, 12, 30),
            categories=(Category.THREAT,) if number % 2 else (Category.CB_MSG, Category.HATE),
            four_cs=(FourCs.CONDUCT, FourCs.CONTACT) if number < 4 else (FourCs.CONDUCT,),
            platforms=("Snapchat",),
            centre=centres[number % len(centres)],
            targets=("Member of staff",),
            record_delay=timedelta(hours=number * 5),
            kept_first=number != 3,
            referrals=(
                Referral(recipient=Recipient.POLICE, reached=True, reference=True, advice=False),
            ),
            overdue=1 if number == 7 else 0,
        )
        for number in range(14)
    ]


def words_of(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", text_of(pdf))


def test_it_says_everything_that_was_counted() -> None:
    pdf = build_report(count_figures(some_facts(), QUARTER), a_frame(head=Head(412, "cd" * 32)))
    text = words_of(pdf)
    for wanted in (
        "Example <b>Training</b> & Co",
        "14 incidents were logged and 4 were closed",
        "1 step is overdue in 1 incident.",
        "Threat of violence",
        "Conduct: how people behaved",
        "Snapchat",
        "Police",
        "fewer than 5",
        "5 of 14 (36 %)",
        "13 of 14 (93 %)",
        "ab" * 32,
        "cd" * 32,
        "entry 412",
        "they can add up to more than the total",
    ):
        assert wanted in text, wanted
    assert re.search(r"Page 1 of (\d)", text)
    assert "interim" not in text


def test_other_tools_find_nothing_wrong(tmp_path: Path) -> None:
    pdf = build_report(count_figures(some_facts(), QUARTER), a_frame())
    check_with_qpdf(pdf, tmp_path)
    fonts = fonts_of(pdf, tmp_path)
    assert fonts
    assert all(name.startswith("AtkinsonHyperlegible") for name, _ in fonts)
    assert {embedded for _, embedded in fonts} == {"yes"}
    assert b"/Lang (en-GB)" in pdf


def test_the_same_figures_give_the_same_paper() -> None:
    figures = count_figures(some_facts(), QUARTER)
    assert build_report(figures, a_frame()) == build_report(figures, a_frame())


def test_an_empty_quarter_has_a_report() -> None:
    text = words_of(build_report(count_figures([], QUARTER), a_frame()))
    assert "0 incidents were logged" in text
    assert "Nothing is overdue." in text
    assert "Nobody outside was turned to" in text
    assert "By centre" not in text
    assert "End of the custody record" not in text


def test_before_the_end_of_the_quarter_it_is_an_interim_one() -> None:
    text = words_of(build_report(count_figures([], QUARTER), a_frame(DURING)))
    assert "interim one: the quarter ends on 31 Dec 2026" in text


@pytest.mark.parametrize(
    ("restated", "wanted"),
    [
        ((), "None: they are the same."),
        (("Incidents logged: 2 now, 1 when it was issued",), "Incidents logged: 2 now"),
    ],
)
def test_a_report_issued_again_says_what_changed(restated: tuple[str, ...], wanted: str) -> None:
    frame = a_frame(replaces="As first issued on 3 Jan 2027.", restated=restated)
    text = words_of(build_report(count_figures([], QUARTER), frame))
    assert "As first issued on 3 Jan 2027." in text
    assert wanted in text


def test_centres_stand_alone_where_the_rest_would_be_hidden() -> None:
    facts = [
        IncidentFacts(
            logged_on=date(2026, 10, 1),
            centre="North" if number % 2 else "River",
            four_cs=(FourCs.CONDUCT,) if number > 2 else (FourCs.CONTACT,),
        )
        for number in range(12)
    ]
    text = words_of(build_report(count_figures(facts, QUARTER), a_frame()))
    assert "Centre Incidents North 6 River 6" in text
    assert "fewer than 5" not in text
