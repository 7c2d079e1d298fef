from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import PersonId
from desktop.domain.people import Role
from desktop.operations.incident.keep_people import add_person, involve_person
from desktop.ui.people_page import CHOOSE, NOBODY, PeoplePage, count_words
from desktop.ui.session import Session
from tests.ui.incident_steps import new_incident, perform, press, settle, words


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> PeoplePage:
    page = PeoplePage(session)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    settle(session, qtbot)
    return page


def add(session: Session, qtbot: QtBot, name: str) -> PersonId:
    incident_id = new_incident(session, qtbot)
    values = {"name": name, "note": f"About {name}"}
    operation = partial(add_person, incident_id=incident_id, role=Role.TARGET, values=values)
    return perform(session, qtbot, operation).person_id


def test_nobody_yet(page: PeoplePage) -> None:
    assert page.subtitle_label.text() == "Nobody yet"
    assert page.model.rowCount() == 0
    assert NOBODY in words(page)
    assert CHOOSE not in words(page)


def test_everybody_is_listed_with_their_incidents(
    page: PeoplePage, session: Session, qtbot: QtBot
) -> None:
    kim = add(session, qtbot, "Kim")
    add(session, qtbot, "Alex")
    settle(session, qtbot)
    rows = [page.model.data(page.model.index(row)) for row in range(page.model.rowCount())]
    assert rows == ["Alex  ·  1 incident", "Kim  ·  1 incident"]
    assert CHOOSE in words(page)
    page.list_view.setCurrentIndex(page._sorted.index(1, 0))
    settle(session, qtbot)
    assert "About Kim" in words(page)
    other = new_incident(session, qtbot)
    operation = partial(involve_person, incident_id=other, person_id=kim, role=Role.WITNESS)
    perform(session, qtbot, operation)
    settle(session, qtbot)
    assert count_words(2) in str(page.list_view.currentIndex().data())
    with qtbot.waitSignal(page.open_incident_requested) as asked:
        press(page, "openPersonIncidentButton")
    assert asked.args


def test_the_list_is_searched_by_name(page: PeoplePage, session: Session, qtbot: QtBot) -> None:
    add(session, qtbot, "Kim")
    add(session, qtbot, "Alex")
    settle(session, qtbot)
    page.search_edit.setText("ki")
    assert page._sorted.rowCount() == 1


def test_the_person_goes_below_the_list_where_it_is_narrow(page: PeoplePage, qtbot: QtBot) -> None:
    page.resize(1200, 700)
    qtbot.waitUntil(lambda: page._columns.direction() == page._columns.Direction.LeftToRight)
    page.resize(400, 700)
    qtbot.waitUntil(lambda: page._columns.direction() == page._columns.Direction.TopToBottom)
