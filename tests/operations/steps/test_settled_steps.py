"""Steps that are settled: recorded again, re-opened by what changed, late and explained, ended."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desktop.domain.contacts import ContactDetails, Recipient
from desktop.domain.errors import ChecklistEnded, NotAllowed, ReasonNeeded, StillToCome
from desktop.domain.policy.own_copy import OwnDeadline
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.procedure_text import parse_procedure
from desktop.domain.steps.procedures import Length
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.keep_contacts import add_contact
from desktop.operations.incident.keep_worksheets import find_sending_step
from desktop.operations.incident.record_incident import enter_fields
from desktop.operations.organisation.keep_own_copy import keep_deadline
from desktop.operations.show_today import show_today
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.attach_procedure import attach_procedure, end_procedure
from desktop.operations.steps.follow_checklist import explain_late, record_step
from desktop.operations.steps.take_newer_version import take_newer_version
from desktop.operations.workspace import Workspace
from tests.clocks import FrozenClock
from tests.operations.case import Case

WHY = "The wrong step was pressed."
LATE = "The office was shut on Friday."
GONE = "The page was gone when we looked."


@pytest.fixture
def case(workspace: Workspace, clock: FrozenClock) -> Case:
    made = Case(workspace, clock, "Somebody rang")
    made.known(clock.now().local.replace(tzinfo=None) - timedelta(hours=1))
    return made


def again(case: Case, step_id: str, state: StepState, *, reason: str = "", why: str = "") -> None:
    view = case.step(step_id)
    record_step(
        case.workspace, view.checklist_id, step_id, state, reason=reason, again_reason=why,
        values=dict(view.entry.values) if view.entry and state is StepState.DONE else None,
    )  # fmt: skip


def own_deadline(case: Case, step_id: str, hours: int = 4) -> None:
    keep_deadline(
        case.workspace,
        OwnDeadline(
            id="", step_id=step_id, label="Ours", length=Length.HOURS, amount=hours,
            starts="became_aware_at",
        ),
    )  # fmt: skip


# A rule that fell away.


def test_a_rule_counts_whatever_words_it_was_confirmed_in(case: Case) -> None:
    case.answer(T8="site")
    case.leave_out("P02-6", case.step("P02-6").prefilled_reason + " (checked with the tutor)")
    assert case.step("P02-6").state is StepState.NOT_APPLICABLE
    answer_triage(case.workspace, case.incident_id, {"T4": "yes"})
    view = case.step("P02-6")
    assert view.state is StepState.OPEN
    assert view.history[-1].reason.endswith("(checked with the tutor)")


def test_a_stop_left_out_by_a_rule_is_back_once_somebody_is_in_danger(case: Case) -> None:
    case.answer(T8="site", T4="yes")
    case.do("P00-4", danger="no")
    said = case.step("P06-1").prefilled_reason
    assert said
    case.leave_out("P06-1", said.rstrip("."))
    assert case.step("P06-1").state is StepState.NOT_APPLICABLE
    answer_triage(case.workspace, case.incident_id, {"T1": "yes"})
    assert case.step("P06-1").state is StepState.OPEN


def newer(case: Case, old: str, new: str) -> Workspace:
    running = case.workspace.procedures["P02"]
    source = running.source.replace(old, new)
    assert source != running.source
    source = source.replace(f'version = "{running.version}"', 'version = "99"', 1)
    procedures = {**case.workspace.procedures, "P02": parse_procedure(source, "P02.toml")}
    return replace(case.workspace, procedures=procedures)


CEOP = "Outside its remit: bullying, fake or hacked accounts"


def test_a_rule_reworded_by_a_newer_version_is_the_same_rule(case: Case) -> None:
    case.answer(T8="site")
    case.leave_out("P02-6")
    case.workspace = newer(case, CEOP, "Outside what they do: bullying, fake accounts")
    take_newer_version(case.workspace, case.step("P02-6").checklist_id, "Newer wording")
    assert case.step("P02-6").state is StepState.NOT_APPLICABLE
    answer_triage(case.workspace, case.incident_id, {"T4": "yes"})
    assert case.step("P02-6").state is StepState.OPEN


def test_a_rule_that_a_newer_version_does_not_have_opens_the_step_and_says_so(case: Case) -> None:
    case.answer(T8="site")
    case.leave_out("P02-6")
    case.workspace = newer(case, f'when = ["T4=no"], reason = "{CEOP}"',
                           f'when = ["T5=no"], reason = "{CEOP}"')  # fmt: skip
    take_newer_version(case.workspace, case.step("P02-6").checklist_id, "Newer rules")
    view = case.step("P02-6")
    assert view.state is StepState.OPEN
    assert view.history[-1].reason == f"The newer version has no such rule any more: {CEOP}"
    assert "open again" in show_chronology(case.workspace, case.incident_id)[-1].text


# Recorded again.


def test_a_settled_step_is_recorded_again_with_a_reason_and_keeps_its_time(case: Case) -> None:
    own_deadline(case, "P02-2")
    case.answer(T8="site")
    case.do("P02-2")
    first = case.step("P02-2").entry
    assert first
    case.clock.advance(days=5)
    with pytest.raises(ReasonNeeded, match="again"):
        again(case, "P02-2", StepState.DONE, why="   oops  ")
    again(case, "P02-2", StepState.DONE, why=WHY)
    view = case.step("P02-2")
    assert view.history[0] == first
    assert view.entry
    assert view.entry.again_reason == WHY
    assert view.done_at == first.at
    assert [clock.tone for clock in case.clocks("P02-2/1")] == ["done"]
    lines = show_chronology(case.workspace, case.incident_id)
    assert any(f"recorded again because {WHY}" in line.text for line in lines)


def test_another_time_for_a_settled_step_asks_why_it_was_late(case: Case) -> None:
    own_deadline(case, "P02-2")
    case.answer(T8="site")
    case.do("P02-2")
    case.clock.advance(days=5)
    view, now = case.step("P02-2"), case.workspace.now()
    known = dict(view.entry.values) if view.entry else {}
    with pytest.raises(ReasonNeeded, match="late"):
        record_step(
            case.workspace, view.checklist_id, "P02-2", StepState.DONE, values=known,
            again_reason=WHY, done_at=now,
        )  # fmt: skip
    record_step(
        case.workspace, view.checklist_id, "P02-2", StepState.DONE, values=known,
        again_reason=WHY, done_at=now, late_reason=LATE,
    )  # fmt: skip
    assert case.step("P02-2").done_at == now
    assert [(one.tone, one.reason) for one in case.clocks("P02-2/1")] == [("late", LATE)]


def test_left_out_by_mistake_it_is_opened_again_and_ticked_by_what_happens(case: Case) -> None:
    case.answer(T8="site")
    case.leave_out("P02-6")
    again(case, "P02-6", StepState.OPEN, reason="It was left out by mistake.")
    assert case.step("P02-6").state is StepState.OPEN
    case.tell(Recipient.CEOP)
    view = case.step("P02-6")
    assert (view.state, view.entry) == (StepState.DONE, None)


def test_what_is_kept_outranks_that_it_could_not_be(case: Case) -> None:
    case.answer(T8="site")
    for step_id in ("S1-2", "P02-1"):
        case.not_possible(step_id, GONE)
    case.capture()
    for step_id in ("S1-2", "P02-1"):
        assert case.step(step_id).state is StepState.DONE
    assert case.step("S1-3").prefilled_reason == ""


def test_a_capture_opened_for_more_is_done_when_somebody_says_so(case: Case) -> None:
    case.answer(T8="site")
    view = case.step("P02-1")
    with pytest.raises(NotAllowed):
        record_step(case.workspace, view.checklist_id, "P02-1", StepState.DONE)
    case.capture()
    again(case, "P02-1", StepState.OPEN, reason="More comments appeared.")
    assert case.step("P02-1").state is StepState.OPEN
    case.capture()
    again(case, "P02-1", StepState.DONE)
    assert case.step("P02-1").state is StepState.DONE


# Late, and why.


def test_a_deadline_missed_by_a_step_that_ticked_itself_stays_and_is_explained(
    case: Case,
) -> None:
    own_deadline(case, "P02-1")
    case.answer(T8="site", T4="yes")
    case.clock.advance(days=3)
    assert case.step("P06-6").due is not None
    case.capture()
    case.tell(Recipient.CEOP)
    for step_id, deadline in (("P02-1", "P02-1/1"), ("P06-6", "SAME-DAY")):
        view = case.step(step_id)
        assert (view.state, view.entry, view.was_late) == (StepState.DONE, None, True)
        assert view.done_at == case.workspace.now()
        (clock,) = [one for one in case.clocks(deadline) if one.step_id == step_id]
        assert (clock.tone, clock.reason_needed) == ("late", True)
        explain_late(case.workspace, view.checklist_id, step_id, LATE)
        view = case.step(step_id)
        assert (view.state, view.entry, view.late_reason) == (StepState.DONE, None, LATE)
        (clock,) = [one for one in case.clocks(deadline) if one.step_id == step_id]
        assert (clock.reason, clock.reason_needed) == (LATE, False)
    assert any(
        line.text.startswith("P06-6") and f"late because {LATE}" in line.text
        for line in show_chronology(case.workspace, case.incident_id)
    )


def test_a_contact_made_in_time_and_entered_later_is_in_time(case: Case) -> None:
    case.answer(T8="site", T4="yes")
    then = case.workspace.now()
    case.clock.advance(days=3)
    add_contact(
        case.workspace, case.incident_id, ContactDetails(recipient=Recipient.CEOP, at=then)
    )
    view = case.step("P06-6")
    assert (view.done_at, view.was_late) == (then, False)


def test_what_turns_out_late_is_explained_and_keeps_all_else(
    case: Case,
) -> None:
    own_deadline(case, "P02-2")
    case.answer(T8="site")
    case.do("P02-2")
    before = case.step("P02-2")
    with pytest.raises(NotAllowed):
        explain_late(case.workspace, before.checklist_id, "P02-2", LATE)
    case.clock.advance(days=1)
    case.known(datetime(2026, 11, 17, 9, 0))
    late = [line for line in show_today(case.workspace).lines if line.state == "late"]
    assert any("Ours" in line.title for line in late)
    with pytest.raises(ReasonNeeded, match="late"):
        explain_late(case.workspace, before.checklist_id, "P02-2", " no ")
    explain_late(case.workspace, before.checklist_id, "P02-2", LATE)
    view = case.step("P02-2")
    assert before.entry
    assert view.entry == replace(
        before.entry, at=case.workspace.now(), done_at=before.entry.at, late_reason=LATE
    )
    assert view.history[0] == before.entry
    again(case, "P02-2", StepState.DONE, why=WHY)
    assert case.step("P02-2").late_reason == LATE


# Ended, and ahead.


def test_nothing_is_recorded_in_what_has_ended_and_no_worksheet_goes_there(case: Case) -> None:
    case.answer(T4="yes", T8="site")
    sent = find_sending_step(case.workspace, case.incident_id, "ceop")
    assert sent
    answer_triage(case.workspace, case.incident_id, {"T4": "no"})
    first = case.step("P06-6").checklist_id
    end_procedure(case.workspace, first, "It was another child's uncle.")
    with pytest.raises(ChecklistEnded):
        record_step(case.workspace, first, "P06-2", StepState.NOT_POSSIBLE, reason=WHY)
    with pytest.raises(ChecklistEnded):
        explain_late(case.workspace, first, "P06-6", LATE)
    answer_triage(case.workspace, case.incident_id, {"T4": "yes"})
    attach_procedure(case.workspace, case.incident_id, "P06", "He wrote again")
    found = find_sending_step(case.workspace, case.incident_id, "ceop")
    assert found
    assert found.checklist_id != first
    assert first not in {view.checklist_id for view in case.view.owed}


def test_no_worksheet_is_asked_for_where_its_step_seems_not_to_apply(case: Case) -> None:
    case.answer(T8="site")
    assert case.step("P02-6").prefilled_reason
    assert find_sending_step(case.workspace, case.incident_id, "ceop") is None


def test_what_has_happened_does_not_lie_ahead(case: Case) -> None:
    case.answer(T8="site")
    view = case.step("P02-2")
    ahead = case.clock.at_local(datetime(2027, 3, 1, 9, 0))
    with pytest.raises(StillToCome) as told:
        record_step(case.workspace, view.checklist_id, "P02-2", StepState.DONE, done_at=ahead)
    assert told.value.at == "1 Mar 2027, 09:00"
    with pytest.raises(StillToCome):
        add_contact(
            case.workspace, case.incident_id, ContactDetails(recipient=Recipient.CEOP, at=ahead)
        )


# A stop.


def test_a_stop_ends_only_with_a_reason_and_once_its_answer_is_changed(case: Case) -> None:
    case.answer(T2="yes")
    stop = case.step("P03-1").checklist_id
    with pytest.raises(ReasonNeeded):
        end_procedure(case.workspace, stop, "x")
    with pytest.raises(NotAllowed, match="change that answer"):
        end_procedure(case.workspace, stop, "It was shown to be a cartoon.")
    (one,) = [each for each in case.view.checklists if each.procedure.id == "P03"]
    assert one.called_by == ("T2=yes",)
    answer_triage(case.workspace, case.incident_id, {"T2": "no"})
    end_procedure(case.workspace, stop, "It was shown to be a cartoon.")
    assert "P03" not in case.running


def test_support_written_down_too_late_is_late(case: Case) -> None:
    case.clock.advance(days=2)
    enter_fields(case.workspace, case.incident_id, {"support": "Her tutor sees her every day."})
    view = case.step("P00-11")
    assert (view.state, view.done_at, view.was_late) == (
        StepState.DONE, case.workspace.now(), True,
    )  # fmt: skip
