"""A move that is stopped or locked while it runs: the incident is in one log, never in none."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import IncidentId
from desktop.domain.log.locking import LockReason
from desktop.operations.browse_incidents import IncidentLine, list_incidents
from desktop.operations.incident.record_incident import start_incident
from desktop.operations.workspace import Workspace
from desktop.ui.incident.move_dialog import MoveDialog
from desktop.ui.session import Session
from tests.evidence_pieces import a_capture
from tests.logs_on_disk import closing
from tests.operations.moving.moves import THERE, a_restricted_log, open_restricted
from tests.ui.incident_steps import perform, press, settle
from tests.workspaces import open_workspace, own_procedures

TITLE = "Messages at night"


@pytest.fixture
def there(tmp_path: Path) -> Path:
    a_restricted_log(tmp_path / "stick")
    return tmp_path / "stick"


@pytest.fixture
def dialog(session: Session, qtbot: QtBot, window: QWidget, there: Path) -> MoveDialog:
    incident_id = perform(session, qtbot, _incident)
    made = MoveDialog(session, incident_id, window)
    made.open()
    settle(session, qtbot)
    made.findChildren(QLineEdit, "moveFolderEdit")[0].setText(str(there))
    made.findChildren(QLineEdit, "movePassphraseEdit")[0].setText(THERE)
    made.findChildren(QPlainTextEdit, "moveReasonEdit")[0].setPlainText("It is about a tutor")
    press(made, "moveSecondAloneButton")
    made.findChildren(QLineEdit, "moveAloneReasonEdit")[0].setText("Nobody else may know yet")
    return made


def _incident(workspace: Workspace) -> IncidentId:
    incident_id = start_incident(workspace, title=TITLE).incident_id
    a_capture(workspace, incident_id)
    return incident_id


def titles(lines: tuple[IncidentLine, ...]) -> list[str]:
    return [line.title for line in lines if line.title]


def test_stopped_it_stays_here_whole_and_can_be_begun_again(
    dialog: MoveDialog, session: Session, qtbot: QtBot, there: Path
) -> None:
    press(dialog, "moveNowButton")
    press(dialog, "moveCancelButton")
    settle(session, qtbot)
    assert titles(perform(session, qtbot, list_incidents)) == [TITLE]
    assert dialog.isVisible()
    assert dialog.form.reason == "It is about a tutor"
    assert dialog.form.place().passphrase == ""
    with closing(open_restricted(there)) as other:
        assert titles(list_incidents(other)) == []
    dialog.findChildren(QLineEdit, "movePassphraseEdit")[0].setText(THERE)
    press(dialog, "moveNowButton")
    settle(session, qtbot)
    assert titles(perform(session, qtbot, list_incidents)) == []
    dialog.reject()
    with closing(open_restricted(there)) as other:
        assert titles(list_incidents(other)) == [TITLE]


@pytest.mark.parametrize("reason", [LockReason.KEY, LockReason.IDLE, LockReason.SCREEN])
def test_locked_meanwhile_it_is_in_one_log_or_in_both(
    dialog: MoveDialog,
    session: Session,
    qtbot: QtBot,
    there: Path,
    tmp_path: Path,
    reason: LockReason,
) -> None:
    press(dialog, "moveNowButton")
    session.lock(reason)
    qtbot.waitUntil(lambda: not session.is_closing)
    settle(session, qtbot)
    found: list[str] = []
    again = partial(open_workspace, tmp_path / "log", session.clock, own_procedures())
    for reopen in (again, partial(open_restricted, there)):
        with closing(reopen()) as workspace:
            found += titles(list_incidents(workspace))
    assert set(found) == {TITLE}
