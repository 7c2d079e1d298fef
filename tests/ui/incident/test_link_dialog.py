"""Incidents are linked with a reason; repeated conduct shows its dates."""

from collections.abc import Mapping
from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.people import Role
from desktop.domain.steps.procedures import Procedure
from desktop.operations.incident.keep_links import LinksView, link_incident, show_links
from desktop.operations.incident.keep_people import add_person, involve_person
from desktop.operations.incident.record_incident import enter_fields
from desktop.ui.incident.link_dialog import LinkDialog
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.situations import at
from tests.ui.incident_steps import new_incident, offered, perform, press, settle, words
from tests.ui.small_procedures import small_procedures

WHY = "The same account wrote both times"


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return small_procedures()


@pytest.fixture
def earlier(session: Session, qtbot: QtBot) -> IncidentId:
    return new_incident(session, qtbot, "Insulting comments under a post.")


@pytest.fixture
def incident_id(session: Session, qtbot: QtBot, earlier: IncidentId) -> IncidentId:
    return new_incident(session, qtbot)


@pytest.fixture
def form(window: QWidget, qtbot: QtBot, session: Session, incident_id: IncidentId) -> LinkDialog:
    return opened(window, qtbot, session, incident_id)


def opened(window: QWidget, qtbot: QtBot, session: Session, incident_id: IncidentId) -> LinkDialog:
    form = LinkDialog(session, incident_id, window)
    form.show_form()
    settle(session, qtbot)
    return form


def links(session: Session, qtbot: QtBot, incident_id: IncidentId) -> LinksView:
    return perform(session, qtbot, partial(show_links, incident_id=incident_id))


def test_one_is_found_chosen_and_linked_with_a_reason(
    form: LinkDialog,
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
    earlier: IncidentId,
) -> None:
    assert "Nothing is linked yet." in words(form)
    press(form, "keepButton")
    assert "Choose the incident" in form.banner.text
    form.search_edit.setText("comments 0001")
    press(form, "link2026-0001Button")
    press(form, "keepButton")
    assert "Write why they belong together" in form.banner.text
    form.form.set_text("reason", WHY)
    press(form, "keepButton")
    settle(session, qtbot)
    view = links(session, qtbot, incident_id)
    assert [(one.id, one.reason) for one in view.linked] == [(earlier, WHY)]


def test_what_does_not_match_is_not_offered(
    form: LinkDialog, session: Session, qtbot: QtBot
) -> None:
    form.search_edit.setText("nobody knows this")
    settle(session, qtbot)
    assert "No other incident holds these words." in words(form)
    assert "link2026-0001Button" not in offered(form)
    form.search_edit.setText("")
    settle(session, qtbot)
    assert "link2026-0001Button" in offered(form)


def test_the_same_people_are_said_and_found_by_name(
    window: QWidget, session: Session, qtbot: QtBot, incident_id: IncidentId, earlier: IncidentId
) -> None:
    robin = perform(
        session,
        qtbot,
        partial(
            add_person, incident_id=earlier, role=Role.TARGET, values={"name": "Robin Learner"}
        ),
    ).person_id
    involve = partial(involve_person, incident_id=incident_id, person_id=robin, role=Role.TARGET)
    perform(session, qtbot, involve)
    form = opened(window, qtbot, session, incident_id)
    assert "Also there: Robin Learner" in words(form)
    form.search_edit.setText("robin")
    settle(session, qtbot)
    assert "link2026-0001Button" in offered(form)


def test_a_long_list_asks_for_more_words(
    window: QWidget, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    for _ in range(7):
        new_incident(session, qtbot)
    form = opened(window, qtbot, session, incident_id)
    assert "2 more. Type more to find the one you mean." in words(form)


def test_repeated_conduct_shows_its_dates_and_when_time_runs_out(
    window: QWidget,
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
    earlier: IncidentId,
    clock: FrozenClock,
) -> None:
    values = {"occurred_from": at(2, 8)}
    perform(session, qtbot, partial(enter_fields, incident_id=earlier, values=values))
    link = partial(link_incident, incident_id=incident_id, other_id=earlier, reason=WHY)
    perform(session, qtbot, link)
    said = words(opened(window, qtbot, session, incident_id))
    assert "2 occurrences from 2 Nov 2026 to 20 Nov 2026" in said
    assert "2 Nov 2026, 08:00: 2026-0001, Insulting comments under a post" in said
    assert "Logged 20 Nov 2026: 2026-0002, this incident" in said
    assert "“It will usually be repeated" in said
    assert "S003:171" in said
    assert "course of conduct" in said
    assert "5 months" not in said
    clock.advance(days=151)
    assert "The latest is more than 5 months old." in words(
        opened(window, qtbot, session, incident_id)
    )


def test_a_wrong_link_is_ended_with_a_reason(
    window: QWidget, session: Session, qtbot: QtBot, incident_id: IncidentId, earlier: IncidentId
) -> None:
    link = partial(link_incident, incident_id=incident_id, other_id=earlier, reason=WHY)
    perform(session, qtbot, link)
    form = opened(window, qtbot, session, incident_id)
    assert "2 occurrences on one day, 20 Nov 2026" in words(form)
    press(form, "endLink2026-0001Button")
    assert "Write below why 2026-0001 does not belong here." in form.banner.text
    reason = form.form.field("reason")
    qtbot.waitUntil(lambda: not reason.visibleRegion().isEmpty())
    assert reason.hasFocus()
    form.form.set_text("reason", "It was another account of a similar name")
    press(form, "endLink2026-0001Button")
    settle(session, qtbot)
    assert "Nothing is linked yet." in words(form)
    assert form.form.text("reason") == ""
    assert form.banner.text == "The link is ended."
    assert form.search_edit.hasFocus()
    assert links(session, qtbot, incident_id).linked == ()


def test_with_one_incident_only_it_says_so(
    window: QWidget, session: Session, qtbot: QtBot
) -> None:
    form = opened(window, qtbot, session, new_incident(session, qtbot))
    assert "There is no other one." in words(form)
