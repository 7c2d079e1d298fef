"""What the procedures that come with the program must hold, whoever edits them."""

import re

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.procedures import Act, NotApplicable, Severity, Step
from tests.situations import procedures

STEPS = [step for one in procedures().values() for step in one.steps]


def test_every_step_of_the_first_procedures_is_there() -> None:
    counts = {name: len(one.steps) for name, one in procedures().items()}
    assert {name: counts[name] for name in ("P00", "P01", "P02", "P03", "S1")} == {
        "P00": 12, "P01": 10, "P02": 10, "P03": 13, "S1": 8,
    }  # fmt: skip
    assert {"S2", "S3", "S4", "S5"} <= counts.keys()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_a_step_speaks_shortly_and_plainly(step: Step) -> None:
    assert len(step.title) <= 55
    assert not step.title.endswith(".")
    assert len(step.text) <= 360
    assert not re.search(r"\b(victim|perpetrator|guilty|committed)\b", step.text, re.IGNORECASE)


def test_no_two_steps_claim_one_place() -> None:
    places = [step.order for step in STEPS]
    assert len(places) == len(set(places))
    assert min(places) > 0


def test_evidence_stands_before_police_parents_and_removal() -> None:
    step = {one.id: one.order for one in STEPS}
    order = ["P02-1", "P02-2", "S3-1", "S3-2", "S2-1", "S2-2", "S4-1", "S4-2"]
    assert sorted(order, key=lambda name: step[name]) == order
    assert step["P01-3"] < step["S3-1"] < step["P01-7"] < step["P01-5"]


def test_every_removal_waits_for_the_police_decision() -> None:
    removals = {step.id: step.after for step in STEPS if step.removes}
    assert removals.keys() == {"P01-5", "P02-4", "S4-2"}
    assert "P01-8" in removals["P01-5"]
    assert "P02-3" in removals["P02-4"]
    assert {"S3-1", "S3-2", "P02-1"} <= set(removals["S4-2"])


def test_nothing_of_an_image_of_a_child_is_ever_captured() -> None:
    assert not any(Act.CAPTURE in step.acts for step in procedures()["P03"].steps)


def test_the_policys_order_stays_visible_where_ours_differs() -> None:
    assert "lines 189 to 193" in procedures()["P02"].note
    assert "lines 176 to 185" in procedures()["P01"].note


def test_the_slip_of_the_policy_is_shown_as_one() -> None:
    quotes = {one.quote: one.note for one in procedures()["P02"].step("P02-6").authorities}
    assert "CEOP is meant" in quotes["Send all the evidence to COPD"]


def test_each_authority_of_the_local_authority_has_a_step_of_its_own() -> None:
    for step in STEPS:
        assert len({"LA-ESO", "LADO", "CSC"} & set(step.recipients)) <= 1


def test_stops_are_danger_notice_police_and_childrens_services() -> None:
    stops = {step.id for step in STEPS if step.severity is Severity.STOP}
    assert stops == {"P00-4", "P03-1", "P03-4", "P03-6"}


def test_capturing_is_never_left_out() -> None:
    for name in ("P00-7", "P01-3", "P02-1", "S1-2", "S4-1"):
        step = procedures()[name.split("-")[0]].step(name)
        assert step.not_applicable is NotApplicable.NEVER


def test_no_procedure_holds_a_telephone_number_of_a_person() -> None:
    for one in procedures().values():
        assert not re.search(r"\b0\d{9,10}\b", one.source)
        assert "@" not in re.sub(r"@username|@handle", "", one.source)


def test_whoever_is_contacted_is_somebody_known() -> None:
    contacted = {name for step in STEPS for name in step.recipients}
    assert contacted <= set(Recipient)
