"""How the shipped procedures lead through accounts, contact, misuse, harm and requests."""

from dataclasses import replace

import pytest

from desktop.domain.contacts import Recipient
from desktop.domain.evidence.items import ItemState
from desktop.domain.incidents import Category, Record
from desktop.domain.people import AgeGroup, PersonKind, Role
from desktop.domain.steps.applying import calls_for
from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.checklists import Guidance, StepView, guide
from desktop.domain.steps.facts import facts_of
from desktop.domain.steps.procedures import Basis
from tests.situations import NOW, at, contact, entry, involvement, item, procedures, situation

MONDAY = Record(became_aware_at=at(16, 16), occurred_from=at(16, 12))
NO_EMPLOYER = {"answers": {"T11": "under-18+with-parent"}}
KINDS = {
    "P10-3": "a learner wrote to a private account",
    "P10-6": "a learner made work messages personal",
    "P10-7": "they knew each other before",
    "P10-10": "a private account was used in an emergency",
}


def _guide(ids: str, **more: object) -> Guidance:
    return guide(situation(ids, **more), NOW)  # type: ignore[arg-type]


def _view(guidance: Guidance, step_id: str) -> StepView:
    return next(
        view for views in guidance.steps.values() for view in views if view.step.id == step_id
    )


def _called(procedure_id: str, ids: str = "P00", *entries: StepEntry, **more: object) -> bool:
    facts = facts_of(situation(ids, entries=entries, **more))  # type: ignore[arg-type]
    return bool(calls_for(procedures()[procedure_id], facts))


def _dates(guidance: Guidance, step_id: str) -> dict[str, str]:
    return {
        due.deadline.id: due.due_at.local.date().isoformat() if due.due_at else "now"
        for due in _view(guidance, step_id).deadlines
    }


def _looked(**said: str) -> StepEntry:
    plain = {
        "could_be": "no",
        "kind": "something else",
        "reason_given": "no",
        "reasons": "As told",
    }
    return replace(entry("P10-4"), values=tuple((plain | said).items()))


def _alike(step_id: str, *kinds: str) -> list[bool]:
    return [
        bool(_view(_guide("P10", entries=[_looked(kind=kind)]), step_id).prefilled_reason)
        for kind in kinds
    ]


@pytest.mark.parametrize(
    ("procedure_id", "answers"),
    [
        ("P07", {"T6": "yes"}),
        ("P07", {"T6": "unsure"}),
        ("P08", {"T8": "private+own"}),
        ("P09", {"T8": "fake"}),
        ("P10", {"T9": "unsure"}),
        ("P12", {"T8": "person"}),
        ("P13", {"T10": "yes"}),
        ("P13", {"T10": "unsure"}),
        ("P14", {"T10": "self-harm"}),
        ("P13", {"T10": "both"}),
        ("P14", {"T10": "both"}),
        ("P14", {"T10": "unsure"}),
        ("P15", {"T4": "child"}),
        ("P15", {"T4": "both"}),
    ],
)
def test_an_answer_at_triage_calls_for_its_procedure(
    procedure_id: str, answers: dict[str, str]
) -> None:
    assert _called(procedure_id, answers=answers)
    assert not _called(procedure_id, answers=dict.fromkeys(answers, "no"))


def test_a_category_or_a_finding_calls_for_a_procedure_too() -> None:
    assert _called("P15", record=Record(categories=(Category.CSH,)))
    assert _called("P13", record=Record(categories=(Category.PRIVACY,)))
    assert _called("P07", "P13", entry("P13-1", what="perhaps terrorist material"))
    assert _called("P03", "P13", entry("P13-1", what="perhaps an image of someone under 18"))
    assert _called("P04", "P10", _looked(could_be="not sure"))
    assert _called("S4", "P09", entry("P09-2", result="malicious, or not known"))
    assert _called("S3", "P08", entry("P08-7", crime="yes, or not sure"))
    assert not _called("S3", "P08", entry("P08-7", crime="no"))
    assert _called("S9", "P03", entry("P03-1", already_here="yes"))
    assert _called("S9", items=(item(state=ItemState.SEALED),))
    assert not _called("S9", items=(item(state=ItemState.HELD_BACK),))


