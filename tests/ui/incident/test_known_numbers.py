"""The numbers that were entered for the organisation stand beside the record of a contact."""

from functools import partial

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.contacts import Recipient
from desktop.domain.policy.own_copy import OwnContact
from desktop.operations.organisation.keep_own_copy import check_contact, keep_contact
from desktop.ui.incident.contact_form import ContactForm
from desktop.ui.session import Session
from tests.ui.incident_steps import new_incident, perform, settle

LADO = OwnContact(
    id="",
    recipient=Recipient.LADO,
    label="LADO",
    address="01632 960 001",
    out_of_hours="01632 960 002",
    note="Ask for the duty officer.",
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def form(session: Session, qtbot: QtBot, window: QWidget) -> ContactForm:
    perform(session, qtbot, partial(keep_contact, contact=LADO))
    made = ContactForm(session, new_incident(session, qtbot), window, (Recipient.LADO,))
    made.show_form()
    settle(session, qtbot)
    return made


def _words(form: ContactForm) -> list[str]:
    return [one.text() for one in form.numbers.findChildren(QLabel) if one.isVisible()]


def _buttons(form: ContactForm) -> list[QPushButton]:
    return [one for one in form.numbers.findChildren(QPushButton) if one.isVisible()]


def test_the_number_of_the_recipient_is_shown_and_taken_over(
    form: ContactForm, session: Session, qtbot: QtBot
) -> None:
    (words,) = _words(form)
    assert words == (
        "LADO: 01632 960 001; out of hours 01632 960 002. Not checked yet. "
        "Ask for the duty officer."
    )
    (button,) = _buttons(form)
    assert button.accessibleName() == "Use 01632 960 001"
    button.click()
    assert form.form.text("address_used") == "01632 960 001"
    form.cancel_button.click()
    settle(session, qtbot)


def test_another_recipient_has_other_numbers(
    form: ContactForm, session: Session, qtbot: QtBot
) -> None:
    form.form.set_text("recipient", Recipient.POLICE.value)
    settle(session, qtbot)
    assert "Police, emergency: 999." in _words(form)
    form.form.set_text("recipient", Recipient.PARENT.value)
    settle(session, qtbot)
    assert _words(form) == []
    form.cancel_button.click()
    settle(session, qtbot)


def test_it_says_when_it_was_checked(session: Session, qtbot: QtBot, window: QWidget) -> None:
    perform(session, qtbot, partial(check_contact, contact=LADO))
    form = ContactForm(session, new_incident(session, qtbot), window, (Recipient.LADO,))
    form.show_form()
    settle(session, qtbot)
    assert "Checked 20 Nov 2026." in _words(form)[0]
    form.cancel_button.click()
    settle(session, qtbot)
