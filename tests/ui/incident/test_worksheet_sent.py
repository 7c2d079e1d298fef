"""Recording that a worksheet was sent: the text is frozen, the contact kept, the step done."""

import json
from collections.abc import Mapping
from functools import partial

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.calendar.times import say
from desktop.domain.contacts import Channel
from desktop.domain.steps.checklist_records import StepState
from desktop.domain.steps.procedures import Procedure
from desktop.operations.browse_incidents import show_incident
from desktop.operations.incident.keep_contacts import list_contacts
from desktop.operations.incident.keep_worksheets import keep_typed, list_submitted
from desktop.operations.incident.record_incident import enter_fields
from desktop.ui.incident.sent_sheet import SentSheetDialog
from desktop.ui.incident.worksheet_dialog import EMPTY
from desktop.ui.incident.worksheet_sent import WorksheetSentForm
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.ui.incident_steps import perform, press, words
from tests.ui.worksheet_desk import (
    WorksheetDesk,
    clipboard,
    sent_form,
    start_case,
    type_into,
    worksheet_procedures,
)


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return worksheet_procedures()


@pytest.fixture
def desk(session: Session, qtbot: QtBot, window: QWidget) -> WorksheetDesk:
    return WorksheetDesk(session, qtbot, start_case(session, qtbot), window)


def test_an_empty_sheet_is_neither_copied_nor_sent(desk: WorksheetDesk) -> None:
    dialog = desk.open("iwf")
    for name in ("reporter", "organisation"):
        type_into(dialog, name, "")
    for button in ("copyAllButton", "worksheetSentButton"):
        dialog.banner.clear()
        press(dialog, button)
        assert dialog.banner.text == EMPTY
    assert dialog.findChildren(WorksheetSentForm) == []
    dialog.close()


def test_recording_that_it_was_sent_keeps_text_contact_and_step(desk: WorksheetDesk) -> None:
    dialog = desk.open(step=desk.step())
    type_into(dialog, "contact", "01632 960001")
    form = sent_form(dialog)
    desk.settle()
    form.form.set_text("reference", "C-77")
    form.form.set_text("channel", Channel.PORTAL.value)
    form.form.set_text("blank.seen", "Lee")
    form.form.set_text("basis", "A child is at risk")
    form.form.set_text("protected_how", "Their own form")
    press(form, "keepButton")
    desk.settle()
    listed = partial(list_submitted, incident_id=desk.incident_id)
    (sheet,) = perform(desk.session, desk.qtbot, listed)
    assert dict(sheet.texts)["How they can reach you"] == "01632 960001"
    contacts = partial(list_contacts, incident_id=desk.incident_id)
    (contact,) = perform(desk.session, desk.qtbot, contacts)
    assert contact.details.reference == "C-77"
    assert contact.details.channel is Channel.PORTAL
    assert contact.details.basis == "A child is at risk"
    assert contact.details.protected_how == "Their own form"
    assert desk.step().state is StepState.DONE


def test_a_time_that_cannot_be_read_is_asked_for_again(desk: WorksheetDesk) -> None:
    dialog = desk.open()
    form = sent_form(dialog)
    desk.settle()
    form.form.set_text("at", "the other day")
    press(form, "keepButton")
    assert "“When you sent it” cannot be read" in form.banner.text
    form.form.set_text("at", "today 09:00")
    form.form.set_text("next_due", "soonish")
    press(form, "keepButton")
    assert "“By when” cannot be read" in form.banner.text
    form.reject()
    dialog.close()
    desk.settle()


def test_a_step_that_is_late_asks_why(desk: WorksheetDesk, clock: FrozenClock) -> None:
    now = desk.session.clock.now()
    aware = partial(enter_fields, incident_id=desk.incident_id, values={"became_aware_at": now})
    perform(desk.session, desk.qtbot, aware)
    clock.advance(days=1)
    dialog = desk.open(step=desk.step())
    form = sent_form(dialog)
    desk.settle()
    form.form.set_text("blank.seen", "Lee")
    form.form.set_text("late_reason", "We waited for the police")
    press(form, "keepButton")
    desk.settle()
    assert desk.step().state is StepState.DONE