def test_a_prevent_referral_is_sent_once_it_was_gathered_and_spoken_of() -> None:
    waiting = _view(_guide("P07"), "P07-7").waiting_for
    assert {one.id for one in waiting} == {"P07-4", "P07-6"}
    sent = _guide("P07", submitted=frozenset({"prevent"}))
    assert _view(sent, "P07-7").state is StepState.DONE
    assert _view(sent, "P07-4").state is StepState.OPEN


def test_who_asked_us_to_wait_is_said_where_parents_would_be_told() -> None:
    for step_id, asked, who in (
        ("P07-6", "S3-2", "The police"),
        ("P07-6", "P04-6", "The LADO"),
        ("P14-8", "P06-5", "children's services"),
    ):
        ids = f"{step_id.split('-')[0]} S3 P04 P06"
        guidance = _guide(ids, entries=[entry(asked, tell_parents="wait")], restricted=True)
        assert who in _view(guidance, step_id).prefilled_reason


def test_a_post_of_ours_is_captured_then_hidden_then_told() -> None:
    before = _guide("P08", record=MONDAY)
    assert before.next_step is not None
    assert before.next_step.step.id == "P08-1"
    assert {one.id for one in _view(before, "P08-2").waiting_for} == {"P08-1"}
    after = _guide("P08", record=MONDAY, items=(item(platform="Facebook"),))
    assert after.next_step is not None
    assert after.next_step.step.id == "P08-2"
    gone = entry("P08-1", StepState.NOT_POSSIBLE, reason="The author took it down.")
    assert _view(_guide("P08", entries=[gone]), "P08-2").is_ready


def test_a_post_stays_up_for_the_police_and_everybody_is_told_once() -> None:
    live = _guide("P08 S3", entries=[entry("S3-2", leave_live="leave it up")])
    assert "police" in _view(live, "P08-2").prefilled_reason
    alone = {
        "record": Record(became_aware_by="Pat Smith"),
        "contacts": (contact(Recipient.HEAD),),
        "osc_is_dsl": True,
    }
    assert _view(_guide("P08", **alone), "P08-3").prefilled_reason
    assert not _view(_guide("P08", **{**alone, "osc_is_dsl": False}), "P08-3").prefilled_reason


def test_the_employer_and_a_disclosure_are_left_out_by_itself_where_there_is_none() -> None:
    assert "employer" in _view(_guide("P08", **NO_EMPLOYER), "P08-8").prefilled_reason
    assert not _view(_guide("P08"), "P08-8").prefilled_reason
    none = _guide("P08", entries=[entry("P08-3", disclosure="no")])
    assert _view(none, "P08-6").prefilled_reason
    told = _guide("P08", entries=[entry("P08-3", disclosure="yes", done_at=at(17))])
    assert _view(told, "P08-6").is_ready


def test_immediately_is_said_only_under_the_policy_that_says_so() -> None:
    ours = {"record": MONDAY, "policies": frozenset({"S000"})}
    assert _dates(_guide("P08", **ours), "P08-3") == {}
    assert _dates(_guide("P08", record=MONDAY), "P08-3") == {"D3": "now"}
    assert _view(_guide("P09", **ours), "P09-3").deadlines[0].basis is Basis.LOCAL


def test_an_approved_account_is_neither_warned_of_nor_chased() -> None:
    ours = _guide("P09", entries=[entry("P09-2", result="approved after all")])
    assert _view(ours, "P09-6").prefilled_reason
    assert _view(ours, "P09-8").prefilled_reason
    asked = entry("P09-4", way="owner asked to close it", done_at=at(10))
    assert _view(_guide("P09", entries=[asked]), "P09-8").prefilled_reason
    reported = entry("P09-4", way="reported to the platform", done_at=at(17))
    later = _view(_guide("P09", entries=[reported]), "P09-8")
    assert not later.is_ready
    assert all(due.early for due in later.deadlines)


def test_48_hours_are_documented_for_team_members_and_by_analogy_for_others() -> None:
    staff = _guide("P10", record=MONDAY, people=(involvement(Role.REPORTER, PersonKind.STAFF),))
    (due,) = _view(staff, "P10-1").deadlines
    assert (due.deadline.id, due.basis) == ("D2", Basis.DOCUMENTED)
    nobody = _guide("P10", record=MONDAY)
    assert _view(nobody, "P10-1").deadlines[0].basis is Basis.BY_ANALOGY
    learner = _guide("P10", record=MONDAY, people=(involvement(Role.REPORTER),))
    assert _view(learner, "P10-1").prefilled_reason
    (due,) = _view(learner, "P10-2").deadlines
    assert (due.deadline.id, due.basis) == ("D2b", Basis.BY_ANALOGY)
    told = _guide("P10", entries=[entry("P10-1", raised_by="a team member")])
    assert _view(told, "P10-2").prefilled_reason
    elsewhere = _guide("P10", record=MONDAY, policies=frozenset({"S001"}))
    assert not _view(elsewhere, "P10-1").deadlines


