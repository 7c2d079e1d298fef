"""A settled step is put right by recording it again; a late one is explained; nothing is lost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.checklists import StepView
from desktop.domain.steps.procedures import Procedure
from desktop.operations.browse_incidents import show_incident
from desktop.operations.incident.record_incident import enter_fields
from desktop.operations.steps.attach_procedure import end_procedure
from desktop.operations.steps.follow_checklist import record_step
from desktop.ui.incident.step_card import StepCard
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.ui.incident_steps import (
    ACCOUNT,
    checklist_panel,
    new_incident,
    offered,
    opened,
    perform,
    press,
    read,
    settle,
    step_of,
    words,
)
from tests.ui.small_procedures import small_procedures

MISTAKE = "The tutor had mixed up two learners"
NOT_POSSIBLE = "Nobody answered all day long"


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return small_procedures()


@pytest.fixture
def incident_id(session: Session, qtbot: QtBot) -> IncidentId:
    return new_incident(session, qtbot, answers={"T8": "site", "T4": "no"})


class Desk:
    """Records steps of one incident, and shows them."""

    def __init__(self, session: Session, qtbot: QtBot, incident_id: IncidentId) -> None:
        self.session, self.qtbot, self.incident_id = session, qtbot, incident_id

    def view(self, step_id: str) -> StepView:
        """Return a step as it stands."""
        return step_of(read(self.session, self.qtbot, self.incident_id), step_id)

    def record(
        self,
        step_id: str,
        state: StepState,
        reason: str = "",
        values: Mapping[str, str] | None = None,
    ) -> None:
        """Record a step as the keyholder would."""
        operation = partial(
            record_step,
            checklist_id=self.view(step_id).checklist_id,
            step_id=step_id,
            state=state,
            reason=reason,
            values=values,
        )
        perform(self.session, self.qtbot, operation)

    def open(self, step_id: str) -> StepCard:
        """Show the checklists anew, with this step opened."""
        return opened(checklist_panel(self.session, self.qtbot, self.incident_id), step_id)

    def write_late(self, clock: FrozenClock) -> None:
        """Write the first account down 41 hours after it became known."""
        aware = replace(clock.now(), utc=clock.now().utc - timedelta(hours=41))
        enter = partial(
            enter_fields,
            incident_id=self.incident_id,
            values={"became_aware_at": aware, "first_account": ACCOUNT},
        )
        perform(self.session, self.qtbot, enter)

    def keep(self, card: StepCard, **typed: str) -> None:
        """Type into the form of a step, let the draft of it be kept, and enter it."""
        assert card.recording
        assert card.recording.form
        card.recording.form.set_texts(typed)
        card.recording._save_draft()
        settle(self.session, self.qtbot)
        press(card, "keepStepButton")
        settle(self.session, self.qtbot)

    def holder(self, card: StepCard) -> QWidget:
        """Return what has the keyboard."""
        QApplication.processEvents()
        return card.window().focusWidget()

    def draft(self, step_id: str) -> str:
        """Return what is kept of what was typed in a step."""
        show = partial(show_incident, incident_id=self.incident_id)
        return perform(self.session, self.qtbot, show).drafts.get(f"form.step.{step_id}", "")


def field_names(card: StepCard) -> set[str]:
    return {one.objectName() for one in card.findChildren(QWidget) if one.isVisibleTo(card)}


@pytest.fixture
def desk(session: Session, qtbot: QtBot, incident_id: IncidentId) -> Desk:
    return Desk(session, qtbot, incident_id)


@pytest.fixture
def advised(desk: Desk) -> Desk:
    """Return a desk at which advising the learner was recorded, with a wrong answer."""
    values = {"advised_by": "Alex", "replied": "no"}
    desk.record("P00-2", StepState.DONE, values=values)
    return desk


def test_a_settled_step_offers_one_quiet_way_to_put_it_right(advised: Desk) -> None:
    card = advised.open("P00-2")
    assert card.recording
    assert offered(card.recording) == {"againButton"}
    assert card.recording.form is None


def test_what_was_left_out_by_mistake_is_opened_again(desk: Desk) -> None:
    desk.record("P02-4", StepState.NOT_POSSIBLE, reason=NOT_POSSIBLE)
    card = desk.open("P02-4")
    press(card, "againButton")
    assert desk.holder(card).objectName() == "againDoneButton"
    assert "What was recorded before stays visible" in words(card)
    press(card, "stillToDoButton")
    desk.keep(card, reason=MISTAKE)
    assert desk.view("P02-4").state is StepState.OPEN
    assert card.header.hasFocus()
    assert "contactButton" in offered(card)
    assert f"Because: {NOT_POSSIBLE}" in words(card)
    assert f"Still to do\nBecause: {MISTAKE}" in words(card)


def test_a_wrong_answer_is_corrected_where_it_stands_with_a_reason(
    advised: Desk, clock: FrozenClock
) -> None:
    first = advised.view("P00-2").done_at
    clock.advance(hours=2)
    card = advised.open("P00-2")
    press(card, "againButton")
    press(card, "againDoneButton")
    assert card.recording
    assert card.recording.form
    assert card.recording.form.text("advised_by") == "Alex"
    advised.keep(card, replied="yes")
    assert "why it is recorded again" in card.recording.banner.text
    assert advised.holder(card) is card.recording.form.field("again_reason")
    advised.keep(card, again_reason=MISTAKE)
    view = advised.view("P00-2")
    assert view.entry
    assert dict(view.entry.values) == {"advised_by": "Alex", "replied": "yes"}
    assert [dict(one.values)["replied"] for one in view.history] == ["no", "yes"]
    assert view.done_at == first
    assert f"Recorded again because: {MISTAKE}" in words(card)


def test_the_time_at_which_it_was_done_can_be_corrected(advised: Desk) -> None:
    card = advised.open("P00-2")
    press(card, "againButton")
    press(card, "againDoneButton")
    assert card.recording
    assert card.recording.form
    advised.keep(card, again_reason=MISTAKE, done_at="the other day")
    assert "Say when it was really done" in card.recording.banner.text
    advised.keep(card, done_at="08:00")
    done_at = advised.view("P00-2").done_at
    assert done_at
    assert done_at.local.hour == 8


def test_what_is_typed_about_a_settled_step_is_kept_over_back(advised: Desk) -> None:
    card = advised.open("P00-2")
    press(card, "againButton")
    press(card, "notPossibleButton")
    assert card.recording
    assert card.recording.form
    card.recording.form.set_text("reason", NOT_POSSIBLE)
    press(card, "backButton")
    assert card.header.hasFocus()
    settle(advised.session, advised.qtbot)
    assert {"againButton", "forgetButton"} <= offered(card)
    assert NOT_POSSIBLE in advised.draft("P00-2")
    again = advised.open("P00-2")
    advised.keep(again)
    assert advised.view("P00-2").state is StepState.NOT_POSSIBLE
    assert not advised.draft("P00-2")


def test_a_form_that_nobody_typed_into_leaves_nothing_behind(advised: Desk) -> None:
    card = advised.open("P00-2")
    for _ in range(2):
        press(card, "againButton")
        press(card, "againDoneButton")
        press(card, "backButton")
    press(card, "againButton")
    press(card, "backButton")
    settle(advised.session, advised.qtbot)
    assert card.recording
    assert offered(card.recording) == {"againButton"}
    assert not advised.draft("P00-2")


def test_what_was_half_typed_before_a_step_was_ticked_can_still_be_kept(desk: Desk) -> None:
    card = desk.open("P00-2")
    assert card.recording
    assert card.recording.form
    card.recording.form.set_text("remark", "She was alone")
    card.recording._save_draft()
    settle(desk.session, desk.qtbot)
    desk.record("P00-2", StepState.NOT_POSSIBLE, reason=NOT_POSSIBLE)
    again = desk.open("P00-2")
    assert again.recording
    assert again.recording.form
    assert again.recording.form.text("remark") == "She was alone"
    assert again.recording.form.has("again_reason")


def test_what_was_half_typed_about_a_settled_step_goes_on_once_it_is_open(desk: Desk) -> None:
    desk.record("P00-2", StepState.NOT_POSSIBLE, reason=NOT_POSSIBLE)
    card = desk.open("P00-2")
    press(card, "againButton")
    press(card, "againDoneButton")
    assert card.recording
    assert card.recording.form
    card.recording.form.set_text("remark", "She was alone")
    card.recording._save_draft()
    settle(desk.session, desk.qtbot)
    desk.record("P00-2", StepState.OPEN, reason=MISTAKE)
    again = desk.open("P00-2")
    assert again.recording
    assert again.recording.form
    assert again.recording.form.text("remark") == "She was alone"
    assert not again.recording.form.has("again_reason")


def test_a_capture_is_never_ticked_by_hand(desk: Desk) -> None:
    desk.record("P02-1", StepState.NOT_POSSIBLE, reason=NOT_POSSIBLE)
    card = desk.open("P02-1")
    press(card, "againButton")
    settle(desk.session, desk.qtbot)
    assert card.recording
    assert offered(card.recording) == {"notPossibleButton", "stillToDoButton", "backButton"}


def test_nothing_is_recorded_again_in_a_procedure_that_ended(desk: Desk) -> None:
    desk.record("P02-4", StepState.NOT_POSSIBLE, reason=NOT_POSSIBLE)
    checklist_id = desk.view("P02-4").checklist_id
    end = partial(end_procedure, checklist_id=checklist_id, reason="It was another site")
    perform(desk.session, desk.qtbot, end)
    panel = checklist_panel(desk.session, desk.qtbot, desk.incident_id)
    panel.open_step("P02-4")
    card = panel.card("P02-4")
    assert card
    assert f"Because: {NOT_POSSIBLE}" in words(card)
    assert "againButton" not in offered(card)


def test_a_step_that_ticked_itself_late_asks_why_where_it_stands(
    desk: Desk, clock: FrozenClock
) -> None:
    desk.write_late(clock)
    card = desk.open("P00-1")
    assert card.view.state is StepState.DONE
    assert "It was late. Say why" in words(card.header)
    desk.keep(card, late_reason="Too short")
    assert card.recording
    assert card.recording.form
    assert "why it was late" in card.recording.banner.text
    assert desk.holder(card) is card.recording.form.field("late_reason")
    desk.keep(card, late_reason="The training centre was closed")
    clocks = read(desk.session, desk.qtbot, desk.incident_id).clocks
    assert [one.reason for one in clocks if one.step_id == "P00-1"] == [
        "The training centre was closed"
    ]
    assert "Say why" not in words(card.header)
    assert "Late because: The training centre was closed" in words(card)
    assert "stepLateReasonEdit" not in field_names(card)


def test_why_it_was_late_is_not_lost_while_the_step_is_recorded_again(
    desk: Desk, clock: FrozenClock
) -> None:
    desk.write_late(clock)
    card = desk.open("P00-1")
    assert card.recording
    assert card.recording.form
    card.recording.form.set_text("late_reason", "The training centre was closed")
    press(card, "againButton")
    press(card, "backButton")
    assert card.recording.form.text("late_reason") == "The training centre was closed"
