from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.operations.browse_incidents import list_incidents, show_incident
from desktop.ui.quick_log import NOTHING_YET, QuickLogPage
from desktop.ui.session import Session
from tests.ui.incident_steps import perform, press, settle


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> QuickLogPage:
    page = QuickLogPage(session)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.begin()
    return page


def test_the_caret_is_in_the_box_at_once(page: QuickLogPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(page.text_edit.hasFocus)
    QTest.keyClicks(page.text_edit, "T")
    assert page.text_edit.text() == "T"


def test_nothing_is_started_before_a_word(
    page: QuickLogPage, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.text_edit, "  ")
    page.flush()
    settle(session, qtbot)
    assert page.kept_label.text() == NOTHING_YET
    assert perform(session, qtbot, list_incidents) == ()


def test_typing_is_kept_within_a_second_under_a_number(
    page: QuickLogPage, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.text_edit, "Tutor rang")
    qtbot.waitUntil(lambda: "as 2026-0001" in page.kept_label.text(), timeout=1000)
    assert page.kept_label.text() == "Kept 09:30:00 as 2026-0001"
    assert page.incident_id
    QTest.keyClicks(page.text_edit, " again")
    operation = partial(show_incident, incident_id=page.incident_id)

    def is_kept() -> bool:
        return perform(session, qtbot, operation).drafts["first_account"] == "Tutor rang again"

    qtbot.waitUntil(is_kept, timeout=1500)


def test_typing_while_the_number_is_on_its_way_is_kept(
    page: QuickLogPage, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.text_edit, "First")
    page.flush()
    QTest.keyClicks(page.text_edit, " and second")
    page.flush()
    QTest.keyClicks(page.told_edit, "Alex")
    page.flush()
    settle(session, qtbot)
    assert page.incident_id
    drafts = perform(session, qtbot, partial(show_incident, incident_id=page.incident_id)).drafts
    assert drafts["first_account"] == "First and second"
    assert drafts["account_given_by"] == "Alex"
    assert len(perform(session, qtbot, list_incidents)) == 1


def test_who_told_may_come_first(page: QuickLogPage, session: Session, qtbot: QtBot) -> None:
    QTest.keyClicks(page.told_edit, "Alex")
    page.flush()
    settle(session, qtbot)
    assert page.incident_id
    operation = partial(show_incident, incident_id=page.incident_id)
    assert perform(session, qtbot, operation).drafts["account_given_by"] == "Alex"


def test_opening_enters_what_was_typed(page: QuickLogPage, session: Session, qtbot: QtBot) -> None:
    assert not page.open_button.isEnabled()
    QTest.keyClicks(page.text_edit, "Tutor rang.")
    page.flush()
    settle(session, qtbot)
    with qtbot.waitSignal(page.open_incident_requested) as asked:
        press(page, "quickLogOpenButton")
    settle(session, qtbot)
    assert asked.args == [page.incident_id]
    assert page.incident_id
    view = perform(session, qtbot, partial(show_incident, incident_id=page.incident_id))
    assert view.incident.record.first_account == "Tutor rang."
    assert view.drafts == {}


def test_capture_before_any_word_asks_for_a_new_incident(page: QuickLogPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.capture_requested) as asked:
        press(page, "quickLogCaptureButton")
    assert asked.args == [None]


def test_capture_right_after_the_first_word_waits_for_its_incident(
    page: QuickLogPage, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.text_edit, "A post")
    with qtbot.waitSignal(page.capture_requested) as asked:
        QTest.mouseClick(page.capture_button, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert asked.args == [page.incident_id]
    assert len(perform(session, qtbot, list_incidents)) == 1


def test_a_second_log_begins_empty_and_the_first_is_entered(
    page: QuickLogPage, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.text_edit, "One")
    page.begin()
    assert page.text_edit.text() == ""
    assert page.incident_id is None
    QTest.keyClicks(page.text_edit, "Two")
    page.flush()
    settle(session, qtbot)
    lines = perform(session, qtbot, list_incidents)
    assert [line.title for line in lines] == ["Two", "One"]
    first = perform(session, qtbot, partial(show_incident, incident_id=lines[1].id))
    assert first.incident.record.first_account == "One"


def test_hiding_the_page_enters_what_was_typed(
    page: QuickLogPage, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.text_edit, "One")
    page.flush()
    settle(session, qtbot)
    page.hide()
    settle(session, qtbot)
    assert page.incident_id
    view = perform(session, qtbot, partial(show_incident, incident_id=page.incident_id))
    assert view.incident.record.first_account == "One"


def test_locking_keeps_the_words_and_empties_the_page(
    page: QuickLogPage, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.text_edit, "One")
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert page.text_edit.text() == ""
    assert page.incident_id is None


def test_what_cannot_be_kept_is_said_and_stays(
    page: QuickLogPage, session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.closed):
        session.lock()
    QTest.keyClicks(page.text_edit, "Not kept")
    page.flush()
    settle(session, qtbot)
    assert page.kept_label.text().startswith("Not kept yet")
    assert page.text_edit.text() == "Not kept"
