from functools import partial

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.people import Role
from desktop.operations.incident.keep_people import add_account, add_person
from desktop.operations.read_people import show_people
from desktop.ui.incident.account_form import AccountForm
from desktop.ui.incident.people_panel import PeoplePanel
from desktop.ui.incident.person_form import PersonForm
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.ui.incident_steps import dialog, perform, press, settle, shown_panel, words


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident_id: IncidentId) -> PeoplePanel:
    return shown_panel(PeoplePanel(session), session, qtbot, incident_id)


def add_kim(session: Session, qtbot: QtBot, incident_id: IncidentId) -> None:
    values = {"name": "Kim", "kind": "learner", "age_group": "under 18"}
    operation = partial(add_person, incident_id=incident_id, role=Role.TARGET, values=values)
    perform(session, qtbot, operation)
    settle(session, qtbot)


def test_somebody_new_joins_with_a_role(
    panel: PeoplePanel, session: Session, qtbot: QtBot
) -> None:
    press(panel, "addPersonButton")
    form = dialog(panel, PersonForm)
    settle(session, qtbot)
    form.form.set_text("name", "Kim")
    form.form.set_text("kind", "learner")
    form.form.set_text("role", "target")
    press(form, "keepButton")
    settle(session, qtbot)
    said = words(panel)
    assert "Kim" in said
    assert "target" in said
    assert "Learner, age not known: treated as under 18" in said


def test_the_name_can_be_typed_at_once(
    panel: PeoplePanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    press(panel, "addPersonButton")
    form = dialog(panel, PersonForm)
    settle(session, qtbot)
    qtbot.waitUntil(form.isActiveWindow)
    focused = form.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "Kim Sample")
    settle(session, qtbot)
    assert form.form.text("name") == "Kim Sample"
    assert form.isVisible()


def test_somebody_known_gets_a_further_role(
    panel: PeoplePanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    add_kim(session, qtbot, incident_id)
    press(panel, "addPersonButton")
    form = dialog(panel, PersonForm)
    settle(session, qtbot)
    view = perform(session, qtbot, partial(show_people, incident_id=incident_id))
    form.form.set_text("known", view.involvements[0].person.id)
    form.form.edited.emit()
    assert form.form.field("name").isHidden()
    form.form.set_text("role", "reporter")
    press(form, "keepButton")
    settle(session, qtbot)
    view = perform(session, qtbot, partial(show_people, incident_id=incident_id))
    assert [(one.person.name, one.role) for one in view.involvements] == [
        ("Kim", Role.TARGET),
        ("Kim", Role.REPORTER),
    ]


def test_more_is_entered_about_somebody(
    panel: PeoplePanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    add_kim(session, qtbot, incident_id)
    press(panel, "openPersonButton")
    form = dialog(panel, PersonForm)
    settle(session, qtbot)
    assert form.form.text("name") == "Kim"
    assert form.form.text("kind") == "learner"
    form.form.set_text("needs", "Prefers to be rung")
    form.form.set_text("date_of_birth", "3 May 2010")
    press(form, "keepButton")
    settle(session, qtbot)
    assert "Prefers to be rung" in words(panel)
    assert "born 3 may 2010" in words(panel).lower()


def test_the_keyboard_stays_at_the_person_that_was_opened(
    panel: PeoplePanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    add_kim(session, qtbot, incident_id)
    add_kim(session, qtbot, incident_id)
    second = panel.findChildren(QPushButton, "openPersonButton")[1]
    second.setFocus()
    second.click()
    form = dialog(panel, PersonForm)
    settle(session, qtbot)
    form.form.set_text("needs", "Prefers to be rung")
    press(form, "keepButton")
    settle(session, qtbot)
    buttons = [
        one for one in panel.findChildren(QPushButton, "openPersonButton") if one.isVisible()
    ]
    qtbot.waitUntil(lambda: panel.window().focusWidget() is buttons[1])


def test_an_account_is_kept_as_seen(
    panel: PeoplePanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    add_kim(session, qtbot, incident_id)
    press(panel, "addAccountButton")
    form = dialog(panel, AccountForm)
    settle(session, qtbot)
    form.form.set_text("handle", "@nightowl_77")
    form.form.set_text("display_name", "Night Owl")
    form.form.set_text("seen_at", "yesterday 16:00")
    press(form, "keepButton")
    settle(session, qtbot)
    said = words(panel)
    assert "@nightowl_77" in said
    assert "Whose it is: not known" in said
    assert "Seen 19 Nov 2026, 16:00" in said


def test_whose_an_account_is_can_be_entered_later(
    panel: PeoplePanel,
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
    clock: FrozenClock,
) -> None:
    add_kim(session, qtbot, incident_id)
    values = {"handle": "@nightowl_77", "platform": "An old forum"}
    operation = partial(add_account, incident_id=incident_id, values=values, seen_at=clock.now())
    perform(session, qtbot, operation)
    settle(session, qtbot)
    press(panel, "openAccountButton")
    form = dialog(panel, AccountForm)
    settle(session, qtbot)
    assert form.form.text("platform") == "An old forum"
    view = perform(session, qtbot, partial(show_people, incident_id=incident_id))
    form.form.set_text("person", view.involvements[0].person.id)
    press(form, "keepButton")
    settle(session, qtbot)
    assert "Said to belong to Kim" in words(panel)