def test_contact_that_could_be_more_stops_here_and_its_messages_are_kept_quietly() -> None:
    more = _guide("P10 P04", entries=[_looked(could_be="yes")], restricted=True)
    for number in (3, 5, 6, 7, 8, 9, 10, 11):
        assert "allegation" in _view(more, f"P10-{number}").prefilled_reason
    assert _view(more, "P04-4").is_ready
    assert not _view(_guide("P10", entries=[_looked()]), "P10-8").prefilled_reason


@pytest.mark.parametrize("step_id", KINDS)
def test_only_the_steps_for_this_kind_of_contact_stay(step_id: str) -> None:
    others = [kind for name, kind in KINDS.items() if name != step_id]
    assert _alike(step_id, *others, "something else") == [True] * 4
    assert _alike(step_id, KINDS[step_id], "several of these") == [False, False]


def test_rules_of_one_policy_are_left_out_by_itself_under_the_others() -> None:
    entries = [_looked(kind="several of these", reason_given="yes")]
    for step_id, policy in (
        ("P10-3", "S002"), ("P10-9", "S004"), ("P10-10", "S002"), ("P10-11", "S002"),
    ):  # fmt: skip
        own = _guide("P10", entries=entries, policies=frozenset({policy}))
        other = _guide("P10", entries=entries, policies=frozenset({"S000"}))
        assert not _view(own, step_id).prefilled_reason
        assert "policy" in _view(other, step_id).prefilled_reason
    assert _dates(_guide("P10", record=MONDAY), "P10-10") == {"D4": "now"}


def test_an_account_is_reported_only_when_it_is_captured_and_nobody_agreed_to_it() -> None:
    waiting = {one.id for one in _view(_guide("P12 S3"), "P12-3").waiting_for}
    assert waiting == {"P12-1", "P12-2", "P12-5", "S3-1", "S3-2"}
    agreed = _guide("P12", entries=[entry("P12-2", consent="yes")])
    assert "agreed" in _view(agreed, "P12-3").prefilled_reason
    assert "agreed" in _view(agreed, "P12-7").prefilled_reason


def test_hr_is_asked_first_unless_no_staff_are_involved() -> None:
    assert not _view(_guide("P13"), "P13-3").prefilled_reason
    assert _view(_guide("P13", answers={"T5": "no"}), "P13-3").prefilled_reason
    assert {one.id for one in _view(_guide("P13"), "P13-3").waiting_for} == {"P13-1"}


def test_a_data_breach_has_its_72_hours_only_when_that_is_switched_on() -> None:
    yes = {"entries": [entry("P13-1", data="yes")], "record": MONDAY}
    assert _dates(_guide("P13", **yes), "P13-7") == {}
    on = _guide("P13", switches=frozenset({"data-breach-72h"}), **yes)
    assert _dates(on, "P13-7") == {"D14": "2026-11-19"}
    none = _guide("P13", entries=[entry("P13-1", data="no")])
    assert _view(none, "P13-7").prefilled_reason


def test_harm_to_oneself_comes_before_everything_that_can_wait() -> None:
    guidance = _guide("P00 P14 S2 S3", record=MONDAY)
    places = [_view(guidance, f"P14-{number}").step.order for number in (1, 2, 3, 4, 8, 6, 5, 10)]
    assert places == sorted(places)
    (hour,) = _view(guidance, "P14-3").deadlines
    assert (hour.basis, hour.overdue) == (Basis.LOCAL, True)
    assert not _view(guidance, "P14-8").waiting_for
    assert {one.id for one in _view(guidance, "P14-5").waiting_for} == {"P14-6"}
    judged = entry("P00-4", danger="no", reasons="She spoke of tomorrow.")
    safe = {"T1": "no"}
    for procedure_id in ("P06", "P07", "P14"):
        first, ids = f"{procedure_id}-1", f"P00 {procedure_id}"
        assert not _view(_guide(ids, answers=safe), first).prefilled_reason
        assert not _view(_guide(ids, entries=[judged]), first).prefilled_reason
        assert not _view(
            _guide(ids, entries=[judged], answers={"T1": "yes"}), first
        ).prefilled_reason
        assert _view(_guide(ids, entries=[judged], answers=safe), first).prefilled_reason


