"""How the shipped procedures lead to parents, police and a second person, and away from them."""

from dataclasses import replace

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.incidents import Record
from desktop.domain.people import AgeGroup, Involvement, PersonKind, Role
from desktop.domain.steps.applying import calls_for
from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.checklists import Guidance, StepView, guide
from desktop.domain.steps.facts import facts_of
from desktop.domain.steps.step_states import is_put_off
from tests.situations import NOW, at, contact, entry, involvement, procedures, situation

JUDGED = [
    entry("P00-4", danger="no", reasons="They are at home and well."),
    entry("P00-9", decision="follow the attached procedures", reasons="It is bullying."),
    entry("S3-1", decision="not now", reasons="No threat in it."),
]
TELLS_PARENTS = ("P01-7", "P02-8", "P03-10", "P04-9", "P06-7", "P11-7", "P12-8")
TWO_TARGETS = (
    involvement(Role.TARGET, PersonKind.STAFF),
    involvement(Role.TARGET, PersonKind.LEARNER),
)
TWO_FAMILIES = (involvement(Role.TARGET), involvement(Role.PERSON_REPORTED))


def _guide(ids: str, **more: object) -> Guidance:
    return guide(situation(ids, **more), NOW)  # type: ignore[arg-type]


def _view(guidance: Guidance, step_id: str) -> StepView:
    return next(
        view for views in guidance.steps.values() for view in views if view.step.id == step_id
    )


def _decided(decision: str) -> StepEntry:
    return entry("S2-1", decision=decision, reasons="She asked for a day.")


def test_whoever_decided_to_wait_is_not_advised_to_tell_the_parents() -> None:
    told = _guide("P00 P01 S2 S3", entries=[*JUDGED, _decided("tell them")])
    assert _view(told, "S2-2").is_ready
    waiting = _guide("P00 P01 S2 S3", entries=[*JUDGED, _decided("wait")])
    assert "decide again" in _view(waiting, "S2-2").prefilled_reason
    assert not _view(waiting, "S2-2").is_ready


@pytest.mark.parametrize("decision", ["wait", "do not tell"])
@pytest.mark.parametrize("step_id", TELLS_PARENTS)
def test_parents_who_were_not_told_are_never_shown_as_told(step_id: str, decision: str) -> None:
    ids = f"{step_id.split('-', maxsplit=1)[0]} S2 S3"
    view = _view(_guide(ids, entries=[*JUDGED, _decided(decision)], restricted=True), step_id)
    assert view.state is StepState.OPEN
    assert view.prefilled_reason
    assert not view.is_ready


@pytest.mark.parametrize("step_id", TELLS_PARENTS)
def test_parents_who_were_told_are_shown_as_told_everywhere(step_id: str) -> None:
    entries = [*JUDGED, _decided("tell them"), entry("S2-2", relationship="mother")]
    view = _view(_guide(f"{step_id.split('-', maxsplit=1)[0]} S2 S3", entries=entries), step_id)
    assert view.state is StepState.DONE


@pytest.mark.parametrize("step_id", ["P00-10", "P01-7", "P12-8", "S2-1", "S2-2"])
def test_a_learner_targeted_beside_staff_still_has_parents(step_id: str) -> None:
    staff = {"answers": {"T7": "yes"}, "entries": JUDGED}
    alone = _guide("P00 P01 P05 P12 S2 S3", people=TWO_TARGETS[:1], **staff)
    assert "member of staff" in _view(alone, step_id).prefilled_reason
    both = _guide("P00 P01 P05 P12 S2 S3", people=TWO_TARGETS, **staff)
    assert _view(both, step_id).prefilled_reason == ""


def test_an_allegation_about_staff_who_are_targeted_leaves_the_childs_parents_to_decide() -> None:
    staff = TWO_TARGETS[:1]
    guidance = _guide("P04 P05 S2 S3", people=staff, answers={"T7": "yes"}, entries=JUDGED)
    for step_id in ("P04-9", "S2-1", "S2-2"):
        assert _view(guidance, step_id).prefilled_reason == ""


