from collections.abc import Mapping
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.contacts import Recipient
from desktop.domain.identifiers import IncidentId
from desktop.domain.policy.own_copy import OwnContact
from desktop.domain.steps.procedures import Procedure
from desktop.operations.organisation.keep_own_copy import keep_contact
from desktop.operations.steps.answer_triage import answer_triage, show_triage
from desktop.ui.choice_row import ChoiceRow
from desktop.ui.incident.procedure_dialog import EndDialog
from desktop.ui.incident.triage_dialog import TriageDialog
from desktop.ui.session import Session
from tests.ui.incident_steps import (
    dialog,
    perform,
    press,
    read,
    settle,
    words,
)
from tests.ui.small_procedures import small_procedures


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return small_procedures()


@pytest.fixture
def form(window: QWidget, qtbot: QtBot, session: Session, incident_id: IncidentId) -> TriageDialog:
    form = TriageDialog(session, incident_id, window)
    form.show_form()
    settle(session, qtbot)
    return form


def answers(session: Session, qtbot: QtBot, incident_id: IncidentId) -> dict[str, str]:
    view = perform(session, qtbot, partial(show_triage, incident_id=incident_id))
    return {name: given.answer for name, given in view.answers.items()}


def choice(form: TriageDialog, name: str) -> ChoiceRow:
    row = form.form.field(name)
    assert isinstance(row, ChoiceRow)
    return row


def test_danger_shows_the_organisations_own_numbers(
    window: QWidget, qtbot: QtBot, session: Session, incident_id: IncidentId
) -> None:
    contact = OwnContact(
        id="",
        recipient=Recipient.CSC,
        label="Children's services",
        address="020 7946 0000",
        out_of_hours="020 7946 0009",
    )
    perform(session, qtbot, partial(keep_contact, contact=contact))
    form = TriageDialog(session, incident_id, window)
    form.show_form()
    settle(session, qtbot)
    advice = form.findChild(QFrame, "adviceT1")
    assert isinstance(advice, QFrame)
    said = words(advice)
    assert "020 7946 0000, out of hours 020 7946 0009:  Children's services" in said
    assert "Nobody has noted yet that it is right." in said
    assert "Council:" not in said


def test_danger_shows_whom_to_call_at_once(form: TriageDialog) -> None:
    advice = form.findChild(QFrame, "adviceT1")
    assert isinstance(advice, QFrame)
    assert not advice.isVisible()
    choice(form, "T1").button("yes").click()
    assert advice.isVisible()
    assert "999" in words(advice)
    choice(form, "T1").button("no").click()
    assert not advice.isVisible()


def test_it_is_answered_by_letters_from_question_to_question(
    form: TriageDialog, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    first = choice(form, "T1").button("yes")
    qtbot.waitUntil(first.hasFocus)
    for letter in "nnu":
        focused = form.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, letter)
    assert [choice(form, name).value() for name in ("T1", "T2", "T3")] == ["no", "no", "unsure"]
    QTest.keyClick(choice(form, "T4").button("yes"), Qt.Key.Key_Q)
    assert choice(form, "T4").value() == ""
    press(form, "keepButton")
    settle(session, qtbot)
    assert answers(session, qtbot, incident_id) == {"T1": "no", "T2": "no", "T3": "unsure"}


def test_more_is_asked_only_where_there_is_more_to_say(
    form: TriageDialog, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    note = form.form.field("note.T12")
    assert note.isHidden()
    choice(form, "T12").button("yes").setFocus()
    QTest.keyClicks(choice(form, "T12").button("yes"), "n")
    assert form.focusWidget() is choice(form, "T13").button("yes")
    assert note.isHidden()
    choice(form, "T12").button("yes").setFocus()
    QTest.keyClicks(choice(form, "T12").button("yes"), "y")
    assert form.focusWidget() is note
    qtbot.waitUntil(lambda: note.visibleRegion().boundingRect().height() == note.height())
    form.form.set_text("note.T12", "2026-0001")
    choice(form, "T12").button("no").click()
    press(form, "keepButton")
    settle(session, qtbot)
    view = perform(session, qtbot, partial(show_triage, incident_id=incident_id))
    assert view.answers["T12"].note == ""


def test_it_says_what_was_attached_and_why(
    form: TriageDialog, session: Session, qtbot: QtBot
) -> None:
    choice(form, "T2").button("unsure").click()
    choice(form, "T5").button("yes").click()
    form.form.set_text("T8", "site+private")
    press(form, "keepButton")
    settle(session, qtbot)
    said = words(form)
    assert "Image of somebody under 18\n" in said
    assert "Answer what you can" not in said
    assert "under 18? You answered “I'm not sure”." in said
    assert "Comments on a site\n" in said
    assert "On a site or social page run by others" in said
    assert form.keep_button.text() == "Go on"
    press(form, "keepButton")
    assert not form.isVisible()


def test_answers_given_before_are_shown_and_can_be_changed(
    window: QWidget, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    given = {"T1": "no", "T12": "yes", "T11": "under-18+employer"}
    operation = partial(
        answer_triage, incident_id=incident_id, answers=given, notes={"T12": "2026-0001"}
    )
    perform(session, qtbot, operation)
    form = TriageDialog(session, incident_id, window)
    form.show_form()
    settle(session, qtbot)
    assert choice(form, "T1").value() == "no"
    assert form.form.text("T11") == "under-18+employer"
    assert form.form.text("note.T12") == "2026-0001"
    choice(form, "T12").button("no").click()
    press(form, "keepButton")
    settle(session, qtbot)
    assert "No further procedure starts." in words(form)
    assert answers(session, qtbot, incident_id)["T12"] == "no"


def test_what_the_answers_no_longer_call_for_is_offered_to_be_ended(
    window: QWidget, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    given = {"T8": "site"}
    perform(session, qtbot, partial(answer_triage, incident_id=incident_id, answers=given))
    form = TriageDialog(session, incident_id, window)
    form.show_form()
    settle(session, qtbot)
    assert "Answered 20 Nov 2026, 09:30 by Pat Smith" in words(form)
    form.form.set_text("T8", "private")
    press(form, "keepButton")
    settle(session, qtbot)
    assert "Your answers no longer call for these." in words(form)
    assert "Comments on a site" in words(form)
    press(form, "noLongerP02Button")
    settle(session, qtbot)
    ending = dialog(form, EndDialog)
    assert "8 steps are not settled. They are no longer asked for." in words(ending)
    assert ending.form.text("reason") == "The answers that called for it have changed"
    press(ending, "keepButton")
    settle(session, qtbot)
    assert "It is ended. All that was recorded of it stays." in words(form)
    ended = [one.checklist for one in read(session, qtbot, incident_id).checklists]
    assert [one.ended_reason for one in ended if one.procedure_id == "P02"] == [
        "The answers that called for it have changed"
    ]
    form.accept()


def test_answers_not_yet_used_are_there_again(
    form: TriageDialog,
    window: QWidget,
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
) -> None:
    choice(form, "T1").button("no").click()
    form.reject()
    settle(session, qtbot)
    assert answers(session, qtbot, incident_id) == {}
    again = TriageDialog(session, incident_id, window)
    again.show_form()
    settle(session, qtbot)
    assert choice(again, "T1").value() == "no"
    again.reject()
    settle(session, qtbot)
