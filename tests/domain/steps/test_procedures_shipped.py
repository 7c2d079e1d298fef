"""What the procedures that come with the program must hold, whoever edits them."""

import re
from collections.abc import Iterator

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.evidence.gate import STOP_NOTICE
from desktop.domain.steps.procedures import (
    Act,
    Basis,
    Deadline,
    Length,
    NotApplicable,
    Scope,
    Severity,
    Step,
)
from desktop.resources import resource_path
from tests.situations import procedures

STEPS = [step for one in procedures().values() for step in one.steps]
COUNTS = {
    "P00": 12, "P01": 10, "P02": 10, "P03": 13, "P03B": 8, "P04": 14, "P05": 10, "P06": 10,
    "P11": 8, "P16": 1, "S1": 8, "S2": 3, "S3": 5, "S4": 5, "S5": 6,
}  # fmt: skip
# Steps that nobody leaves out: never not applicable, at most not possible, with a reason.
NEVER = """
    P00-1 P00-2 P00-3 P00-4 P00-5 P00-7 P00-8 P00-9 P00-12 P01-1 P01-3 P02-1 P02-2
    P03-1 P03-2 P03-5 P03-12 P03B-1 P03B-2 P03B-3
    P04-1 P04-2 P04-3 P04-5 P04-8 P04-12 P04-13
    P05-1 P05-2 P05-3 P05-4 P05-10 P06-2 P06-5 P06-9 P11-1 P11-2 P11-4 P11-6
    S1-1 S1-2 S3-1 S4-1 S5-1 S5-6
"""
# Where a policy says so, both are told; once, if they are one person.
BOTH_TOLD = {"S002:60", "S002:70", "S002:71"}


def _step(step_id: str) -> Step:
    return procedures()[step_id.rsplit("-", 1)[0]].step(step_id)


def _deadlines(deadline_id: str) -> Iterator[tuple[Step, Deadline]]:
    for step in STEPS:
        for deadline in step.deadlines:
            if deadline.id == deadline_id:
                yield step, deadline


@pytest.mark.parametrize("name", COUNTS)
def test_every_documented_step_is_there_in_its_order(name: str) -> None:
    ids = [step.id for step in procedures()[name].steps]
    assert ids == [f"{name}-{number}" for number in range(1, COUNTS[name] + 1)]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.id)
def test_a_step_speaks_shortly_and_plainly(step: Step) -> None:
    assert len(step.title) <= 55
    assert not step.title.endswith(".")
    assert len(step.text) <= 360
    said = " ".join([step.title, step.text, *(blank.label for blank in step.blanks)])
    assert not re.search(r"\b(victim|perpetrator|guilty|committed)\b", said, re.IGNORECASE)


@pytest.mark.parametrize("one", procedures().values(), ids=lambda one: one.id)
def test_a_procedure_says_when_it_applies_and_what_to_mind(one: object) -> None:
    procedure = procedures()[getattr(one, "id", "")]
    assert procedure.applies_when.endswith(".")
    assert len(procedure.title) <= 45
    assert procedure.note
    words = f"{procedure.title} {procedure.applies_when} {procedure.note} {procedure.notice}"
    assert not re.search(r"\b(victim|perpetrator|guilty|committed)\b", words, re.IGNORECASE)


def test_no_two_steps_claim_one_place() -> None:
    places = [step.order for step in STEPS]
    assert len(places) == len(set(places))
    assert min(places) > 0


def test_evidence_stands_before_police_parents_and_removal() -> None:
    step = {one.id: one.order for one in STEPS}
    order = ["P02-1", "P02-2", "S3-1", "S3-2", "S2-1", "S2-2", "S4-1", "S4-2"]
    assert sorted(order, key=lambda name: step[name]) == order
    assert step["P01-3"] < step["S3-1"] < step["P01-7"] < step["P01-5"]
    for capture in ("P03B-3", "P04-4", "P05-3", "P06-4", "P11-4"):
        assert step[capture] < step["S3-1"]


