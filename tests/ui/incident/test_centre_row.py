"""Centres of the organisation are offered below the field of the record."""

from functools import partial

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.policy.own_copy import Centre
from desktop.operations.browse_incidents import show_incident
from desktop.operations.organisation.keep_own_copy import keep_centre
from desktop.ui.incident.centre_row import CentreRow
from desktop.ui.incident.record_panel import RecordPanel
from desktop.ui.session import Session
from desktop.ui.widgets.draft_edit import DraftLineEdit
from tests.ui.incident_steps import new_incident, perform, settle, shown_panel


def _panel(session: Session, qtbot: QtBot) -> RecordPanel:
    incident_id = new_incident(session, qtbot)
    return shown_panel(RecordPanel(session), session, qtbot, incident_id)


def _buttons(panel: RecordPanel) -> list[QPushButton]:
    row = panel.findChild(CentreRow)
    assert isinstance(row, CentreRow)
    return [one for one in row.findChildren(QPushButton) if not one.isHidden()]


def _add(session: Session, qtbot: QtBot, name: str) -> None:
    perform(session, qtbot, partial(keep_centre, centre=Centre(id="", name=name)))


def test_no_centre_no_buttons(session: Session, qtbot: QtBot) -> None:
    assert _buttons(_panel(session, qtbot)) == []


def test_a_centre_is_chosen_with_one_press(session: Session, qtbot: QtBot) -> None:
    _add(session, qtbot, "North")
    panel = _panel(session, qtbot)
    _add(session, qtbot, "South & west")
    qtbot.waitUntil(lambda: len(_buttons(panel)) == 2)
    button = _buttons(panel)[1]
    assert button.accessibleName() == "Centre: South & west"
    button.click()
    settle(session, qtbot)
    assert panel.incident_id is not None
    view = perform(session, qtbot, partial(show_incident, incident_id=panel.incident_id))
    assert view.incident.record.centre == "South & west"
    field = panel.field("centre")
    assert isinstance(field, DraftLineEdit)
    assert field.text() == "South & west"


def test_another_entry_changes_nothing_there(session: Session, qtbot: QtBot) -> None:
    _add(session, qtbot, "North")
    panel = _panel(session, qtbot)
    qtbot.waitUntil(lambda: len(_buttons(panel)) == 1)
    panel.hide()
    _add(session, qtbot, "South")
    assert len(_buttons(panel)) == 1
    panel.show()
    qtbot.waitUntil(lambda: len(_buttons(panel)) == 2)


def test_after_the_lock_no_name_is_left(session: Session, qtbot: QtBot) -> None:
    _add(session, qtbot, "North")
    panel = _panel(session, qtbot)
    qtbot.waitUntil(lambda: len(_buttons(panel)) == 1)
    session.lock()
    qtbot.waitUntil(lambda: not session.is_closing)
    assert _buttons(panel) == []
