from dataclasses import replace

import pytest

from desktop.domain.contacts import Direction, Recipient
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import ItemKind, ItemState
from desktop.domain.incidents import Category, IncidentStatus, Record, RiskLevel
from desktop.domain.people import AgeGroup, PersonKind, Role
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.facts import PLAIN_FACTS, Mention, counting, facts_of, read_fact
from desktop.domain.steps.triage import gate_fact
from tests.situations import (
    DSL,
    NOW,
    contact,
    entry,
    incident,
    involvement,
    item,
    running,
    situation,
    statement,
)

SITE = {"T8": "private+site"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("held-back", Mention()),
        ("T8=site", Mention()),
        ("told:LA-ESO", Mention()),
        ("done:P02-1", Mention(step="P02-1")),
        ("past:S3-2", Mention(step="S3-2")),
        ("not-possible:P03B-12", Mention(step="P03B-12")),
        ("finished:S4", Mention(procedure="S4")),
        ("running:P02", Mention(procedure="P02")),
        ("S4-3.state=still there", Mention(step="S4-3", blank="state", choice="still there")),
    ],
)
def test_every_kind_of_fact_says_what_it_mentions(text: str, said: Mention) -> None:
    assert read_fact(text) == said


@pytest.mark.parametrize(
    "text", ["", "holiday", "T4=perhaps", "T14=yes", "told:MUM", "done:", "done:P2-1", "P02-1.=x"]
)
def test_what_is_no_fact_is_found_out(text: str) -> None:
    assert read_fact(text) is None


def test_every_plain_fact_has_a_meaning() -> None:
    assert all(PLAIN_FACTS.values())


def test_an_empty_incident_states_almost_nothing() -> None:
    assert facts_of(situation(policies=frozenset())) == {
        "always",
        "no-learner-targeted",
        "no-second-look",
        "no-staff-reported",
        "osc-is-dsl",
        "person-reported-unknown",
    }


def test_the_record_states_what_is_written_down() -> None:
    record = Record(
        first_account="her words",
        first_recorded_at=NOW,
        reported_to_dsl_at=NOW,
        risk=RiskLevel.LOW,
        risk_reasons="no threat",
        support="tutor",
        wishes="quiet",
        outcome="done",
        control_measure="talk",
        learner_view="fine",
        categories=(Category.CB_ANON,),
    )
    assert facts_of(situation(record=record)) >= {
        "first-account", "first-recorded", "dsl-told", "risk-assessed", "support-planned",
        "wishes-known", "outcome-recorded", "control-recorded", "learner-view-recorded",
        "cyberbullying",
    }  # fmt: skip


def test_a_risk_without_reasons_is_not_assessed() -> None:
    assert "risk-assessed" not in facts_of(situation(record=Record(risk=RiskLevel.HIGH)))


@pytest.mark.parametrize("place", ["private", "site"])
def test_bullying_follows_from_where_it_happened_while_nothing_says_otherwise(place: str) -> None:
    plain = {"T4": "no", "T6": "no", "T9": "no", "T8": place}
    assert "cyberbullying" in facts_of(situation(answers=plain))
    assert "cyberbullying" not in facts_of(situation(answers=plain | {"T8": "own"}))
    for name in ("T4", "T6", "T9"):
        assert "cyberbullying" not in facts_of(situation(answers=plain | {name: "yes"}))
    for category in (Category.GROOM, Category.PREVENT, Category.STAFF_CONTACT):
        other = situation(answers=plain, record=Record(categories=(category,)))
        assert "cyberbullying" not in facts_of(other)


def test_what_a_step_asked_and_nobody_answered_is_a_fact_too() -> None:
    facts = facts_of(situation("S2", entries=[entry("S2-1", decision="wait", danger="no")]))
    assert {"S2-1.agreed=not answered", "S2-1.danger=no"} <= facts
    assert "S2-1.danger=not answered" not in facts
    assert "S2-1.view=not answered" not in facts
    assert "S2-1.agreed=not answered" not in facts_of(situation("S2"))


@pytest.mark.parametrize(
    ("answers", "age", "said"),
    [
        ({}, None, "blackmail-child"),
        ({}, AgeGroup.UNKNOWN, "blackmail-child"),
        ({}, AgeGroup.ADULT, "blackmail-adult"),
        ({"T11": "over-18"}, None, "blackmail-adult"),
        ({"T11": "over-18"}, AgeGroup.UNDER_18, "blackmail-child"),
        ({"T11": "under-18"}, AgeGroup.ADULT, "blackmail-child"),
    ],
)
def test_blackmail_counts_as_that_of_a_child_until_all_are_known_to_be_adults(
    answers: dict[str, str], age: AgeGroup | None, said: str
) -> None:
    people = (involvement(Role.TARGET, age_group=age),) if age else ()
    record = Record(categories=(Category.SEXT_EXT,))
    facts = facts_of(situation(answers=answers, people=people, record=record))
    assert facts & {"blackmail-child", "blackmail-adult"} == {said}
    assert facts_of(situation(answers=answers, people=people)).isdisjoint({said})