def test_every_removal_waits_for_the_police_decision() -> None:
    removals = {step.id: step.after for step in STEPS if step.removes}
    own = {"P01-5", "P02-4", "S4-2", "P03B-5", "P05-7", "P11-5"}
    assert own <= removals.keys()
    for step_id in own:
        assert "S3-1" in removals[step_id], step_id
    assert "P01-8" in removals["P01-5"]
    assert "P02-3" in removals["P02-4"]
    assert {"S3-1", "S3-2", "P02-1", "P03B-3", "P05-3", "P06-5"} <= set(removals["S4-2"])


def test_having_a_childs_image_taken_down_waits_for_what_is_around_it_and_the_police() -> None:
    for step_id in ("P03-8", "P11-5"):
        assert {"P03-4", "P03-6"} <= set(_step(step_id).after)
    assert "S1-2" in _step("P03-8").after
    assert "P11-4" in _step("P11-5").after


def test_nothing_of_an_image_of_a_child_is_ever_captured() -> None:
    assert not any(Act.CAPTURE in step.acts for step in procedures()["P03"].steps)


def test_the_stop_notices_say_what_nobody_may_do() -> None:
    notices = {name: one.notice for name, one in procedures().items() if one.notice}
    assert {"P03", "P03B", "P06"} <= notices.keys()
    assert notices["P03"] == STOP_NOTICE
    for name in ("P03", "P03B", "P06"):
        assert notices[name].startswith("Do not open, view, copy")
    assert not procedures().keys() & notices.keys() & {"P00", "P01", "P02", "S1", "S2", "S3"}


def test_the_policys_order_stays_visible_where_ours_differs() -> None:
    assert "lines 189 to 193" in procedures()["P02"].note
    assert "lines 176 to 185" in procedures()["P01"].note


def test_the_slip_of_the_policy_is_shown_as_one() -> None:
    quotes = {one.quote: one.note for one in _step("P02-6").authorities}
    assert "CEOP is meant" in quotes["Send all the evidence to COPD"]


def test_each_authority_of_the_local_authority_has_a_step_of_its_own() -> None:
    for step in STEPS:
        assert len({"LA-ESO", "LADO", "CSC"} & set(step.recipients)) <= 1


def test_the_coordinator_is_named_beside_the_lead_where_the_policy_names_both() -> None:
    citing = [
        step
        for step in STEPS
        if any(one.reference in BOTH_TOLD and "report" in one.quote for one in step.authorities)
    ]
    assert {"P00-3", "P03-2", "P04-2"} <= {step.id for step in citing}
    for step in citing:
        assert {"DSL", "OSC"} <= set(step.recipients), step.id


def test_stops_are_danger_notice_police_and_childrens_services() -> None:
    stops = {step.id for step in STEPS if step.severity is Severity.STOP}
    mine = {step_id for step_id in stops if step_id.rsplit("-", 1)[0] in COUNTS}
    assert mine == {
        "P00-4", "P03-1", "P03-4", "P03-6", "P03B-1", "P03B-2", "P04-1", "P04-3",
        "P06-1", "P06-2", "P06-5", "P11-3", "P11-6",
    }  # fmt: skip
    assert all(_step(step_id).order < 600 for step_id in mine)


@pytest.mark.parametrize("step_id", NEVER.split())
def test_what_is_never_left_out_has_no_reason_ready(step_id: str) -> None:
    assert _step(step_id).not_applicable is NotApplicable.NEVER


def test_only_an_outside_agency_lets_parents_or_a_deletion_wait() -> None:
    outside = {one.id for one in STEPS if one.not_applicable is NotApplicable.OUTSIDE}
    assert {"P03-11", "P04-9"} <= outside


def test_the_police_are_never_left_out_by_itself_where_the_policy_is_unconditional() -> None:
    assert {rule.unless for rule in _step("P03-4").rules} == {("policy:S004",)}


def test_ceop_is_left_out_by_itself_only_where_nothing_is_sexual() -> None:
    for step in STEPS:
        if "CEOP" in step.recipients:
            assert all("T4=no" in rule.when for rule in step.rules), step.id


def test_what_cannot_wait_does_not_wait_for_the_restricted_log() -> None:
    first, *others = procedures()["P04"].steps
    assert (first.ticked_by, first.acts) == ("restricted-log", (Act.MOVE,))
    at_once = {step.id for step in others if first.id not in step.after}
    assert at_once == {"P04-2", "P04-3", "P04-4", "P04-6", "P04-7", "P04-14"}