def test_a_step_that_only_gathers_what_the_form_asks_is_not_done_by_sending_it(
    desk: WorksheetDesk,
) -> None:
    dialog = desk.open("childrens-services", step=desk.step())
    form = sent_form(dialog)
    desk.settle()
    assert not form.form.has("blank.seen")
    press(form, "keepButton")
    desk.settle()
    assert desk.step().state is StepState.OPEN


def test_what_was_sent_before_can_be_read_and_copied_but_not_changed(desk: WorksheetDesk) -> None:
    form = sent_form(desk.open())
    form.form.set_text("blank.seen", "Lee")
    press(form, "keepButton")
    desk.settle()
    again = desk.open()
    assert f"Sent {say(desk.session.clock.now())} by Pat Smith." in words(again)
    press(again, "showSent1Button")
    shown = again.findChildren(SentSheetDialog)[0]
    said = words(shown)
    assert "Robin" in said
    assert "Not answered." in said
    press(shown, "copySentButton")
    assert clipboard().startswith("Report to CEOP\n\nYour name and role\nPat Smith")
    shown.close()
    again.close()


def test_nothing_that_is_shown_is_read_as_markup(desk: WorksheetDesk) -> None:
    typed = {"contact": "<b>x</b>"}
    keep = partial(keep_typed, incident_id=desk.incident_id, worksheet_id="ceop", typed=typed)
    perform(desk.session, desk.qtbot, keep)
    form = sent_form(desk.open())
    form.form.set_text("blank.seen", "Lee")
    press(form, "keepButton")
    desk.settle()
    again = desk.open()
    press(again, "showSent1Button")
    shown: QDialog = again.findChildren(SentSheetDialog)[0]
    told = [one.text() for one in shown.findChildren(QLabel)]
    assert any("<b>x</b>" in text.replace("\u200b", "") for text in told)
    shown.close()
    again.close()


def test_opened_without_a_step_it_finds_the_one_that_sending_does(desk: WorksheetDesk) -> None:
    form = sent_form(desk.open())
    assert form.form.has("blank.seen")
    form.form.set_text("blank.seen", "Lee")
    press(form, "keepButton")
    desk.settle()
    assert desk.step().state is StepState.DONE
    again = sent_form(desk.open())
    assert not again.form.has("blank.seen")
    again.reject()
    desk.settle()


def test_what_is_not_known_yet_holds_up_neither_the_sending_nor_what_was_typed(
    desk: WorksheetDesk,
) -> None:
    form = sent_form(desk.open(step=desk.step()))
    assert "What you do not know yet can wait" in words(form)
    form.form.set_text("blank.remark", "They ring back")
    press(form, "keepButton")
    desk.settle()
    listed = partial(list_submitted, incident_id=desk.incident_id)
    assert len(perform(desk.session, desk.qtbot, listed)) == 1
    assert desk.step().state is StepState.OPEN
    shown = perform(desk.session, desk.qtbot, partial(show_incident, incident_id=desk.incident_id))
    assert json.loads(shown.drafts["form.step.P06-6"]) == {
        "mode": "done",
        "remark": "They ring back",
    }
    contacts = partial(list_contacts, incident_id=desk.incident_id)
    (contact,) = perform(desk.session, desk.qtbot, contacts)
    assert contact.step_id == "P06-6"


def test_nothing_is_left_behind_where_nothing_of_the_step_was_typed(desk: WorksheetDesk) -> None:
    form = sent_form(desk.open(step=desk.step()))
    press(form, "keepButton")
    desk.settle()
    shown = perform(desk.session, desk.qtbot, partial(show_incident, incident_id=desk.incident_id))
    assert shown.drafts == {"first_account": shown.drafts["first_account"]}


def test_a_late_step_without_a_reason_does_not_hold_up_the_sending(
    desk: WorksheetDesk, clock: FrozenClock
) -> None:
    aware = {"became_aware_at": desk.session.clock.now()}
    enter = partial(enter_fields, incident_id=desk.incident_id, values=aware)
    perform(desk.session, desk.qtbot, enter)
    clock.advance(days=1)
    form = sent_form(desk.open(step=desk.step()))
    form.form.set_text("blank.seen", "Lee")
    press(form, "keepButton")
    desk.settle()
    listed = partial(list_submitted, incident_id=desk.incident_id)
    assert len(perform(desk.session, desk.qtbot, listed)) == 1
    assert desk.step().state is StepState.OPEN
