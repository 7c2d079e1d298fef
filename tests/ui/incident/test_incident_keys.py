from collections.abc import Mapping
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.steps.procedures import Procedure
from desktop.operations.steps.answer_triage import answer_triage
from desktop.ui.incident.incident_page import IncidentPage
from desktop.ui.incident.triage_dialog import TriageDialog
from desktop.ui.session import Session
from tests.ui.incident_steps import dialog, new_incident, perform, press, settle
from tests.ui.small_procedures import small_procedures


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return small_procedures()


@pytest.fixture
def page(qtbot: QtBot, session: Session, themed: None) -> IncidentPage:
    page = IncidentPage(session)
    qtbot.addWidget(page)
    page.resize(1084, 800)
    with qtbot.waitExposed(page):
        page.show()
    incident_id = new_incident(session, qtbot)
    operation = partial(answer_triage, incident_id=incident_id, answers={"T8": "site"})
    perform(session, qtbot, operation)
    page.show_incident(incident_id)
    settle(session, qtbot)
    return page


def test_the_keyboard_goes_on_at_the_next_step_after_the_first_questions(
    page: IncidentPage, session: Session, qtbot: QtBot
) -> None:
    page.show_incident(new_incident(session, qtbot, "Another thing."))
    settle(session, qtbot)
    page.checklist_panel.start_button.setFocus()
    page.checklist_panel.start_button.click()
    form = dialog(page, TriageDialog)
    settle(session, qtbot)
    form.form.set_text("T8", "site")
    press(form, "keepButton")
    settle(session, qtbot)
    assert page.checklist_panel.start_block.isHidden()
    press(form, "keepButton")
    settle(session, qtbot)
    assert page.focusWidget().objectName() == "stepP00-1Button"


def test_f6_goes_from_what_to_do_to_what_is_known_and_back(
    page: IncidentPage, session: Session, qtbot: QtBot
) -> None:
    qtbot.waitUntil(page.isActiveWindow)
    page.header.findChild(QPushButton, "exportButton").setFocus()  # type: ignore[union-attr]
    seen = []
    for _ in range(3):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_F6)
        seen.append(page.focusWidget().objectName())
    assert seen == ["stepP00-1Button", "evidenceTab", "stepP00-1Button"]
    page.resize(560, 800)
    settle(session, qtbot)
    page.tabs.button(page.record_panel).click()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_F6)
    assert page.checklist_panel.isVisible()
    assert page.focusWidget().objectName() == "stepP00-1Button"


def test_f6_goes_to_the_first_questions_while_nobody_answered(
    page: IncidentPage, session: Session, qtbot: QtBot
) -> None:
    page.show_incident(new_incident(session, qtbot, "Another thing."))
    settle(session, qtbot)
    qtbot.waitUntil(page.isActiveWindow)
    page.tabs.focus_current()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_F6)
    assert page.focusWidget().objectName() == "startTriageButton"


def test_where_it_is_narrow_a_step_is_shown_from_whichever_tab(
    page: IncidentPage, session: Session, qtbot: QtBot
) -> None:
    page.resize(560, 800)
    settle(session, qtbot)
    page.tabs.button(page.record_panel).click()
    page.show_incident(new_incident(session, qtbot, "Another thing."), "step", "P00-2")
    settle(session, qtbot)
    card = page.checklist_panel.card("P00-2")
    assert card
    assert card.recording
    assert card.recording.isVisible()
    page.tabs.button(page.record_panel).click()
    page.show_incident(new_incident(session, qtbot, "A third thing."))
    assert page.checklist_panel.isVisible()
    page.tabs.button(page.record_panel).click()
    page.go_to_step("P00-2")
    settle(session, qtbot)
    card = page.checklist_panel.card("P00-2")
    assert card
    assert card.recording
    assert card.recording.isVisible()
