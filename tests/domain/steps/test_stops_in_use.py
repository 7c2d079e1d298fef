"""How the shipped procedures hold back what could warn, harm or hide, and let it go again."""

from dataclasses import replace

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.errors import AnswerNeeded, NotAllowed
from desktop.domain.people import PersonKind, Role
from desktop.domain.steps.applying import calls_for
from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.checklists import StepView, guide
from desktop.domain.steps.facts import facts_of
from desktop.domain.steps.procedures import NotApplicable
from desktop.domain.steps.recording import check_recording, may_leave_out
from desktop.domain.steps.step_states import is_put_off
from tests.situations import NOW, contact, entry, involvement, item, procedures, situation

# All that is asked for in a removal but the police, the LADO and children's services.
CAPTURED = (item(platform="Instagram"), item(platform="WhatsApp"))
PEOPLE = (involvement(Role.TARGET), involvement(Role.PERSON_REPORTED))
REMOVALS = ("P01-5", "P02-4", "P03-8", "P09-4", "P11-5", "P12-3", "P14-7", "S4-2")
REMOVALS_OF_OTHERS = tuple(step_id for step_id in REMOVALS if step_id != "P01-5")
POLICE = {
    "leave_live": "it may come down",
    "tell_parents": "they may be told",
    "tell_provider": "it may be told",
    "tell_employer": "they may be told",
    "communicate": "yes",
    "interview": "yes",
}
SERVICES = {"tell_parents": "they may be told", "chat": "yes"}
LADO = {"tell_parents": "they may be told"}


def _said(step_id: str, said: dict[str, str]) -> StepEntry:
    return replace(entry(step_id), values=tuple(said.items()))


def _police(**said: str) -> tuple[StepEntry, StepEntry]:
    tells = entry("S3-1", decision="tell the police", reasons="It is a threat.")
    return tells, _said("S3-2", POLICE | said)


def _view(step_id: str, ids: str, *entries: StepEntry, **more: object) -> StepView:
    """Return the step in an incident where these procedures run, and its own."""
    own = step_id.rsplit("-", 1)[0]
    names = " ".join(dict.fromkeys((own, *ids.split())))
    made = situation(names, entries=entries, items=CAPTURED, people=PEOPLE)
    guidance = guide(replace(made, **more), NOW)  # type: ignore[arg-type]
    views = (view for views in guidance.steps.values() for view in views)
    return next(view for view in views if view.step.id == step_id)


def _waits_for(view: StepView) -> set[str]:
    return {one.id for one in view.waiting_for}


def _is_held(view: StepView) -> bool:
    """Whether a rule holds the step back for now, so that it is owed and not left out."""
    return bool(view.prefilled_reason) and is_put_off(view.step, view.prefilled_reason)


@pytest.mark.parametrize("step_id", ["P08-4", "P08-8"])
def test_nobody_hears_of_it_while_lado_police_and_services_have_not_answered(
    step_id: str,
) -> None:
    waiting = _waits_for(_view(step_id, "P04 P06 S3"))
    assert {"P04-6", "P06-5", "S3-1", "S3-2"} <= waiting


@pytest.mark.parametrize(("running", "said"), [("P04", "LADO"), ("P06", "warns the author")])
def test_an_author_who_may_be_a_suspect_is_told_nothing(running: str, said: str) -> None:
    assert said in _view("P08-4", running).prefilled_reason
    assert _view("P08-4", "").prefilled_reason == ""


@pytest.mark.parametrize("answer", ["wait", "not asked"])
@pytest.mark.parametrize("step_id", ["P01-6", "P05-6"])
def test_nobody_is_interviewed_before_the_police_agree(step_id: str, answer: str) -> None:
    assert {"S3-1", "S3-2"} <= _waits_for(_view(step_id, "S3"))
    assert _is_held(_view(step_id, "S3", *_police(interview=answer)))
    assert _view(step_id, "S3", *_police()).prefilled_reason == ""