@pytest.mark.parametrize(
    ("kinds", "asked"),
    [
        ((PersonKind.STAFF,), False),
        ((PersonKind.PARENT, PersonKind.EMPLOYER), False),
        ((PersonKind.LEARNER,), True),
        ((PersonKind.STAFF, PersonKind.LEARNER), True),
        ((PersonKind.UNKNOWN,), True),
    ],
)
def test_the_parents_of_somebody_reported_are_asked_about_for_learners(
    kinds: tuple[PersonKind, ...], asked: bool
) -> None:
    people: list[Involvement] = [involvement(Role.PERSON_REPORTED, kind) for kind in kinds]
    guidance = _guide("S2", people=people, entries=[_decided("tell them")])
    assert _view(guidance, "S2-3").is_ready is asked


@pytest.mark.parametrize("known", ["T11=over-18", "target-adult"])
@pytest.mark.parametrize(
    ("agreed", "ready"), [("yes", True), ("no", False), ("under 18", False), ("", False)]
)
def test_the_parents_of_an_adult_are_told_only_where_the_adult_agrees(
    known: str, agreed: str, ready: bool
) -> None:
    age = AgeGroup.ADULT if known == "target-adult" else AgeGroup.UNKNOWN
    more = {"answers": {"T11": "over-18"}} if known == "T11=over-18" else {}
    decided = entry("S2-1", decision="tell them", reasons="They can help.", agreed=agreed)
    people = [involvement(Role.TARGET, age_group=age)]
    view = _view(_guide("S2", people=people, entries=[decided], **more), "S2-2")
    assert view.is_ready is ready
    assert is_put_off(view.step, view.prefilled_reason) is (agreed == "")


def test_a_child_needs_no_further_answer_before_the_parents_are_told() -> None:
    people = [involvement(Role.TARGET, age_group=AgeGroup.UNDER_18)]
    decided = entry("S2-1", decision="tell them", reasons="They can help.")
    guidance = _guide("S2", people=people, entries=[decided], answers={"T11": "under-18"})
    assert _view(guidance, "S2-2").is_ready


def test_the_parents_of_an_adult_who_is_reported_are_not_told_by_themselves() -> None:
    told = [_decided("tell them")]
    grown = involvement(Role.PERSON_REPORTED, age_group=AgeGroup.ADULT)
    young = involvement(Role.PERSON_REPORTED)
    view = _view(_guide("S2", people=[grown], entries=told), "S2-3")
    assert "18 or over" in view.prefilled_reason
    assert _view(_guide("S2", people=[grown, young], entries=told), "S2-3").is_ready


@pytest.mark.parametrize("decision", ["do not tell", "wait"])
def test_a_family_is_not_told_by_itself_where_telling_the_other_is_dangerous(
    decision: str,
) -> None:
    people = [involvement(Role.PERSON_REPORTED)]
    for danger in ("yes", "no"):
        decided = entry("S2-1", decision=decision, reasons="She is afraid.", danger=danger)
        view = _view(_guide("S2", people=people, entries=[decided]), "S2-3")
        assert view.is_ready is (danger == "no")


@pytest.mark.parametrize("serious", ["P03", "P04", "P06", "P07"])
def test_only_serious_matters_ask_for_a_second_person_at_the_end(serious: str) -> None:
    assert _view(_guide("P00 P01 S5"), "S5-3").prefilled_reason
    assert _view(_guide(f"P00 {serious} S5"), "S5-3").prefilled_reason == ""


def test_once_the_police_were_told_their_questions_join() -> None:
    police = procedures()["S3"]
    assert not calls_for(police, facts_of(situation("P07")))
    told = (contact(Recipient.POLICE),)
    assert calls_for(police, facts_of(situation("P07", contacts=told)))
    missed = (contact(Recipient.POLICE, answered=False),)
    assert not calls_for(police, facts_of(situation("P07", contacts=missed)))


