"""What is typed in a step is not lost, and the keyboard stays where it makes sense."""

from collections.abc import Mapping
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.changes import Changes, changed
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.procedures import Procedure
from desktop.operations.browse_incidents import show_incident
from desktop.operations.incident.record_incident import enter_fields
from desktop.operations.steps.follow_checklist import record_step, show_checklists
from desktop.operations.workspace import Workspace
from desktop.ui.incident.checklist_panel import ChecklistPanel
from desktop.ui.incident.contact_form import ContactForm
from desktop.ui.incident.step_card import StepCard
from desktop.ui.session import Session
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

REASON = "Nobody answered all day long"


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return small_procedures()


@pytest.fixture
def incident_id(session: Session, qtbot: QtBot) -> IncidentId:
    return new_incident(session, qtbot, answers={"T8": "site", "T4": "no"})


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident_id: IncidentId) -> ChecklistPanel:
    return checklist_panel(session, qtbot, incident_id)


def by_keyboard(card: StepCard, name: str) -> None:
    """Press a button as the keyboard does: it is there, and has the focus."""
    QApplication.processEvents()
    found = [one for one in card.findChildren(QWidget, name) if one.isVisible()]
    assert found, f"no button {name}"
    found[0].setFocus()
    press(card, name)


def typed_in(card: StepCard, name: str) -> str:
    assert card.recording
    assert card.recording.form
    return card.recording.form.text(name)


def type_in(card: StepCard, name: str, text: str) -> None:
    assert card.recording
    assert card.recording.form
    card.recording.form.set_text(name, text)


def field_of(card: StepCard, name: str) -> QWidget:
    assert card.recording
    assert card.recording.form
    return card.recording.form.field(name)


def draft_of(session: Session, qtbot: QtBot, incident_id: IncidentId, step_id: str) -> str:
    view = perform(session, qtbot, partial(show_incident, incident_id=incident_id))
    return view.drafts.get(f"form.step.{step_id}", "")


