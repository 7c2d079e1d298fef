"""How the shipped procedures lead through images, conduct of staff, grooming and blackmail."""

from dataclasses import replace

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.incidents import Category, Record
from desktop.domain.people import AgeGroup, PersonKind, Role
from desktop.domain.steps.applying import calls_for
from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.checklists import Guidance, StepView, guide
from desktop.domain.steps.facts import facts_of
from desktop.domain.steps.procedures import Basis
from tests.situations import (
    NOW,
    at,
    contact,
    entry,
    involvement,
    item,
    procedures,
    situation,
    triage_answer,
)

ONE = frozenset({"S003"})
SEVEN = ("adult", "pressure", "capacity", "violent", "under_thirteen", "risk", "staff")
MONDAY = Record(became_aware_at=at(16, 16))
RESTRICTED = {"restricted": True}
DECIDED = [
    entry("S3-1", decision="tell the police", reasons="It is a threat."),
    entry("S3-2", leave_live="it may come down", tell_parents="they may be told"),
]


def _guide(ids: str, **more: object) -> Guidance:
    return guide(situation(ids, **more), NOW)  # type: ignore[arg-type]


def _view(guidance: Guidance, step_id: str) -> StepView:
    return next(
        view for views in guidance.steps.values() for view in views if view.step.id == step_id
    )


def _first_answers(**changed: str) -> StepEntry:
    plain = dict.fromkeys((*SEVEN, "demand", "device", "already_here"), "no")
    return replace(entry("P03-1"), values=tuple((plain | changed).items()))


def _called(procedure_id: str, ids: str, *entries: StepEntry, **more: object) -> bool:
    facts = facts_of(situation(ids, entries=entries, **more))  # type: ignore[arg-type]
    return bool(calls_for(procedures()[procedure_id], facts))


def _clock_ids(guidance: Guidance, step_id: str) -> set[str]:
    return {due.deadline.id for due in _view(guidance, step_id).deadlines}


def test_eight_times_no_leaves_the_police_to_the_dsl_but_not_under_every_policy() -> None:
    first = [_first_answers()]
    for sexual in ("no", "child"):
        usual = _guide("P03", entries=first, policies=ONE, answers={"T4": sexual})
        assert "eight" in _view(usual, "P03-4").prefilled_reason
        assert "eight" in _view(usual, "P03-6").prefilled_reason
    unconditional = _guide(
        "P03", entries=first, policies=frozenset({"S004"}), answers={"T4": "no"}
    )
    assert _view(unconditional, "P03-4").prefilled_reason == ""
    assert _view(unconditional, "P03-4").is_ready


@pytest.mark.parametrize("sexual", [{"T4": "yes"}, {"T4": "both"}, {"T4": "unsure"}, {}])
def test_no_step_says_that_only_under_18s_are_involved_where_an_adult_may_be(
    sexual: dict[str, str],
) -> None:
    guidance = _guide("P03", entries=[_first_answers()], policies=ONE, answers=sexual)
    view = _view(guidance, "P03-4")
    assert view.is_ready
    assert ("T4" in view.unanswered) is (not sexual)


@pytest.mark.parametrize("question", [*SEVEN, "demand"])
def test_a_single_yes_or_not_known_sends_to_the_police_and_childrens_services(
    question: str,
) -> None:
    for answer in ("yes", "not known"):
        guidance = _guide(
            "P03",
            entries=[_first_answers(**{question: answer})],
            policies=frozenset({"S003"}),
        )
        assert _view(guidance, "P03-4").is_ready
        assert _view(guidance, "P03-6").is_ready


def test_a_demand_brings_the_steps_against_blackmail() -> None:
    assert _called("P11", "P03", _first_answers(demand="yes"))
    assert _called("P11", "P03B", entry("P03B-2", demand="yes"))
    assert _called("P11", "P06", entry("P06-2", images="no", demand="yes"))
    assert _called("P11", "P00", record=Record(categories=(Category.SEXT_EXT,)))


@pytest.mark.parametrize(
    ("category", "called"),
    [
        (Category.IIOC, {"P03"}),
        (Category.INT_ADULT, {"P03B"}),
        (Category.GROOM, {"P06"}),
        (Category.PREVENT, {"P07"}),
        (Category.STAFF_CONTACT, {"P10"}),
        (Category.SEXT_EXT, {"P03", "P06", "P11"}),
        (Category.CSH, {"P15"}),
        (Category.STAFF_TARGET, {"P05"}),
        (Category.ACC_OWN, {"P08"}),
        (Category.ACC_FAKE, {"P09"}),
        (Category.IMPERS, {"P12"}),
        (Category.STAFF_MAT, {"P13"}),
        (Category.SYSTEM, {"P13"}),
        (Category.CONTENT, {"P13"}),
        (Category.PRIVACY, {"P13"}),
    ],
)
def test_a_category_that_has_steps_of_its_own_brings_them(
    category: Category, called: set[str]
) -> None:
    record = Record(categories=(category,))
    assert {one for one in procedures() if _called(one, "", record=record)} == called | {"P00"}


