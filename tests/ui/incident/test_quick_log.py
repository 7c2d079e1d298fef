from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.operations.browse_incidents import list_incidents, show_incident
from desktop.ui.incident.quick_log import NOTHING_YET, QuickLogPage
from desktop.ui.session import Session
from tests.clocks import FrozenClock
from tests.ui.incident_steps import perform, press, settle
from tests.workspaces import make_workspace, own_procedures


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> QuickLogPage:
    page = QuickLogPage(session)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.begin()
    page.question.no_button.click()
    return page


def test_the_question_comes_before_the_box(page: QuickLogPage, qtbot: QtBot) -> None:
    page.begin()
    assert not page.text_edit.isVisible()
    assert not page.capture_button.isVisible()
    assert not page.is_asked
    qtbot.waitUntil(page.question.no_button.hasFocus)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_N])
def test_one_key_leads_to_the_box(page: QuickLogPage, qtbot: QtBot, key: Qt.Key) -> None:
    page.begin()
    QTest.keyClick(page.question.no_button, key)
    qtbot.waitUntil(page.text_edit.hasFocus)
    assert page.is_asked
    assert page.text_edit.text() == ""


@pytest.mark.parametrize("letter", ["y", "s", "x"])
def test_a_letter_typed_by_reflex_leads_nowhere(page: QuickLogPage, letter: str) -> None:
    page.begin()
    named: list[bool] = []
    page.colleague_named.connect(lambda: named.append(True))
    QTest.keyClicks(page.question.no_button, letter)
    assert named == []
    assert not page.is_asked


@pytest.mark.parametrize("name", ["colleagueYesButton", "colleagueNotSureButton"])
def test_yes_and_not_sure_keep_nothing(
    page: QuickLogPage, session: Session, qtbot: QtBot, name: str
) -> None:
    page.begin()
    with qtbot.waitSignal(page.colleague_named):
        press(page, name)
    settle(session, qtbot)
    assert perform(session, qtbot, list_incidents) == ()
    assert not page.is_asked


def test_a_restricted_log_does_not_ask_again(
    locked_session: Session, qtbot: QtBot, tmp_path: Path, clock: FrozenClock
) -> None:
    opener = partial(
        make_workspace,
        tmp_path / "restricted",
        clock,
        own_procedures(),
        locked_session._background.on_log,
        restricted=True,
    )
    with qtbot.waitSignal(locked_session.unlocked):
        locked_session.open(locked_session, opener)
    page = QuickLogPage(locked_session)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.begin()
    assert page.is_asked
    qtbot.waitUntil(page.text_edit.hasFocus)


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
    page.question.no_button.click()
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


def test_the_page_never_outgrows_a_small_window(page: QuickLogPage) -> None:
    page.resize(700, 400)
    page.text_edit.setPlainText("word " * 2000)
    assert page.minimumSizeHint().height() < 400