def test_the_police_are_asked_about_interviews_and_writing_to_the_sender() -> None:
    call = _view("S3-2", "S3", _police()[0])
    for name in ("interview", "communicate"):
        with pytest.raises(AnswerNeeded):
            check_recording(call, StepState.DONE, values={**POLICE, name: ""})
    check_recording(call, StepState.DONE, values=POLICE)


@pytest.mark.parametrize(
    ("step_id", "question"),
    [
        *((step_id, "leave_live") for step_id in REMOVALS_OF_OTHERS),
        ("P03B-5", "leave_live"),
        ("P05-7", "leave_live"),
        ("P01-5", "tell_provider"),
        ("P08-4", "communicate"),
        ("P08-8", "tell_employer"),
        ("P07-6", "tell_parents"),
        ("P13-5", "tell_parents"),
        ("P04-9", "tell_parents"),
        ("S2-2", "tell_parents"),
        ("S2-3", "tell_parents"),
    ],
)
def test_what_the_police_were_not_asked_they_did_not_allow(step_id: str, question: str) -> None:
    silent = _view(step_id, "S3 S4", *_police(**{question: "not asked"}))
    assert silent.prefilled_reason.startswith("Ask the police first")
    assert _is_held(silent)
    assert _view(step_id, "S3 S4", *_police()).prefilled_reason == ""


@pytest.mark.parametrize("step_id", ["P04-9", "P07-6", "P13-5", "S2-2", "S2-3"])
def test_what_the_lado_was_not_asked_they_did_not_allow(step_id: str) -> None:
    asked = entry("P04-6", tell_parents="not asked")
    assert "Ask the LADO first" in _view(step_id, "P04", asked).prefilled_reason
    assert _view(step_id, "P04", _said("P04-6", LADO)).prefilled_reason == ""


@pytest.mark.parametrize("step_id", ["P07-6", "P13-5", "S2-2", "S2-3"])
def test_parents_are_told_of_grooming_only_when_somebody_said_that_they_may_be(
    step_id: str,
) -> None:
    services = entry("P06-5", tell_parents="not asked")
    nobody = entry("S3-1", decision="not now", reasons="Children's services have it.")
    assert "Ask children's services" in _view(step_id, "P06 S3", services, nobody).prefilled_reason
    gone = entry("S3-2", StepState.NOT_POSSIBLE, reason="They never rang back.")
    assert _is_held(_view(step_id, "P06 S3", services, _police()[0], gone))
    assert _view(step_id, "P06 S3", services, *_police()).prefilled_reason == ""


def test_danger_to_a_life_waits_for_nobodys_leave() -> None:
    view = _view("P14-8", "P04 S3", *_police(tell_parents="not asked"))
    assert view.is_ready


@pytest.mark.parametrize("answer", ["not yet", "not asked"])
@pytest.mark.parametrize("step_id", REMOVALS_OF_OTHERS)
def test_a_report_does_not_tip_off_whoever_grooms(step_id: str, answer: str) -> None:
    told = _said("P06-5", {**SERVICES, "chat": answer})
    assert _is_held(_view(step_id, "P06 S3 S4", told, *_police()))
    agreed = _view(step_id, "P06 S3 S4", _said("P06-5", SERVICES), *_police())
    assert agreed.prefilled_reason == ""


def test_advice_on_the_chat_holds_only_while_grooming_is_looked_into() -> None:
    told = _said("P06-5", {**SERVICES, "chat": "not yet"})
    assert _view("S4-2", "P02 S3", told, *_police()).prefilled_reason == ""


@pytest.mark.parametrize("step_id", ["P03-8", "P09-4"])
def test_what_the_police_want_left_up_is_taken_down_by_no_other_way(step_id: str) -> None:
    view = _view(step_id, "S3", *_police(leave_live="leave it up"))
    assert view.step.removes
    assert _is_held(view)


@pytest.mark.parametrize("step_id", ["P05-6", "P09-4"])
def test_what_is_only_put_off_is_left_out_for_no_reason_of_ones_own(step_id: str) -> None:
    view = _view(step_id, "S3", *_police())
    assert view.step.not_applicable is NotApplicable.RULE
    assert not may_leave_out(view)
    with pytest.raises(NotAllowed):
        check_recording(view, StepState.NOT_APPLICABLE, reason="It seems not to be needed")


