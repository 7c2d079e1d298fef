from collections.abc import Mapping
from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.incidents import IncidentStatus
from desktop.domain.steps.procedures import Procedure
from desktop.operations.browse_incidents import show_incident
from desktop.operations.incident.record_incident import close_incident, enter_fields
from desktop.operations.steps.answer_triage import answer_triage
from desktop.ui.incident.close_dialog import CloseDialog, ReopenDialog
from desktop.ui.session import Session
from tests.ui.incident_steps import perform, press, settle, words
from tests.ui.small_procedures import small_procedures


@pytest.fixture(scope="session")
def procedures() -> Mapping[str, Procedure]:
    return small_procedures()


def status(session: Session, qtbot: QtBot, incident_id: IncidentId) -> IncidentStatus:
    operation = partial(show_incident, incident_id=incident_id)
    return perform(session, qtbot, operation).incident.status


def test_what_is_open_is_listed_and_does_not_stop_closing(
    window: QWidget, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    answers = {"T8": "site"}
    perform(session, qtbot, partial(answer_triage, incident_id=incident_id, answers=answers))
    form = CloseDialog(session, incident_id, window)
    form.show_form()
    settle(session, qtbot)
    said = words(form)
    assert "Still open, 9 in all:" in said
    assert "Advise the learner not to reply" in said
    assert "and 1 more" in said
    press(form, "keepButton")
    assert "what came of it" in form.banner.text
    form.form.set_text("outcome", "The account was closed")
    press(form, "keepButton")
    assert "what is changed" in form.banner.text
    form.form.set_text("control_measure", "A lesson on reporting")
    form.form.set_text("learner_view", "Content")
    press(form, "keepButton")
    settle(session, qtbot)
    assert status(session, qtbot, incident_id) is IncidentStatus.CLOSED


def test_what_was_recorded_before_is_there(
    window: QWidget, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    values = {"outcome": "The account was closed"}
    perform(session, qtbot, partial(enter_fields, incident_id=incident_id, values=values))
    form = CloseDialog(session, incident_id, window)
    form.show_form()
    settle(session, qtbot)
    assert form.form.text("outcome") == "The account was closed"
    form.reject()
    settle(session, qtbot)


def test_closing_twice_is_refused_in_words(
    window: QWidget, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    form = CloseDialog(session, incident_id, window)
    form.show_form()
    settle(session, qtbot)
    operation = partial(
        close_incident, incident_id=incident_id, outcome="Done", control_measure="Talk"
    )
    perform(session, qtbot, operation)
    form.form.set_text("outcome", "Done")
    form.form.set_text("control_measure", "Talk")
    press(form, "keepButton")
    settle(session, qtbot)
    assert form.banner.text
    assert form.keep_button.isEnabled()
    assert form.form.text("outcome") == "Done"


def test_opening_again_takes_a_reason(
    window: QWidget, session: Session, qtbot: QtBot, incident_id: IncidentId
) -> None:
    operation = partial(
        close_incident, incident_id=incident_id, outcome="Done", control_measure="Talk"
    )
    perform(session, qtbot, operation)
    form = ReopenDialog(session, incident_id, window)
    form.show_form()
    settle(session, qtbot)
    press(form, "keepButton")
    assert "Write why" in form.banner.text
    form.form.set_text("reason", "It began again")
    press(form, "keepButton")
    settle(session, qtbot)
    assert status(session, qtbot, incident_id) is IncidentStatus.OPEN