def test_blackmail_of_an_adult_brings_the_steps_for_an_adult() -> None:
    people = (involvement(Role.TARGET, age_group=AgeGroup.ADULT),)
    record = Record(categories=(Category.SEXT_EXT,))
    called = {one for one in procedures() if _called(one, "", record=record, people=people)}
    assert called == {"P00", "P03B", "P11"}


@pytest.mark.parametrize("question", ["adult", "pressure"])
def test_an_adult_or_pressure_behind_an_image_of_a_child_goes_to_ceop(question: str) -> None:
    first = _first_answers(**{question: "yes"})
    assert _called("P06", "P03", first)
    assert not _called("P06", "P03", _first_answers())
    beside = _guide("P03 P06 P11", entries=[first], answers={"T4": "no"})
    for step_id in ("P03-9", "P06-6", "P11-8"):
        assert _view(beside, step_id).prefilled_reason == ""
    none = _guide("P03 P06", entries=[_first_answers()], answers={"T4": "no"})
    assert _view(none, "P03-9").prefilled_reason
    assert not _called("P11", "P03", _first_answers(demand="not known"))


def test_doubt_about_an_age_counts_as_a_child() -> None:
    doubt = entry("P03B-1", age="under 18, or not sure")
    assert _called("P03", "P03B", doubt)
    assert not _called("P03", "P03B", entry("P03B-1", age="18 or over, by our records"))


def test_an_intimate_image_is_reported_only_when_what_is_around_it_is_kept() -> None:
    ids = "P03B S3 S4"
    before = _guide(ids, entries=DECIDED)
    assert {"P03B-1", "P03B-3"} <= {one.id for one in _view(before, "S4-2").waiting_for}
    kept = [
        entry("P03B-1", age="18 or over, by our records"),
        entry("P03B-3", kept="both"),
        entry("S4-1", complete="yes"),
    ]
    after = _guide(ids, entries=[*DECIDED, *kept])
    assert _view(after, "S4-2").is_ready
    nothing = [kept[0], kept[2], entry("P03B-3", StepState.NOT_POSSIBLE, reason="All is gone.")]
    assert _view(_guide(ids, entries=[*DECIDED, *nothing]), "S4-2").is_ready


def test_the_limit_of_platforms_runs_for_intimate_images_only() -> None:
    asked = [*DECIDED, entry("S4-1", complete="yes"), entry("S4-2", done_at=at(17))]
    assert "D9" in _clock_ids(_guide("P03B S3 S4", entries=asked), "S4-3")
    assert "D9" not in _clock_ids(_guide("P02 S3 S4", entries=asked), "S4-3")


def test_what_is_still_there_after_the_platforms_limit_is_not_shown_as_in_time() -> None:
    asked = entry("S4-2", done_at=at(16, 7))
    looked = replace(entry("S4-3", done_at=at(18, 8)), values=(("state", "still there"),))
    clocks = _guide("P03B S3 S4", entries=[asked, looked]).clocks
    limit = [one.sentence for one in clocks if one.deadline_id == "D9"]
    assert limit == ["Platforms' limit for intimate images passed, still there"]


def test_the_lados_day_runs_from_the_logging_while_nobody_says_when_it_became_known() -> None:
    clocks = [one for one in _guide("P00 P04").clocks if one.deadline_id == "D5"]
    assert [(one.since_logged, one.tone) for one in clocks] == [(True, "due")]


def test_the_police_are_called_now_also_before_anybody_enters_when_it_became_known() -> None:
    sentences = {
        one.sentence for one in _guide("P00 P03", entries=[_first_answers(adult="yes")]).clocks
    }
    for label in ("Call the police", "Refer to children's services", "Report to DSL"):
        assert f"{label}: now" in sentences


def test_the_law_asks_for_a_report_now_and_its_seven_days_are_no_leave_to_wait() -> None:
    clocks = _guide("P06", record=MONDAY, switches=frozenset({"csa-duty"})).clocks
    at_once, longest = (one for one in clocks if one.deadline_id == "D15")
    assert at_once.sentence == "Report by law: now, open for 1 day 17 h"
    assert longest.label == "Report by law (longest delay, only for the child's safety)"
    assert not [one for one in _guide("P06", record=MONDAY).clocks if one.deadline_id == "D15"]


