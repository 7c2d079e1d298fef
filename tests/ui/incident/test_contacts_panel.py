from collections.abc import Mapping
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.contacts import Channel, Direction, Recipient
from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.procedures import Procedure
from desktop.operations.incident.keep_chronology import show_chronology
from desktop.operations.incident.keep_contacts import list_contacts
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.follow_checklist import show_checklists
from desktop.ui.incident.contact_form import ContactForm
from desktop.ui.incident.contacts_panel import ContactsPanel
from desktop.ui.incident.not_told_form import NotToldForm
from desktop.ui.session import Session
from tests.ui.incident_steps import dialog, perform, press, settle, shown_panel, words
from tests.ui.small_procedures import small_procedures


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return small_procedures()


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident_id: IncidentId) -> ContactsPanel:
    return shown_panel(ContactsPanel(session), session, qtbot, incident_id)


def attach_comments(session: Session, qtbot: QtBot, incident_id: IncidentId) -> None:
    answers = {"T8": "site"}
    perform(session, qtbot, partial(answer_triage, incident_id=incident_id, answers=answers))
    settle(session, qtbot)


def test_a_call_to_the_police_is_kept_with_reference_and_advice(
    panel: ContactsPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    press(panel, "addContactButton")
    form = dialog(panel, ContactForm)
    settle(session, qtbot)
    for name, text in (
        ("recipient", "POLICE"),
        ("channel", "101 call"),
        ("person", "PC Jones"),
        ("person_role", "collar 4417"),
        ("reference", "INC-0331"),
        ("advice", "Leave it live"),
        ("next_action", "Ring back"),
        ("next_due", "20 Nov 2026, 16:00"),
    ):
        form.form.set_text(name, text)
    press(form, "keepButton")
    settle(session, qtbot)
    said = words(panel)
    for expected in (
        "Police", "reference INC-0331", "Spoke to PC Jones, collar 4417",
        "Advice: Leave it live", "Next: Ring back, by 20 Nov 2026, 16:00",
    ):  # fmt: skip
        assert expected in said
    kept = perform(session, qtbot, partial(list_contacts, incident_id=incident_id))
    assert kept[0].details.channel is Channel.CALL_101


def test_a_call_that_nobody_answered_counts(
    panel: ContactsPanel, session: Session, qtbot: QtBot
) -> None:
    press(panel, "tellParentsButton")
    form = dialog(panel, ContactForm)
    settle(session, qtbot)
    assert form.form.text("recipient") == "PARENT"
    form.form.set_text("answered", "no")
    press(form, "keepButton")
    settle(session, qtbot)
    assert "no answer, attempt 1" in words(panel)
    assert "Nothing recorded yet" in words(panel)


@pytest.mark.parametrize(
    ("answer", "told"),
    [("yes", "Told 20 Nov 2026"), ("no", "Nothing recorded yet"), ("", "Nothing")],
)
def test_a_call_that_came_in_asks_whether_they_were_told(
    panel: ContactsPanel, session: Session, qtbot: QtBot, answer: str, told: str
) -> None:
    press(panel, "tellParentsButton")
    form = dialog(panel, ContactForm)
    settle(session, qtbot)
    asked = form.form.field("told_then")
    assert not asked.isVisibleTo(form)
    form.form.set_text("direction", Direction.IN.value)
    assert asked.isVisibleTo(form)
    form.form.set_text("told_then", answer)
    press(form, "keepButton")
    settle(session, qtbot)
    assert told in words(panel)


def test_a_time_that_cannot_be_read_is_pointed_out(
    panel: ContactsPanel, session: Session, qtbot: QtBot
) -> None:
    press(panel, "addContactButton")
    form = dialog(panel, ContactForm)
    settle(session, qtbot)
    form.form.set_text("next_due", "whenever")
    press(form, "keepButton")
    assert "“By when” cannot be read" in form.banner.text


def test_parents_told_is_said(panel: ContactsPanel, session: Session, qtbot: QtBot) -> None:
    press(panel, "tellParentsButton")
    form = dialog(panel, ContactForm)
    settle(session, qtbot)
    press(form, "keepButton")
    settle(session, qtbot)
    assert "Told 20 Nov 2026, 09:30." in words(panel)


def test_the_reason_why_parents_are_not_told_settles_the_step(
    panel: ContactsPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    attach_comments(session, qtbot, incident_id)
    press(panel, "notToldButton")
    form = dialog(panel, NotToldForm)
    settle(session, qtbot)
    press(form, "keepButton")
    assert "Write why" in form.banner.text
    form.form.set_text("reason", "She is afraid of her father")
    press(form, "keepButton")
    settle(session, qtbot)
    assert "Not told. Reason: She is afraid of her father" in words(panel)
    view = perform(session, qtbot, partial(show_checklists, incident_id=incident_id))
    states = {step.step.id: step.state for each in view.checklists for step in each.steps}
    assert states["P02-7"] is StepState.NOT_APPLICABLE


def test_without_a_step_the_reason_goes_into_the_chronology(
    panel: ContactsPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    press(panel, "notToldButton")
    form = dialog(panel, NotToldForm)
    settle(session, qtbot)
    form.form.set_text("reason", "She is 24")
    press(form, "keepButton")
    settle(session, qtbot)
    lines = perform(session, qtbot, partial(show_chronology, incident_id=incident_id))
    assert "Parents or carers not told. Reason: She is 24" in [line.text for line in lines]


def test_a_contact_for_a_step_ticks_it(
    panel: ContactsPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    attach_comments(session, qtbot, incident_id)
    view = perform(session, qtbot, partial(show_checklists, incident_id=incident_id))
    steps = {step.step.id: step for each in view.checklists for step in each.steps}
    form = ContactForm(session, incident_id, panel, (Recipient.POLICE,), steps["P02-4"])
    form.show_form()
    settle(session, qtbot)
    press(form, "keepButton")
    settle(session, qtbot)
    assert "May the comments be removed?" in form.banner.text
    form.form.set_text("blank.leave_live", "Not yet")
    press(form, "keepButton")
    settle(session, qtbot)
    view = perform(session, qtbot, partial(show_checklists, incident_id=incident_id))
    ticked = {step.step.id: step for each in view.checklists for step in each.steps}["P02-4"]
    assert ticked.state is StepState.DONE
    assert ticked.entry
    assert ticked.entry.contact_id


def test_a_removal_that_came_first_is_kept_with_its_reason(
    panel: ContactsPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    attach_comments(session, qtbot, incident_id)
    view = perform(session, qtbot, partial(show_checklists, incident_id=incident_id))
    steps = {step.step.id: step for each in view.checklists for step in each.steps}
    form = ContactForm(session, incident_id, panel, (Recipient.PLATFORM,), steps["P02-3"])
    form.show_form()
    settle(session, qtbot)
    form.form.set_text("out_of_order", "The site took it down before we knew")
    press(form, "keepButton")
    settle(session, qtbot)
    view = perform(session, qtbot, partial(show_checklists, incident_id=incident_id))
    ticked = {step.step.id: step for each in view.checklists for step in each.steps}["P02-3"]
    assert ticked.entry
    assert ticked.entry.out_of_order == "The site took it down before we knew"