def test_the_dsl_as_reporter_is_known_by_name() -> None:
    record = Record(became_aware_by=f" {DSL.upper()} ")
    assert "reporter-is-dsl" in facts_of(situation(record=record))
    assert "reporter-is-dsl" not in facts_of(situation(record=record, leads=frozenset({"Sam"})))
    assert "reporter-is-dsl" not in facts_of(situation(record=record, leads=frozenset()))
    assert "reporter-is-dsl" not in facts_of(situation())


def test_an_incident_says_whether_it_is_careful_and_closed() -> None:
    closed = replace(incident(Record()), careful=True, status=IncidentStatus.CLOSED)
    assert facts_of(situation(incident=closed)) >= {"careful", "closed"}


def test_only_the_answer_that_counts_at_the_gate_is_a_fact() -> None:
    first = statement(GateAnswer.NOT_SURE)
    corrected = statement(GateAnswer.NO, "s2", corrects="s1")
    assert facts_of(situation(statements=(first,))) >= {"gate-answered", "gate-unsure"}
    after = facts_of(situation(statements=(first, corrected)))
    assert "gate-answered" in after
    assert "gate-unsure" not in after
    assert "gate-yes" in facts_of(situation(statements=(statement(GateAnswer.YES),)))


def test_a_mail_is_a_message_and_a_screen_a_page() -> None:
    mail = facts_of(situation(answers=SITE, items=[item(ItemKind.MAIL)]))
    assert "message-kept" in mail
    assert "page-kept" not in mail
    screen = facts_of(situation(answers=SITE, items=[item()]))
    assert "page-kept" in screen
    assert "message-kept" not in screen


def test_a_captured_text_message_is_a_message() -> None:
    facts = facts_of(situation(answers=SITE, items=[item(platform="Text message or call")]))
    assert "message-kept" in facts
    assert "page-kept" not in facts


def test_where_all_was_private_any_capture_is_a_message() -> None:
    assert "message-kept" in facts_of(situation(answers={"T8": "private"}, items=[item()]))


def test_an_item_held_back_is_listed_and_not_kept() -> None:
    facts = facts_of(situation(items=[item(ItemKind.DESCRIPTION, ItemState.HELD_BACK)]))
    assert facts >= {"item-listed", "held-back"}
    assert not facts & {"item-kept", "page-kept", "message-kept", "origins-known"}


def test_origins_are_known_when_no_kept_item_lacks_its_own() -> None:
    known = item(source_url="https://a.example", original_kept="on the site")
    assert facts_of(situation(items=[known])) >= {"origins-known", "sources-noted"}
    some = facts_of(situation(items=[known, item()]))
    assert not some & {"origins-known", "sources-noted"}


def test_people_state_who_is_targeted_and_reported() -> None:
    learner = involvement(Role.TARGET)
    adult = involvement(Role.TARGET, PersonKind.STAFF, AgeGroup.ADULT)
    reported = involvement(Role.PERSON_REPORTED)
    assert "target-learner" in facts_of(situation(people=(learner,)))
    grown = facts_of(situation(people=(adult, reported)))
    assert grown >= {"target-staff", "target-adult", "person-reported-known"}
    assert "person-reported-unknown" not in grown
    assert "target-adult" not in facts_of(situation(people=(adult, learner)))


@pytest.mark.parametrize(
    ("kind", "age", "told"),
    [
        (PersonKind.LEARNER, AgeGroup.ADULT, True),
        (PersonKind.UNKNOWN, AgeGroup.UNDER_18, True),
        (PersonKind.OTHER, AgeGroup.UNDER_18, True),
        (PersonKind.UNKNOWN, AgeGroup.UNKNOWN, False),
        (PersonKind.STAFF, AgeGroup.UNDER_18, False),
    ],
)
def test_a_child_beside_the_member_of_staff_has_parents_too(
    kind: PersonKind, age: AgeGroup, told: bool
) -> None:
    staff = involvement(Role.TARGET, PersonKind.STAFF, AgeGroup.ADULT)
    facts = facts_of(situation(people=(staff, involvement(Role.TARGET, kind, age))))
    assert ("no-learner-targeted" not in facts) is told