@pytest.mark.parametrize("step_id", ["P09-4", "P12-3", "P14-7", "P01-5", "P07-6", "P02-4"])
def test_what_the_police_said_is_written_down_before_removing_or_telling(step_id: str) -> None:
    tells = _police()[0]
    by_hand = [entry(one, reasons="As decided.") for one in ("P01-8", "P12-5", "P14-10")]
    assert "S3-2" in _waits_for(_view(step_id, "P01 P12 P14 S3", tells, *by_hand))
    called = {"contacts": (contact(Recipient.POLICE),)}
    assert "S3-2" in _waits_for(_view(step_id, "S3", **called))


@pytest.mark.parametrize("number", [3, 5, 6, 7, 9, 10])
def test_contact_that_may_be_an_allegation_waits_for_the_threshold(number: int) -> None:
    unsure = entry("P10-4", could_be="not sure", kind="several of these", reason_given="yes")
    step_id = f"P10-{number}"
    assert "P04-5" in _waits_for(_view(step_id, "P04", unsure, items=()))
    for threshold in ("yes", "not sure"):
        found = entry("P04-5", threshold=threshold, reasons="What was said.")
        assert "LADO" in _view(step_id, "P04", unsure, found, items=()).prefilled_reason
    low = entry("P04-5", threshold="no", reasons="What was said.")
    assert _view(step_id, "P04", unsure, low, items=()).is_ready


@pytest.mark.parametrize("step_id", ["S4-2", "P12-3", "P14-7", "P09-4", "P11-5"])
def test_removal_waits_for_the_lado_too(step_id: str) -> None:
    assert "P04-6" in _waits_for(_view(step_id, "P04 S3", *_police()))
    assert "P04-6" not in _waits_for(_view(step_id, "S3", *_police()))


def test_the_authoritys_officer_hears_nothing_of_an_allegation() -> None:
    assert "LADO" in _view("P02-7", "P04").prefilled_reason
    assert _view("P02-7", "").is_ready


@pytest.mark.parametrize("asked", ["S3-2", "P04-6", "P06-5"])
def test_parents_hear_nothing_of_unsuitable_material_while_somebody_asked_to_wait(
    asked: str,
) -> None:
    waiting = _waits_for(_view("P13-5", "P03 P04 P06 S3"))
    assert {"P03-4", "P03-6", "P04-6", "P06-5", "S3-1", "S3-2"} <= waiting
    assert _is_held(_view("P13-5", "P03 P04 P06 S3", entry(asked, tell_parents="wait")))
    assert "S3-2" not in _waits_for(_view("P13-5", ""))


def test_whoever_viewed_an_image_says_who_was_there_and_why() -> None:
    view = _view("P03-5", "")
    said = {"viewed": "viewed", "decision": "Refer it now"}
    with pytest.raises(AnswerNeeded, match="If viewed"):
        check_recording(view, StepState.DONE, values=said)
    check_recording(view, StepState.DONE, values={**said, "circumstances": "Pat, with Sam"})
    check_recording(view, StepState.DONE, values={**said, "viewed": "not viewed"})


def test_a_hacked_account_is_captured_before_everybody_is_signed_out() -> None:
    nothing = _view("P12-4", "", items=())
    assert _waits_for(nothing) == {"P12-1"}
    at_once = {"out_of_order": "Somebody was writing in her name", "done_at": NOW}
    check_recording(nothing, StepState.DONE, **at_once)  # type: ignore[arg-type]
    assert _view("P12-4", "").is_ready


