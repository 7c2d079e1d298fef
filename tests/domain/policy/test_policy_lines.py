"""Every line of the five policies is kept somewhere, with its reference and its words."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import ProcedureInvalid
from desktop.domain.incidents import CATEGORY_NAMES, Category
from desktop.domain.policy.policy_lines import (
    Kept,
    KeptHere,
    PolicyLine,
    find_places,
    parse_program,
    policy_lines,
)
from desktop.operations.steps.show_policy_lines import all_policy_lines
from tests.situations import procedures
from tests.workspaces import own_data

ROWS = tomllib.loads(
    Path(__file__).with_name("policy_rows.toml").read_text(encoding="utf-8"),
)["rows"]
DOING = frozenset({Kept.STEP, Kept.TELL, Kept.FIELD, Kept.RULE})
FITTING = {
    "STEP": {Kept.STEP},
    "DL": {Kept.CLOCK},
    "ROLE": {Kept.ROLE, Kept.DUTY},
    "DEF": {Kept.DEFINITION},
    "CAT": {Kept.CATEGORY},
    "LAW": {Kept.LAW},
    "SLIP": {Kept.SLIP},
    "DUTY": {Kept.DUTY, Kept.STEP},
    "REC": DOING,
    "EV": DOING,
    "REP": DOING | {Kept.DUTY},
    "TELL": {Kept.TELL},
}


@cache
def places() -> tuple[KeptHere, ...]:
    return find_places(procedures(), own_data().policies, own_data().laws, own_data().places)


def plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def carried(reference: str, quote: str) -> bool:
    return any(one.reference == reference and plain(quote) in plain(one.quote) for one in places())


def missing(row: dict[str, Any]) -> list[str]:
    """Say what of a row is carried nowhere: its words, or what it is."""
    lines = row.get("lines", [])
    problems = [
        f"{one['reference']} “{one.get('quote', '')}” stands nowhere"
        for one in lines
        if not carried(one["reference"], one.get("quote", ""))
    ]
    references = {one["reference"] for one in lines}
    slips = {slip.id for policy in own_data().policies for slip in policy.slips}
    problems += [
        f"the slip {one} is not there" for one in row.get("slips", []) if one not in slips
    ]
    problems += [
        f"{reference} is no {kind}"
        for reference in sorted(references)
        for kind in row["kinds"]
        if not FITTING[kind] & {one.kept for one in places() if one.reference == reference}
    ]
    if category := row.get("category"):
        name = CATEGORY_NAMES[Category(category)]
        has = {one.reference for one in places() if (one.kept, one.place) == (Kept.CATEGORY, name)}
        problems += [f"{one} names no {category}" for one in sorted(references - has)]
    return problems


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(one, id=f"{one['table']}-{number}-{one['what'][:40]}")
        for number, one in enumerate(ROWS)
    ],
)
def test_every_row_of_the_policies_is_kept_somewhere(row: dict[str, Any]) -> None:
    assert not missing(row)


def test_a_row_that_nothing_carries_is_found() -> None:
    lines = [{"reference": "S003:182", "quote": "Throw away any evidence"}]
    row = {"kinds": ["LAW"], "lines": lines, "slips": ["S003-z"], "category": "CB-MSG"}
    assert missing(row) == [
        "S003:182 “Throw away any evidence” stands nowhere",
        "the slip S003-z is not there",
        "S003:182 is no LAW",
        "S003:182 names no CB-MSG",
    ]
    assert not carried("S003:9999", "")


def test_the_rows_are_whole() -> None:
    tables = [row["table"] for row in ROWS]
    rows = {table: tables.count(table) for table in sorted(set(tables))}
    assert rows == {"00": 33, "1.1": 19, "1.2": 18, "1.3": 31, "1.4": 40, "1.5": 18, "1.6": 23}


def test_a_line_stands_once_with_all_that_carries_it() -> None:
    lines = {one.reference: one for one in all_policy_lines(own_data(), procedures())}
    line = lines["S003:182"]
    assert line.quotes == ("Secure and preserve any evidence",)
    assert {one.kept for one in line.places} >= {Kept.STEP, Kept.RULE, Kept.SLIP}
    assert any("P01-3" in one.place for one in line.places)
    order = [(one.policy, one.line) for one in all_policy_lines(own_data(), procedures())]
    assert order == sorted(set(order))


def test_a_short_quote_gives_way_to_the_longer_one() -> None:
    short = KeptHere(kept=Kept.STEP, place="a", reference="S003:191", quote="Send all")
    long = replace(short, place="b", quote="Send all the evidence")
    unlike = replace(short, reference="C1")
    found = policy_lines([short, long, unlike])
    assert found == (
        PolicyLine(
            policy="S003", line=191, quotes=("Send all the evidence",), places=(short, long)
        ),
    )


def test_a_clock_of_a_step_is_kept_with_its_own_quote() -> None:
    clocks = [one for one in places() if one.kept is Kept.CLOCK and "P00-2" in one.place]
    assert any(
        one.reference == "S000:64" and one.quote.startswith("record concerns") for one in clocks
    )


def test_what_a_policy_adds_to_a_step_is_a_step_that_is_there() -> None:
    steps = {step.id for one in procedures().values() for step in one.steps}
    for policy in own_data().policies:
        assert {one.step for one in policy.tells} <= steps, policy.id


def test_every_deadline_that_a_policy_names_runs_on_a_step_under_it() -> None:
    """A limit alone is words: what runs is the clock of a step."""
    steps = [step for one in procedures().values() for step in one.steps]
    for policy in own_data().policies:
        running = {
            clock.id
            for step in steps
            for clock in step.deadlines
            if not clock.policies or set(clock.policies) & set(policy.sources)
        }
        assert {limit.id for limit in policy.limits} <= running, policy.id


def test_a_limit_and_its_clocks_wait_for_the_same_rule() -> None:
    clocks = [
        clock for one in procedures().values() for step in one.steps for clock in step.deadlines
    ]
    for policy in own_data().policies:
        for limit in policy.limits:
            switches = {one.switch for one in clocks if one.id == limit.id}
            assert switches == {limit.switch}, limit.id


def test_the_strictest_tells_nobody_more_and_runs_every_deadline() -> None:
    strictest = own_data().policy("strictest")
    assert not strictest.tells
    ids = {limit.id for limit in strictest.limits}
    for policy in own_data().policies:
        assert {limit.id for limit in policy.limits} <= ids, policy.id
    assert set(strictest.sources) == {"S000", "S001", "S002", "S003", "S004"}


def test_a_step_that_is_not_there_is_named_by_its_id() -> None:
    policy = own_data().policy("training-provider")
    found = find_places({}, [policy], own_data().laws, ())
    assert any(one.place.startswith("Step (P01-9)") for one in found)


def test_every_law_that_a_policy_names_is_in_the_list() -> None:
    known = {one.id for one in own_data().laws.laws}
    for policy in own_data().policies:
        assert {one.law for one in policy.laws} <= known, policy.id


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("step", "`kept` is “step”, which has its own file"),
        ("page", "`kept` is “page”, which is not known"),
    ],
)
def test_a_faulty_list_of_places_is_refused_in_words(kept: str, words: str) -> None:
    text = f'[[places]]\nkept = "{kept}"\nplace = "x"\nlines = [{{ reference = "S003:1" }}]'
    with pytest.raises(ProcedureInvalid) as error:
        parse_program(text, "program.toml")
    assert words in "\n".join(error.value.problems)