def test_the_limits_of_one_policy_run_under_that_policy() -> None:
    for deadline_id in ("D1", "D2"):
        for step, deadline in _deadlines(deadline_id):
            if step.id.rsplit("-", 1)[0] in COUNTS:
                assert deadline.policies == ("S000",), step.id
                assert deadline.documented_when, step.id
    lengths = {(one.amount, one.length) for _, one in _deadlines("D5")}
    assert lengths == {(1, Length.WORKING_DAYS)}
    (form,) = [one for _, one in _deadlines("D6")]
    assert (form.basis, form.switch) == (Basis.LOCAL, "lado-form-24h")
    assert {one.switch for _, one in _deadlines("D15")} == {"csa-duty"}
    (limit,) = [one for _, one in _deadlines("D9")]
    assert limit.when == ("running:P03B",)


def test_what_nobody_has_confirmed_says_which_switch_it_waits_for() -> None:
    waiting = {(step.id, one.unsure) for step in STEPS for one in step.authorities if one.unsure}
    assert {
        ("P03-6", "ukcis-triggers"), ("P03-9", "ceop-no-second-report"),
        ("P03B-2", "intimate-copying"), ("P04-8", "lado-form-24h"), ("P06-10", "csa-duty"),
        ("P16-1", "funder-24h"),
    } <= waiting  # fmt: skip
    assert procedures()["P16"].attached_by == ("on:funder-24h",)


def test_worksheets_stand_where_an_agency_has_a_form() -> None:
    sheets = {step.id: step.worksheet for step in STEPS if step.worksheet}
    assert {
        "P02-6": "ceop", "P03-6": "childrens-services", "P03-8": "iwf", "P03-9": "ceop",
        "P04-6": "lado", "P04-8": "lado", "P06-5": "childrens-services", "P06-6": "ceop",
        "P11-8": "ceop", "S4-4": "report-harmful-content",
    }.items() <= sheets.items()  # fmt: skip
    shipped = {path.stem for path in resource_path("worksheets").glob("*.toml")}
    for step in STEPS:
        assert (Act.WORKSHEET in step.acts) == bool(step.worksheet), step.id
        assert not step.worksheet or step.worksheet in shipped, step.id


def test_only_a_step_for_the_police_leads_to_the_bundle_with_the_originals() -> None:
    exports = [
        step
        for one in procedures().values()
        for step in one.steps
        if one.scope is Scope.INCIDENT and Act.EXPORT in step.acts
    ]
    assert {step.id for step in exports} == {"S3-4", "S6-10"}
    assert all("POLICE" in step.recipients for step in exports)


def test_two_people_check_a_device_and_the_closing() -> None:
    assert {"P03-3", "S5-3"} <= {step.id for step in STEPS if step.second}
    assert Act.THING in _step("P03-3").acts


def test_blackmail_joins_where_a_demand_is_reported() -> None:
    for fact in procedures()["P11"].attached_by:
        if "=" in fact:
            step_id, _, value = fact.partition(".demand=")
            blank = next(one for one in _step(step_id).blanks if one.name == "demand")
            assert (blank.choices[:2], value) == (("no", "yes"), "yes")
    assert "category:SEXT-EXT" in procedures()["P11"].attached_by


def test_what_attaches_a_procedure_is_an_answer_that_can_be_given() -> None:
    for procedure in procedures().values():
        for fact in procedure.attached_by:
            found = re.fullmatch(r"(?P<step>\w+-\d+)\.(?P<blank>\w+)=(?P<choice>.+)", fact)
            if found:
                blanks = {one.name: one.choices for one in _step(found["step"]).blanks}
                assert found["choice"] in blanks[found["blank"]], fact


def test_no_procedure_holds_a_telephone_number_of_a_person() -> None:
    for one in procedures().values():
        assert not re.search(r"\b0\d{9,10}\b", one.source)
        assert "@" not in re.sub(r"@username|@handle", "", one.source)


def test_whoever_is_contacted_is_somebody_known() -> None:
    contacted = {name for step in STEPS for name in step.recipients}
    assert contacted <= set(Recipient)