def test_conduct_of_staff_waits_for_the_restricted_log_or_the_reason_why_not() -> None:
    usual = _guide("P04", record=MONDAY)
    assert usual.next_step is not None
    assert usual.next_step.step.id == "P04-1"
    for number in (5, 8, 9, 10, 11, 12, 13):
        assert "P04-1" in {one.id for one in _view(usual, f"P04-{number}").waiting_for}
    assert _view(usual, "P04-4").is_ready  # what our systems hold may be gone by then
    reason = entry("P04-1", StepState.NOT_POSSIBLE, reason="The other log is at the office.")
    for free in (_guide("P04", **RESTRICTED), _guide("P04", entries=[reason])):
        assert _view(free, "P04-3").is_ready
        assert _view(free, "P04-6").is_ready


@pytest.mark.parametrize(
    ("threshold", "lado", "low_level"),
    [("yes", False, True), ("not sure", False, True), ("no", True, False)],
)
def test_the_threshold_decides_between_the_lado_and_a_low_level_concern(
    threshold: str, lado: bool, low_level: bool
) -> None:
    entries = [entry("P04-5", threshold=threshold, reasons="What was said.")]
    guidance = _guide("P04", entries=entries, **RESTRICTED)
    assert bool(_view(guidance, "P04-6").prefilled_reason) is lado
    assert bool(_view(guidance, "P04-10").prefilled_reason) is low_level


def test_the_lado_hears_of_it_within_one_working_day() -> None:
    guidance = _guide("P04", record=Record(became_aware_at=at(13, 17)), **RESTRICTED)
    (due,) = _view(guidance, "P04-6").deadlines
    assert due.due_at is not None
    assert due.due_at.local.date() == at(16).local.date()
    assert due.basis is Basis.DOCUMENTED


def test_48_hours_are_documented_for_team_members_and_for_contact_on_social_media() -> None:
    contact_only = {"answers": {"T5": "yes", "T9": "yes"}, "record": MONDAY, **RESTRICTED}
    other = {"answers": {"T5": "yes", "T9": "no"}, "record": MONDAY, **RESTRICTED}
    assert "D2" not in _clock_ids(_guide("P04", **other), "P04-2")
    assert "D2" in _clock_ids(_guide("P04", **contact_only), "P04-2")
    team = _guide("P04", people=(involvement(Role.REPORTER, PersonKind.STAFF),), **contact_only)
    basis = {one.deadline.id: one.basis for one in _view(team, "P04-2").deadlines}
    assert basis["D2"] is Basis.DOCUMENTED
    basis = {
        one.deadline.id: one.basis
        for one in _view(_guide("P04", **contact_only), "P04-2").deadlines
    }
    assert basis["D2"] is Basis.BY_ANALOGY


def test_the_form_within_24_hours_is_a_rule_of_some_areas_only() -> None:
    told = [entry("P04-6", tell_parents="wait", tell_person="not yet", done_at=at(17))]
    assert "D6" not in _clock_ids(_guide("P04", entries=told, **RESTRICTED), "P04-8")
    on = _guide("P04", entries=told, switches=frozenset({"lado-form-24h"}), **RESTRICTED)
    assert "D6" in _clock_ids(on, "P04-8")


def test_parents_wait_for_the_lado_the_police_and_childrens_services() -> None:
    waiting = _view(_guide("P00 S2 P03 P04 P06", **RESTRICTED), "S2-2").waiting_for
    assert {"P03-4", "P03-6", "P04-6", "P06-5"} <= {one.id for one in waiting}
    lado = _guide("P04 S2", entries=[entry("P04-6", tell_parents="wait")], **RESTRICTED)
    services = _guide("P06 S2", entries=[entry("P06-5", tell_parents="wait")])
    assert "LADO" in _view(lado, "S2-2").prefilled_reason
    assert "LADO" in _view(lado, "P04-9").prefilled_reason
    assert "asked us" in _view(services, "S2-2").prefilled_reason


def test_staff_decide_about_the_police_themselves() -> None:
    declined = [entry("P05-4", police="no", wishes="I want it to stop, no more.")]
    guidance = _guide("P05 S3", entries=declined)
    assert "decided against it" in _view(guidance, "P05-5").prefilled_reason
    assert _view(guidance, "S3-1").is_ready


def test_an_allegation_inside_the_abuse_starts_conduct_of_staff() -> None:
    said = entry("P05-10", allegation="yes", reasons="The post says so.")
    assert _called("P04", "P05", said)
    assert not _called("P04", "P05", entry("P05-10", allegation="no", reasons="Insults only."))
    assert _called("P04", "P00", answers={"T5": triage_answer("T5", "unsure").answer})


