from datetime import date

import pytest

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.policy.sources import overdue_sources, parse_sources
from desktop.domain.steps.procedures import Authority, Deadline, Procedure
from tests.situations import procedures
from tests.workspaces import own_data

SOURCE = """
[[sources]]
reference = "C1"
title = "CEOP"
seen = "2026-11-20"
extent = "in extract"
review_due = "2027-11-20"
"""


def test_a_reference_is_said_in_words() -> None:
    sources = own_data().sources
    said = sources.say("S003:182")
    assert said == (
        "Training provider: e-safety and social media policy, 31 July 2020, line 182 (S003:182)"
    )
    source = sources.source("S003:182")
    assert source is not None
    assert source.kind == "Training provider, 31 July 2020"
    assert sources.say("C1") == "CEOP: what happens when I make a report (C1)"
    assert sources.say("own") == sources.say("design") == "Advice of this program"
    assert sources.say("Z9") == "Z9"
    assert sources.say_short("S003:182") == "Training provider policy (S003:182)"
    assert sources.say_short("C1") == sources.say("C1")
    quote = Authority(reference="W1", note="Chase them.")
    assert sources.say_authority(quote).endswith("(W1). Chase them.")
    assert sources.say_authority(Authority(reference="own")) == "Advice of this program"


def test_every_reference_that_anything_names_is_in_the_register() -> None:
    sources = own_data().sources
    used = {one.reference for each in procedures().values() for one in _authorities(each)}
    used |= {deadline.reference for each in procedures().values() for deadline in _clocks(each)}
    for policy in own_data().policies:
        for part in (policy.titles, policy.duties, policy.limits, policy.definitions):
            used |= {line.reference for one in part for line in one.lines}
        for others in (policy.categories, policy.laws, policy.slips, policy.tells):
            used |= {line.reference for one in others for line in one.lines}
    used |= {line.reference for one in own_data().switches.switches for line in one.lines}
    used |= {line.reference for one in own_data().laws.laws for line in one.lines}
    used |= {line.reference for one in own_data().places for line in one.lines}
    unknown = {one for one in used - {"own", "design"} if sources.source(one) is None}
    assert not unknown


def _authorities(procedure: Procedure) -> list[Authority]:
    return [one for step in procedure.steps for one in step.authorities]


def _clocks(procedure: Procedure) -> list[Deadline]:
    return [one for step in procedure.steps for one in step.deadlines]


def test_a_source_is_overdue_the_day_after_its_review() -> None:
    sources = parse_sources(SOURCE, "sources.toml")
    assert not overdue_sources(sources, date(2027, 11, 20))
    assert [one.reference for one in overdue_sources(sources, date(2027, 11, 21))] == ["C1"]


def test_only_the_policies_that_are_followed_are_asked_about() -> None:
    sources, today = own_data().sources, date(2026, 11, 21)
    assert not overdue_sources(sources, today)
    assert not overdue_sources(sources, today, ["S000", "S001"])
    found = overdue_sources(sources, today, ["S000", "S001", "S002", "S003", "S004"])
    assert [one.reference for one in found] == ["S002", "S003", "S004"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SOURCE + SOURCE, "C1 is there twice"),
        (
            SOURCE.replace("2027-11-20", "next year"),
            "`review_due` is “next year”, which is no date",
        ),
        (SOURCE.replace('title = "CEOP"', ""), "`title` is missing"),
        (SOURCE + "colour = 3", "`colour` is not a key"),
    ],
)
def test_a_faulty_register_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ProcedureInvalid) as error:
        parse_sources(text, "sources.toml")
    assert words in "\n".join(error.value.problems)
