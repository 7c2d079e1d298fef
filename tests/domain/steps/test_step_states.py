from dataclasses import replace

from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.step_states import (
    is_past,
    is_put_off,
    is_ticked,
    prefilled_reason,
    rules_behind,
    state_of,
)
from tests.situations import entry, procedures

CEOP = procedures()["P02"].step("P02-6")
CAPTURE = procedures()["P02"].step("P02-1")
OUTSIDE = "Outside its remit: bullying, fake or hacked accounts"
NONE: frozenset[str] = frozenset()


def test_an_untouched_step_is_open() -> None:
    assert state_of(CAPTURE, (), NONE) == (StepState.OPEN, None)
    assert not is_past(CAPTURE, StepState.OPEN, NONE)


def test_a_fact_ticks_a_step_without_an_entry() -> None:
    assert state_of(CAPTURE, (), frozenset({"page-kept"})) == (StepState.DONE, None)


def test_the_latest_entry_of_the_step_counts() -> None:
    first = entry("P02-1", StepState.NOT_POSSIBLE, reason="It had vanished.")
    again = entry("P02-1", StepState.OPEN, reason="A copy was found.")
    other = entry("P02-2")
    assert state_of(CAPTURE, (first, again, other), NONE) == (StepState.OPEN, again)


def test_a_step_opened_again_stays_open_although_the_fact_holds() -> None:
    again = entry("P02-1", StepState.OPEN, reason="More comments appeared.")
    assert state_of(CAPTURE, (again,), frozenset({"page-kept"}))[0] is StepState.OPEN


def test_ceop_is_prefilled_only_when_nothing_sexual_is_answered() -> None:
    assert prefilled_reason(CEOP, frozenset({"T4=no"})) == OUTSIDE
    assert prefilled_reason(CEOP, frozenset({"T4=unsure"})) == ""
    assert prefilled_reason(CEOP, NONE) == ""


def test_ceop_opens_again_when_the_answer_changes() -> None:
    confirmed = entry("P02-6", StepState.NOT_APPLICABLE, reason=OUTSIDE)
    assert state_of(CEOP, (confirmed,), frozenset({"T4=no"})) == (
        StepState.NOT_APPLICABLE,
        confirmed,
    )
    assert state_of(CEOP, (confirmed,), frozenset({"T4=yes"})) == (StepState.OPEN, None)


def test_a_rule_is_the_same_whatever_the_words_it_was_confirmed_in() -> None:
    own = entry("P02-6", StepState.NOT_APPLICABLE, reason="Not theirs, says the tutor.")
    ruled = replace(own, ruled_by=("T4=no",))
    assert state_of(CEOP, (ruled,), frozenset({"T4=no"})) == (StepState.NOT_APPLICABLE, ruled)
    assert state_of(CEOP, (ruled,), frozenset({"T4=yes"})) == (StepState.OPEN, None)
    other = replace(own, ruled_by=("T5=no",))
    assert rules_behind(CEOP, other) == ()
    assert state_of(CEOP, (other,), frozenset({"T4=no", "T5=no"})) == (StepState.OPEN, None)
    assert rules_behind(CEOP, own) is None


def test_evidence_outranks_that_it_could_not_be_kept_and_nothing_else_does() -> None:
    gone = entry("P02-1", StepState.NOT_POSSIBLE, reason="It had vanished.")
    facts = frozenset({"page-kept", "told:CEOP", "T4=yes"})
    assert state_of(CAPTURE, (gone,), facts) == (StepState.DONE, None)
    refused = entry("P02-6", StepState.NOT_POSSIBLE, reason="Their form was down.")
    assert state_of(CEOP, (refused,), facts) == (StepState.NOT_POSSIBLE, refused)
    assert not is_ticked(CEOP, NONE)


def test_what_was_left_out_and_opened_again_is_ticked_by_its_fact() -> None:
    left = entry("P02-6", StepState.NOT_APPLICABLE, reason="The police told CEOP.")
    again = entry("P02-6", StepState.OPEN, reason="They did not, in the end.")
    told = frozenset({"told:CEOP"})
    assert state_of(CEOP, (left, again), told) == (StepState.DONE, None)
    assert state_of(CEOP, (left, again), NONE) == (StepState.OPEN, again)
    assert state_of(CEOP, (entry("P02-6"), again), told) == (StepState.OPEN, again)


def test_saying_why_it_was_late_leaves_a_step_as_it_is() -> None:
    why = replace(entry("P02-6", StepState.OPEN), late_reason="The office was shut.")
    assert why.explains_only
    assert state_of(CEOP, (why,), frozenset({"told:CEOP"})) == (StepState.DONE, None)
    assert state_of(CEOP, (why,), NONE) == (StepState.OPEN, None)


def test_an_own_reason_does_not_depend_on_rules() -> None:
    own = entry("P02-6", StepState.NOT_APPLICABLE, reason="The police told CEOP themselves.")
    assert state_of(CEOP, (own,), NONE) == (StepState.NOT_APPLICABLE, own)


def test_what_the_rules_leave_out_holds_nothing_up() -> None:
    assert is_past(CEOP, StepState.OPEN, frozenset({"T4=no"}))
    assert is_past(CEOP, StepState.NOT_POSSIBLE, NONE)


def test_a_step_that_no_fact_ticks_is_not_ticked_by_an_empty_one() -> None:
    assert state_of(replace(CAPTURE, ticked_by=""), (), frozenset({""}))[0] is StepState.OPEN


def test_what_two_people_check_is_never_ticked_by_the_program_alone() -> None:
    facts = frozenset({CAPTURE.ticked_by})
    assert state_of(CAPTURE, (), facts)[0] is StepState.DONE
    assert state_of(replace(CAPTURE, second=True), (), facts)[0] is StepState.OPEN


def test_what_waits_is_owed_and_what_does_not_apply_is_not() -> None:
    parents = procedures()["S2"].step("S2-2")
    waits = prefilled_reason(parents, frozenset({"S3-2.tell_parents=wait"}))
    never = prefilled_reason(parents, frozenset({"S2-1.decision=do not tell"}))
    assert waits
    assert is_put_off(parents, waits)
    assert never
    assert not is_put_off(parents, never)
    assert not is_put_off(parents, "")


def test_what_the_police_want_left_up_is_still_to_be_taken_down() -> None:
    live = frozenset({"S3-2.leave_live=leave it up"})
    removal, look = procedures()["S4"].step("S4-2"), procedures()["S4"].step("S4-3")
    assert is_put_off(removal, prefilled_reason(removal, live))
    assert not is_put_off(look, prefilled_reason(look, live))