def test_blocking_comes_after_keeping_and_after_the_police_decision() -> None:
    guidance = _guide("P05 S3 S4")
    assert {"P05-3", "S3-1"} <= {one.id for one in _view(guidance, "P05-7").waiting_for}
    assert "P05-3" in {one.id for one in _view(guidance, "S4-2").waiting_for}
    kept = _guide("P05 S3", items=[item()], entries=DECIDED)
    assert "P05-3" not in {one.id for one in _view(kept, "P05-7").waiting_for}


def test_grooming_leads_with_words_for_images_and_the_referral() -> None:
    leading: list[str] = []
    entries: list[StepEntry] = []
    for _ in range(3):
        found = _guide("P06", entries=entries).next_step
        assert found is not None
        leading.append(found.step.id)
        entries.append(entry(found.step.id))
    assert leading == ["P06-1", "P06-2", "P06-5"]
    judged = entry("P00-4", danger="no", reasons="She is at home with her mother.")
    safe = _guide("P00 P06", answers={"T1": "no"}, entries=[judged])
    assert "danger" in _view(safe, "P06-1").prefilled_reason


def test_what_the_police_say_decides_about_capturing_and_chasing() -> None:
    told = entry("P06-5", decision="they decided at once", capture="stop", done_at=at(17))
    guidance = _guide("P06", entries=[told])
    assert "capture nothing more" in _view(guidance, "P06-4").prefilled_reason
    assert _view(guidance, "P06-8").prefilled_reason
    waiting = _guide("P06", entries=[entry("P06-5", decision="not yet", done_at=at(17))])
    (due,) = _view(waiting, "P06-8").deadlines
    assert due.due_at is not None
    assert due.due_at.local.date() == at(18).local.date()


def test_the_new_duty_to_report_stands_ready_but_is_off() -> None:
    off = _guide("P06", record=MONDAY, all_switches=frozenset({"csa-duty"}))
    assert "switched off" in _view(off, "P06-10").prefilled_reason
    assert not _clock_ids(off, "P06-10")
    on = _guide("P06", record=MONDAY, switches=frozenset({"csa-duty"}))
    assert _view(on, "P06-10").prefilled_reason == ""
    assert len(_view(on, "P06-10").deadlines) == 2


def test_ceop_is_for_sexual_abuse_and_is_left_out_only_by_that_answer() -> None:
    told = contact(Recipient.POLICE)
    still = _guide("P06", contacts=(told,), answers={"T4": "yes"})
    assert _view(still, "P06-6").prefilled_reason == ""
    # It runs by a category or a step: an answer that says no settles nothing.
    assert _view(_guide("P06", answers={"T4": "no"}), "P06-6").prefilled_reason == ""
    assert _view(_guide("P02", answers={"T4": "no"}), "P02-6").prefilled_reason
    done = _guide("P06", contacts=(contact(Recipient.CEOP),))
    assert _view(done, "P06-6").state is StepState.DONE


def test_the_police_were_told_so_that_is_decided_and_what_they_said_is_asked() -> None:
    guidance = _guide("P03 S3", contacts=(contact(Recipient.POLICE),))
    assert _view(guidance, "S3-1").state is StepState.DONE
    assert _view(guidance, "S3-2").is_ready
    assert _called("S3", "P03", entry("P03-4"))
    assert not _called("S3", "P03")


def test_an_adult_decides_about_the_police_a_child_is_always_referred() -> None:
    no = [entry("S3-1", decision="not now", reasons="They do not want it.")]
    adult = {
        "answers": {"T11": "over-18"},
        "people": (involvement(Role.TARGET, age_group=AgeGroup.ADULT),),
    }
    assert _view(_guide("P11 S3", entries=no, **adult), "P11-3").prefilled_reason
    child = {"answers": {"T11": "under-18"}, "people": (involvement(Role.TARGET),)}
    assert _view(_guide("P11 S3", entries=no, **child), "P11-3").prefilled_reason == ""


def test_whoever_is_blackmailed_is_asked_about_harming_themselves_first() -> None:
    first = _guide("P11 P06").next_step
    assert first is not None
    assert first.step.id == "P06-1"
    told = [entry("P06-1"), entry("P06-2", demand="yes")]
    second = _guide("P11 P06", entries=told).next_step
    assert second is not None
    assert second.step.id == "P11-6"


def test_the_funder_is_told_only_where_the_contract_asks_for_it() -> None:
    rules = frozenset({"funder-24h"})
    assert not _called("P16", "P00", all_switches=rules)
    assert _called("P16", "P00", switches=rules)
    referred = [entry("P04-6", tell_parents="wait", done_at=at(18, 8))]
    guidance = _guide("P04 P16", entries=referred, switches=rules, **RESTRICTED)
    (due,) = _view(guidance, "P16-1").deadlines
    assert due.due_at is not None
    assert due.due_at.utc == at(19, 8).utc
