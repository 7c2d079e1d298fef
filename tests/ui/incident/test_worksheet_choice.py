"""All worksheets of an incident, and the way to them from Contacts and from Today."""

from collections.abc import Mapping
from functools import partial

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.steps.procedures import Procedure
from desktop.operations.incident.keep_worksheets import keep_typed, submit_worksheet
from desktop.ui.incident.contacts_panel import ContactsPanel
from desktop.ui.incident.sent_sheet import SentSheetDialog
from desktop.ui.incident.worksheet_choice import WorksheetChoice
from desktop.ui.incident.worksheet_dialog import WorksheetDialog
from desktop.ui.session import Session
from tests.ui.incident_steps import dialog, perform, press, settle, words
from tests.ui.worksheet_desk import entry, start_case, worksheet_procedures


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return worksheet_procedures()


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> ContactsPanel:
    panel = ContactsPanel(session)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.show_incident(start_case(session, qtbot))
    settle(session, qtbot)
    return panel


def send(panel: ContactsPanel, session: Session, qtbot: QtBot) -> None:
    assert panel.incident_id
    operation = partial(
        submit_worksheet,
        incident_id=panel.incident_id,
        worksheet_id="iwf",
        texts={"address": "https://example.org/1"},
        at=session.clock.now(),
    )
    perform(session, qtbot, operation)
    settle(session, qtbot)


def test_every_worksheet_is_offered_with_how_far_it_got(
    panel: ContactsPanel, session: Session, qtbot: QtBot
) -> None:
    assert panel.incident_id
    typed = {"contact": "01632 960001"}
    keep = partial(keep_typed, incident_id=panel.incident_id, worksheet_id="lado", typed=typed)
    perform(session, qtbot, keep)
    send(panel, session, qtbot)
    press(panel, "worksheetsButton")
    settle(session, qtbot)
    choice = dialog(panel, WorksheetChoice)
    offered = [one.text() for one in choice.findChildren(QPushButton)]
    assert "Referral to the LADO" in offered
    assert len(offered) == 7
    first = choice.focusWidget()
    assert first is not None
    assert first.objectName() == "openCeopButton"
    said = words(choice)
    assert "Begun, and not yet sent." in said
    assert "Sent " in said
    press(choice, "openLadoButton")
    settle(session, qtbot)
    sheet = dialog(panel, WorksheetDialog)
    assert entry(sheet, "contact").text == "01632 960001"
    sheet.close()


def test_what_was_sent_can_be_read_where_the_contact_stands(
    panel: ContactsPanel, session: Session, qtbot: QtBot
) -> None:
    send(panel, session, qtbot)
    button = next(
        one for one in panel.findChildren(QPushButton) if one.text() == "Show what was sent"
    )
    assert "Internet Watch Foundation" in button.accessibleName()
    button.click()
    shown = dialog(panel, SentSheetDialog)
    assert "example.org" in words(shown).replace("\u200b", "")
    shown.close()


def test_today_leads_straight_to_the_worksheet_that_was_begun(
    panel: ContactsPanel, session: Session, qtbot: QtBot
) -> None:
    panel.open_worksheet("ceop")
    settle(session, qtbot)
    sheet = dialog(panel, WorksheetDialog)
    assert sheet.windowTitle() == "Report to CEOP"
    sheet.close()


def test_without_an_incident_nothing_opens(session: Session, qtbot: QtBot) -> None:
    panel = ContactsPanel(session)
    qtbot.addWidget(panel)
    panel.open_worksheet("ceop")
    panel._on_worksheets_clicked()
    assert panel.findChildren(QWidget, "worksheetDialog") == []
    assert panel.findChildren(QWidget, "worksheetChoice") == []


def test_the_lock_leaves_no_text_that_was_sent(
    panel: ContactsPanel, session: Session, qtbot: QtBot
) -> None:
    send(panel, session, qtbot)
    assert panel._sheets
    with qtbot.waitSignal(session.closed):
        session.lock()
    assert panel._sheets == {}
