"""The list of incidents: quick with 20,000, searchable, opened by keyboard and mouse."""

import time
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.incidents import IncidentStatus
from desktop.operations.browse_incidents import IncidentLine
from desktop.operations.incident.record_incident import start_incident
from desktop.ui.incident_list import IncidentList, IncidentModel
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.conftest import Perform


def _lines(count: int, clock: FrozenClock) -> tuple[IncidentLine, ...]:
    return tuple(
        IncidentLine(
            id=IncidentId(f"{number:032x}"),
            number=f"2026-{number:04d}",
            title=f"Comments on site {number}" if number % 3 else "",
            status=IncidentStatus.CLOSED if number % 2 else IncidentStatus.OPEN,
            careful=number % 10 == 0,
            logged_at=clock.now(),
        )
        for number in range(count)
    )


def test_the_model_keeps_the_rules_of_models(
    qtmodeltester: Any, clock: FrozenClock, qapp: object
) -> None:
    model = IncidentModel()
    model.set_lines(_lines(12, clock))
    qtmodeltester.check(model)
    model.search("closed")
    qtmodeltester.check(model)


def test_the_model_says_everything_in_words(clock: FrozenClock, qapp: object) -> None:
    model = IncidentModel()
    model.set_lines(_lines(11, clock))
    cells = [model.data(model.index(10, column)) for column in range(4)]
    assert cells == ["2026-0010", "Comments on site 10", "Open, careful", "20 Nov 2026, 09:30"]
    assert model.data(model.index(0, 1)) == "No title yet"
    assert model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole).endswith("09:30")
    assert model.data(QModelIndex()) is None
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DecorationRole) is None
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Number"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.row_of("nobody") == -1


def test_twenty_thousand_are_shown_and_searched_at_once(
    session: Session, qtbot: QtBot, clock: FrozenClock
) -> None:
    page = IncidentList(session)
    qtbot.addWidget(page)
    lines = _lines(20_000, clock)
    begun = time.thread_time()
    page._show(lines)
    page.table.grab()
    shown = time.thread_time()
    page.search_edit.setText("site 19998")
    searched = time.thread_time()
    assert page.model.rowCount() == (0 if 19998 % 3 == 0 else 1)
    assert shown - begun < 0.5
    assert searched - shown < 0.2


@pytest.fixture
def page(session: Session, perform: Perform, qtbot: QtBot) -> IncidentList:
    for text in ("Abusive e-mails", "Comments on a public site"):
        perform(partial(start_incident, title=text))
    made = IncidentList(session)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.model.total == 2)
    return made


def test_the_newest_stands_first_and_is_selected(page: IncidentList) -> None:
    assert page.model.line(0).title == "Comments on a public site"
    assert page.table.currentIndex().row() == 0
    assert page.subtitle_label.text() == "2"


def test_search_narrows_and_return_opens_the_only_one(page: IncidentList, qtbot: QtBot) -> None:
    page.focus_search()
    QTest.keyClicks(page.search_edit, "abusive open")
    assert page.subtitle_label.text() == "1 of 2"
    with qtbot.waitSignal(page.open_incident_requested) as opened:
        QTest.keyClick(page.search_edit, Qt.Key.Key_Return)
    assert opened.args == [page.model.line(0).id]


def test_return_among_several_goes_to_the_list(page: IncidentList, qtbot: QtBot) -> None:
    qtbot.waitExposed(page)
    with qtbot.assertNotEmitted(page.open_incident_requested):
        QTest.keyClick(page.search_edit, Qt.Key.Key_Return)
    assert page.table.hasFocus()


def test_nothing_found_is_said(page: IncidentList) -> None:
    page.search_edit.setText("unheard of")
    assert page._empty_label.text() == "No incident holds these words."
    assert page._empty_label.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.search_edit.clear()
    assert page._empty_label.isHidden()


def test_a_line_is_opened_by_keyboard_and_by_mouse(page: IncidentList, qtbot: QtBot) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.open_incident_requested) as opened:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == [page.model.line(1).id]
    with qtbot.waitSignal(page.open_incident_requested) as opened:
        page.table.doubleClicked.emit(page.model.index(0, 1))
    assert opened.args == [page.model.line(0).id]


def test_a_new_incident_appears_and_the_selection_stays(
    page: IncidentList, perform: Perform, qtbot: QtBot
) -> None:
    kept = page.model.line(1).id
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    perform(partial(start_incident, title="A third"))
    qtbot.waitUntil(lambda: page.model.total == 3)
    assert page.model.line(page.table.currentIndex().row()).id == kept


def test_an_empty_log_says_so(session: Session, qtbot: QtBot) -> None:
    empty = IncidentList(session)
    qtbot.addWidget(empty)
    empty.show()
    qtbot.waitUntil(lambda: empty._empty_label.text() == "No incident is logged yet.")
    assert empty._empty_label.isVisible()


def test_the_caret_begins_on_the_marked_line(
    session: Session, qtbot: QtBot, perform: Perform
) -> None:
    first = perform(start_incident).incident_id
    page = IncidentList(session)
    qtbot.addWidget(page)
    page.show()
    page.focus_first()
    assert page.focusWidget() is page.search_edit
    qtbot.waitUntil(lambda: page.focusWidget() is page.table)
    with qtbot.waitSignal(page.open_incident_requested) as opened:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == [first]
    page.search_edit.setFocus()
    page.focus_first()
    assert page.focusWidget() is page.table


def test_a_search_that_was_begun_keeps_the_caret(
    session: Session, qtbot: QtBot, perform: Perform
) -> None:
    perform(start_incident)
    page = IncidentList(session)
    qtbot.addWidget(page)
    page.show()
    page.focus_first()
    QTest.keyClicks(page.search_edit, "2026")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.focusWidget() is page.search_edit


def test_the_title_keeps_its_room_where_the_list_is_narrow(session: Session, qtbot: QtBot) -> None:
    page = IncidentList(session)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    assert not page.table.isColumnHidden(3)
    page.resize(520, 700)
    qtbot.waitUntil(lambda: page.table.isColumnHidden(3))
    room = page.table.columnWidth(1)
    assert room > 10 * page.fontMetrics().averageCharWidth()
    page.resize(1200, 700)
    qtbot.waitUntil(lambda: not page.table.isColumnHidden(3))