@pytest.mark.parametrize(
    ("said", "joins"),
    [
        ({"contacts": "yes, sexual or not sure"}, {"P06"}),
        ({"contacts": "yes, and nothing sexual", "staff": "yes"}, {"P04"}),
        ({"contacts": "yes, and nothing sexual", "staff": "no"}, set()),
        ({"contacts": "no"}, set()),
    ],
)
def test_a_false_page_that_writes_to_learners_brings_what_deals_with_it(
    said: dict[str, str], joins: set[str]
) -> None:
    judged = _said("P09-5", said)
    facts = facts_of(situation("P09", entries=[judged], answers={"T4": "no"}))
    assert {name for name in ("P04", "P06") if calls_for(procedures()[name], facts)} == joins
    running = " ".join(sorted(joins))
    held = _waits_for(_view("P09-4", running, judged))
    assert bool(held & {"P04-6", "P06-5"}) is bool(joins)
    ceop = _view("P09-7", "", judged, answers=situation(answers={"T4": "no"}).answers)
    assert bool(ceop.prefilled_reason) is ("P06" not in joins)


def test_the_lado_police_and_services_do_not_wait_until_it_is_moved() -> None:
    for step_id in ("P04-3", "P04-6", "P04-7", "P04-14"):
        assert not _waits_for(_view(step_id, ""))
    warned = procedures()["P04"].step("P04-1").text
    assert "told all the same" in warned
    assert "no more here than you must" in " ".join(warned.split())


def test_deciding_about_the_police_tells_no_childrens_services() -> None:
    not_now = entry("S3-1", decision="not now", reasons="The LADO asked us to wait.")
    assert _view("P04-7", "S3", not_now).state is StepState.DONE
    assert _view("P04-14", "S3", not_now).is_ready
    told = {"contacts": (contact(Recipient.CSC),)}
    assert _view("P04-14", "S3", not_now, **told).state is StepState.DONE


def test_what_was_only_put_off_finishes_nothing() -> None:
    parents = _view("P01-7", "S2 S3", *_police(tell_parents="wait"))
    assert parents.led_by == "S2"
    again = _view("P02-10", "S3 S4", *_police(leave_live="leave it up"), entry("S4-1"))
    assert again.state is StepState.OPEN


def test_a_second_look_is_left_out_with_a_true_reason() -> None:
    view = _view("S5-3", "P03B")
    assert view.prefilled_reason.startswith("No image of a child")


def test_the_questions_on_an_image_are_counted_as_they_are_asked() -> None:
    step = procedures()["P03"].step("P03-4")
    asked = [blank.name for blank in procedures()["P03"].step("P03-1").blanks[:8]]
    for rule, sexual in zip(step.rules, ("T4=no", "T4=child"), strict=True):
        assert {sexual, *(f"P03-1.{name}=no" for name in asked)} == set(rule.when)
        assert "first eight questions" in rule.reason


def test_whether_services_decided_can_be_answered_whoever_was_told() -> None:
    (blank,) = (one for one in procedures()["P06"].step("P06-5").blanks if one.name == "decision")
    assert {"they were not told", "not known"} <= set(blank.choices)


@pytest.mark.parametrize("place", ["P01", "P02", "P08", "P12"])
def test_an_ordinary_case_is_held_up_by_none_of_this(place: str) -> None:
    made = situation(f"P00 {place} S1 S2 S3 S4 S5", people=PEOPLE, items=CAPTURED)
    not_now = entry("S3-1", decision="not now", reasons="No threat in it.")
    views = guide(replace(made, answers={}), NOW).steps
    assert not [
        view.step.id
        for one in views.values()
        for view in one
        if view.step.severity == "stop" and view.step.id != "P00-4"
    ]
    decided = situation(f"P00 {place} S1 S2 S3 S4", people=PEOPLE, entries=[not_now])
    held = [
        view.step.id
        for one in guide(decided, NOW).steps.values()
        for view in one
        if _is_held(view) or _waits_for(view) & {"S3-1", "S3-2", "P04-6", "P06-5"}
    ]
    assert held == []


def test_a_parent_who_did_it_is_seen_once_the_person_targeted_decided() -> None:
    people = (
        involvement(Role.TARGET, PersonKind.STAFF),
        involvement(Role.PERSON_REPORTED, PersonKind.PARENT),
    )
    declined = entry("P05-4", police="no", wishes="I want it to stop.")
    not_now = entry("S3-1", decision="not now", reasons="They decided against it.")
    assert _view("P05-6", "S3", declined, not_now, people=people).is_ready
