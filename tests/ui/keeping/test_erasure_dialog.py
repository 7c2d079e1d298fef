"""The words typed into an erasure outlast a lock and Escape; passphrases never do."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.operations.incident.record_incident import close_incident, start_incident
from desktop.operations.workspace import Workspace
from desktop.ui.keeping.erasure_dialog import ErasureDialog
from desktop.ui.kept_words import AGAIN
from desktop.ui.session import Session
from tests.ui.handles import find
from tests.ui.incident_steps import perform, press, settle


def _closed(workspace: Workspace) -> IncidentId:
    one = start_incident(workspace, title="Comments").incident_id
    close_incident(
        workspace, one, outcome="Done", control_measure="Talk", retention_class="no-concern"
    )
    return one


def test_words_outlast_a_lock_and_escape_and_go_with_cancel(
    session: Session, window: QWidget, qtbot: QtBot
) -> None:
    incident_id = perform(session, qtbot, partial(_closed))

    def opened() -> ErasureDialog:
        made = ErasureDialog(session, incident_id, window)
        made.come_up()
        settle(session, qtbot)
        return made

    asked = opened()
    asked.form._reason.setPlainText("It is not needed")
    find(asked, QLineEdit, "witnessEdit").setText("Sam Roe")
    asked.form._own.edit.setText("my own words")
    session.about_to_lock.emit()
    for _again in range(2):
        asked = opened()
        assert asked.form.reason == "It is not needed"
        assert asked.form.second().witness == "Sam Roe"
        assert asked.form.passphrase == ""
        assert asked.banner.text == AGAIN
        asked.reject()
    press(opened(), "eraseCancelButton")
    asked = opened()
    assert asked.form.reason == ""
    asked.reject()
    settle(session, qtbot)
