"""Contacts: the local numbers, when they were checked, further ones."""

from datetime import date
from functools import partial

from PySide6.QtTest import QTest

from desktop.domain.contacts import Recipient
from desktop.domain.policy.own_copy import OwnContact
from desktop.operations.organisation.keep_organisation import (
    change_childrens_services,
    show_organisation,
)
from desktop.operations.organisation.keep_own_copy import keep_contact
from desktop.ui.organisation.contacts_section import ContactsSection
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.ui.organisation.conftest import OpenTab
from tests.ui.own_page import OwnPage

TODAY = date(2026, 11, 20)


def _section(tab: OwnPage) -> ContactsSection:
    assert isinstance(tab.section, ContactsSection)
    return tab.section


def _number(tab: OwnPage, label: str) -> int:
    assert tab.section.view is not None
    return 1 + [one.contact.label for one in tab.section.view.contacts].index(label)


def test_the_number_of_childrens_services_is_kept(open_tab: OpenTab, perform: Perform) -> None:
    tab = open_tab("contacts")
    edit = _section(tab).number_edit
    QTest.keyClicks(edit, "020 7946 0000")
    edit.editingFinished.emit()
    tab.wait("The number is kept.")
    assert perform(show_organisation).childrens_services == "020 7946 0000"
    tab.wait_for_words("020 7946 0000")


def test_a_change_elsewhere_is_shown(open_tab: OpenTab, perform: Perform) -> None:
    tab = open_tab("contacts")
    perform(partial(change_childrens_services, number="1234"))
    tab._qtbot.waitUntil(lambda: _section(tab).number_edit.text() == "1234")


def test_what_is_missing_is_filled_in_and_checked(open_tab: OpenTab, clock: FrozenClock) -> None:
    tab = open_tab("contacts")
    number = _number(tab, "LADO")
    form = tab.form(f"changeContact{number}Button")
    tab.keep(form, address="01632 960 001", out_of_hours="01632 960 002", note="Team name")
    assert "01632 960 001" in tab.words
    assert "Out of hours: 01632 960 002" in tab.words
    assert "Not checked yet" in tab.words
    tab.press(f"checkContact{number}Button")
    tab.wait("LADO: checked today.")
    assert tab.own.contacts[0].checked == TODAY
    tab.wait_for_words("Checked 20 Nov 2026")
    clock.advance(days=400)
    tab.page.reload()
    tab.wait_for_words("Checked 20 Nov 2026: look again")


def test_another_number_has_to_be_checked_again(open_tab: OpenTab) -> None:
    tab = open_tab("contacts")
    number = _number(tab, "LADO")
    tab.keep(tab.form(f"changeContact{number}Button"), address="01632 960 001", checked="yes")
    assert tab.own.contacts[0].checked == TODAY
    tab.keep(tab.form(f"changeContact{number}Button"), note="Ask for the duty officer")
    assert tab.own.contacts[0].checked == TODAY
    tab.keep(tab.form(f"changeContact{number}Button"), address="01632 960 002")
    assert tab.own.contacts[0].checked is None


def test_a_further_contact_is_added_and_taken_off(open_tab: OpenTab) -> None:
    tab = open_tab("contacts")
    form = tab.form("addContactButton")
    tab.refuse(form, "Write who it is.", address="1")
    tab.keep(form, label="Safer schools officer", recipient="POLICE", checked="yes")
    (kept,) = tab.own.contacts
    assert (kept.label, kept.recipient, kept.checked) == (
        "Safer schools officer", Recipient.POLICE, TODAY,
    )  # fmt: skip
    tab.press(f"dropContact{_number(tab, 'Safer schools officer')}Button")
    tab.answer()
    tab.wait("is off the list")
    assert tab.own.contacts == ()


def test_the_kind_is_not_said_twice(open_tab: OpenTab, perform: Perform) -> None:
    for label in ("Employer", "The other employer"):
        contact = OwnContact(id="", recipient=Recipient.EMPLOYER, label=label, address="1")
        perform(partial(keep_contact, contact=contact))
    tab = open_tab("contacts")
    assert tab.words.split("\n").count("Employer") == 2


def test_nothing_of_it_is_left_after_the_lock(
    open_tab: OpenTab, perform: Perform, session: Session
) -> None:
    perform(partial(change_childrens_services, number="1234"))
    tab = open_tab("contacts")
    session.lock()
    tab._qtbot.waitUntil(lambda: not session.is_closing)
    assert _section(tab).number_edit.text() == ""
    assert "1234" not in tab.words
    assert "LADO" not in tab.words