def test_nobody_is_heard_before_the_police_have_answered() -> None:
    people = (involvement(Role.PERSON_REPORTED),)
    tells = entry("S3-1", decision="tell the police", reasons="It is a threat.")
    guidance = _guide("P01 S3", entries=[tells], people=people)
    assert "S3-2" in {one.id for one in _view(guidance, "P01-6").waiting_for}
    free = _guide("P01 S3", entries=JUDGED, people=people)
    assert _view(free, "P01-6").waiting_for == ()


@pytest.mark.parametrize("step_id", ["P03-3", "P03-4", "P03-6"])
def test_at_once_says_how_long_ago_it_became_known(step_id: str) -> None:
    record = Record(became_aware_at=at(16, 16))
    (due,) = _view(_guide("P03", record=record), step_id).deadlines
    assert due.started == at(16, 16)
    assert due.due_at is None


def test_a_duty_that_nobody_confirmed_is_never_advised() -> None:
    listed_nowhere = _guide("P06", all_switches=frozenset())
    assert "switched off" in _view(listed_nowhere, "P06-10").prefilled_reason
    confirmed = _guide("P06", switches=frozenset({"csa-duty"}))
    assert _view(confirmed, "P06-10").prefilled_reason == ""


def test_parents_told_at_once_for_safety_are_not_told_again() -> None:
    told = entry("P14-8", said="Her mother stays with her tonight.")
    guidance = _guide("P00 P14 S2 S3", entries=[*JUDGED, told])
    assert _view(guidance, "S2-2").state is StepState.DONE
    for step_id in ("P00-10", "S2-1"):
        assert "at once" in _view(guidance, step_id).prefilled_reason
    before = _guide("P00 P14 S2 S3", entries=JUDGED)
    assert _view(before, "S2-2").state is StepState.OPEN
    assert _view(before, "P14-8").state is StepState.OPEN


@pytest.mark.parametrize("threshold", ["yes", "not sure"])
@pytest.mark.parametrize("step_id", ["P10-6", "P10-7", "P10-8", "P10-9", "P10-11"])
def test_nobody_looks_into_a_contact_that_may_reach_the_lados_threshold(
    step_id: str, threshold: str
) -> None:
    entries = [
        entry("P10-4", could_be="no", kind="several of these", reason_given="yes", reasons="?"),
        entry("P04-5", threshold=threshold, reasons="What the second learner said."),
    ]
    assert "LADO" in _view(_guide("P04 P10", entries=entries), step_id).prefilled_reason
    below = [entries[0], entry("P04-5", threshold="no", reasons="It was about homework.")]
    assert _view(_guide("P04 P10", entries=below), step_id).prefilled_reason == ""


def test_a_fake_account_is_reported_once_and_after_its_risk_is_judged() -> None:
    malicious = entry("P09-2", result="malicious, or not known")
    guidance = _guide("P09 S4", entries=[malicious, entry("P09-3", both="yes, both")])
    assert _view(guidance, "S4-2").step.order < _view(guidance, "P09-4").step.order
    assert "P09-5" in {one.id for one in _view(guidance, "S4-2").waiting_for}
    asked = _guide("P09 S4", entries=[malicious, entry("S4-2")])
    assert _view(asked, "P09-4").state is StepState.DONE


@pytest.mark.parametrize("step_id", ["P03B-8", "P11-3", "P14-4"])
def test_an_adult_at_risk_has_somebody_to_turn_to(step_id: str) -> None:
    step = procedures()[step_id.rsplit("-", 1)[0]].step(step_id)
    assert "ASC" in step.recipients
    for text in (f"{step.title} {step.text}", procedures()["P00"].step("P00-4").text):
        assert "adult social care" in " ".join(text.split())


