"""Each step is done by its own button; what two people check says who the other was."""

from collections.abc import Mapping
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.procedures import Procedure
from desktop.operations.incident.keep_contacts import list_contacts
from desktop.ui.incident.checklist_panel import ChecklistPanel
from desktop.ui.incident.contact_form import ContactForm
from desktop.ui.incident.step_words import RECORD_FIELD_OF
from desktop.ui.session import Session
from tests.situations import procedures as shipped
from tests.ui.acting_procedures import acting_procedures
from tests.ui.incident_steps import (
    checklist_panel,
    offered,
    opened,
    perform,
    press,
    read,
    settle,
    step_of,
    words,
)


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return acting_procedures()


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident_id: IncidentId) -> ChecklistPanel:
    return checklist_panel(session, qtbot, incident_id)


@pytest.mark.parametrize(
    ("step_id", "button", "what"),
    [
        ("P00-1", "linkButton", "link"),
        ("P00-2", "thingButton", "thing"),
        ("P00-3", "describeButton", "describe"),
        ("P00-4", "sealButton", "seal"),
        ("P00-5", "moveButton", "move"),
        ("P00-6", "stepExportButton", "export"),
        ("P00-7", "worksheetButton", "worksheet"),
        ("P00-12", "accountsButton", "accounts"),
    ],
)
def test_its_button_asks_for_the_window_that_does_it(
    panel: ChecklistPanel, qtbot: QtBot, step_id: str, button: str, what: str
) -> None:
    card = opened(panel, step_id)
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(card, button)
    assert asked.args
    assert asked.args[0] == what
    assert asked.args[1].step.id == step_id


@pytest.mark.parametrize("step_id", ["P00-3", "P01-2", "P03-2", "P07-3", "P13-2"])
def test_when_the_dsl_was_told_is_entered_in_the_record_wherever_it_is_asked(step_id: str) -> None:
    step = shipped()[step_id.rsplit("-", 1)[0]].step(step_id)
    assert RECORD_FIELD_OF[step.ticked_by] == "reported_to_dsl_at"


def test_what_nothing_else_ticks_is_ticked_by_hand(panel: ChecklistPanel) -> None:
    by_hand = {"P00-1", "P00-6", "P00-8", "P00-11"}
    for number in range(1, 12):
        step_id = f"P00-{number}"
        has_done = "doneButton" in offered(opened(panel, step_id))
        assert has_done is (step_id in by_hand), step_id


def checked(session: Session, qtbot: QtBot, incident_id: IncidentId) -> dict[str, str]:
    entry = step_of(read(session, qtbot, incident_id), "P00-8").entry
    assert entry
    assert entry.state is StepState.DONE
    return dict(entry.values)


def test_a_witness_is_named(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P00-8")
    assert "Who checked this with you?" in words(card)
    assert card.recording
    press(card, "doneButton")
    assert "Say who checked it too" in card.recording.banner.text
    press(card, "stepSecondByOtherButton")
    press(card, "doneButton")
    assert "name and role" in card.recording.banner.text
    assert card.recording.form
    card.recording.form.set_text("second_witness", "Sam Roe, tutor")
    press(card, "doneButton")
    settle(session, qtbot)
    kept = checked(session, qtbot, incident_id)
    assert kept == {"second_person": "Sam Roe, tutor", "second_how": "as a named witness"}
    panel.open_step("P00-8")
    assert "Checked by a second person: Sam Roe, tutor" in words(card)


def test_a_lead_on_their_own_says_why(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P00-8")
    press(card, "stepSecondByNobodyButton")
    press(card, "doneButton")
    assert card.recording
    assert "Write why nobody else could check it" in card.recording.banner.text
    assert card.recording.form
    card.recording.form.set_text("second_alone", "Everybody else has gone home")
    press(card, "doneButton")
    settle(session, qtbot)
    kept = checked(session, qtbot, incident_id)
    assert kept == {"second_alone": "Everybody else has gone home"}


def test_who_checked_it_is_kept_while_it_is_typed(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P00-8")
    press(card, "stepSecondByOtherButton")
    assert card.recording
    assert card.recording.form
    card.recording.form.set_text("second_witness", "Sam Roe")
    card.recording._save_draft()
    settle(session, qtbot)
    again = ChecklistPanel(session)
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    again.show_incident(incident_id)
    settle(session, qtbot)
    recording = opened(again, "P00-8").recording
    assert recording
    assert recording.form
    assert recording.form.text("second_witness") == "Sam Roe"
    assert recording.form.field("second_witness").isVisible()
    assert not recording.form.field("second_alone").isVisible()


def test_a_contact_that_two_people_check_asks_for_the_other_one(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    view = step_of(read(session, qtbot, incident_id), "P00-9")
    form = ContactForm(session, incident_id, panel, (), view)
    form.show_form()
    settle(session, qtbot)
    press(form, "keepButton")
    assert "Say who checked it too" in form.banner.text
    press(form, "contactSecondByOtherButton")
    form.form.set_text("second_witness", "Sam Roe, tutor")
    press(form, "keepButton")
    settle(session, qtbot)
    assert len(perform(session, qtbot, partial(list_contacts, incident_id=incident_id))) == 1
    entry = step_of(read(session, qtbot, incident_id), "P00-9").entry
    assert entry
    assert dict(entry.values)["second_person"] == "Sam Roe, tutor"


def test_a_decision_keeps_what_else_was_considered(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P00-10")
    press(card, "decide1Button")
    settle(session, qtbot)
    assert "What else did you consider? (can stay empty)" in words(card)
    assert card.recording
    assert card.recording.form
    card.recording.form.set_text("alternatives", "Waiting until Monday")
    press(card, "keepStepButton")
    settle(session, qtbot)
    panel.open_step("P00-10")
    assert "What else did you consider? Waiting until Monday" in words(card)
