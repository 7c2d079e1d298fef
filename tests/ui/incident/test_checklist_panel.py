"""The checklist leads: the next step in view, ticked by doing it, late or left out with reason."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.procedures import Procedure
from desktop.operations.browse_incidents import show_incident
from desktop.operations.incident.record_incident import enter_fields
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.attach_procedure import attach_procedure
from desktop.operations.steps.follow_checklist import record_step
from desktop.ui.incident.checklist_panel import ChecklistPanel
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


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return small_procedures()


@pytest.fixture
def incident_id(session: Session, qtbot: QtBot) -> IncidentId:
    return new_incident(session, qtbot, answers={"T8": "site", "T4": "no"})


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident_id: IncidentId) -> ChecklistPanel:
    return checklist_panel(session, qtbot, incident_id)


def test_before_any_answer_the_first_questions_are_offered(session: Session, qtbot: QtBot) -> None:
    panel = ChecklistPanel(session)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.show_incident(new_incident(session, qtbot))
    settle(session, qtbot)
    assert panel.start_block.isVisible()
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(panel, "startTriageButton")
    assert asked.args == ["triage", None]


def test_the_next_step_is_the_only_tinted_one_and_in_view(
    panel: ChecklistPanel, qtbot: QtBot
) -> None:
    cards = panel.findChildren(StepCard)
    now = [card for card in cards if card.property("role") == "step-now"]
    assert [card.view.step.id for card in now] == ["P00-1"]
    assert "Source: Training provider policy (S003:195)" in words(now[0])
    press(now[0], "sourcesButton")
    assert "“no-blame culture”" in words(now[0])
    assert "social media policy, 31 July 2020, line 195 (S003:195)" in words(now[0])
    assert now[0].header.accessibleName().startswith("Listen and write down their words, current")
    qtbot.waitUntil(lambda: not now[0].visibleRegion().isEmpty())
    assert panel.summary_label.text() == "Opening · 0 of 2 done"
    assert panel.triage_button.text() == "First questions (2 of 13)…"


def test_a_step_that_a_field_ticks_leads_to_that_field_and_is_then_done(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P00-1")
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(card, "recordButton")
    assert asked.args == ["record", "first_account"]
    values = {"first_account": ACCOUNT}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    settle(session, qtbot)
    assert card.view.state is StepState.DONE
    assert panel.summary_label.text() == "Opening · 1 of 2 done"
    now = [one for one in panel.findChildren(StepCard) if one.is_now]
    assert [one.view.step.id for one in now] == ["P00-2"]


def test_blanks_are_filled_in_where_the_step_stands(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P00-2")
    assert card.recording
    assert card.recording.form
    card.recording.form.set_text("advised_by", "Alex")
    press(card, "doneButton")
    settle(session, qtbot)
    assert "Did they reply already?" in card.recording.banner.text
    assert card.recording.form.text("advised_by") == "Alex"
    press(card, "stepRepliedNoButton")
    press(card, "doneButton")
    settle(session, qtbot)
    view = step_of(read(session, qtbot, incident_id), "P00-2")
    assert view.entry
    assert view.entry.values == (("advised_by", "Alex"), ("replied", "no"))
    panel.open_step("P00-2")
    assert "Who advised them: Alex" in words(card)
    assert "Recorded 20 Nov 2026, 09:30 by Pat Smith" in words(card)


def test_what_is_half_filled_in_survives_changes_and_is_kept(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P00-2")
    assert card.recording
    form = card.recording.form
    assert form
    form.set_text("remark", "Half a sentence")
    card.recording._save_draft()
    values = {"place": "somewhere"}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    settle(session, qtbot)
    assert card.recording.form is form
    again = ChecklistPanel(session)
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    again.show_incident(incident_id)
    settle(session, qtbot)
    other = again.card("P00-2")
    assert other
    assert other.recording
    assert other.recording.form
    assert other.recording.form.text("remark") == "Half a sentence"


def test_capture_is_asked_for_by_its_step(panel: ChecklistPanel, qtbot: QtBot) -> None:
    card = opened(panel, "P02-1")
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(card, "captureButton")
    assert asked.args == ["capture", None]
    assert "leaveOutButton" not in offered(card)


def test_a_decision_is_recorded_with_its_reasons(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P02-2")
    press(card, "decide2Button")
    assert card.recording
    assert card.recording.form
    assert card.recording.form.text("decision") == "no"
    press(card, "backButton")
    press(card, "decide1Button")
    card.recording.form.set_text("reasons", "“You will see” is a threat")
    press(card, "keepStepButton")
    settle(session, qtbot)
    view = step_of(read(session, qtbot, incident_id), "P02-2")
    assert view.state is StepState.DONE
    assert view.entry
    assert dict(view.entry.values)["decision"] == "yes"


def test_a_contact_step_asks_for_the_contact_form(panel: ChecklistPanel, qtbot: QtBot) -> None:
    card = opened(panel, "P02-4")
    button = card.findChild(QPushButton, "contactButton")
    assert isinstance(button, QPushButton)
    assert button.text() == "Record the call to the police…"
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(card, "contactButton")
    assert asked.args
    assert asked.args[0] == "contact"
    assert asked.args[1].step.id == "P02-4"


def test_removal_is_not_advised_before_the_evidence_is_safe(
    panel: ChecklistPanel, qtbot: QtBot
) -> None:
    card = opened(panel, "P02-3")
    assert "contactButton" not in offered(card)
    assert "After: Secure and preserve the evidence" in words(card)
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(card, "earlierButton")
    assert asked.args
    assert asked.args[1].step.id == "P02-3"


def test_what_happened_in_another_order_is_recorded_with_time_and_reason(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P02-6")
    press(card, "earlierButton")
    assert card.recording
    press(card, "keepStepButton")
    assert "when it was really done" in card.recording.banner.text
    form = card.recording.form
    assert form
    form.set_text("done_at", "08:00")
    form.set_text("reason", "The tutor had noted it before we met")
    press(card, "keepStepButton")
    settle(session, qtbot)
    entry = step_of(read(session, qtbot, incident_id), "P02-6").entry
    assert entry
    assert entry.out_of_order == "The tutor had noted it before we met"
    assert entry.done_at
    assert entry.done_at.local.hour == 8


def test_a_pre_filled_reason_is_only_confirmed(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P02-5")
    assert "Seems not to apply: Outside its remit: bullying" in words(card)
    press(card, "confirmButton")
    settle(session, qtbot)
    view = step_of(read(session, qtbot, incident_id), "P02-5")
    assert view.state is StepState.NOT_APPLICABLE
    assert "Not applicable: Outside its remit: bullying" in words(card)


def test_what_seems_not_to_apply_can_be_done_after_all(
    panel: ChecklistPanel, qtbot: QtBot
) -> None:
    card = opened(panel, "P02-5")
    assert "contactButton" not in offered(card)
    button = card.findChildren(QPushButton, "earlierButton")[0]
    assert button.text() == "It applies after all…"
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(card, "earlierButton")
    assert asked.args[0] == "contact"


def test_a_step_that_waits_for_an_answer_asks_for_it(session: Session, qtbot: QtBot) -> None:
    incident_id = new_incident(session, qtbot)
    answers = {"T8": "site"}
    perform(session, qtbot, partial(answer_triage, incident_id=incident_id, answers=answers))
    panel = checklist_panel(session, qtbot, incident_id)
    card = opened(panel, "P02-5")
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(card, "questionButton")
    assert asked.args == ["triage", None]


@pytest.mark.parametrize(
    ("button", "state"),
    [
        ("leaveOutButton", StepState.NOT_APPLICABLE),
        ("notPossibleButton", StepState.NOT_POSSIBLE),
    ],
)
def test_leaving_a_step_out_takes_a_reason(
    panel: ChecklistPanel,
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
    button: str,
    state: StepState,
) -> None:
    card = opened(panel, "P02-4")
    press(card, button)
    press(card, "keepStepButton")
    settle(session, qtbot)
    assert card.recording
    assert card.recording.banner.text
    assert card.recording.form
    card.recording.form.set_text("reason", "She does not want it and nobody else is at risk")
    press(card, "keepStepButton")
    settle(session, qtbot)
    assert step_of(read(session, qtbot, incident_id), "P02-4").state is state


def test_late_asks_for_the_reason_in_the_step(
    panel: ChecklistPanel,
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
    clock: FrozenClock,
) -> None:
    aware = replace(clock.now(), utc=clock.now().utc - timedelta(hours=41))
    values = {"became_aware_at": aware}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    settle(session, qtbot)
    card = panel.card("P00-1")
    assert card
    assert card.header.chip.text() == "17 h late"
    assert "Documented, Training provider policy (S000:64). Due " in words(card)


def test_when_nothing_is_left_it_says_so(
    session: Session, qtbot: QtBot, procedures: Mapping[str, Procedure]
) -> None:
    incident_id = new_incident(session, qtbot)
    view = read(session, qtbot, incident_id)
    for each in view.checklists:
        for step in each.steps:
            operation = partial(
                record_step,
                checklist_id=each.checklist.id,
                step_id=step.step.id,
                state=StepState.NOT_POSSIBLE,
                reason="The person could not be reached",
            )
            perform(session, qtbot, operation)
    panel = checklist_panel(session, qtbot, incident_id)
    assert panel.summary_label.text() == "Nothing is waiting to be done now."


def test_the_draft_of_a_step_is_forgotten_once_recorded(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    card = opened(panel, "P02-4")
    press(card, "notPossibleButton")
    assert card.recording
    assert card.recording.form
    card.recording.form.set_text("reason", "Nobody answered all day long")
    card.recording._save_draft()
    settle(session, qtbot)
    operation = partial(show_incident, incident_id=incident_id)
    assert "form.step.P02-4" in perform(session, qtbot, operation).drafts
    press(card, "keepStepButton")
    settle(session, qtbot)
    assert "form.step.P02-4" not in perform(session, qtbot, operation).drafts


def test_what_joins_later_is_named_with_a_way_to_it(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    assert not panel.banner.text
    add = partial(
        attach_procedure,
        incident_id=incident_id,
        procedure_id="P03",
        reason="A learner spoke of a picture",
    )
    perform(session, qtbot, add)
    settle(session, qtbot)
    assert "“Image of somebody under 18” has joined." in panel.banner.text
    press(panel, "bannerActionButton")
    section = panel.findChildren(QPushButton, "sectionP03Button")[0]
    assert section.isChecked()
    assert section.hasFocus()


def test_what_the_first_questions_bring_is_said_by_them_alone(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    answers = {"T8": "site", "T4": "no", "T2": "yes"}
    perform(session, qtbot, partial(answer_triage, incident_id=incident_id, answers=answers))
    settle(session, qtbot)
    assert panel.findChildren(QPushButton, "sectionP03Button")
    assert not panel.banner.text
