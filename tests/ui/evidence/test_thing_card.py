"""The window of a thing: what is known of it, every entry in order, a receipt for the latest."""

from functools import partial

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.items import EvidenceItem
from desktop.domain.evidence.things import HandlingDetails, Thing
from desktop.operations.evidence.describe_thing import describe_only, describe_thing
from desktop.operations.evidence.keep_handling import add_handling, list_handling
from desktop.operations.evidence.view_evidence import find_item
from desktop.operations.incident.record_incident import start_incident
from desktop.ui.capture.handling_form import HandlingForm
from desktop.ui.capture.thing_form import ThingForm
from desktop.ui.evidence.thing_card import NOBODY, ThingCard, start_handling
from desktop.ui.paper import PaperDialog
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.conftest import Perform
from tests.ui.capture_desk import words_of
from tests.ui.handles import click, find


class Shelf:
    """A thing in the log, and its window."""

    def __init__(self, qtbot: QtBot, session: Session, perform: Perform) -> None:
        self.qtbot = qtbot
        self.session = session
        self.perform = perform
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.incident = perform(partial(start_incident, title="Comments on a site")).incident_id

    def a_phone(self) -> EvidenceItem:
        thing = Thing(make="Example", colour="black", seal="A 100200")
        added = self.perform(partial(describe_thing, incident_id=self.incident, thing=thing))
        return self.perform(partial(find_item, item_id=added.item_id))

    def card(self, item: EvidenceItem) -> ThingCard:
        start_handling(self.session, item, self.window)
        self.settle()
        return find(self.window, ThingCard, "thingCard")

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.session._background.pending == 0)


@pytest.fixture
def shelf(qtbot: QtBot, session: Session, perform: Perform) -> Shelf:
    return Shelf(qtbot, session, perform)


def test_it_says_what_is_known_and_that_no_entry_is_there(shelf: Shelf) -> None:
    card = shelf.card(shelf.a_phone())
    words = words_of(card)
    assert "PXS/1  black Example" in words
    assert "Seal or bag number: A 100200" in words
    assert NOBODY in words
    assert not find(card, QPushButton, "thingReceiptButton").isEnabled()
    click(card, "thingCloseButton")
    assert not card.isVisible()


def test_each_time_it_changes_hands_it_gets_an_entry_and_a_receipt(shelf: Shelf) -> None:
    item = shelf.a_phone()
    card = shelf.card(item)
    click(card, "thingPassButton")
    form = find(card, HandlingForm, "handlingDialog")
    shelf.settle()
    click(form, "keepButton")
    assert "Write who gave it" in form.banner.text
    form.form.set_text("given_by", "Pat Smith")
    click(form, "keepButton")
    assert "Write who has it now" in form.banner.text
    form.form.set_text("given_to", "PC Example")
    form.form.set_text("purpose", "examination")
    click(form, "keepButton")
    shelf.settle()
    (entry,) = shelf.perform(partial(list_handling, item_id=item.id))
    assert entry.details.given_to == "PC Example"
    assert "From Pat Smith, to PC Example; examination" in words_of(card)
    click(card, "bannerActionButton")
    shelf.settle()
    assert find(card, PaperDialog, "paperDialog").windowTitle() == "Receipt for PXS-1"


def test_a_time_that_cannot_be_read_is_said(shelf: Shelf) -> None:
    card = shelf.card(shelf.a_phone())
    click(card, "thingPassButton")
    form = find(card, HandlingForm, "handlingDialog")
    shelf.settle()
    form.form.set_text("at", "some day")
    click(form, "keepButton")
    assert "cannot be read as a time" in form.banner.text


def test_an_entry_made_later_says_so(shelf: Shelf, clock: FrozenClock) -> None:
    item = shelf.a_phone()
    details = HandlingDetails(at=clock.now(), given_by="Pat Smith", given_to="Sam Jones")
    clock.advance(days=3)
    shelf.perform(partial(add_handling, item_id=item.id, details=details))
    card = shelf.card(item)
    assert "20 Nov 2026, 09:30, entered 23 Nov 2026, 09:30, written down by" in words_of(card)
    click(card, "thingReceiptButton")
    shelf.settle()
    assert card.findChildren(PaperDialog)


def test_what_is_seen_of_it_can_be_entered_later(shelf: Shelf) -> None:
    card = shelf.card(shelf.a_phone())
    click(card, "thingChangeButton")
    shelf.settle()
    form = find(card, ThingForm, "thingDialog")
    form.form.set_text("owner", "the learner")
    click(form, "keepButton")
    shelf.settle()
    assert "Owner: the learner" in words_of(card)


def test_an_item_in_words_has_hands_too_but_nothing_to_be_seen(shelf: Shelf) -> None:
    added = shelf.perform(
        partial(
            describe_only, incident_id=shelf.incident, origin={"description": "A letter at home"}
        )
    )
    card = shelf.card(shelf.perform(partial(find_item, item_id=added.item_id)))
    assert not find(card, QPushButton, "thingChangeButton").isVisible()
    assert find(card, QPushButton, "thingPassButton").isVisible()


def test_it_closes_when_the_log_locks(shelf: Shelf) -> None:
    card = shelf.card(shelf.a_phone())
    closed: list[int] = []
    card.finished.connect(closed.append)
    shelf.session.lock()
    assert closed
