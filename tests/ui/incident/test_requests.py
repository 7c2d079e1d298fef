"""Somebody asks for copies: one button leads to the steps for it."""

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.ui.incident.incident_page import IncidentPage
from desktop.ui.session import Session
from tests.ui.incident_steps import dialog, new_incident, press, read, settle, words


@pytest.mark.parametrize("wide", [1084, 560])
def test_one_button_adds_the_steps_and_leads_to_them(
    session: Session, qtbot: QtBot, themed: None, wide: int
) -> None:
    incident_id = new_incident(session, qtbot)
    page = IncidentPage(session)
    qtbot.addWidget(page)
    page.resize(wide, 800)
    with qtbot.waitExposed(page):
        page.show()
    page.show_incident(incident_id)
    page.tabs.show_panel(page.contacts_panel)
    settle(session, qtbot)
    for ask in (True, False):
        page.tabs.show_panel(page.contacts_panel)
        settle(session, qtbot)
        press(page.contacts_panel, "requestButton")
        if ask:
            question = dialog(page, QDialog)
            assert "Nothing is given out by this." in words(question)
            press(question, "questionYesButton")
        settle(session, qtbot)
        card = page.checklist_panel.card("S6-1")
        assert card
        assert card.isVisible()
        assert card.header.isChecked()
    running = [one.procedure.id for one in read(session, qtbot, incident_id).checklists]
    assert running.count("S6") == 1
