"""A physical thing is described from outside; a name for it is enough, the rest can wait."""

from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.items import EvidenceItem, ItemKind, ItemState
from desktop.domain.evidence.things import Thing
from desktop.domain.identifiers import IncidentId
from desktop.operations.evidence.describe_thing import describe_thing, show_thing
from desktop.operations.evidence.view_evidence import find_item, list_items
from desktop.operations.incident.record_incident import start_incident
from desktop.ui.capture.thing_form import ThingForm
from desktop.ui.session import Session
from tests.conftest import Perform
from tests.ui.handles import click


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def incident(perform: Perform) -> IncidentId:
    return perform(partial(start_incident, title="Comments on a site")).incident_id


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: session._background.pending == 0)


def the_item(perform: Perform, incident: IncidentId) -> EvidenceItem:
    (item,) = perform(partial(list_items, incident_id=incident))
    return perform(partial(find_item, item_id=item.id))


def test_a_thing_gets_a_mark_and_what_was_seen_of_it(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId, perform: Perform
) -> None:
    form = ThingForm(session, incident, window)
    form.show_form()
    form.form.set_text("description", "Phone of the learner")
    form.form.set_text("colour", "black")
    form.form.set_text("state", "switched off")
    click(form, "keepButton")
    settle(qtbot, session)
    item = the_item(perform, incident)
    assert (item.kind, item.state) == (ItemKind.THING, ItemState.DESCRIBED)
    assert item.origin.description == "Phone of the learner"
    thing = perform(partial(show_thing, item_id=item.id))
    assert thing == Thing(colour="black", state="switched off")


def test_it_asks_for_a_name_only_where_nothing_says_what_it_is(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId, perform: Perform
) -> None:
    form = ThingForm(session, incident, window)
    form.show_form()
    form.form.set_text("seal", "A 100200")
    click(form, "keepButton")
    assert "Write what it is" in form.banner.text
    form.form.set_text("make", "Example")
    click(form, "keepButton")
    settle(qtbot, session)
    assert the_item(perform, incident).origin.description == "Example"


def test_what_is_known_later_is_entered_beside_what_was_known(
    qtbot: QtBot, session: Session, window: QWidget, incident: IncidentId, perform: Perform
) -> None:
    thing = Thing(make="Example", state="not known")
    perform(partial(describe_thing, incident_id=incident, thing=thing))
    item = the_item(perform, incident)
    form = ThingForm(session, incident, window, item)
    form.show_form()
    settle(qtbot, session)
    assert form.form.text("make") == "Example"
    assert form.form.text("state") == "not known"
    assert not form.form.has("description")
    form.form.set_text("seal", "A 100200")
    click(form, "keepButton")
    settle(qtbot, session)
    known = perform(partial(show_thing, item_id=item.id))
    assert known == Thing(make="Example", state="not known", seal="A 100200")
