"""What the card about the parents says goes by the steps: nobody is told before their turn."""

from collections.abc import Mapping
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.steps.procedures import Procedure
from desktop.operations.steps.answer_triage import answer_triage
from desktop.ui.incident.contacts_panel import ContactsPanel
from desktop.ui.session import Session
from tests.ui.incident_steps import perform, settle, shown_panel, words
from tests.workspaces import own_procedures


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return own_procedures()


@pytest.fixture
def panel(qtbot: QtBot, session: Session, incident_id: IncidentId) -> ContactsPanel:
    return shown_panel(ContactsPanel(session), session, qtbot, incident_id)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"T2": "yes"}, "Nothing recorded yet. First: Call the police now; "),
        ({"T5": "yes"}, "Nothing recorded yet. First: "),
    ],
)
def test_what_comes_before_telling_the_parents_is_said(
    panel: ContactsPanel, session: Session, qtbot: QtBot, incident_id: IncidentId,
    answers: dict[str, str], said: str,
) -> None:  # fmt: skip
    perform(session, qtbot, partial(answer_triage, incident_id=incident_id, answers=answers))
    settle(session, qtbot)
    assert said in words(panel)
    assert "Tell them, unless" not in words(panel)