@pytest.mark.parametrize("kind", [PersonKind.STAFF, PersonKind.EMPLOYER])
def test_whom_the_question_on_staff_means_is_known_from_the_people_too(kind: PersonKind) -> None:
    reported = involvement(Role.PERSON_REPORTED, kind, AgeGroup.ADULT)
    alone = facts_of(situation(people=(reported,)))
    assert not alone & {"no-staff-reported", "no-second-look", "staff-towards-learner"}
    learner = involvement(Role.TARGET)
    assert "staff-towards-learner" in facts_of(situation(people=(reported, learner)))
    assert "no-staff-reported" in facts_of(situation(people=(learner,)))


def test_somebody_is_told_when_they_answered() -> None:
    assert "told:CSC" in facts_of(situation(contacts=(contact(Recipient.CSC),)))
    came_in = contact(Recipient.CSC, direction=Direction.IN)
    assert "told:CSC" not in facts_of(situation(contacts=(came_in,)))
    both = contact(Recipient.CSC, direction=Direction.IN_TOLD)
    assert "told:CSC" in facts_of(situation(contacts=(both,)))
    unanswered = situation(contacts=(contact(Recipient.CSC, answered=False),))
    assert "told:CSC" not in facts_of(unanswered)


def test_steps_state_what_became_of_them() -> None:
    entries = [
        entry("S3-1", decision="tell the police", reasons="a long private text"),
        entry("S1-2", StepState.NOT_POSSIBLE, reason="All of it had vanished."),
    ]
    facts = facts_of(situation("S1 S3", entries=entries))
    assert facts >= {
        "running:S3", "done:S3-1", "past:S3-1", "S3-1.decision=tell the police",
        "not-possible:S1-2", "past:S1-2", "past:S1-8",
    }  # fmt: skip
    assert "past:S3-2" not in facts
    assert not any("private text" in fact for fact in facts)


def test_one_fact_may_lead_to_the_next() -> None:
    entries = [entry("S3-1", decision="not now", reasons="No threat at all.")]
    facts = facts_of(situation("P02 P01 S3", entries=entries))
    assert facts >= {"finished:S3", "past:S3-2", "done:P02-3", "done:P01-8"}


def test_what_an_ended_checklist_recorded_stays_but_it_does_not_run() -> None:
    ended = running("P02", [entry("P02-2", finding="hate", reasons="It says so.")], "Not ours.")
    facts = facts_of(situation(running=(ended,)))
    assert "done:P02-2" in facts
    assert "running:P02" not in facts


def test_no_employer_is_known_only_from_an_answer() -> None:
    for answer, known in (("no", True), ("under-18+with-parent", True), ("employer", False)):
        told = facts_of(situation(answers={"T11": answer}))
        assert ("no-employer" in told) is known
    assert "no-employer" not in facts_of(situation())
    for role, kind in ((Role.EMPLOYER, PersonKind.OTHER), (Role.REPORTER, PersonKind.EMPLOYER)):
        named = situation(answers={"T11": "no"}, people=(involvement(role, kind),))
        assert "no-employer" not in facts_of(named)


@pytest.mark.parametrize(
    ("answer", "concern", "fact"),
    [
        (GateAnswer.YES, Concern.CHILD_IMAGE, "gate-child"),
        (GateAnswer.YES, None, "gate-child"),
        (GateAnswer.NOT_SURE, Concern.CHILD_IMAGE, "gate-unsure"),
        (GateAnswer.NOT_SURE, None, "gate-unsure"),
        (GateAnswer.YES, Concern.ADULT_IMAGE, "gate-adult"),
        (GateAnswer.NOT_SURE, Concern.ADULT_IMAGE, "gate-adult"),
        (GateAnswer.NOT_SURE, Concern.TERRORIST, "gate-terrorist"),
    ],
)
def test_the_gate_says_what_it_is_about(
    answer: GateAnswer, concern: Concern | None, fact: str
) -> None:
    given = replace(statement(answer), concern=concern)
    about = {"gate-child", "gate-unsure", "gate-adult", "gate-terrorist"}
    assert facts_of(situation(statements=(given,))) & about == {fact}
    assert gate_fact(answer, concern) == fact


def test_of_a_procedure_that_joined_again_the_last_checklist_counts() -> None:
    first = running("P00", [entry("P00-1", advice="x")], ended="Not theirs")
    again = running("P00")
    assert counting((first, again)) == (again,)
    assert "done:P00-1" in facts_of(situation(running=(first,)))
    assert "done:P00-1" not in facts_of(situation(running=(first, again)))
