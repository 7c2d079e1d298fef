"""A step that is put off says for whose answer it waits, leads there, and opens once that came."""

from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.checklist_records import StepState
from desktop.operations.steps.answer_triage import answer_triage
from desktop.operations.steps.follow_checklist import record_step
from desktop.ui.incident.checklist_panel import ChecklistPanel
from desktop.ui.session import Session
from tests.ui.incident_steps import (
    checklist_panel,
    new_incident,
    offered,
    opened,
    perform,
    press,
    read,
    settle,
    step_of,
    words,
)

ASKED = {
    "leave_live": "not asked", "tell_parents": "they may be told", "communicate": "no",
    "tell_provider": "it may be told", "interview": "yes",
}  # fmt: skip


def _record(
    session: Session,
    qtbot: QtBot,
    incident_id: IncidentId,
    step_id: str,
    values: dict[str, str],
    again: str = "",
) -> None:
    view = step_of(read(session, qtbot, incident_id), step_id)
    done = partial(
        record_step,
        checklist_id=view.checklist_id,
        step_id=step_id,
        state=StepState.DONE,
        values=values,
        again_reason=again,
    )
    perform(session, qtbot, done)


@pytest.fixture
def incident_id(session: Session, qtbot: QtBot) -> IncidentId:
    """Return an incident of which the police know, and were not asked whether it may come down."""
    found = new_incident(session, qtbot)
    perform(session, qtbot, partial(answer_triage, incident_id=found, answers={"T8": "site"}))
    decision = {"decision": "tell the police", "reasons": "It is a threat."}
    _record(session, qtbot, found, "S3-1", decision)
    _record(session, qtbot, found, "S3-2", ASKED)
    return found


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident_id: IncidentId) -> ChecklistPanel:
    return checklist_panel(session, qtbot, incident_id)


def test_it_is_not_shown_as_not_applicable_but_leads_to_the_answer(
    panel: ChecklistPanel, qtbot: QtBot
) -> None:
    card = opened(panel, "S4-2")
    assert "Not now: Ask the police first whether it may come down." in words(card)
    assert "confirmButton" not in offered(card)
    with qtbot.waitSignal(panel.act_requested) as asked:
        press(card, "askedButton")
    assert asked.args == ["step", "S3-2"]


def test_it_opens_once_the_answer_was_asked_for(
    panel: ChecklistPanel, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    values = ASKED | {"leave_live": "it may come down"}
    _record(session, qtbot, incident_id, "S3-2", values, "Rang them again and asked")
    settle(session, qtbot)
    card = opened(panel, "S4-2")
    assert "Not now" not in words(card)
    assert "askedButton" not in offered(card)
