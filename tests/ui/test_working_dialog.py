"""A dialog that works for a while: after a refusal the caret is where something is missing."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.operations.incident.record_incident import start_incident
from desktop.ui.incident.move_dialog import MoveDialog
from desktop.ui.session import Session
from tests.operations.moving.moves import a_restricted_log
from tests.ui.handles import find
from tests.ui.incident_steps import perform, press, settle


@pytest.fixture
def dialog(session: Session, qtbot: QtBot, window: QWidget, tmp_path: Path) -> MoveDialog:
    """Return one in which everything is filled in, with a passphrase that is not right."""
    a_restricted_log(tmp_path / "stick")
    incident_id = perform(session, qtbot, partial(start_incident, title="Messages")).incident_id
    made = MoveDialog(session, incident_id, window)
    made.open()
    settle(session, qtbot)
    find(made, QPlainTextEdit, "moveReasonEdit").setPlainText("It is about a tutor")
    press(made, "moveSecondAloneButton")
    for name, words in (
        ("moveFolderEdit", str(tmp_path / "stick")),
        ("movePassphraseEdit", "not this one at all"),
        ("moveAloneReasonEdit", "Nobody else may know yet"),
    ):
        find(made, QLineEdit, name).setText(words)
    return made


def test_after_a_refusal_the_caret_is_where_something_is_missing(
    dialog: MoveDialog, session: Session, qtbot: QtBot
) -> None:
    press(dialog, "moveNowButton")
    settle(session, qtbot)
    assert "passphrase" in dialog.banner.text
    passphrase = find(dialog, QLineEdit, "movePassphraseEdit")
    assert passphrase.hasFocus()
    qtbot.waitUntil(lambda: not passphrase.visibleRegion().isEmpty())
    assert dialog.form.reason == "It is about a tutor"
    dialog.reject()
    settle(session, qtbot)


def test_it_stays_while_it_works(dialog: MoveDialog, session: Session, qtbot: QtBot) -> None:
    press(dialog, "moveNowButton")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    settle(session, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    settle(session, qtbot)
