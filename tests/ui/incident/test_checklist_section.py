"""One procedure in the checklist: its notice, its steps that fold, what to capture, its end."""

from collections.abc import Mapping
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.procedures import Procedure
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.attach_procedure import end_procedure
from desktop.ui.capture.media_list import MediaList
from desktop.ui.incident.checklist_panel import ChecklistPanel
from desktop.ui.incident.checklist_section import ChecklistSection
from desktop.ui.incident.step_card import StepCard
from desktop.ui.session import Session
from tests.ui.incident_steps import (
    checklist_panel,
    new_incident,
    perform,
    read,
    settle,
    words,
)
from tests.ui.small_procedures import small_procedures


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return small_procedures()


@pytest.fixture
def incident_id(session: Session, qtbot: QtBot) -> IncidentId:
    return new_incident(session, qtbot, answers={"T8": "site", "T4": "no"})


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident_id: IncidentId) -> ChecklistPanel:
    return checklist_panel(session, qtbot, incident_id)


def test_an_ended_checklist_says_so(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    view = read(session, qtbot, incident_id)
    checklist_id = view.checklists[-1].checklist.id
    operation = partial(end_procedure, checklist_id=checklist_id, reason="Another incident")
    perform(session, qtbot, operation)
    settle(session, qtbot)
    assert "Ended: Another incident" in words(panel)


def test_the_stop_procedure_comes_first_with_its_notice(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    answers = {"T2": "unsure"}
    perform(session, qtbot, partial(answer_triage, incident_id=incident_id, answers=answers))
    settle(session, qtbot)
    qtbot.waitUntil(lambda: _sections(panel)[0].y() < _sections(panel)[1].y())
    sections = _sections(panel)
    assert "Image of somebody under 18" in words(sections[0])
    assert "Do not open, view, copy, screenshot" in words(sections[0])
    now = [one for one in panel.findChildren(StepCard) if one.is_now and one.isVisible()]
    assert [one.view.step.id for one in now] == ["P03-1"]


def _sections(panel: ChecklistPanel) -> list[ChecklistSection]:
    found = [one for one in panel.findChildren(ChecklistSection) if not one.isHidden()]
    return sorted(found, key=lambda one: one.y())


def test_a_section_and_a_step_open_and_shut(panel: ChecklistPanel) -> None:
    section = panel.findChildren(ChecklistSection)[-1]
    assert section.card("P02-1")
    card = panel.card("P02-1")
    assert card
    assert not card.isVisible()
    section.head_button.click()
    assert card.isVisible()
    card.header.click()
    assert card.recording
    assert card.recording.isVisible()
    card.header.click()
    assert not card.recording.isVisible()
    section.head_button.click()
    assert not card.isVisible()


def test_what_to_capture_is_told_by_medium(panel: ChecklistPanel) -> None:
    section = panel.findChildren(ChecklistSection)[-1]
    section.head_button.click()
    media = section.findChild(MediaList)
    assert isinstance(media, MediaList)
    assert not media.list.isVisible()
    media.button.click()
    assert media.list.isVisible()
    assert "Take care: Forwarding loses the headers" in words(media)
    media.button.click()
    assert not media.list.isVisible()
