"""Children's services decide within one working day of a referral, whichever step made it."""

from dataclasses import replace

import pytest

from desktop.domain.calendar.times import Moment
from desktop.domain.contacts import ContactEntry, Direction, Recipient
from desktop.domain.steps.applying import calls_for
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import Guidance, StepView, guide
from desktop.domain.steps.clocks import ClockView
from desktop.domain.steps.facts import facts_of
from desktop.domain.steps.procedures import Basis
from tests.situations import NOW, at, contact, entry, procedures, situation

FRIDAY, MONDAY = at(13, 16), at(16, 9)
# Each step by which children's services hear of it, outside grooming, which asks by itself.
REFERS = ("P00-4", "P03-6", "P04-14", "P11-3", "P14-4", "P15-2")


def _told(when: Moment, step_id: str = "", recipient: Recipient = Recipient.CSC) -> ContactEntry:
    made = contact(recipient)
    return replace(made, step_id=step_id, details=replace(made.details, at=when))


def _guide(ids: str, now: Moment = NOW, **more: object) -> Guidance:
    return guide(situation(ids, **more), now)  # type: ignore[arg-type]


def _clocks(guidance: Guidance) -> list[ClockView]:
    return [one for one in guidance.clocks if one.deadline_id == "D7"]


def _view(guidance: Guidance, step_id: str) -> StepView:
    return next(
        view for views in guidance.steps.values() for view in views if view.step.id == step_id
    )


def _joins(ids: str, **more: object) -> bool:
    made = situation(ids, **more)  # type: ignore[arg-type]
    return bool(calls_for(procedures()["P17"], facts_of(made)))


@pytest.mark.parametrize("step_id", ["", *REFERS])
def test_whoever_refers_is_led_to_ask_what_was_decided(step_id: str) -> None:
    ids = f"P00 {step_id.split('-', maxsplit=1)[0]}"
    assert not _joins(ids)
    assert not _joins(ids, contacts=(_told(FRIDAY, step_id, Recipient.POLICE),))
    assert _joins(ids, contacts=(_told(FRIDAY, step_id),))


@pytest.mark.parametrize("step_id", ["", *REFERS])
def test_the_decision_is_due_one_working_day_after_the_referral(step_id: str) -> None:
    ids = " ".join(dict.fromkeys(("P00", step_id.split("-", maxsplit=1)[0] or "P00", "P17")))
    told = (_told(MONDAY), _told(FRIDAY, step_id))
    (clock,) = _clocks(_guide(ids, contacts=told, now=at(16, 12)))
    assert (clock.basis, clock.reference, clock.step_id) == (Basis.DOCUMENTED, "W1", "P17-1")
    assert clock.started == FRIDAY
    assert clock.due_at is not None
    assert clock.due_at.local.date() == at(16).local.date()
    assert clock.tone == "due"
    (late,) = _clocks(_guide(ids, contacts=told, now=at(17, 9)))
    assert late.reason_needed
    (met,) = _clocks(_guide(ids, contacts=told, entries=[entry("P17-1", done_at=at(16, 15))]))
    assert met.tone == "done"
    assert met.met_at == at(16, 15)


def test_a_social_worker_told_with_the_parents_decides_nothing() -> None:
    told = (_told(FRIDAY, "S2-2"),)
    assert not _joins("P00 P04 S2", contacts=told)
    assert (
        _view(_guide("P04 S2", contacts=told, restricted=True), "P04-14").state is StepState.OPEN
    )
    (clock,) = _clocks(_guide("P00 S2 P17", contacts=(*told, _told(MONDAY))))
    assert clock.started == MONDAY


def test_whom_nobody_told_decides_nothing() -> None:
    asked = replace(contact(Recipient.CSC, direction=Direction.IN), step_id="P00-4")
    missed = contact(Recipient.CSC, answered=False)
    assert not _joins("P00", contacts=(asked, missed))
    assert _clocks(_guide("P00 P17")) == []


def test_grooming_asks_by_itself_and_counts_from_the_first_time_they_heard() -> None:
    told = (_told(FRIDAY, "P03-6"),)
    assert not _joins("P00 P03 P06", contacts=told)
    (clock,) = _clocks(_guide("P03 P06", contacts=told))
    assert (clock.step_id, clock.started) == ("P06-8", FRIDAY)
    again = [entry("P06-5", decision="not yet", done_at=MONDAY)]
    (clock,) = _clocks(_guide("P03 P06", contacts=told, entries=again))
    assert clock.started == FRIDAY
    (clock,) = _clocks(_guide("P06", entries=again))
    assert clock.started == MONDAY


def test_where_both_run_one_answer_is_enough() -> None:
    told = (_told(FRIDAY, "P03-6"),)
    for done, other in (("P06-8", "P17-1"), ("P17-1", "P06-8")):
        entries = [entry("P06-5", decision="not yet"), entry(done, done_at=MONDAY)]
        guidance = _guide("P03 P06 P17", contacts=told, entries=entries)
        assert _view(guidance, other).done_at == MONDAY
        assert [one.met_at for one in _clocks(guidance)] == [MONDAY]


def test_a_copy_of_the_prevent_referral_counts_from_the_referral() -> None:
    sent = [entry("P07-7", copied="yes", done_at=FRIDAY)]
    assert _joins("P07", entries=sent)
    assert not _joins("P07", entries=[entry("P07-7", copied="our area does not ask for it")])
    (clock,) = _clocks(_guide("P07 P17", entries=sent))
    assert clock.started == FRIDAY


def test_what_they_decided_at_once_is_not_chased() -> None:
    told = (_told(FRIDAY, "P03-6"),)
    decided = [entry("P03-6", decision="they decided at once", done_at=FRIDAY)]
    guidance = _guide("P03 P17", contacts=told, entries=decided)
    assert _view(guidance, "P17-1").prefilled_reason == "Their decision is there."
    assert _clocks(guidance) == []
