from collections.abc import Iterable
from dataclasses import replace

import pytest

from desktop.domain.calendar.times import Moment
from desktop.domain.contacts import ContactEntry, Recipient
from desktop.domain.evidence.gate import Concern, GateAnswer
from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState
from desktop.domain.incidents import TEXT_FIELDS, Record
from desktop.domain.steps.checklist_records import StepEntry, StepState
from desktop.domain.steps.facts import facts_of
from desktop.domain.steps.ticking import ticked_at
from desktop.domain.steps.triage import QUESTIONS
from tests.situations import (
    NOW,
    at,
    contact,
    entry,
    item,
    procedures,
    running,
    situation,
    statement,
    triage_answer,
)

EARLY, LATE = at(16, 10), at(17, 11)


def tick(fact: str, ids: str = "", **more: object) -> Moment | None:
    found = situation(ids, **more)  # type: ignore[arg-type]
    return ticked_at(fact, found, facts_of(found))


def call(recipient: Recipient, when: Moment, *, answered: bool = True) -> ContactEntry:
    made = contact(recipient, answered=answered)
    return replace(made, details=replace(made.details, at=when))


def kept(when: Moment, kind: ItemKind = ItemKind.SCREEN, platform: str = "") -> EvidenceItem:
    return replace(item(kind, platform=platform), captured_at=when)


def test_a_call_counts_from_the_first_that_was_answered() -> None:
    calls = (
        call(Recipient.CEOP, at(15), answered=False), call(Recipient.CEOP, LATE),
        call(Recipient.CEOP, EARLY), call(Recipient.POLICE, at(14)),
    )  # fmt: skip
    assert tick("told:CEOP", contacts=calls) == EARLY
    assert tick("told:LADO", contacts=calls) is None


@pytest.mark.parametrize(
    ("fact", "items", "when"),
    [
        ("item-kept", [kept(LATE), kept(EARLY)], EARLY),
        ("page-kept", [kept(EARLY, ItemKind.MAIL), kept(LATE)], LATE),
        ("message-kept", [kept(EARLY), kept(LATE, platform="WhatsApp")], LATE),
        ("message-kept", [kept(EARLY)], EARLY),
        ("item-kept", [], None),
    ],
)
def test_a_capture_counts_from_the_first_of_its_kind(
    fact: str, items: list[EvidenceItem], when: Moment | None
) -> None:
    assert tick(fact, items=items) == when


def test_the_record_says_when_somebody_was_told() -> None:
    record = Record(first_recorded_at=EARLY, reported_to_dsl_at=LATE)
    assert tick("first-recorded", record=record) == EARLY
    assert tick("dsl-told", record=record) == LATE
    assert tick("both-told", record=record) == LATE


def test_both_are_told_once_the_later_of_the_two_is() -> None:
    record = Record(reported_to_dsl_at=EARLY)
    told = (call(Recipient.OSC, LATE),)
    assert tick("both-told", record=record, osc_is_dsl=False) is None
    assert tick("both-told", record=record, osc_is_dsl=False, contacts=told) == LATE
    assert tick("both-told", "P04", record=record, osc_is_dsl=False) == NOW


def test_a_field_of_the_record_counts_from_when_it_was_filled_in() -> None:
    entered = {"risk": LATE, "risk_reasons": EARLY, "submitted:prevent": EARLY}
    assert tick("risk-assessed", entered=entered) == LATE
    assert tick("support-planned", entered=entered) is None
    assert tick("submitted:prevent", entered=entered) == EARLY


def test_a_procedure_the_gate_and_the_end_have_times_of_their_own() -> None:
    assert tick("running:P04", "P04") == NOW
    ended = running("P04", ended="It was a misunderstanding.")
    assert tick("running:P04", running=(ended,)) is None
    answers = (replace(statement(GateAnswer.NO), at=EARLY), statement(GateAnswer.NO, "s2"))
    assert tick("gate-answered", statements=answers) == EARLY
    made = situation()
    closed = replace(made, incident=replace(made.incident, closed_at=LATE))
    assert ticked_at("closed", closed, frozenset()) == LATE
    assert tick("restricted-log") is None


@pytest.mark.parametrize(
    "fact",
    ["incident-linked", "item-sealed", "restricted-log", "origins-known", "sources-noted"],
)
def test_what_the_rows_of_the_log_date_has_their_time(fact: str) -> None:
    assert tick(fact) is None
    assert tick(fact, entered={fact: EARLY}) == EARLY


def test_an_answer_to_a_first_question_counts_from_when_it_was_given() -> None:
    given = {
        "T4": replace(triage_answer("T4", "no"), at=EARLY),
        "T8": replace(triage_answer("T8", "own"), at=LATE),
    }
    assert tick("T4=no", answers={}) is None
    found = replace(situation(), answers=given)
    facts = facts_of(found)
    assert ticked_at("T4=no", found, facts) == EARLY
    assert ticked_at("only-own-account", found, facts) == LATE
    assert ticked_at("triage-answered", found, facts) is None
    rest = {one.id: replace(triage_answer(one.id, "no"), at=EARLY) for one in QUESTIONS}
    whole = replace(found, answers=rest | given)
    assert ticked_at("triage-answered", whole, facts_of(whole)) == LATE