def test_back_keeps_what_was_typed(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P02-4")
    press(card, "notPossibleButton")
    type_in(card, "reason", REASON)
    press(card, "backButton")
    settle(session, qtbot)
    assert REASON in draft_of(session, qtbot, incident_id, "P02-4")
    press(card, "notPossibleButton")
    assert typed_in(card, "reason") == REASON
    again = opened(checklist_panel(session, qtbot, incident_id), "P02-4")
    assert typed_in(again, "reason") == REASON


def test_what_was_typed_is_forgotten_when_somebody_says_so(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P02-4")
    assert "forgetButton" not in offered(card)
    press(card, "notPossibleButton")
    type_in(card, "reason", REASON)
    press(card, "backButton")
    by_keyboard(card, "forgetButton")
    settle(session, qtbot)
    assert card.header.hasFocus()
    assert "forgetButton" not in offered(card)
    assert not draft_of(session, qtbot, incident_id, "P02-4")
    press(card, "notPossibleButton")
    assert not typed_in(card, "reason")


def test_fields_that_are_emptied_leave_no_draft(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P02-4")
    press(card, "notPossibleButton")
    type_in(card, "reason", REASON)
    press(card, "backButton")
    press(card, "notPossibleButton")
    type_in(card, "reason", "")
    press(card, "backButton")
    settle(session, qtbot)
    assert "forgetButton" not in offered(card)
    assert not draft_of(session, qtbot, incident_id, "P02-4")


def test_another_button_does_not_cost_what_was_typed_in_the_step(panel: ChecklistPanel) -> None:
    card = opened(panel, "P00-2")
    type_in(card, "remark", "She was alone")
    press(card, "stepRepliedNoButton")
    press(card, "notPossibleButton")
    press(card, "backButton")
    assert typed_in(card, "remark") == "She was alone"
    assert typed_in(card, "replied") == "no"


def test_a_reason_of_the_rules_is_not_kept_as_typed(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P02-5")
    press(card, "leaveOutButton")
    press(card, "backButton")
    settle(session, qtbot)
    assert "forgetButton" not in offered(card)
    press(card, "notPossibleButton")
    assert not typed_in(card, "reason")


@pytest.mark.parametrize("step_id", ["P02-4", "P02-7"])
def test_after_back_the_keyboard_is_at_the_step(panel: ChecklistPanel, step_id: str) -> None:
    card = opened(panel, step_id)
    by_keyboard(card, "notPossibleButton")
    by_keyboard(card, "backButton")
    assert card.header.hasFocus()


def test_after_confirming_the_keyboard_is_at_the_step(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P02-5")
    by_keyboard(card, "confirmButton")
    assert card.header.hasFocus()
    settle(session, qtbot)
    view = step_of(read(session, qtbot, incident_id), "P02-5")
    assert view.state is StepState.NOT_APPLICABLE
    assert card.header.hasFocus()


@pytest.mark.parametrize(
    ("step_id", "buttons", "field"),
    [
        ("P02-4", ("leaveOutButton", "keepStepButton"), "reason"),
        ("P02-6", ("earlierButton", "keepStepButton"), "done_at"),
        ("P00-2", ("doneButton",), "advised_by"),
        ("P02-2", ("decide1Button", "keepStepButton"), "reasons"),
    ],
)
def test_after_a_refusal_the_keyboard_is_in_the_field_that_lacks(
    panel: ChecklistPanel,
    session: Session,
    qtbot: QtBot,
    step_id: str,
    buttons: tuple[str, ...],
    field: str,
) -> None:
    card = opened(panel, step_id)
    for name in buttons:
        by_keyboard(card, name)
    settle(session, qtbot)
    assert card.recording
    assert card.recording.banner.text
    asked = field_of(card, field)
    holder = card.window().focusWidget()
    assert holder is asked or asked.isAncestorOf(holder)


def test_a_choice_that_lacks_is_named_as_it_stands(
    panel: ChecklistPanel, session: Session, qtbot: QtBot
) -> None:
    card = opened(panel, "P00-2")
    type_in(card, "advised_by", "Alex")
    by_keyboard(card, "doneButton")
    settle(session, qtbot)
    assert card.recording
    assert "Please answer: “Did they reply already?”" in card.recording.banner.text
    assert field_of(card, "replied").isAncestorOf(card.window().focusWidget())


def test_the_step_to_do_now_hands_the_keyboard_on(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    values = {"first_account": ACCOUNT}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    settle(session, qtbot)
    card = opened(panel, "P00-2")
    assert card.is_now
    by_keyboard(card, "notPossibleButton")
    type_in(card, "reason", REASON)
    by_keyboard(card, "keepStepButton")
    settle(session, qtbot)
    following = [one for one in panel.findChildren(StepCard) if one.is_now]
    assert [one.view.step.id for one in following] == ["P02-1"]
    assert following[0].header.hasFocus()


def test_a_later_step_keeps_the_keyboard_when_it_is_recorded(
    panel: ChecklistPanel, session: Session, qtbot: QtBot
) -> None:
    card = opened(panel, "P02-7")
    by_keyboard(card, "notPossibleButton")
    type_in(card, "reason", REASON)
    by_keyboard(card, "keepStepButton")
    settle(session, qtbot)
    assert card.view.state is StepState.NOT_POSSIBLE
    assert card.header.hasFocus()


def test_after_a_window_in_front_the_keyboard_goes_on_at_the_next_step(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    perform(session, qtbot, partial(leave_out_until, incident_id=incident_id, last="P02-4"))
    settle(session, qtbot)
    card = opened(panel, "P02-4")
    assert card.is_now
    by_keyboard(card, "contactButton")
    view = step_of(read(session, qtbot, incident_id), "P02-4")
    form = ContactForm(session, incident_id, panel, (), view)
    form.show_form()
    settle(session, qtbot)
    form.form.set_text("blank.leave_live", "They may go")
    press(form, "keepButton")
    settle(session, qtbot)
    following = [one for one in panel.findChildren(StepCard) if one.is_now]
    assert [one.view.step.id for one in following] == ["P02-3"]
    assert panel.window().focusWidget() is following[0].header


def leave_out_until(workspace: Workspace, incident_id: IncidentId, last: str) -> Changes:
    """Settle every step that leads before this one."""
    changes = changed()
    leading = show_checklists(workspace, incident_id).next_step
    while leading is not None and leading.step.id != last:
        left_out = StepState.NOT_POSSIBLE
        changes = record_step(
            workspace, leading.checklist_id, leading.step.id, left_out, reason=REASON
        )
        leading = show_checklists(workspace, incident_id).next_step
    return changes


def test_a_button_pressed_twice_records_once(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P02-7")
    press(card, "notPossibleButton")
    type_in(card, "reason", REASON)
    press(card, "keepStepButton")
    press(card, "keepStepButton")
    settle(session, qtbot)
    assert len(step_of(read(session, qtbot, incident_id), "P02-7").history) == 1


def test_what_comes_first_is_named_once(panel: ChecklistPanel) -> None:
    card = opened(panel, "P02-3")
    assert "First: Secure and preserve the evidence; Is there a threat" in words(card)