def test_children_are_kept_apart_and_their_parents_told_after_the_police_decision() -> None:
    guidance = _guide("P15 S2 S3", people=(involvement(Role.TARGET, age_group=AgeGroup.UNDER_18),))
    assert {one.id for one in _view(guidance, "P15-5").waiting_for} == {"P15-8", "S3-1"}
    assert _view(guidance, "P15-3").is_ready
    assert guidance.next_step is not None
    assert guidance.next_step.step.id == "P15-1"


@pytest.mark.parametrize(("extended", "step_id", "last"), [
    ("no", "S6-8", "2026-12-17"),
    ("yes", "S6-9", "2027-02-17"),
])  # fmt: skip
def test_a_request_has_a_month_or_three(extended: str, step_id: str, last: str) -> None:
    own = "somebody's own data (subject access)"
    entries = [entry("S6-1", kind=own, done_at=at(17)), entry("S6-4", extended=extended)]
    guidance = _guide("S6", entries=entries)
    assert _dates(guidance, step_id) == {"D12": last}
    assert [(one.deadline_id, one.step_id) for one in guidance.clocks] == [("D12", step_id)]
    ready = [entry("S6-3", may="yes"), entry("S6-5"), entry("S6-6"), entry("S6-7")]
    assert _view(_guide("S6", entries=[*entries, *ready]), step_id).is_ready


def test_a_request_from_the_police_is_no_request_for_access() -> None:
    police = "the police, a court or an agency ask"
    guidance = _guide("S6", entries=[entry("S6-1", kind=police), entry("S6-3", may="yes")])
    for number in (4, 6, 7, 8, 9, 11, 12):
        assert _view(guidance, f"S6-{number}").prefilled_reason
    assert _view(guidance, "S6-10").is_ready


def test_a_file_goes_on_within_five_days_of_the_move() -> None:
    file = "the file goes to a new school or provider"
    moves = entry("S6-11", where="There", day="Monday, 7 Dec 2026")
    guidance = _guide("S6", entries=[entry("S6-1", kind=file), moves])
    assert _dates(guidance, "S6-12") == {"D13": "2026-12-12"}
    assert _view(guidance, "S6-8").prefilled_reason


def test_what_came_in_already_is_sealed_and_the_police_called() -> None:
    guidance = _guide("S9")
    assert guidance.next_step is not None
    assert guidance.next_step.step.id == "S9-1"
    here = _guide("S9", entries=[entry("S9-1", where="in this log")])
    assert _view(here, "S9-5").prefilled_reason
    assert _view(here, "S9-2").is_ready
    sealed = _guide("S9", items=(item(state=ItemState.SEALED),))
    assert _view(sealed, "S9-2").state is StepState.DONE
    elsewhere = entry("S9-1", where="in our mail, a drive or on a device")
    assert _view(_guide("S9", entries=[elsewhere]), "S9-2").prefilled_reason
    assert _view(_guide("S9 P03", entries=[entry("P03-13")]), "S9-3").state is StepState.DONE


def test_the_quarterly_report_is_due_before_the_next_quarter_ends() -> None:
    ended = [entry("S7-1", done_at=at(1))]
    assert _dates(_guide("S7", entries=ended), "S7-5") == {"D11": "2027-02-01"}
    assert _dates(_guide("S7", entries=ended, policies=frozenset({"S001"})), "S7-5") == {}


def test_a_referral_for_harassment_starts_the_funders_clock_where_that_is_switched_on() -> None:
    referred = {"entries": [entry("P15-2", done_at=at(17))]}
    assert _dates(_guide("P15 P16", **referred), "P16-1") == {}
    on = _guide("P15 P16", switches=frozenset({"funder-24h"}), **referred)
    assert _dates(on, "P16-1") == {"FUNDER": "2026-11-18"}
    assert _view(on, "P16-1").step.recipients == (Recipient.FUNDER,)