def test_what_is_listed_counts_from_its_first_item() -> None:
    listed = [
        replace(item(state=ItemState.HELD_BACK), captured_at=LATE),
        replace(item(ItemKind.THING, ItemState.DESCRIBED), captured_at=EARLY),
    ]
    assert tick("item-listed", items=listed) == EARLY
    assert tick("held-back", items=listed) == LATE
    assert tick("described", items=listed) == EARLY
    assert tick("thing-kept", items=listed) == EARLY
    assert tick("thing-kept", items=listed[:1]) is None


def test_what_the_gate_named_counts_from_the_answer_that_stands() -> None:
    yes = replace(statement(GateAnswer.YES), at=EARLY)
    unsure = replace(statement(GateAnswer.NOT_SURE, "s2"), at=LATE)
    assert tick("gate-yes", statements=(yes, unsure)) == EARLY
    assert tick("gate-child", statements=(yes, unsure)) == EARLY
    assert tick("gate-unsure", statements=(yes, unsure)) == LATE
    assert tick("careful", statements=(yes, unsure)) == EARLY
    put_right = (yes, replace(statement(GateAnswer.NO, "s3", corrects="s1"), at=LATE))
    assert tick("gate-yes", statements=put_right) is None
    assert tick("careful", statements=put_right) == EARLY, "an incident stays careful"
    sealed = {"item-sealed": EARLY}
    assert tick("careful", statements=(unsure,), entered=sealed) == EARLY
    for concern, fact in ((Concern.ADULT_IMAGE, "adult"), (Concern.TERRORIST, "terrorist")):
        named = (replace(unsure, concern=concern),)
        assert tick(f"gate-{fact}", statements=named) == LATE
        assert tick(f"gate-{fact}", statements=(yes,)) is None


def test_an_answer_in_a_step_has_the_time_of_the_step() -> None:
    judged = [entry("P00-4", danger="no", done_at=EARLY)]
    assert tick("P00-4.danger=no", "P00", entries=judged) == EARLY


def test_every_incident_runs_since_it_was_logged() -> None:
    assert tick("always") == NOW


def test_another_step_ticks_it_at_its_own_time() -> None:
    done = [entry("S3-2", done_at=EARLY)]
    assert tick("done:S3-2", "S3", entries=done) == EARLY
    left = [entry("S3-2", StepState.NOT_POSSIBLE, reason="Nobody answers there.")]
    assert tick("past:S3-2", "S3", entries=left) == NOW
    assert tick("done:S3-2", "S3") is None
    assert tick("done:S3-2") is None


def test_a_step_that_ticked_itself_has_the_time_of_what_ticked_it() -> None:
    calls = (call(Recipient.CEOP, EARLY),)
    assert tick("done:P02-6", "P02", contacts=calls) == EARLY


def test_two_steps_that_tick_one_another_never_go_round() -> None:
    facts = frozenset({"done:P03-13", "done:S9-3"})
    found = situation("P03 S9")
    assert ticked_at("done:P03-13", found, facts) is None


def _all_of(procedure_id: str, when: Iterable[Moment]) -> list[StepEntry]:
    steps = running(procedure_id).procedure.steps
    return [entry(step.id, done_at=one) for step, one in zip(steps, when, strict=True)]


def test_a_procedure_is_finished_with_its_last_step() -> None:
    count = len(running("S4").procedure.steps)
    times = [EARLY] * (count - 1)
    whole = _all_of("S4", [*times, LATE])
    assert tick("finished:S4", "S4", entries=whole) == LATE
    assert tick("finished:S4", "S4", entries=whole[1:]) is None
    assert tick("finished:S4", "S3") is None


def test_whatever_ticks_a_step_of_the_program_can_be_dated() -> None:
    """Where all has happened there is nothing that says “done” and not when."""
    told = [call(one, EARLY) for one in Recipient]
    steps = [step for one in procedures().values() for step in one.steps]
    rows = {"incident-linked", "item-sealed", "restricted-log", "origins-known", "sources-noted"}
    entered = dict.fromkeys(rows | set(TEXT_FIELDS) | {"risk"}, EARLY)
    made = situation(
        " ".join(procedures()),
        entries=[entry(step.id, done_at=EARLY) for step in steps],
        record=Record(first_recorded_at=EARLY, reported_to_dsl_at=EARLY),
        items=[kept(EARLY), kept(EARLY, ItemKind.MAIL)],
        contacts=tuple(told),
        statements=(statement(GateAnswer.NO),),
        entered=entered | {"submitted:prevent": EARLY},
    )
    found = replace(made, incident=replace(made.incident, closed_at=EARLY))
    facts = facts_of(found)
    undated = {
        step.ticked_by
        for step in steps
        if step.ticked_by and ticked_at(step.ticked_by, found, facts) is None
    }
    assert undated == set()