@pytest.mark.parametrize("step_id", ["S2-2", "P11-7"])
def test_an_adult_who_does_not_agree_is_heard_before_anybody_is_named(step_id: str) -> None:
    entries = [entry("S2-1", decision="tell them", reasons="To be asked again.", agreed="no")]
    adult = _guide("P11 S2", answers={"T11": "over-18"}, entries=entries)
    assert "18 or over" in _view(adult, step_id).prefilled_reason
    unknown = _guide("P11 S2", answers={"T11": "under-18"}, entries=entries)
    assert "18 or over" not in _view(unknown, step_id).prefilled_reason


@pytest.mark.parametrize(("state", "ready"), [("they refused", True), ("still there", False)])
def test_a_platform_that_refuses_is_not_waited_for_a_week(state: str, ready: bool) -> None:
    asked = entry("S4-2", done_at=at(17))
    looked = replace(entry("S4-3"), values=(("state", state),))
    view = _view(_guide("S4", entries=[asked, looked, entry("S4-1", complete="yes")]), "S4-4")
    assert view.is_ready is ready
    assert {due.deadline.id for due in view.deadlines} == (set() if ready else {"D10"})


def test_the_pattern_is_known_before_the_police_ask_for_it() -> None:
    order = {step.id: step.order for one in procedures().values() for step in one.steps}
    assert order["P00-8"] < order["P15-7"] < order["S3-1"] < order["S3-2"]


@pytest.mark.parametrize(
    "sooner_and_later",
    [
        "P11-1 P11-2 P00-5",
        "P08-1 P08-2 P08-3 P08-6 P00-9",
        "P08-1 S1-3 P08-2 S1-4",
        "P09-1 P09-2 P09-3 P00-9",
        "P03-1 P03-4 P03-2 P00-1 P03-5",
    ],
)
def test_what_is_said_or_told_at_once_does_not_wait_for_decisions(sooner_and_later: str) -> None:
    order = {step.id: step.order for one in procedures().values() for step in one.steps}
    *at_once, later = sooner_and_later.split()
    assert all(order[step_id] < order[later] for step_id in at_once)


@pytest.mark.parametrize("step_id", ["P00-3", "P13-2"])
def test_a_coordinator_who_is_somebody_else_is_told_too(step_id: str) -> None:
    record = Record(reported_to_dsl_at=NOW)
    ids = step_id.split("-", maxsplit=1)[0]
    told = (contact(Recipient.OSC),)

    def state(**more: object) -> StepState:
        return _view(_guide(ids, record=record, restricted=True, **more), step_id).state

    assert state() is StepState.DONE
    assert state(osc_is_dsl=False) is StepState.OPEN
    assert state(osc_is_dsl=False, contacts=told) is StepState.DONE
    ids += " P04"
    assert state(osc_is_dsl=False) is StepState.DONE


def test_two_families_count_as_told_when_somebody_says_so() -> None:
    first = [*JUDGED, _decided("tell them"), entry("S2-2", relationship="mother")]
    one = _view(_guide("P15 S2 S3", entries=first, people=TWO_FAMILIES), "P15-5")
    assert (one.state, one.led_by) == (StepState.OPEN, "S2")
    second = [*first, entry("S2-3")]
    both = _view(_guide("P15 S2 S3", entries=second, people=TWO_FAMILIES), "P15-5")
    assert (both.state, both.led_by) == (StepState.OPEN, "")


@pytest.mark.parametrize("told", ["S3-2.tell_parents", "P06-5.tell_parents", "S2-1.decision"])
@pytest.mark.parametrize("step_id", [*TELLS_PARENTS, "P15-5", "P14-8", "S2-2"])
def test_nobody_is_led_to_parents_who_have_to_wait(step_id: str, told: str) -> None:
    asked, name = told.split(".")
    ids = " ".join({step_id.split("-", maxsplit=1)[0], "P06", "S2", "S3"})
    entries = [*JUDGED[:2], replace(entry(asked), values=((name, "wait"),))]
    view = _view(_guide(ids, entries=entries, restricted=True), step_id)
    assert "yet" in view.prefilled_reason or "wait" in view.prefilled_reason
    assert not view.is_ready
