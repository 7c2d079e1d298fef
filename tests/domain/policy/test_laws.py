from dataclasses import replace

import pytest

from desktop.domain.calendar.times import Moment
from desktop.domain.errors import ProcedureInvalid
from desktop.domain.incidents import CATEGORY_NAMES, Category
from desktop.domain.policy.laws import LawKind, parse_laws
from tests.situations import at
from tests.workspaces import own_data

HARASSMENT = "harassment"


def months_before(months: int) -> Moment:
    moment = at(18)
    return replace(moment, utc=moment.utc.replace(month=moment.utc.month - months))


def test_a_category_suggests_what_may_be_engaged() -> None:
    laws = own_data().laws
    threats = [one.id for one in laws.suggested([Category.THREAT])]
    assert "threatening-messages" in threats
    assert "data-protection" not in threats
    assert not laws.suggested([])


def test_the_laws_of_today_stand_in_place_of_those_that_the_policies_name() -> None:
    laws = own_data().laws
    assert "UK GDPR" in laws.law("data-protection").title
    assert laws.law("harassment").title.startswith("Protection from Harassment Act 1997")
    assert laws.law("communications-2003").title == "Communications Act 2003, section 127"
    assert laws.law("kcsie").kind is LawKind.GUIDANCE
    with pytest.raises(KeyError):
        laws.law("data-protection-1998")


def test_nothing_says_that_an_offence_was_committed() -> None:
    for law in own_data().laws.laws:
        words = f"{law.title} {law.wording} {law.limit} {law.verify}".casefold()
        assert "committed" not in words
        assert "guilty" not in words


def test_what_was_not_checked_says_so() -> None:
    switches = own_data().switches.ids
    for law in own_data().laws.laws:
        own = any(line.reference == "own" for line in law.lines)
        assert law.verify or not (own or law.unsure or law.summary_only), law.id
        assert not law.unsure or law.unsure in switches, law.id
        assert all(not line.unsure or line.unsure in switches for line in law.lines), law.id


def test_every_sort_of_harm_suggests_a_law() -> None:
    quiet = {Category.OTHER, Category.CB_IMG, Category.ACC_OWN}
    silent = {one for one in Category if not own_data().laws.suggested([one])}
    assert silent == quiet
    assert set(CATEGORY_NAMES) == set(Category)


def test_time_is_short_five_months_after_the_last_message() -> None:
    laws, now = own_data().laws, at(18)
    assert not laws.is_time_short([HARASSMENT], months_before(4), now)
    assert laws.is_time_short([HARASSMENT], months_before(6), now)
    assert not laws.is_time_short([HARASSMENT], None, now)
    assert not laws.is_time_short(["fraud"], months_before(6), now)


LAW = """
[[laws]]
id = "x"
title = "x"
kind = "law"
wording = "x"
categories = []
lines = [{ reference = "G1" }]
"""


def test_an_id_that_is_gone_is_shown_as_it_is() -> None:
    assert own_data().laws.titles(["fraud", "old-law"]) == ("Fraud Act 2006", "old-law")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LAW.replace('lines = [{ reference = "G1" }]', ""), "it names no line"),
        (LAW.replace('kind = "law"', 'kind = "custom"'), "`kind` is “custom”"),
        (LAW.replace("categories = []", 'categories = ["WAR"]'), "`categories` is “WAR”"),
        (LAW.replace("G1", "section 1"), "the reference “section 1” has the wrong form"),
        (LAW.replace("G1", "own"), "the line “own” is nobody's words"),
    ],
)
def test_a_faulty_law_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ProcedureInvalid) as error:
        parse_laws(text, "laws.toml")
    assert words in "\n".join(error.value.problems)
